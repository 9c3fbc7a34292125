"""The bar that shows a call against its likely length, with the mark where confirming begins."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.text import elided


class SplitFace(NamedTuple):
    """What the bar shows. Fractions are of the likely length, 0 to 1."""

    elapsed: float = 0.0
    mark: float = 0.75
    passed: bool = False
    paused: bool = False
    labels: tuple[str, str] = ("", "")


class SplitBar(QWidget):
    """A track, filled as far as the call has come; a mark; above it the names of the two zones.

    Paused (on hold) the filled part is hatched; once the mark is passed it becomes a filled disc with a tick.
    For eyes only: its words belong in a text beside it, so it hides from assistive tools by having no text.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, thin: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._thin = theme, thin
        self._face = SplitFace()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def face(self) -> SplitFace:
        """What is shown now."""
        return self._face

    def set_face(
        self,
        fraction_elapsed: float,
        fraction_mark: float = 0.75,
        passed: bool = False,
        paused: bool = False,
        zone_labels: tuple[str, str] = ("", ""),
    ) -> None:
        """Show these; paints again only when a pixel would differ. Fractions are brought into 0 to 1."""
        before = self._seen()
        self._face = SplitFace(
            min(1.0, max(0.0, fraction_elapsed)),
            min(1.0, max(0.0, fraction_mark)),
            passed,
            paused,
            zone_labels,
        )
        if self._seen() != before:
            self.update()

    def _seen(self) -> SplitFace:
        """The face in halves of a pixel of the present width: a tick of the clock that moves nothing costs nothing."""
        halves = max(200, self.width() * 2)
        face = self._face
        return face._replace(
            elapsed=round(face.elapsed * halves) / halves, mark=round(face.mark * halves) / halves
        )

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _disc(self) -> int:
        return self._theme.px(16)

    def _label_height(self) -> int:
        if self._thin:
            return 0
        return QFontMetrics(self._theme.font("small")).height() + self._theme.px(2)

    def sizeHint(self) -> QSize:
        if self._thin:
            return QSize(self._theme.px(160), self._theme.px(12))
        return QSize(self._theme.px(320), self._disc() + self._label_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self._theme.px(6 if self._thin else 10)
        top = self._label_height() + (self.height() - self._label_height() - height) / 2
        track = QRectF(0, top, self.width(), height)
        self._paint_track(painter, track)
        self._paint_mark(painter, track)
        if not self._thin:
            self._paint_labels(painter)
        painter.end()

    def _paint_track(self, painter: QPainter, track: QRectF) -> None:
        theme, face = self._theme, self._seen()
        radius = track.height() / 2
        shape = QPainterPath()
        shape.addRoundedRect(track, radius, radius)
        painter.fillPath(shape, theme.color("track"))
        painter.save()
        painter.setClipPath(shape)
        filled = QRectF(track.left(), track.top(), track.width() * face.elapsed, track.height())
        if face.paused:
            brush = QBrush(theme.color("accent"), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(filled, brush)
            tip = QRectF(filled.right() - 2, filled.top(), 2, filled.height())
            painter.fillRect(tip, theme.color("accent"))
        else:
            painter.fillRect(filled, theme.color("accent"))
        painter.restore()
        # The track's own outline keeps the empty part visible on every ground.
        painter.setPen(QPen(theme.color("border_strong"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)

    def _mark_x(self, track: QRectF) -> float:
        edge = self._disc() / 2
        return min(max(track.width() * self._seen().mark, edge), track.width() - edge)

    def _paint_mark(self, painter: QPainter, track: QRectF) -> None:
        theme = self._theme
        x, y = self._mark_x(track), track.center().y()
        if self._face.passed:
            radius = (theme.px(12) if self._thin else self._disc()) / 2
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(QPointF(x, y), radius - 1, radius - 1)
            tick = QPen(theme.color("on_accent"), max(1.5, radius / 4.5))
            tick.setCapStyle(Qt.PenCapStyle.RoundCap)
            tick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(tick)
            r = radius * 0.42
            corner = QPointF(x - r * 0.2, y + r * 0.75)
            painter.drawPolyline([QPointF(x - r, y), corner, QPointF(x + r, y - r * 0.75)])
            return
        reach = theme.px(2 if self._thin else 3)
        line = QRectF(x - 1.5, track.top() - reach, 3, track.height() + 2 * reach)
        painter.setPen(QPen(theme.color("surface"), 1))
        painter.setBrush(theme.color("text"))
        painter.drawRoundedRect(line.adjusted(-0.5, -0.5, 0.5, 0.5), 1.5, 1.5)

    def _paint_labels(self, painter: QPainter) -> None:
        theme, face = self._theme, self._face
        font = theme.font("small")
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        mark = round(self.width() * face.mark)
        gap = theme.px(8)
        height = QFontMetrics(font).height()
        left = QRect(0, 0, max(0, mark - gap), height)
        right = QRect(mark + gap, 0, max(0, self.width() - mark - gap), height)
        sides = (left, right)
        for box, label in zip(sides, face.labels, strict=True):
            flag = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(box, flag, elided(label, font, box.width()))
