"""A circle that fills and empties like a breath; where movement is not wanted, a number and a bar that steps.

It knows no clock: while it runs and can be seen it asks for a face once a frame (``frame_due``), and paints that. A
frame that comes late therefore shows the right thing, and nothing can drift.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QBrush,
    QFont,
    QFontMetrics,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRadialGradient,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import rounded

STILL_MS = 50
"""Milliseconds between two looks at the clock without movement; painted is only what changed, once a second."""
_LEAST, _BAR, _MOST = 180, 360, 460
"""Pixels at 100 %: the side of the circle's square at the least, the width of the bar, that side at the most."""
_EMPTY, _FULL = 0.36, 0.86
"""Radius of the disc with empty and with full lungs, as a share of the ring's."""


class BreathFace(NamedTuple):
    """What is shown. ``level`` of the lungs, ``turn`` (share of the breath that is over) and the ``marks`` on the ring
    where its steps begin are 0 to 1; ``parts`` are the seconds of the step, ``done`` how many of them are over."""

    words: str = ""
    number: str = ""
    foot: str = ""
    level: float = 0.0
    turn: float = -1.0
    marks: tuple[float, ...] = ()
    parts: int = 0
    done: int = 0


class Breath(QLabel):
    """Its text is the words of the face, so that a screen reader hears of each step once and of no frame."""

    frame_due = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._face = theme, BreathFace()
        self._still = self._running = False
        self._ring_key: tuple[object, ...] | None = None
        self._ring_image = QPixmap()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.frame_due)
        theme.changed.connect(self._restyle)

    # -- what is shown
    def face(self) -> BreathFace:
        """What is shown now."""
        return self._face

    def set_face(self, face: BreathFace) -> None:
        """Shows these; only what looks different is painted again."""
        before, self._face = self._face, face
        if face.words != before.words:
            self.setText(face.words)  # paints all of it
        elif face != before:
            self.update(self._changed(before, face))

    def tell(self, text: str) -> None:
        """Has a screen reader say something when it has the time; without one nothing happens."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @property
    def still(self) -> bool:
        """Whether a number and a bar stand in for the movement."""
        return self._still

    def set_still(self, still: bool) -> None:
        """With movement or without."""
        if still != self._still:
            self._still = still
            self._pace()
            self.update()

    # -- frames
    @property
    def running(self) -> bool:
        """Whether frames are asked for while this can be seen."""
        return self._running

    @property
    def asking(self) -> bool:
        """Whether frames are being asked for right now."""
        return self._timer.isActive()

    def run(self, on: bool) -> None:
        """Asks for frames from now on, the first at once; or no more."""
        self._running = on
        self._pace()
        if on:
            self.frame_due.emit()

    def _pace(self) -> None:
        if not (self._running and self.isVisible()):
            self._timer.stop()
            return
        rate = min(max(self.screen().refreshRate(), 30.0), 120.0)
        self._timer.start(STILL_MS if self._still else max(8, int(1000 / rate)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pace()
        if self._running:
            self.frame_due.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # -- measures
    def _restyle(self) -> None:
        self._ring_key = None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes what room there is, but never makes a page scroll for more

    def minimumSizeHint(self) -> QSize:
        side = self._theme.px(_LEAST)
        return QSize(side, side + self._foot_height())

    def _foot_height(self) -> int:
        return QFontMetrics(self._theme.font("digits")).height() + self._theme.px(14)

    def _ring(self) -> tuple[QPointF, float]:
        """Middle and radius of the ring that a breath goes around."""
        high = self.height() - self._foot_height()
        side = min(self.width(), high, self._theme.px(_MOST))
        return QPointF(self.width() / 2, high / 2), side / 2 - self._theme.px(10)

    def _disc(self, face: BreathFace) -> float:
        return self._ring()[1] * (_EMPTY + (_FULL - _EMPTY) * face.level)

    def _bead(self, turn: float) -> QPointF:
        middle, radius = self._ring()
        return middle + _on_ring(turn, radius)

    def _changed(self, before: BreathFace, face: BreathFace) -> QRegion:
        """Where two faces with the same words look different."""
        middle, _radius = self._ring()
        if self._still or (before.turn < 0) != (face.turn < 0) or before.marks != face.marks:
            return QRegion(self.rect())
        reach = max(self._disc(before), self._disc(face))
        if before.level == face.level:
            # Only the number within the disc may be another one.
            reach = 0 if before.number == face.number else self._theme.px(60)
        region = QRegion(_around(middle, reach + 3)) if reach else QRegion()
        if before.turn != face.turn:
            for turn in (before.turn, face.turn):
                region += _around(self._bead(turn), self._theme.px(7) + 3)
        if before.foot != face.foot:
            region += QRect(0, self.height() - self._foot_height(), self.width(), self._foot_height())
        return region

    # -- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._still:
            self._paint_still(painter)
        else:
            self._paint_ring(painter)
            self._paint_disc(painter)
        if self._face.foot:
            box = QRect(0, self.height() - self._foot_height(), self.width(), self._foot_height())
            self._paint_line(painter, box, self._face.foot, self._theme.font("digits"), "muted")
        painter.end()

    def _paint_ring(self, painter: QPainter) -> None:
        theme, (middle, radius) = self._theme, self._ring()
        if radius <= 0:
            return
        reach = radius + theme.px(8)
        # Drawn once and copied from then on: it is the same in every frame.
        key = (reach, self.devicePixelRatioF(), self._face.marks)
        if key != self._ring_key:
            self._ring_key, self._ring_image = key, self._drawn_ring(reach, radius)
        painter.drawPixmap(middle - QPointF(reach, reach), self._ring_image)
        if self._face.turn >= 0:
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(self._bead(self._face.turn), theme.px(7), theme.px(7))

    def _drawn_ring(self, reach: float, radius: float) -> QPixmap:
        """The ring with its marks, on a square of ``reach`` around its middle."""
        theme, ratio = self._theme, self.devicePixelRatioF()
        side = math.ceil(2 * reach * ratio)
        image = QPixmap(side, side)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        middle = QPointF(reach, reach)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("track"), max(2, theme.px(2))))
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("border_strong"))
        for mark in self._face.marks if len(self._face.marks) > 1 else ():
            painter.drawEllipse(middle + _on_ring(mark, radius), theme.px(3), theme.px(3))
        painter.end()
        return image

    def _paint_disc(self, painter: QPainter) -> None:
        theme, (middle, _radius) = self._theme, self._ring()
        reach = self._disc(self._face)
        if reach <= 0:
            return
        shade = QRadialGradient(middle, reach)
        shade.setColorAt(0.0, theme.color("accent_soft"))
        shade.setColorAt(0.55, theme.color("accent_soft"))
        shade.setColorAt(1.0, theme.color("accent_line"))
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.setBrush(QBrush(shade))
        painter.drawEllipse(middle, reach, reach)
        self._paint_words(painter, middle)

    def _paint_words(self, painter: QPainter, middle: QPointF) -> None:
        theme, face = self._theme, self._face
        words = theme.font("prompt")
        if QFontMetrics(words).horizontalAdvance(face.words) > 1.5 * self._ring()[1] * _FULL:
            words = theme.font("title")
        number = theme.font("time")
        high, low = QFontMetrics(words).height(), QFontMetrics(number).height() if face.number else 0
        top = round(middle.y() - (high + low) / 2)
        self._paint_line(painter, QRect(0, top, self.width(), high), face.words, words, "text")
        if face.number:
            self._paint_line(painter, QRect(0, top + high, self.width(), low), face.number, number, "accent")

    def _paint_line(self, painter: QPainter, box: QRect, text: str, font: QFont, token: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_still(self, painter: QPainter) -> None:
        theme, face, px = self._theme, self._face, self._theme.px
        large = QFont(theme.font("time"))
        large.setPixelSize(px(104))
        words = theme.font("prompt")
        high = QFontMetrics(large).height() if face.number else px(12)
        heights = (QFontMetrics(words).height(), high, px(14))
        gap = px(16)
        top = (self.height() - self._foot_height() - sum(heights) - gap) // 2
        self._paint_line(painter, QRect(0, top, self.width(), heights[0]), face.words, words, "text")
        top += heights[0]
        self._paint_line(painter, QRect(0, top, self.width(), heights[1]), face.number, large, "accent")
        top += heights[1] + gap
        wide = min(self.width() - px(24), px(_BAR))
        self._paint_parts(painter, QRectF((self.width() - wide) / 2, top, wide, heights[2]))

    def _paint_parts(self, painter: QPainter, box: QRectF) -> None:
        """One piece of the bar for each second of the step."""
        theme, face = self._theme, self._face
        gap = theme.px(4)
        each = (box.width() - gap * (face.parts - 1)) / face.parts if face.parts else 0
        for part in range(face.parts):
            piece = QRectF(box.left() + part * (each + gap), box.top(), each, box.height())
            over = part < face.done
            line = None if over else theme.color("border_strong")
            rounded(painter, piece, theme.px(4), theme.color("accent" if over else "track"), line)


def _around(middle: QPointF, reach: float) -> QRect:
    return QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach).toAlignedRect()


def _on_ring(turn: float, radius: float) -> QPointF:
    """Where a share of a breath lies on the ring, from its middle: it begins at the top and goes round by the clock."""
    angle = 2 * math.pi * turn - math.pi / 2
    return QPointF(math.cos(angle), math.sin(angle)) * radius
