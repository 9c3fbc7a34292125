"""A list of the categories in use to choose one from, each with its letters in its colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.core.categories import Tree
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.swatch import paint_swatch
from companion.ui.theme.theme import Theme
from companion.ui.widgets.combo import Combo
from companion.ui.widgets.text import one_line


class CategoryBox(Combo):
    """``chosen()`` is an id. ``extra`` are rows above the categories that are none, as id and words."""

    def __init__(
        self,
        theme: Theme,
        looks: Looks,
        name: str,
        extra: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._theme, self._looks, self._extra = theme, looks, tuple(extra)
        self._tree: Tree | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(18)
        self.setMaxVisibleItems(20)
        theme.changed.connect(self._restyle)

    def set_tree(self, tree: Tree) -> None:
        """The categories of now; what was chosen stays so where it is still there."""
        if tree == self._tree:
            return
        self._tree = tree
        chosen = self.chosen() if self.count() else None
        self._fill()
        if chosen is not None:
            self.choose(chosen)

    def _fill(self) -> None:
        if self._tree is None:
            return
        self.blockSignals(True)
        self.clear()
        for ident, words in self._extra:
            self.addItem(words, ident)
        for one in self._tree.usable():
            self.addItem(self._icon(one.id), one_line(self._tree.label(one.id), 80), one.id)
        self.blockSignals(False)

    def chosen(self) -> str:
        """The id of what is chosen; empty where there is nothing."""
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def choose(self, ident: str) -> bool:
        """Shows a choice without announcing it; a category out of use is put into the list. False for no such."""
        at = self.findData(ident)
        if at < 0 and self._tree is not None and ident in self._tree:
            ident = self._tree.shown(ident).id
            at = self.findData(ident)
            if at < 0:
                self.blockSignals(True)
                self.addItem(self._icon(ident), one_line(self._tree.label(ident), 80), ident)
                self.blockSignals(False)
                at = self.count() - 1
        if at < 0:
            return False
        self.blockSignals(True)
        self.setCurrentIndex(at)
        self.blockSignals(False)
        return True

    def _icon(self, ident: str) -> QIcon:
        side, ratio = self._theme.px(20), self.devicePixelRatioF()
        image = QPixmap(round(side * ratio), round(side * ratio))
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_swatch(painter, self._theme, self._looks, QRectF(0, 0, side, side), ident)
        painter.end()
        return QIcon(image)

    def _restyle(self) -> None:
        self.setIconSize(QSize(self._theme.px(20), self._theme.px(20)))
        chosen = self.chosen()
        self._fill()
        self.choose(chosen)
