"""Paints blocks: one ground for the flat of a block, its round ends as small pictures that are drawn once and kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap, QStaticText

from companion.ui.pages.time.grid_looks import Look, Looks
from companion.ui.pages.time.grid_model import Segment
from companion.ui.pages.time.grid_part import Measures, Part
from companion.ui.pages.time.grid_texts import Texts, whole
from companion.ui.theme.theme import Theme

_Word = tuple[int, int, QStaticText, QColor]
"""Where a text stands, and in which colour."""

_WIDE = 128
"""Pixels that a ground has at least: narrow ones are slow to fill with."""


def sharp(painter: QPainter) -> float:
    """Pixels of the screen for one of ours; 0.0 where that is no whole number, and small pictures would be blurred."""
    seen = painter.deviceTransform()
    return seen.m11() if seen.m11() == seen.m22() and seen.m11() == int(seen.m11()) else 0.0


class _Stamp:
    """A look made ready for blocks of one height: the ground with the lines along it, and the ends as they are met."""

    def __init__(self, look: Look, high: int, ratio: float, room: int) -> None:
        self.look = look
        wide = look.step * -(-_WIDE // look.step)
        sheet = QImage(wide, high, QImage.Format.Format_RGB32)
        painter = QPainter(sheet)
        painter.fillRect(0, 0, wide, high, look.ground)
        painter.fillRect(0, 0, wide, look.thick, look.line)
        painter.fillRect(0, high - look.thick, wide, look.thick, look.line)
        painter.end()
        self.flat = QBrush(sheet)
        self.room = look.step * -(-room // look.step) if ratio else 0
        """What is no wider than this is cut out of ``strip``, which is quicker still."""
        if ratio:
            self.strip = QPixmap(int(self.room * ratio), int(high * ratio))
            self.strip.setDevicePixelRatio(ratio)
            painter = QPainter(self.strip)
            painter.fillRect(0, 0, self.room, high, self.flat)
            painter.end()
        self.ends: dict[tuple[bool, int, int], QPixmap] = {}


class BlockPainter:
    """Patterns keep to the grid: across to its left edge, down to the top of their row."""

    def __init__(self, theme: Theme, looks: Looks, texts: Texts) -> None:
        self._theme, self._looks, self._texts = theme, looks, texts
        self._stamps: dict[tuple[str, str], _Stamp] = {}
        self._made_for = (0, 0.0)
        self._radius = self._gap = 0

    def paint(
        self, painter: QPainter, at: Measures, segments: Sequence[Segment], part: Part | None, state: str = ""
    ) -> None:
        """Blocks, all in ``state`` where one is told; only what stands in ``part`` where one is told."""
        if not segments:
            return
        high = at.ys[1] - at.ys[0] - 2
        self._prepare(painter, high)
        codes: list[_Word] = []
        names: list[_Word] = []
        xs, row, y = at.xs, -1, 0
        for segment in segments:
            if part is not None:
                asked = part.get(segment.row)
                if asked is None or xs[segment.left] > asked[1] or xs[segment.right] < asked[0]:
                    continue
            if segment.row != row:
                row = segment.row
                y = at.ys[row] + 1
                painter.setBrushOrigin(0, y)
            x = xs[segment.left] + 1
            wide = xs[segment.right] - x
            look = self._ground(painter, segment, state or segment.span.state, (x, y, wide, high), xs[4])
            self._letters(painter, segment, look, (x, y, wide, high), codes, names)
        painter.setBrushOrigin(0, 0)
        for role, texts in (("caps", codes), ("small", names)):
            painter.setFont(self._theme.font(role))
            for left, top, text, ink in texts:
                painter.setPen(ink)
                painter.drawStaticText(left, top, text)

    def _prepare(self, painter: QPainter, high: int) -> None:
        """Forgets what was made for another height of rows, or another screen."""
        ratio = sharp(painter)
        if (high, ratio) != self._made_for:
            self._made_for = (high, ratio)
            self._stamps.clear()
        self._radius, self._gap = self._theme.px(4), self._theme.px(5)

    def _ground(
        self, painter: QPainter, segment: Segment, state: str, box: tuple[int, int, int, int], room: int
    ) -> Look:
        """Flat parts are filled or cut out, which is quick."""
        (x, y, wide, high), category, ratio = box, segment.span.category, self._made_for[1]
        look = self._looks.look(category, state)
        stamp = self._stamps.get((category, state))
        if stamp is None or stamp.look is not look:
            stamp = self._stamps[category, state] = _Stamp(look, high, ratio, room)
        end = min(self._radius + look.thick + 1, wide // 2)
        left, right = (end if segment.begins else 0), (end if segment.ends else 0)
        flat, at = wide - left - right, (x + left) % look.step
        if at + flat <= stamp.room:
            cut = int(at * ratio), 0, int(flat * ratio), int(high * ratio)
            painter.drawPixmap(x + left, y, stamp.strip, *cut)
        else:
            painter.fillRect(x + left, y, flat, high, stamp.flat)
        if left:
            self._end(painter, stamp, True, x, y, end)
        if right:
            self._end(painter, stamp, False, x + wide - end, y, end)
        if look.band is not None:
            foot = max(3, round(high * 0.2))
            painter.fillRect(x + 3, y + high - 1 - foot, wide - 6, foot, look.band)
        return look

    def _end(self, painter: QPainter, stamp: _Stamp, begins: bool, x: int, y: int, wide: int) -> None:
        high, ratio = self._made_for
        if not ratio:  # pixels that are cut in two: a picture would be blurred there
            painter.setClipRect(x, y, wide, high)
            self._draw_end(painter, stamp.look, begins, x, y, wide)
            painter.setClipping(False)
            return
        key = (begins, x % stamp.look.step, wide)
        picture = stamp.ends.get(key)
        if picture is None:
            picture = stamp.ends[key] = QPixmap(int(wide * ratio), int(high * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            inside = QPainter(picture)
            inside.setRenderHint(QPainter.RenderHint.Antialiasing)
            inside.translate(-x, 0)
            self._draw_end(inside, stamp.look, begins, x, 0, wide)
            inside.end()
        painter.drawPixmap(x, y, picture)

    def _draw_end(self, painter: QPainter, look: Look, begins: bool, x: int, y: int, wide: int) -> None:
        """A box with round corners, of which only one end is seen."""
        half, radius = look.thick / 2, self._radius
        left = x + half if begins else x + wide - half - 4 * radius
        painter.setPen(look.pen)
        painter.setBrush(look.ground)
        box = QRectF(left, y + half, 4 * radius, self._made_for[0] - 2 * half)
        painter.drawRoundedRect(box, radius, radius)

    def _letters(
        self,
        painter: QPainter,
        segment: Segment,
        look: Look,
        box: tuple[int, int, int, int],
        codes: list[_Word],
        names: list[_Word],
    ) -> None:
        """The letters, always; the name behind them where it fits; over a hatch a plate lies under them."""
        x, y, broad, high = box
        gap, category = self._gap, segment.span.category
        code = self._texts.laid(self._looks.code(category), "caps")
        room = broad - 2 * gap
        left = x + (gap if code.wide <= room else (broad - code.wide) / 2)
        middle = y + high / 2
        side, tall = code.wide, code.high
        codes.append((whole(left), whole(middle - code.high / 2), code.text, look.ink))
        if segment.named:
            name = self._texts.laid(self._looks.name(category), "small")
            if code.wide + gap + name.wide <= room:
                side, tall = code.wide + gap + name.wide, name.high
                beside = whole(left + code.wide + gap)
                names.append((beside, whole(middle - tall / 2), name.text, look.ink))
        if look.plate is not None:
            more = self._theme.px(3)
            top = max(y + 2, whole(middle - tall / 2))
            begin, until = max(x + 1, whole(left - more)), min(x + broad - 1, whole(left + side + more))
            foot = min(y + high - 2, whole(middle + tall / 2))
            painter.fillRect(begin, top, until - begin, foot - top, look.plate)
