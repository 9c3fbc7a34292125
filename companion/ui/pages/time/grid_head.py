"""The heads of the grid: minutes above it, hours beside it; where it is now stands out."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from companion.ui.theme.theme import Theme


class _Head(QHeaderView):
    def __init__(self, theme: Theme, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
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
        model = self.model()
        return str(model.headerData(section, self.orientation()) or "") if model is not None else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """All at once: the style would be asked for each section."""
        theme = self._theme
        painter = QPainter(self.viewport())
        for section in range(self.count()):
            strong = section == self._now
            painter.setFont(theme.font("caps" if strong else "small"))
            painter.setPen(theme.color("text" if strong or self._loud(section) else "muted"))
            at, size = self.sectionViewportPosition(section), self.sectionSize(section)
            if self.orientation() == Qt.Orientation.Horizontal:
                box = QRect(at, 0, size, self.height())
                painter.drawText(
                    box,
                    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextDontClip,
                    self.words(section),
                )
            else:
                box = QRect(0, at, self.width() - theme.px(8), size)
                painter.drawText(
                    box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.words(section)
                )
        painter.end()

    def show_now(self, section: int) -> None:
        """Where it is now, -1 on another day."""
        if section != self._now:
            self._now = section
            self.viewport().update()

    def _loud(self, section: int) -> bool:
        return False


class Minutes(_Head):
    """The minutes of an hour."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(self._theme.font("small")).height() + self._theme.px(4))

    def words(self, section: int) -> str:
        wide = self.sectionSize(section) >= self._theme.px(26)
        return super().words(section) if wide or section % 3 == 0 else ""


class Hours(_Head):
    """The hours, as wide as the longest label: ``2:00 (2nd)``."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, Qt.Orientation.Vertical, parent)
        self._words: tuple[str, ...] = ()

    def sizeHint(self) -> QSize:
        words = tuple(self.words(section) for section in range(self.count()))
        if words != self._words or not self._wide:
            metrics = QFontMetrics(self._theme.font("caps"))
            widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
            self._words = words
            self._wide = max(self._theme.px(46), widest + self._theme.px(14))
        return QSize(self._wide, 0)

    def _loud(self, section: int) -> bool:
        """An hour that comes twice is worth a look."""
        return "(" in self.words(section)
