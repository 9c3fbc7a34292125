"""How much room the bars of a chart need: for their words, their scale and a row, at the present text size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from companion.ui.theme.theme import Theme
from companion.ui.widgets.onebar import Bar


class BarSizes:
    """All in pixels. ``top`` is the upper end of the scale, ``captions`` name the rows of words under standing bars."""

    def __init__(self, theme: Theme, top: int, captions: tuple[str, str]) -> None:
        self.theme, self.top, self.captions = theme, top, captions

    def small(self) -> QFontMetrics:
        """The type of captions, notes and the scale."""
        return QFontMetrics(self.theme.font("small"))

    def gutter(self) -> int:
        """Width kept at the left of standing bars, for the scale and the captions."""
        metrics = self.small()
        words = (*self.captions, str(self.top))
        return max(metrics.horizontalAdvance(x) for x in words) + self.theme.px(10)

    def step(self, width: int, count: int) -> float:
        """Width of each of ``count`` columns in ``width`` pixels."""
        return (width - self.gutter()) / max(1, count)

    def column(self, bars: Sequence[Bar]) -> int:
        """Least width of a column with its words."""
        metrics, strong = self.small(), QFontMetrics(self.theme.font("caps"))
        words = [metrics.horizontalAdvance(x) for bar in bars for x in (bar.label, bar.number)]
        words += [strong.horizontalAdvance(bar.shown) for bar in bars]
        return max(words, default=0) + self.theme.px(6)

    def row(self) -> int:
        """Height of a lying bar without words above it."""
        metrics = QFontMetrics(self.theme.font("body"))
        return max(metrics.height() + self.theme.px(12), self.theme.px(34))

    def line(self) -> int:
        """Height of a line of small words."""
        return self.small().height() + self.theme.px(2)

    def stacked(self, width: int) -> bool:
        """Whether the words of a lying bar stand above it, for want of room beside it."""
        return width < self.theme.px(400)
