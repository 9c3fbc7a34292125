"""A label of one line that is cut at the right when there is no room, its whole text one hover away."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.text import elided, escaped, one_line


class ElideLabel(QLabel):
    """Plain text in a font role and a colour token. ``text()`` is the whole text, whatever is seen of it."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        token: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._token = theme, role, token
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        theme.changed.connect(self._restyle)

    def set_text(self, text: str) -> None:
        """Another text; nothing happens while it is as it was."""
        shown = one_line(text)
        if shown != self.text():
            self.setText(shown)
            self._restyle()

    def set_look(self, role: str, token: str) -> None:
        """Another font role and colour token."""
        if (role, token) != (self._role, self._token):
            self._role, self._token = role, token
            self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self._tell()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        metrics = QFontMetrics(self._theme.font(self._role))
        cut = metrics.horizontalAdvance(self.text()) > self.width()
        # Escaped, because a tool tip takes what looks like markup for markup.
        wanted = escaped(self.text()[:600]) if cut else ""
        if wanted:
            wanted = f"<span>{wanted}</span>"
        if wanted != self.toolTip():
            self.setToolTip(wanted)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(self._role))
        return QSize(min(metrics.horizontalAdvance(self.text()) + 1, self._theme.px(480)), metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(self._role))
        return QSize(min(self._theme.px(32), self.sizeHint().width()), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        font = self._theme.font(self._role)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self._theme.color(self._token if self.isEnabled() else "disabled"))
        box = self.contentsRect()
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(self.text(), font, box.width()))
        painter.end()
