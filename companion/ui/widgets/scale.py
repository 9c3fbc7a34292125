"""A scale from 0 to 10: nothing is chosen until it is touched, 0 is a value, all are drawn alike."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import focus_ring, rounded

MOST = 10
_WIDEST, _GAP, _EDGE = 46, 4, 4  # pixels at 100 %


class _Box(QAbstractButton):
    """One number. It takes no focus of its own: the whole scale is one stop on the way of Tab."""

    def __init__(self, theme: Theme, number: int, parent: Scale) -> None:
        super().__init__(parent)
        self._theme, self.number = theme, number
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("{n} of 10").replace("{n}", str(number)))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("strong"))
        return QSize(metrics.horizontalAdvance("10") + 2, metrics.height() + 2)

    sizeHint = minimumSizeHint

    def nextCheckState(self) -> None:
        """The scale says which box is checked."""

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "accent" if chosen else "hover" if self.underMouse() else "surface"
        line = None if chosen else theme.color("border_strong")
        rounded(painter, QRectF(self.rect()), theme.px(7), theme.color(ground), line)
        painter.setFont(theme.font("strong" if chosen else "digits"))
        painter.setPen(theme.color("on_accent" if chosen else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.end()


class Scale(QWidget):
    """Eleven boxes in a row, named ``name`` for assistive tools; ``changed`` carries the number or None.

    Keys: a digit chooses it, 0 right after 1 makes 10, arrows go one up or down, Home and End to the ends, Backspace
    and Delete take the choice back. A click on the chosen box takes it back too. ``low`` and ``high`` stand under
    the ends.
    """

    changed = Signal(object)

    def __init__(
        self, theme: Theme, name: str, parent: QWidget | None = None, low: str = "", high: str = ""
    ) -> None:
        super().__init__(parent)
        self._theme, self._low, self._high = theme, low, high
        self._value: int | None = None
        self._one_before = False
        self.boxes = [_Box(theme, number, self) for number in range(MOST + 1)]
        for box in self.boxes:
            box.clicked.connect(self._on_clicked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._tell()
        theme.changed.connect(self._restyle)

    @property
    def value(self) -> int | None:
        """What is chosen, 0 to 10; None for nothing."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Shows a choice without announcing it; ValueError outside 0 to 10."""
        if value is not None and not 0 <= value <= MOST:
            raise ValueError("a scale goes from 0 to 10")
        self._one_before = False
        if value != self._value:
            self._value = value
            self._tell()

    def digit(self, n: int) -> bool:
        """A digit, typed here or handed on by the page. 0 right after 1 is the way to 10."""
        ten = n == 0 and self._one_before
        self._choose(MOST if ten else n)
        self._one_before = n == 1
        return True

    def _choose(self, value: int | None) -> None:
        self._one_before = False
        if value != self._value:
            self._value = value
            self._tell()
            self.changed.emit(value)

    def _tell(self) -> None:
        for box in self.boxes:
            box.setChecked(box.number == self._value)
        # Seen by nobody, but a screen reader says it with the name.
        if self._value is not None:
            self.setAccessibleDescription(self.tr("{n} of 10").replace("{n}", str(self._value)))
            return
        ends = self.tr("0 to 10")
        if self._low and self._high:
            ends = self.tr("0: {low}, 10: {high}").replace("{low}", self._low).replace("{high}", self._high)
        # What the ends mean stands on the screen too; nobody else could tell a listener what to type.
        self.setAccessibleDescription(self.tr("nothing chosen") + f". {ends}")

    def _on_clicked(self) -> None:
        box = self.sender()
        if isinstance(box, _Box):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._choose(None if box.number == self._value else box.number)

    # -- keys
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._ours(event)
        ):
            event.accept()  # while the scale has the focus its digits are no keys of the window
            return True
        return super().event(event)

    @staticmethod
    def _ours(event: QKeyEvent) -> bool:
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return bare and (len(event.text()) == 1 and event.text() in "0123456789")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, known = event.key(), Qt.Key
        if self._ours(event):
            self.digit(int(event.text()))
        elif key in (known.Key_Right, known.Key_Up):
            self._choose(0 if self._value is None else min(MOST, self._value + 1))
        elif key in (known.Key_Left, known.Key_Down):
            self._choose(MOST if self._value is None else max(0, self._value - 1))
        elif key in (known.Key_Home, known.Key_End):
            self._choose(0 if key == known.Key_Home else MOST)
        elif key in (known.Key_Backspace, known.Key_Delete):
            self._choose(None)
        else:
            super().keyPressEvent(event)

    # -- looks
    def _restyle(self) -> None:
        self.updateGeometry()
        self._place()
        self.update()

    def _words_high(self) -> int:
        return QFontMetrics(self._theme.font("small")).height() if self._low or self._high else 0

    def _box_high(self) -> int:
        return max(self._theme.px(32), QFontMetrics(self._theme.font("body")).height() + self._theme.px(8))

    def sizeHint(self) -> QSize:
        px, count = self._theme.px, len(self.boxes)
        high = self._box_high() + 2 * px(_EDGE) + self._words_high()
        return QSize(count * px(40) + (count - 1) * px(_GAP) + 2 * px(_EDGE), high)

    def minimumSizeHint(self) -> QSize:
        count, least = len(self.boxes), self.boxes[0].minimumSizeHint().width()
        return QSize(count * least + 2 * (count - 1) + 2 * self._theme.px(_EDGE), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _row(self) -> tuple[int, int, int]:
        """Edge, width of a box and gap, in pixels."""
        edge, count = self._theme.px(_EDGE), len(self.boxes)
        gap, room = self._theme.px(_GAP), self.width() - 2 * edge
        least = self.boxes[0].minimumSizeHint().width()
        if count * least + (count - 1) * gap > room:
            gap = 2
        return edge, max(1, min(self._theme.px(_WIDEST), (room - (count - 1) * gap) // count)), gap

    def _place(self) -> None:
        edge, wide, gap = self._row()
        for box in self.boxes:
            box.setGeometry(QRect(edge + box.number * (wide + gap), edge, wide, self._box_high()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, wide, gap = self._row()
        right = edge + len(self.boxes) * (wide + gap) - gap
        if self.hasFocus():
            box = QRectF(0, 0, right + edge, self._box_high() + 2 * edge)
            focus_ring(painter, theme, box, theme.px(10))
        if self._words_high():
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("muted"))
            line = QRect(edge, self.height() - self._words_high(), right - edge, self._words_high())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._low)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._high)
        painter.end()
