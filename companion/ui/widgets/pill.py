"""A pill: a short word in a rounded box, with an icon where the word alone would not do."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import rounded
from companion.ui.widgets.text import elided, one_line

# tone: (ground, line, words)
_TONES = {
    "neutral": ("sunk", "border", "muted"),
    "accent": ("accent_soft", "accent_line", "text"),
    "warn": ("warn_soft", "warn", "warn"),
    "error": ("error_soft", "error", "error"),
}
_MAX_WIDTH, _LEAST_WIDTH = 260, 150  # pixels at 100 %


class Pill(QLabel):
    """Its text is a label's text, drawn here in a shape that follows the scale.

    Tones: neutral, accent, warn, error.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        icon: str = "",
        tone: str = "neutral",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._tone = theme, icon, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_pill(text, icon, tone)
        theme.changed.connect(self._restyle)

    def set_pill(self, text: str, icon: str = "", tone: str = "neutral") -> None:
        """Another text, icon (name or empty) and tone."""
        shown = one_line(text, 200)
        if (shown, icon, tone) != (self.text(), self._icon, self._tone):
            self._icon, self._tone = icon, tone
            self.setText(shown)
            self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px, metrics = self._theme.px, QFontMetrics(self._theme.font("small"))
        side = px(14) + px(6) if self._icon else 0
        wanted = metrics.horizontalAdvance(self.text()) + side + 2 * px(10) + 1
        return QSize(min(wanted, px(_MAX_WIDTH)), metrics.height() + px(6))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(self._theme.px(_LEAST_WIDTH), 1 << 20))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        ground, line, words = _TONES[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()), self.height() / 2 - 0.5, theme.color(ground), theme.color(line))
        left = theme.px(10)
        if self._icon:
            size = theme.px(14)
            image = icons.pixmap(self._icon, theme, words, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, (self.height() - size) / 2), image)
            left += size + theme.px(6)
        font = theme.font("small")
        painter.setFont(font)
        painter.setPen(theme.color(words))
        box = self.rect().adjusted(left, 0, -theme.px(8), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(self.text(), font, box.width()))
        painter.end()
