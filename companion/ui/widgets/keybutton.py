"""A push button with an icon, a label and, set back, the key that does the same."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import badge, badge_size, focus_ring, rounded
from companion.ui.widgets.text import elided, no_mnemonic, one_line

# kind: (words, icon, key)
_COLORS = {
    "primary": ("on_accent", "on_accent", "on_accent"),
    "danger": ("error", "error", "error"),
    "quiet": ("text", "muted", "muted"),
    "plain": ("text", "muted", "muted"),
    "chip": ("text", "accent", "muted"),
}
# kind: (ground, ground under the pointer, line); empty for none
_GROUNDS = {
    "primary": ("accent", "accent_hover", ""),
    "danger": ("surface", "error_soft", "error"),
    "quiet": ("surface", "hover", "border_strong"),
    "plain": ("", "hover", ""),
    "chip": ("surface", "hover", "border_strong"),
}
_MAX_WIDTH = 320  # pixels at 100 %, for labels that a user wrote


class KeyButton(QPushButton):
    """Kinds: primary (one per screen), quiet, plain (no border at rest), danger, chip (small and round)."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        icon: str = "",
        key_hint: str = "",
        kind: str = "quiet",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._label, self._icon, self._key, self._kind = theme, "", icon, key_hint, kind
        self.setProperty("kind", "drawn")  # the style sheet keeps its hands off
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_label(text)
        theme.changed.connect(self._restyle)

    def label(self) -> str:
        """The words on the button."""
        return self._label

    def set_label(self, text: str, name: str = "") -> None:
        """Other words; ``name`` is the accessible name where it is not the words."""
        shown = one_line(text, 200)
        if shown != self._label:
            self._label = shown
            self.setText(no_mnemonic(shown))
            self._restyle()
        if self.accessibleName() != (name or shown):
            self.setAccessibleName(name or shown)

    def set_icon(self, name: str) -> None:
        """Another icon by its name; empty for none."""
        if name != self._icon:
            moved = bool(name) != bool(self._icon)
            self._icon = name
            self.update()
            if moved:
                self.updateGeometry()

    def icon_name(self) -> str:
        """The icon that is shown, empty for none."""
        return self._icon

    def set_key_hint(self, key: str) -> None:
        """Show a key; empty shows none. Binding it is the owner's work."""
        if key != self._key:
            self._key = key
            self._restyle()

    def key_hint(self) -> str:
        """The key that is shown."""
        return self._key

    def set_kind(self, kind: str) -> None:
        """Another kind."""
        if kind != self._kind:
            self._kind = kind
            self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _role(self) -> str:
        return {"primary": "strong", "chip": "small"}.get(self._kind, "body")

    def _parts(self) -> tuple[int, int, int, int]:
        """Widths in pixels: edge, icon with its gap, label, key with its gap."""
        px = self._theme.px
        edge = px(12 if self._label else 8)
        gap = px(8) if self._label else 0
        icon = px(self._icon_size()) + gap if self._icon else 0
        words = self._theme.size(("words", self._label, self._role()), self._measured_words).width()
        key = badge_size(self._theme, self._key).width()
        return edge, icon, words, key + px(10) if key else 0

    def _measured_words(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(self._role()))
        return QSize(metrics.horizontalAdvance(self._label) + 1 if self._label else 0, metrics.height())

    def _icon_size(self) -> int:
        return 16 if self._kind == "chip" else 18

    def sizeHint(self) -> QSize:
        key = ("keybutton", self._label, bool(self._icon), self._key, self._kind)
        return self._theme.size(key, self._measured)

    def _measured(self) -> QSize:
        px, metrics = self._theme.px, QFontMetrics(self._theme.font(self._role()))
        high = px(28) if self._kind == "chip" else px(36)
        high = max(high, metrics.height() + px(6))
        return QSize(min(2 * self._parts()[0] + sum(self._parts()[1:]), px(_MAX_WIDTH)), high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_content(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        # Drawn here and not by the style: asking the style wants its enums, some 7 ms of every start.
        theme, box = self._theme, QRectF(self.rect())
        radius = box.height() / 2 if self._kind == "chip" else theme.px(8)
        ground, hover, line = _GROUNDS.get(self._kind, _GROUNDS["quiet"])
        if not self.isEnabled():
            ground, line = "", "border"
        elif self.isDown():
            ground = "border" if self._kind != "primary" else hover
        elif self.underMouse():
            ground = hover
        fill = theme.color(ground) if ground else None
        rounded(painter, box, radius, fill, theme.color(line) if line else None)
        if self.hasFocus():
            filled = self._kind == "primary"
            focus_ring(painter, theme, box, radius, "text" if filled else "accent")
            if filled:
                # On a filled ground the ring hardly shows; a second one within it does.
                inner = box.adjusted(4, 4, -4, -4)
                focus_ring(painter, theme, inner, max(1, radius - 4), "on_accent")

    def _paint_content(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        colors = _COLORS.get(self._kind, _COLORS["quiet"]) if self.isEnabled() else ("disabled",) * 3
        edge, icon, words, key = self._parts()
        room = self.width() - 2 * edge - icon - key
        left = edge + max(0, (room - words) // 2)
        if self._icon:
            image = icons.pixmap(self._icon, theme, colors[1], self._icon_size(), self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, (self.height() - px(self._icon_size())) / 2), image)
            left += icon
        font = theme.font(self._role())
        painter.setFont(font)
        painter.setPen(theme.color(colors[0]))
        width = min(words, max(0, room))
        box = QRect(left, 0, width, self.height())
        label = self._label if width == words else elided(self._label, font, width)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, label)
        if key:
            size = badge_size(theme, self._key)
            top = (self.height() - size.height()) // 2
            badge(painter, theme, QRect(QPoint(left + width + px(10), top), size), self._key, colors[2])
