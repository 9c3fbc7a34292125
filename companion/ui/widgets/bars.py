"""Bars on one scale, lying or standing, each with its number of cases; too few cases are hatched, never drawn.

One accent and no second colour. Everything that is painted can be had as a table (``bartable``) with the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.text import elided, one_line, tip

NONE = ("", "0")
"""Counts of a group without any case: there is not even something to hatch."""


class Bar(NamedTuple):
    """One bar in words and numbers.

    ``value``, ``low`` and ``high`` are on the scale from 0; ``value`` is None where there are too few cases to draw.
    ``shown`` is the value as it is written. ``note`` tells the number of cases (``12 cases``), ``number`` the bare
    number; ``spread`` is the range from ``low`` to ``high`` in words.
    """

    label: str
    note: str
    number: str
    value: float | None = None
    shown: str = ""
    low: float | None = None
    high: float | None = None
    spread: str = ""


class Bars(QWidget):
    """A chart of bars from 0 to ``top``. ``standing`` bars lie down by themselves where their words would not fit.

    A thin line beside a bar spans ``low`` to ``high``. For assistive tools the whole of it stands in the description;
    ``captions`` name the rows of words under standing bars.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        top: int = 10,
        standing: bool = False,
        captions: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._top, self._standing, self._captions = theme, top, standing, captions
        self._bars: tuple[Bar, ...] = ()
        self._heights: dict[int, int] = {}
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these, in this order; nothing happens while they are as they were."""
        wanted = tuple(bars)
        if wanted == self._bars:
            return
        self._bars = wanted
        self.setAccessibleDescription("; ".join(said(bar) for bar in wanted))
        self._restyle()

    def is_standing(self) -> bool:
        """Whether the bars are meant to stand."""
        return self._standing

    def stands(self, width: int) -> bool:
        """Whether the bars stand in ``width`` pixels: only where each column has room for its words."""
        return self._standing and bool(self._bars) and self._step(width) >= self._column()

    def _restyle(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        self.update()

    # -- sizes
    def _small(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("small"))

    def _gutter(self) -> int:
        """Width kept at the left of standing bars, for the scale and the captions."""
        metrics = self._small()
        return max(metrics.horizontalAdvance(x) for x in (*self._captions, str(self._top))) + self._theme.px(
            10
        )

    def _step(self, width: int) -> float:
        return (width - self._gutter()) / max(1, len(self._bars))

    def _column(self) -> int:
        """Least width of a column with its words."""
        metrics, strong = self._small(), QFontMetrics(self._theme.font("caps"))
        words = [metrics.horizontalAdvance(x) for bar in self._bars for x in (bar.label, bar.number)]
        words += [strong.horizontalAdvance(bar.shown) for bar in self._bars]
        return max(words, default=0) + self._theme.px(6)

    def _row(self) -> int:
        metrics = QFontMetrics(self._theme.font("body"))
        return max(metrics.height() + self._theme.px(12), self._theme.px(34))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Nested layouts ask this a hundred times for each change: looked up, not worked out.
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._measured(width)
        return height

    def _measured(self, width: int) -> int:
        if not self._bars:
            return self._row()
        if self.stands(width):
            return self._theme.px(130) + 3 * self._line() + self._theme.px(10)
        rows = 2 if self._stacked(width) else 1
        return len(self._bars) * (self._row() + (rows - 1) * self._line())

    def _line(self) -> int:
        return self._small().height() + self._theme.px(2)

    def _stacked(self, width: int) -> bool:
        """Whether the words of a lying bar stand above it, for want of room beside it."""
        return width < self._theme.px(400)

    def sizeHint(self) -> QSize:
        width = self._theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._row())

    def bar_at(self, at: QPoint) -> Bar | None:
        """The bar whose row or column holds a point."""
        if self.stands(self.width()):
            place = (at.x() - self._gutter()) / self._step(self.width())
        else:
            place = at.y() * len(self._bars) / max(1, self.height())
        return self._bars[int(place)] if 0 <= place < len(self._bars) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.bar_at(event.position().toPoint())
        wanted = tip(said(found)) if found else ""
        if wanted != self.toolTip():
            self.setToolTip(wanted)
        super().mouseMoveEvent(event)

    # -- paint
    def _words(
        self, painter: QPainter, box: QRect, text: str, role: str, token: str, side: Qt.AlignmentFlag
    ) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), elided(text, font, box.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.stands(self.width()):
            self._paint_standing(painter)
        else:
            self._paint_lying(painter)
        painter.end()

    def _paint_standing(self, painter: QPainter) -> None:
        px, line, left = self._theme.px, self._line(), self._gutter()
        ground = QRectF(left, line, self.width() - left, self.height() - 3 * line - px(10))
        self._paint_scale(painter, ground)
        for i, words in enumerate(self._captions):
            box = QRect(0, int(ground.bottom()) + px(6) + i * line, left, line)
            self._words(painter, box, words, "small", "muted", Qt.AlignmentFlag.AlignLeft)
        step = self._step(self.width())
        thick = min(px(28), step - px(6)) if step > px(14) else step * 0.6
        for i, bar in enumerate(self._bars):
            middle = left + (i + 0.5) * step
            self._paint_column(painter, ground, middle, thick, bar)
            for row, (words, token) in enumerate(((bar.label, "text"), (bar.number, "muted"))):
                box = QRect(
                    round(middle - step / 2), int(ground.bottom()) + px(6) + row * line, round(step), line
                )
                self._words(painter, box, words, "small", token, Qt.AlignmentFlag.AlignHCenter)

    def _paint_scale(self, painter: QPainter, ground: QRectF) -> None:
        """Three thin lines: nothing, half, the top."""
        line = self._line()
        for value in (0, self._top // 2, self._top):
            y = round(ground.bottom() - ground.height() * value / self._top) + 0.5
            painter.setPen(QPen(self._theme.color("border_strong" if value == 0 else "border"), 1))
            painter.drawLine(QPointF(ground.left(), y), QPointF(ground.right(), y))
            box = QRect(0, int(y) - line // 2, int(ground.left()) - self._theme.px(6), line)
            self._words(painter, box, str(value), "small", "muted", Qt.AlignmentFlag.AlignRight)

    def _paint_column(self, painter: QPainter, ground: QRectF, middle: float, thick: float, bar: Bar) -> None:
        px, scale = self._theme.px, ground.height() / self._top
        left = middle - thick / 2
        if bar.value is None:
            if bar.number not in NONE:
                _hatch(painter, self._theme, QRectF(left, ground.bottom() - px(16), thick, px(16)))
            return
        high = max(bar.value * scale, 2.0)
        _fill(painter, self._theme, QRectF(left, ground.bottom() - high, thick, high), top=True)
        if bar.low is not None and bar.high is not None:
            x = left + thick + px(2)
            _span(
                painter,
                self._theme,
                QPointF(x, ground.bottom() - bar.low * scale),
                QPointF(x, ground.bottom() - bar.high * scale),
            )
        above = max(high, (bar.high or 0) * scale if thick < px(20) else high)
        box = QRect(
            round(middle - thick),
            round(ground.bottom() - above) - self._line(),
            round(2 * thick),
            self._line(),
        )
        self._words(painter, box, bar.shown, "caps", "text", Qt.AlignmentFlag.AlignHCenter)

    def _paint_lying(self, painter: QPainter) -> None:
        px, width, line = self._theme.px, self.width(), self._line()
        stacked = self._stacked(width)
        row = self._row() + (line if stacked else 0)
        small, body = self._small(), QFontMetrics(self._theme.font("body"))
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
                self._row_words(painter, box, bar)
                box.setTop(box.top() + line)
            else:
                words = QRect(0, box.top(), left - px(14), row)
                self._words(painter, words, bar.label, "body", "text", Qt.AlignmentFlag.AlignLeft)
            track = QRectF(left, box.center().y() - px(5), max(1, width - left - tail), px(10))
            self._paint_row(painter, track, bar, stacked, value)

    def _row_words(self, painter: QPainter, box: QRect, bar: Bar) -> None:
        """Above a bar: what it is at the left, its cases at the right."""
        head = QRect(box.left(), box.top() + self._theme.px(2), box.width(), self._line())
        if bar.value is not None:
            note = self._small().horizontalAdvance(bar.note) + self._theme.px(10)
            self._words(painter, head, bar.note, "small", "muted", Qt.AlignmentFlag.AlignRight)
            head.setWidth(max(0, head.width() - note))
        self._words(painter, head, bar.label, "small", "text", Qt.AlignmentFlag.AlignLeft)

    def _paint_row(self, painter: QPainter, track: QRectF, bar: Bar, stacked: bool, value: int) -> None:
        px, theme = self._theme.px, self._theme
        middle = round(track.center().y())
        row = QRect(
            round(track.left()), middle - self._row() // 2, self.width() - round(track.left()), self._row()
        )
        if bar.value is None:
            if bar.number not in NONE:
                _hatch(painter, self._theme, QRectF(track.left(), track.top(), px(28), track.height()))
                row.setLeft(row.left() + px(38))
            self._words(painter, row, bar.note, "small", "muted", Qt.AlignmentFlag.AlignLeft)
            return
        shape = QPainterPath()
        shape.addRoundedRect(track, px(5), px(5))
        painter.fillPath(shape, theme.color("track"))
        scale = track.width() / self._top
        painter.save()
        painter.setClipPath(shape)
        if bar.value:
            _fill(
                painter,
                self._theme,
                QRectF(track.left(), track.top(), max(2.0, bar.value * scale), track.height()),
            )
        painter.restore()
        if bar.low is not None and bar.high is not None:
            y = track.bottom() + px(3)
            _span(
                painter,
                self._theme,
                QPointF(track.left() + bar.low * scale, y),
                QPointF(track.left() + bar.high * scale, y),
            )
        row.setLeft(round(track.right()) + px(10))
        self._words(painter, row, bar.shown, "strong", "text", Qt.AlignmentFlag.AlignLeft)
        if not stacked:
            self._words(painter, row, bar.note, "small", "muted", Qt.AlignmentFlag.AlignRight)


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


def said(bar: Bar) -> str:
    """A bar as a sentence: what, how much, from where to where, of how many."""
    parts = [one_line(bar.label, 200)]
    if bar.value is not None:
        parts += [bar.shown, bar.spread]
    return ", ".join(part for part in (*parts, bar.note) if part)
