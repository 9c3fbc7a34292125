"""The heads of the grid: minutes above it, hours beside it; where it is now stands out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from companion.ui.pages.time.grid_texts import Laid, Texts
from companion.ui.theme.theme import Theme


class _Head(QHeaderView):
    def __init__(self, theme: Theme, texts: Texts, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._theme, self._texts = theme, texts
        self._across = orientation == Qt.Orientation.Horizontal
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self.viewport().setAutoFillBackground(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._now = -1
        self._wide = 0
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._wide = 0
        self.updateGeometry()
        self.viewport().update()

    def words(self, section: int) -> str:
        """What a section says."""
        model, ways = self.model(), Qt.Orientation
        way = ways.Horizontal if self._across else ways.Vertical
        return str(model.headerData(section, way) or "") if model is not None else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """All that is asked for at once: the style would be asked for each section."""
        theme, box = self._theme, event.rect()
        across = self._across
        first, last = (box.left(), box.right()) if across else (box.top(), box.bottom())
        painter = QPainter(self.viewport())
        painter.setFont(theme.font("small"))
        over = theme.px(32)  # a label may stand over the end of its section
        for section in range(self.count()):
            at, size = self.sectionViewportPosition(section), self.sectionSize(section)
            if at - over > last or at + size + over < first:
                continue
            strong = section == self._now
            laid = self._texts.laid(self.words(section), "caps" if strong else "small")
            if strong:
                painter.setFont(theme.font("caps"))
            painter.setPen(theme.color("text" if strong or self._loud(section) else "muted"))
            laid.draw(painter, *self._place(laid, at, size))
            if strong:
                painter.setFont(theme.font("small"))
        painter.end()

    def _place(self, laid: Laid, at: int, size: int) -> tuple[float, float]:
        """Where the words of a section stand, which begins ``at`` and is ``size`` pixels long."""
        raise NotImplementedError

    def show_now(self, section: int) -> None:
        """Where it is now, -1 on another day."""
        if section != self._now:
            self._now = section
            self.viewport().update()

    def _loud(self, section: int) -> bool:
        return False


class Minutes(_Head):
    """The minutes of an hour."""

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget) -> None:
        super().__init__(theme, texts, Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(self._theme.font("small")).height() + self._theme.px(4))

    def words(self, section: int) -> str:
        wide = self.sectionSize(section) >= self._theme.px(26)
        return super().words(section) if wide or section % 3 == 0 else ""

    def _place(self, laid: Laid, at: int, size: int) -> tuple[float, float]:
        return at, self.height() - laid.high


class Hours(_Head):
    """The hours, as wide as the longest label: ``2:00 (2nd)``."""

    def __init__(self, theme: Theme, texts: Texts, parent: QWidget) -> None:
        super().__init__(theme, texts, Qt.Orientation.Vertical, parent)
        self._words: tuple[str, ...] = ()

    def sizeHint(self) -> QSize:
        words = tuple(self.words(section) for section in range(self.count()))
        if words != self._words or not self._wide:
            metrics = QFontMetrics(self._theme.font("caps"))
            widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
            self._words = words
            self._wide = max(self._theme.px(46), widest + self._theme.px(14))
        return QSize(self._wide, 0)

    def _place(self, laid: Laid, at: int, size: int) -> tuple[float, float]:
        return self.width() - self._theme.px(8) - laid.wide, at + (size - laid.high) / 2

    def _loud(self, section: int) -> bool:
        """An hour that comes twice is worth a look."""
        return "(" in self.words(section)
