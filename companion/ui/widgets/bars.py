"""Bars on one scale, lying or standing, each with its number of cases; too few cases are hatched, never drawn.

One accent and no second colour. Everything that is painted can be had as a table (``bartable``) with the same words.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.barpaint import BarPainting
from companion.ui.widgets.barsizes import BarSizes
from companion.ui.widgets.onebar import Bar, said
from companion.ui.widgets.text import tip


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
        self._theme, self._standing = theme, standing
        self._sizes = BarSizes(theme, top, captions)
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
        return (
            self._standing
            and bool(self._bars)
            and self._sizes.step(width, len(self._bars)) >= self._sizes.column(self._bars)
        )

    def _restyle(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        self.update()

    # -- sizes
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
            return self._sizes.row()
        if self.stands(width):
            return self._theme.px(130) + 3 * self._sizes.line() + self._theme.px(10)
        rows = 2 if self._sizes.stacked(width) else 1
        return len(self._bars) * (self._sizes.row() + (rows - 1) * self._sizes.line())

    def sizeHint(self) -> QSize:
        width = self._theme.px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._sizes.row())

    def bar_at(self, at: QPoint) -> Bar | None:
        """The bar whose row or column holds a point."""
        if self.stands(self.width()):
            place = (at.x() - self._sizes.gutter()) / self._sizes.step(self.width(), len(self._bars))
        else:
            place = at.y() * len(self._bars) / max(1, self.height())
        return self._bars[int(place)] if 0 <= place < len(self._bars) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.bar_at(event.position().toPoint())
        wanted = tip(said(found)) if found else ""
        if wanted != self.toolTip():
            self.setToolTip(wanted)
        super().mouseMoveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting = BarPainting(painter, self._sizes, self.size(), self._bars)
        if self.stands(self.width()):
            painting.standing()
        else:
            painting.lying()
        painter.end()
