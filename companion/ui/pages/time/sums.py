"""The sums of a day by category, held against goals; with what is proposed and open they make its whole length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.core.goals import Standing
from companion.core.timeline_entry import length_words
from companion.core.totals import Balance, Total
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.grid_texts import Laid, Texts
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import focus_ring, rounded

GOAL_MARKS = {
    "at least": "\N{GREATER-THAN OR EQUAL TO}",
    "at most": "\N{LESS-THAN OR EQUAL TO}",
    "about": "\N{ALMOST EQUAL TO}",
}


class Line(NamedTuple):
    """One line: category or empty, words, seconds, how deep it stands, what it is held against, share of the bar."""

    category: str
    words: str
    seconds: int
    depth: int = 0
    goal: str = ""
    missed: bool = False
    share: float = 0.0
    mark: float = -1.0


class Sums(QLabel):
    """Painted at once, read out as one text: a stop of Tab, for that. Readers pass over a plain widget."""

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._looks, self._texts = theme, looks, Texts(theme)
        self.lines: tuple[Line, ...] = ()
        self.setAccessibleName(self.tr("Sums of the day"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_sums(self, totals: Sequence[Total], balance: Balance, standings: Sequence[Standing]) -> None:
        """Shows the sums of recorded time, what is proposed, what is not filled, and the whole."""
        by_category: dict[str, Standing] = {}
        for one in standings:
            held = by_category.get(one.goal.category)
            if held is None or one.miss > held.miss:
                by_category[one.goal.category] = one
        most = max([*(one.seconds for one in totals), *(one.target for one in standings), 1])
        lines: list[Line] = []
        for total in totals:
            lines.append(self._line(total, 0, by_category, most))
            lines += [self._line(child, 1, by_category, most) for child in total.children]
        if balance.proposed:
            lines.append(Line("", self.tr("Proposed"), balance.proposed))
        lines.append(Line("", self.tr("Not filled"), balance.unfilled))
        lines.append(Line("", self.tr("The whole day"), balance.length))
        if tuple(lines) != self.lines:
            before, self.lines = self._placed(), tuple(lines)
            told = "; ".join(self._read(line) for line in lines)
            self.setAccessibleName(
                self.tr("Sums of the day: %1").replace("%1", told)
            )  # not all read what describes
            after = self._placed()
            if [place for _line, *place in before] != [place for _line, *place in after]:
                self.updateGeometry()
                self.update()
                return
            for was, here in zip(before, after, strict=True):
                if was != here:
                    self.update(0, here[1], self.width(), here[2])

    def _line(self, total: Total, depth: int, held: dict[str, Standing], most: int) -> Line:
        standing = held.get(total.category)
        share = total.seconds / most
        name = self._looks.name(total.category)
        if standing is None:
            return Line(total.category, name, total.seconds, depth, share=share)
        goal = f"{GOAL_MARKS.get(standing.goal.kind, '')} {length_words(standing.target)}"
        return Line(
            total.category,
            name,
            total.seconds,
            depth,
            goal,
            bool(standing.miss),
            share,
            standing.target / most,
        )

    def _read(self, line: Line) -> str:
        goal = ""
        if line.goal:
            goal = ", " + self.tr("goal %1").replace("%1", line.goal)
            goal += ", " + (self.tr("missed") if line.missed else self.tr("as planned"))
        return f"{line.words} {length_words(line.seconds)}{goal}"

    # -- place and paint
    def _high(self) -> int:
        return QFontMetrics(self._theme.font("small")).height() + self._theme.px(3)

    def _placed(self) -> list[tuple[Line, int, int]]:
        """The lines, each with its upper edge and its height, which holds its bar."""
        found, y, high, px = [], 0, self._high(), self._theme.px
        for i, line in enumerate(self.lines):
            if i == len(self.lines) - 1:
                y += px(7)
            tall = high + (px(7) if line.mark >= 0 else 0)
            found.append((line, y, tall))
            y += tall
        return found

    def sizeHint(self) -> QSize:
        bars = sum(1 for line in self.lines if line.mark >= 0)
        high = len(self.lines) * self._high() + bars * self._theme.px(7) + self._theme.px(7)
        return QSize(self._theme.px(240), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        asked, high, px = event.rect(), self._high(), self._theme.px
        placed = self._placed()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, (line, y, tall) in enumerate(placed):
            last = i == len(placed) - 1
            if last:
                painter.fillRect(0, y - px(3), self.width(), 1, self._theme.color("border_strong"))
            if y + tall + 2 < asked.top() or y - 2 > asked.bottom():
                continue
            self._paint_line(painter, line, QRect(0, y, self.width(), high), last)
            if line.mark >= 0:
                bar = QRect(px(30), y + high - px(1), self.width() - px(30), px(4))
                self._paint_bar(painter, line, bar)
        if self.hasFocus():
            focus_ring(painter, self._theme, QRectF(self.rect()), px(6))
        painter.end()

    def _paint_line(self, painter: QPainter, line: Line, box: QRect, strong: bool) -> None:
        theme, px, texts = self._theme, self._theme.px, self._texts
        indent = px(30) + (px(14) if line.depth else 0)
        side = min(box.height() - px(3), px(18))
        if line.category and not line.depth:
            chip = QRectF(0, box.y() + (box.height() - side) / 2, px(24), side)
            rounded(painter, chip, px(4), self._looks.colour(line.category), None)
            code = texts.laid(self._looks.code(line.category), "caps")
            painter.setFont(theme.font("caps"))
            painter.setPen(self._looks.ink(line.category))
            _draw(painter, code, (px(24) - code.wide) / 2, box)
        painter.setFont(theme.font("small"))
        if line.depth:
            code = texts.laid(self._looks.code(line.category), "small")
            painter.setPen(theme.color("muted"))
            _draw(painter, code, px(38) - code.wide, box)
        role = "strong" if strong else "small"
        if strong:
            painter.setFont(theme.font(role))
        loud = strong or (not line.depth and bool(line.category)) or bool(line.seconds)
        figures = texts.laid(length_words(line.seconds) + (f"  {line.goal}" if line.goal else ""), role)
        painter.setPen(theme.color("text" if loud else "muted"))
        left = indent if line.category else 0
        if line.depth:
            left += px(4)
        room = box.width() - left - figures.wide - px(8)
        _draw(painter, texts.cut(line.words, role, int(room)), left, box)
        _draw(painter, figures, box.width() - figures.wide, box)

    def _paint_bar(self, painter: QPainter, line: Line, box: QRect) -> None:
        """The sum as a bar, the goal as a mark on it; a goal that was missed has an open mark, one met a full one."""
        theme, px = self._theme, self._theme.px
        rounded(painter, QRectF(box), box.height() / 2, theme.color("track"), None)
        filled = QRectF(box.x(), box.y(), max(box.height(), box.width() * min(1.0, line.share)), box.height())
        if line.seconds:
            rounded(painter, filled, box.height() / 2, theme.color("muted"), None)
        x = box.x() + box.width() * min(1.0, line.mark)
        x = min(x, box.right() - px(3))
        ground = theme.color("surface") if line.missed else theme.color("text")
        mark = QRectF(QPointF(x - px(3), box.center().y() + 0.5 - px(3)), QSize(px(7), px(7)))
        rounded(painter, mark, px(4), ground, theme.color("text"), 1.5)


def _draw(painter: QPainter, laid: Laid, x: float, box: QRect) -> None:
    """Draws a text in the middle of the height of a line."""
    laid.draw(painter, x, box.y() + (box.height() - laid.high) / 2)
