"""The bars of a chart as they are painted, standing or lying: one accent, thin lines, a hatch for too few cases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPainterPath, QPen

from companion.ui.theme.theme import Theme
from companion.ui.widgets.barsizes import BarSizes
from companion.ui.widgets.onebar import NONE, Bar
from companion.ui.widgets.text import elided


class BarPainting:
    """One painting of these bars into ``size``."""

    def __init__(self, painter: QPainter, sizes: BarSizes, size: QSize, bars: Sequence[Bar]) -> None:
        self._painter, self._sizes, self._theme = painter, sizes, sizes.theme
        self._width, self._height = size.width(), size.height()
        self._bars = bars

    def _words(self, box: QRect, text: str, role: str, token: str, side: Qt.AlignmentFlag) -> None:
        font = self._theme.font(role)
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(token))
        self._painter.drawText(
            box, int(side | Qt.AlignmentFlag.AlignVCenter), elided(text, font, box.width())
        )

    def standing(self) -> None:
        """Columns on a scale, their words below."""
        px, line, left = self._theme.px, self._sizes.line(), self._sizes.gutter()
        ground = QRectF(left, line, self._width - left, self._height - 3 * line - px(10))
        self._paint_scale(ground)
        for i, words in enumerate(self._sizes.captions):
            box = QRect(0, int(ground.bottom()) + px(6) + i * line, left, line)
            self._words(box, words, "small", "muted", Qt.AlignmentFlag.AlignLeft)
        step = self._sizes.step(self._width, len(self._bars))
        thick = min(px(28), step - px(6)) if step > px(14) else step * 0.6
        for i, bar in enumerate(self._bars):
            middle = left + (i + 0.5) * step
            self._paint_column(ground, middle, thick, bar)
            for row, (words, token) in enumerate(((bar.label, "text"), (bar.number, "muted"))):
                box = QRect(
                    round(middle - step / 2), int(ground.bottom()) + px(6) + row * line, round(step), line
                )
                self._words(box, words, "small", token, Qt.AlignmentFlag.AlignHCenter)

    def _paint_scale(self, ground: QRectF) -> None:
        """Three thin lines: nothing, half, the top."""
        line = self._sizes.line()
        for value in (0, self._sizes.top // 2, self._sizes.top):
            y = round(ground.bottom() - ground.height() * value / self._sizes.top) + 0.5
            self._painter.setPen(QPen(self._theme.color("border_strong" if value == 0 else "border"), 1))
            self._painter.drawLine(QPointF(ground.left(), y), QPointF(ground.right(), y))
            box = QRect(0, int(y) - line // 2, int(ground.left()) - self._theme.px(6), line)
            self._words(box, str(value), "small", "muted", Qt.AlignmentFlag.AlignRight)

    def _paint_column(self, ground: QRectF, middle: float, thick: float, bar: Bar) -> None:
        px, scale = self._theme.px, ground.height() / self._sizes.top
        left = middle - thick / 2
        if bar.value is None:
            if bar.number not in NONE:
                _hatch(self._painter, self._theme, QRectF(left, ground.bottom() - px(16), thick, px(16)))
            return
        high = max(bar.value * scale, 2.0)
        _fill(self._painter, self._theme, QRectF(left, ground.bottom() - high, thick, high), top=True)
        if bar.low is not None and bar.high is not None:
            x = left + thick + px(2)
            _span(
                self._painter,
                self._theme,
                QPointF(x, ground.bottom() - bar.low * scale),
                QPointF(x, ground.bottom() - bar.high * scale),
            )
        above = max(high, (bar.high or 0) * scale if thick < px(20) else high)
        box = QRect(
            round(middle - thick),
            round(ground.bottom() - above) - self._sizes.line(),
            round(2 * thick),
            self._sizes.line(),
        )
        self._words(box, bar.shown, "caps", "text", Qt.AlignmentFlag.AlignHCenter)

    def lying(self) -> None:
        """Rows, their words beside or above."""
        px, width, line = self._theme.px, self._width, self._sizes.line()
        stacked = self._sizes.stacked(width)
        row = self._sizes.row() + (line if stacked else 0)
        small, body = self._sizes.small(), QFontMetrics(self._theme.font("body"))
        notes = max((small.horizontalAdvance(b.note) for b in self._bars if b.value is not None), default=0)
        value = max(
            (QFontMetrics(self._theme.font("strong")).horizontalAdvance(b.shown) for b in self._bars),
            default=0,
        )
        labels = max((body.horizontalAdvance(b.label) for b in self._bars), default=0)
        left = 0 if stacked else min(labels + 2, int(width * 0.44)) + px(14)
        tail = value + px(10) + (0 if stacked else notes + px(14))
        for i, bar in enumerate(self._bars):
            box = QRect(0, i * row, width, row)
            if stacked:
                self._row_words(box, bar)
                box.setTop(box.top() + line)
            else:
                words = QRect(0, box.top(), left - px(14), row)
                self._words(words, bar.label, "body", "text", Qt.AlignmentFlag.AlignLeft)
            track = QRectF(left, box.center().y() - px(5), max(1, width - left - tail), px(10))
            self._paint_row(track, bar, stacked, value)

    def _row_words(self, box: QRect, bar: Bar) -> None:
        """Above a bar: what it is at the left, its cases at the right."""
        head = QRect(box.left(), box.top() + self._theme.px(2), box.width(), self._sizes.line())
        if bar.value is not None:
            note = self._sizes.small().horizontalAdvance(bar.note) + self._theme.px(10)
            self._words(head, bar.note, "small", "muted", Qt.AlignmentFlag.AlignRight)
            head.setWidth(max(0, head.width() - note))
        self._words(head, bar.label, "small", "text", Qt.AlignmentFlag.AlignLeft)

    def _paint_row(self, track: QRectF, bar: Bar, stacked: bool, value: int) -> None:
        px, theme = self._theme.px, self._theme
        middle = round(track.center().y())
        row = QRect(
            round(track.left()),
            middle - self._sizes.row() // 2,
            self._width - round(track.left()),
            self._sizes.row(),
        )
        if bar.value is None:
            if bar.number not in NONE:
                _hatch(self._painter, self._theme, QRectF(track.left(), track.top(), px(28), track.height()))
                row.setLeft(row.left() + px(38))
            self._words(row, bar.note, "small", "muted", Qt.AlignmentFlag.AlignLeft)
            return
        shape = QPainterPath()
        shape.addRoundedRect(track, px(5), px(5))
        self._painter.fillPath(shape, theme.color("track"))
        scale = track.width() / self._sizes.top
        self._painter.save()
        self._painter.setClipPath(shape)
        if bar.value:
            _fill(
                self._painter,
                self._theme,
                QRectF(track.left(), track.top(), max(2.0, bar.value * scale), track.height()),
            )
        self._painter.restore()
        if bar.low is not None and bar.high is not None:
            y = track.bottom() + px(3)
            _span(
                self._painter,
                self._theme,
                QPointF(track.left() + bar.low * scale, y),
                QPointF(track.left() + bar.high * scale, y),
            )
        row.setLeft(round(track.right()) + px(10))
        self._words(row, bar.shown, "strong", "text", Qt.AlignmentFlag.AlignLeft)
        if not stacked:
            self._words(row, bar.note, "small", "muted", Qt.AlignmentFlag.AlignRight)


def _fill(painter: QPainter, theme: Theme, box: QRectF, top: bool = False) -> None:
    """The bar itself: round at its end, straight where it stands on the line; its edges on whole pixels."""
    left, bottom = round(box.left()), round(box.bottom())
    right, high = round(box.right()), round(box.top())
    r = min(theme.px(4 if top else 5), (right - left) / 2, (bottom - high) / 2)
    shape = QPainterPath(QPointF(left, bottom))
    if top:
        shape.lineTo(left, high + r)
        shape.quadTo(left, high, left + r, high)
    else:
        shape.lineTo(left, high)
    shape.lineTo(right - r, high)
    shape.quadTo(right, high, right, high + r)
    if top:
        shape.lineTo(right, bottom)
    else:
        shape.lineTo(right, bottom - r)
        shape.quadTo(right, bottom, right - r, bottom)
    shape.closeSubpath()
    painter.fillPath(shape, theme.color("accent"))


def _hatch(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """In place of a bar that would say too much."""
    radius = theme.px(4)
    painter.setPen(QPen(theme.color("border_strong"), 1, Qt.PenStyle.DotLine))
    painter.setBrush(QBrush(theme.color("border_strong"), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def _span(painter: QPainter, theme: Theme, one: QPointF, other: QPointF) -> None:
    """The thin line from low to high."""
    pen = QPen(theme.color("muted"), max(2, theme.px(2)))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(one, other)
