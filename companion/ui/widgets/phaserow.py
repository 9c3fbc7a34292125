"""A row of phases: the present one strong, those done with a tick, each a button for any time."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.flow import Flow
from companion.ui.widgets.painting import badge, badge_size, focus_ring, rounded
from companion.ui.widgets.text import elided, no_mnemonic, one_line


class PhaseButton(QPushButton):
    """One phase. Pressing it is a wish; only ``set_state`` makes it current or done."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._theme, self._label = theme, one_line(text, 80)
        self._current = self._done = False
        self.setText(no_mnemonic(self._label))
        self.setAccessibleName(self._label)
        self.setProperty("kind", "drawn")  # the style sheet keeps its hands off
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    @property
    def current(self) -> bool:
        """True for the phase the call is in."""
        return self._current

    @property
    def done(self) -> bool:
        """True for a phase that has been entered before."""
        return self._done

    def set_state(self, current: bool, done: bool, told: str = "") -> None:
        """Show as current, as done, as both or as neither; ``told`` says "current" in other words."""
        if (current, done) != (self._current, self._done):
            self._current, self._done = current, done
            state = (told or self.tr("current phase")) if current else self.tr("done") if done else ""
            self.setAccessibleDescription(state)
            self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def set_key_hint(self, key: str) -> None:
        """Show a key; empty shows none. Binding it is the owner's work."""
        if key != self._key:
            self._key = key
            self._restyle()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        # As wide as in its strongest state, with room for the tick: nothing moves when the phase changes.
        metrics = QFontMetrics(self._theme.font("strong"))
        hint = badge_size(self._theme, self._key).width() + px(8) if self._key else 0
        width = metrics.horizontalAdvance(self._label) + 1 + px(16) + px(6) + 2 * px(12) + hint
        return QSize(width, max(metrics.height() + px(6), px(36)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(72), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = QRectF(self.rect()), px(8)
        if self._current:
            rounded(painter, box, radius, theme.color("accent_soft"), theme.color("accent"), 1.5)
        elif self.isDown() or self.underMouse():
            rounded(painter, box, radius, theme.color("hover"), None)
        font = theme.font("strong" if self._current else "body")
        needed = words = QFontMetrics(font).horizontalAdvance(self._label) + 1
        side = px(16) + px(6) if self._done and not self._current else 0
        hint = badge_size(theme, self._key)
        after = hint.width() + px(8) if self._key else 0
        room = max(0, self.width() - 2 * px(10) - side - after)
        words = min(words, room)
        left = (self.width() - words - side - after) // 2
        if after:
            at = QPoint(left + side + words + px(8), (self.height() - hint.height()) // 2)
            badge(painter, theme, QRect(at, hint), self._key)
        if side:
            image = icons.pixmap("check", theme, "accent", 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, (self.height() - px(16)) / 2), image)
        painter.setFont(font)
        painter.setPen(theme.color("text" if self._current else "muted"))
        painter.drawText(
            QRect(left + side, 0, words, self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            self._label if words == needed else elided(self._label, font, words),
        )
        if self.hasFocus():
            focus_ring(painter, theme, box, radius)
        painter.end()


class PhaseRow(QWidget):
    """Buttons for the phases given as (key, label); ``phase_requested`` carries the key that was pressed.

    ``told`` is how assistive tools are told of the current one, where it is no phase.
    """

    phase_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        phases: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        told: str = "",
    ) -> None:
        super().__init__(parent)
        self._theme, self._current_words = theme, told
        self.buttons: dict[str, PhaseButton] = {}
        self._row = Flow(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for key, text in phases:
            button = PhaseButton(theme, text, self)
            button.setObjectName(key)
            button.clicked.connect(self._on_clicked)
            self.buttons[key] = button
            self._row.addWidget(button)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_state(self, current: str, done: Collection[str] = ()) -> None:
        """Show the phase ``current`` (empty for none) and tick those in ``done``."""
        for key, button in self.buttons.items():
            button.set_state(key == current, key in done, self._current_words)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.phase_requested.emit(sender.objectName())

    def _restyle(self) -> None:
        self._row.setSpacing(self._theme.px(4))
