"""Drawing that several widgets share: the focus ring and the small badge that names a key."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from companion.ui.theme.theme import Theme

RING = 2  # pixels at every scale


def rounded(
    painter: QPainter, box: QRectF, radius: float, fill: QColor | None, line: QColor | None, width: float = 1
) -> None:
    """A rounded box whose line lies wholly inside ``box``; None leaves fill or line out."""
    half = width / 2 if line is not None else 0
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)


def focus_ring(painter: QPainter, theme: Theme, box: QRectF, radius: float, token: str = "accent") -> None:
    """The ring of the control that has the focus, just inside ``box``."""
    rounded(painter, box, radius, None, theme.color(token), RING)


def line_ground(painter: QPainter, theme: Theme, box: QRectF, radius: float, state: QStyle.StateFlag) -> None:
    """The ground of a line of a list: chosen, or under the pointer; and the ring where the keyboard is on it."""
    if state & QStyle.StateFlag.State_Selected:
        rounded(painter, box, radius, theme.color("accent_soft"), theme.color("accent_line"))
    elif state & QStyle.StateFlag.State_MouseOver:
        rounded(painter, box, radius, theme.color("hover"), None)
    if state & QStyle.StateFlag.State_HasFocus:
        focus_ring(painter, theme, box, radius)


def badge_size(theme: Theme, text: str) -> QSize:
    """Size of a key's badge; empty for no key."""
    if not text:
        return QSize(0, 0)

    def measured() -> QSize:
        metrics = QFontMetrics(theme.font("caps"))
        height = metrics.height() + theme.px(2)
        return QSize(max(height, metrics.horizontalAdvance(text) + theme.px(10)), height)

    return theme.size(("badge", text), measured)


def badge(painter: QPainter, theme: Theme, box: QRect, text: str, token: str = "muted") -> None:
    """The name of a key in a thin box, in the colour of ``token``."""
    if not text:
        return
    color = theme.color(token)
    line = QColor(color)
    line.setAlphaF(0.45)
    rounded(painter, QRectF(box), theme.px(4), None, line)
    painter.setFont(theme.font("caps"))
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
