"""How time looks: the colours of the categories, and grounds that tell the four states apart without colour.

Not filled: empty, finely dotted. Filled in afterwards: its colour under thin slanted lines. Proposed: an open ground
with wide slanted lines and a dashed edge. Confirmed: solid. Letters stand in each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from math import lcm
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from companion.core.categories import PATTERNS, Colours, Tree, colours
from companion.core.spans import FILLED, PROPOSED
from companion.resources import resource
from companion.ui.theme.theme import Theme

_SHEET = 128
"""Side of what a pattern is filled with, in pixels."""

GHOST = "ghost"
"""The state of what is only a wish yet: the preview of a line, a usual day."""


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """``share`` of ``other`` in ``one``."""
    rest = 1 - share
    return QColor.fromRgbF(
        one.redF() * rest + other.redF() * share,
        one.greenF() * rest + other.greenF() * share,
        one.blueF() * rest + other.blueF() * share,
    )


class Look(NamedTuple):
    """How one category is painted in one state: its ground, the line around it (``pen`` at the ends, ``line`` as a
    ground along the sides, ``thick`` pixels), its letters, what is laid under these where the ground is hatched, the
    band at its foot; ``step``: the pixels after which ground and line come again, across."""

    ground: QBrush
    pen: QPen
    line: QBrush
    thick: int
    ink: QColor
    plate: QColor | None
    band: QBrush | None
    step: int = 1


class Looks:
    """Made once for a page; what it hands out is made anew when the theme or the tree changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._colours: Colours | None = None
        self._tree: Tree | None = None
        self._made: dict[tuple[str, str], Look] = {}
        self._names: dict[str, tuple[str, str]] = {}
        self._inks: dict[str, QColor] = {}
        self._dots: QBrush | None = None
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        self._made.clear()
        self._dots = None

    def set_tree(self, tree: Tree) -> None:
        """The categories as they are now."""
        if tree is not self._tree:
            self._tree = tree
            self._made.clear()
            self._names.clear()
            self._inks.clear()

    # -- what a category is called and coloured
    def code(self, category: str) -> str:
        """The letters of a category, a mark where it has none."""
        return self._named(category)[0]

    def name(self, category: str) -> str:
        """The last part of a category's name."""
        return self._named(category)[1]

    def _named(self, category: str) -> tuple[str, str]:
        found = self._names.get(category)
        if found is None:
            if self._tree is None:
                return "?", category
            code = self._tree.code(category)
            name = self._tree.names(category)[-1]
            found = self._names[category] = (code or name[:1].upper() or "?", name)
        return found

    def colour(self, category: str) -> QColor:
        """The ground of a category."""
        palette = self._palette()
        return QColor(palette.colours[self._index(category)])

    def ink(self, category: str) -> QColor:
        """The colour of letters on that ground."""
        found = self._inks.get(category)
        if found is None:
            found = self._inks[category] = QColor(self._palette().ink(self._index(category)))
        return found

    def _index(self, category: str) -> int:
        return self._tree.colour(category) % 12 if self._tree is not None else 0

    def _palette(self) -> Colours:
        if self._colours is None:
            self._colours = colours(resource("time", "colours.toml").read_text(encoding="utf-8"))
        return self._colours

    # -- looks
    def look(self, category: str, state: str) -> Look:
        """How a category is painted in a state (or as a ghost)."""
        found = self._made.get((category, state))
        if found is None:
            found = self._made[category, state] = self._make(category, state)
        return found

    def _make(self, category: str, state: str) -> Look:
        theme = self._theme
        text, surface = theme.color("text"), theme.color("surface")
        colour, ink = self.colour(category), self.ink(category)
        edge = mixed(colour, text, 0.45)
        if state in (PROPOSED, GHOST):
            thick = max(1, theme.px(1.5))
            side = 8 if state == PROPOSED else 4
            pen, dashes = QPen(edge, thick), self._dashes(edge, side)
            if state == GHOST:
                ground = QBrush(mixed(surface, colour, 0.3))
                return Look(ground, pen, dashes, thick, text, None, None, theme.px(side))
            hatch = self._hatch(9, 1.7, mixed(colour, surface, 0.25), surface)
            plate, step = _clear(surface, 0.86), lcm(theme.px(9), theme.px(side))
            return Look(hatch, pen, dashes, thick, text, plate, None, step)
        pen, line, band = QPen(edge, 1), QBrush(edge), self._band(category, ink)
        if state != FILLED:
            return Look(QBrush(colour), pen, line, 1, ink, None, band)
        faded = mixed(colour, surface if ink.lightness() < 128 else text, 0.12)
        hatch = self._hatch(5, 1.0, mixed(faded, ink, 0.42), faded)
        return Look(hatch, pen, line, 1, ink, _clear(faded, 0.86), band, theme.px(5))

    def _dashes(self, colour: QColor, side: int) -> QBrush:
        """Dashes along a line: filled as a ground, since stroking them takes a hundred times as long."""

        def draw(painter: QPainter, pixels: int) -> None:
            painter.fillRect(QRectF(0, 0, pixels * 0.6, pixels), colour)

        return self._tile(side, draw)

    def dots(self) -> QBrush:
        """The ground of time that nothing fills."""
        if self._dots is None:
            surface = self._theme.color("surface")
            colour = mixed(surface, self._theme.color("border_strong"), 0.55)

            def draw(painter: QPainter, side: int) -> None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                radius = max(0.6, side * 0.09)
                painter.drawEllipse(QPointF(side / 2, side / 2), radius, radius)

            self._dots = self._tile(8, draw, surface)
        return self._dots

    def _hatch(self, side: int, width: float, colour: QColor, ground: QColor) -> QBrush:
        def draw(painter: QPainter, pixels: int) -> None:
            painter.setPen(QPen(colour, width * pixels / side))
            for shift in (-pixels, 0, pixels):
                painter.drawLine(QLineF(shift - 2, pixels + 2, shift + pixels + 2, -2))

        return self._tile(side, draw, ground)

    def _tile(self, side: int, draw: Callable[[QPainter, int], None], ground: QColor | None = None) -> QBrush:
        """A ground of tiles, ``side`` pixels square at 100 %; one with a ``ground`` covers all, which is quicker."""
        pixels = self._theme.px(side)
        kind = QImage.Format.Format_ARGB32_Premultiplied if ground is None else QImage.Format.Format_RGB32
        tile = QImage(pixels, pixels, kind)
        tile.fill(ground if ground is not None else Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, pixels)
        painter.end()
        many = pixels * max(1, _SHEET // pixels)  # small tiles are slow to fill with
        sheet = QImage(many, many, kind)
        sheet.fill(Qt.GlobalColor.transparent)
        painter = QPainter(sheet)
        painter.fillRect(sheet.rect(), QBrush(tile))
        painter.end()
        return QBrush(sheet)

    def _band(self, category: str, ink: QColor) -> QBrush | None:
        """The pattern at the foot of a cell that tells what is in one category apart; None for the category itself."""
        if self._tree is None:
            return None
        shown = self._tree.shown(category)
        pattern = PATTERNS[shown.pattern % len(PATTERNS)] if shown.parent else "plain"
        colour = QColor(ink)
        colour.setAlphaF(0.75)
        return (
            None if pattern == "plain" else self._tile(6, lambda p, side: _pattern(p, side, pattern, colour))
        )


def _clear(colour: QColor, alpha: float) -> QColor:
    """A colour that lets something through."""
    found = QColor(colour)
    found.setAlphaF(alpha)
    return found


def _pattern(painter: QPainter, side: int, pattern: str, colour: QColor) -> None:
    """One tile of a pattern."""
    pen, middle = QPen(colour, max(1.0, side / 6)), side / 2
    painter.setPen(pen)
    if pattern in ("bars", "grid"):
        painter.drawLine(QLineF(middle, 0, middle, side))
    if pattern in ("lines", "grid"):
        painter.drawLine(QLineF(0, middle, side, middle))
    if pattern == "dashes":
        painter.drawLine(QLineF(0, middle, side * 0.6, middle))
    if pattern == "cross":
        painter.drawLine(QLineF(1, 1, side - 1, side - 1))
        painter.drawLine(QLineF(1, side - 1, side - 1, 1))
    if pattern == "rings":
        painter.drawEllipse(QPointF(middle, middle), side * 0.3, side * 0.3)
    if pattern == "dots":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(middle, middle), side * 0.24, side * 0.24)
