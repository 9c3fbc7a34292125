"""Words to choose from as chips: one stop for Tab, arrows within, and marks that choose nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QFrame, QSizePolicy, QVBoxLayout, QWidget

from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.chain import chain
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.painting import badge, badge_size, focus_ring, rounded
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import elided, one_line, tip

_MAX_WIDTH = 380  # pixels at 100 %


class Item(NamedTuple):
    """A word to choose: ``hint`` is told on hovering, ``key`` is a letter that chooses it, or empty."""

    id: str
    name: str
    hint: str = ""
    key: str = ""


class Chip(QCheckBox):
    """One word that can be chosen. A check box for assistive tools, whatever it looks like."""

    def __init__(self, theme: Theme, ident: str, name: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.ident, self.key = theme, ident, key
        self.words = one_line(name, 120)
        self.setAccessibleName(self.words)
        self._hint = ""
        self._marked = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def marked(self) -> bool:
        """Whether it is marked."""
        return self._marked

    def set_hint(self, words: str) -> None:
        """What it stands for, told on hovering and read out; as words, since the tool tip is markup."""
        self._hint = words
        self.setToolTip(tip(words))

    def set_mark(self, words: str) -> None:
        """Marks it, for the reason told in ``words``; empty takes the mark away."""
        told = ". ".join(part for part in (words, self._hint) if part)
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)
        if bool(words) != self._marked:
            self._marked = bool(words)
            self.updateGeometry()
            self.update()

    def hitButton(self, pos: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        theme, px = self._theme, self._theme.px
        metrics = QFontMetrics(theme.font("small"))
        key = badge_size(theme, self.key).width()
        # Room for the tick is kept, so that nothing moves when a word is chosen.
        wide = px(30) + metrics.horizontalAdvance(self.words) + 1 + (key + px(8) if key else 0) + px(12)
        return QSize(min(wide, px(_MAX_WIDTH)), max(px(30), metrics.height() + px(8)))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter, box = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, radius = self.isChecked(), self.height() / 2
        ground = "accent_soft" if chosen else "hover" if self.underMouse() else "surface"
        line = "accent" if chosen else "border_strong"
        rounded(painter, box, radius, theme.color(ground), theme.color(line))
        if self._marked and not chosen:
            # Beside the words that say so: a broken line within, which is no choice.
            pen = QPen(theme.color("accent"), 1.2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), radius - 3, radius - 3)
        size = 14
        image = icons.pixmap("check" if chosen else "plus", theme, "accent" if chosen else "muted", size)
        painter.drawPixmap(QPointF(px(11), (self.height() - px(size)) / 2), image)
        hint = badge_size(theme, self.key)
        room = self.width() - px(30) - px(12) - (hint.width() + px(8) if self.key else 0)
        font = theme.font("small")
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        where = QRect(px(30), 0, room + 1, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, elided(self.words, font, room + 1))
        if self.key:
            top = (self.height() - hint.height()) // 2
            badge(
                painter,
                theme,
                QRect(self.width() - px(11) - hint.width(), top, hint.width(), hint.height()),
                self.key,
            )
        if self.hasFocus():
            focus_ring(painter, theme, box, radius)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        owner = self.parent()
        while owner is not None and not isinstance(owner, Choices):
            owner = owner.parent()
        if owner is not None:
            owner.lead(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A check box would use the arrows to go to any neighbour of the form.
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()


class Choices(QFrame):
    """Chips side by side. ``toggled`` carries the id and whether it is chosen now.

    With ``several`` any number can be chosen, otherwise one, which can be taken back. Tab comes to the chosen or the
    last used chip; arrows, Home and End go on from there, Space chooses. What is chosen but not among the items (own
    words) is shown as a chip too. A frame, though none is drawn: screen readers tell the name of a frame that is
    entered, and pass over that of a plain widget.
    """

    toggled = Signal(str, bool)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None, several: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._several = theme, several
        self._items: tuple[Item, ...] = ()
        self._marks: dict[str, str] = {}
        self.chips: list[Chip] = []
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._box, self._flow = flow_widget(self, theme.px(6))
        self._folded = 0
        self.more = KeyButton(theme, self.tr("More"), "more", "", "plain", self._box)
        self.more.clicked.connect(self._on_more)
        self._flow.addWidget(self.more)
        self.more.hide()
        column.addWidget(self._box)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._restyle)

    # -- what there is
    def set_items(self, items: Sequence[Item], folded: int = 0) -> None:
        """The words to choose from; of more than ``folded`` the rest comes at a press (0: all are there)."""
        self._items = tuple(items)
        self._folded = folded if 0 < folded < len(self._items) - 1 else 0
        for chip in self.chips:
            self._drop(chip)
        self.chips = []
        for ident, name, hint, key in self._items:
            self._add(ident, name, hint, key)
        if self.chips:
            chain(self.chips[-1], self.more)
        self._fold()

    def _fold(self) -> None:
        """Hides what is folded; a word that is chosen or marked is never hidden."""
        for at, chip in enumerate(self.chips):
            hidden = (
                0 < self._folded <= at
                and chip.ident in self._known()
                and not chip.isChecked()
                and not chip.marked
            )
            show_if(chip, not hidden)
        show_if(self.more, bool(self._folded))
        self._flow.removeWidget(self.more)
        self._flow.addWidget(self.more)

    def _known(self) -> set[str]:
        return {item.id for item in self._items}

    def _on_more(self) -> None:
        first = next((chip for chip in self.chips if chip.isHidden()), None)
        self._folded = 0
        self._fold()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> tuple[str, ...]:
        """Ids of what is chosen, in their order on the screen."""
        return tuple(chip.ident for chip in self.chips if chip.isChecked())

    def set_chosen(self, wanted: Sequence[str]) -> None:
        """Shows a choice without announcing it."""
        known = self._known()
        for chip in [c for c in self.chips if c.ident not in known and c.ident not in wanted]:
            self.chips.remove(chip)
            self._drop(chip)
        there = {chip.ident for chip in self.chips}
        for ident in wanted:
            if ident and ident not in there:
                self._add(ident, ident, "", "")
        for chip in self.chips:
            if chip.isChecked() != (chip.ident in wanted):
                chip.setChecked(chip.ident in wanted)
        self._fold()
        focused = self.focus_chip()
        self.lead(focused or next((chip for chip in self.chips if chip.isChecked()), None))

    def set_marks(self, marks: Mapping[str, str]) -> None:
        """Marks these ids, each with the words that say why."""
        self._marks = dict(marks)
        for chip in self.chips:
            chip.set_mark(self._marks.get(chip.ident, ""))
        self._fold()

    def choose(self, ident: str, on: bool = True) -> None:
        """As the user would."""
        chip = self.chip(ident)
        if chip is not None and chip.isChecked() != on:
            chip.click()

    def chip(self, ident: str) -> Chip | None:
        """The chip of an id."""
        return next((chip for chip in self.chips if chip.ident == ident), None)

    def press_letter(self, letter: str) -> bool:
        """A letter that a chip bears; False when none does."""
        found = next((chip for chip in self.chips if chip.key and chip.key == letter), None)
        if found is not None:
            found.click()
        return found is not None

    def _add(self, ident: str, name: str, hint: str, key: str) -> None:
        chip = Chip(self._theme, ident, name, key, self._box)
        if hint:
            chip.set_hint(hint)
        chip.set_mark(self._marks.get(ident, ""))
        chip.clicked.connect(self._on_clicked)
        self.chips.append(chip)
        self._flow.addWidget(chip)
        chip.show()
        self.lead(self.focus_chip())

    def _drop(self, chip: Chip) -> None:
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _on_clicked(self) -> None:
        chip = self.sender()
        if not isinstance(chip, Chip):
            return
        ident, on = chip.ident, chip.isChecked()
        if on and not self._several:
            for other in self.chips:
                if other is not chip and other.isChecked():
                    other.setChecked(False)
        self.toggled.emit(ident, on)

    # -- the focus
    def focus_chip(self) -> Chip | None:
        """The chip that has the focus."""
        return next((chip for chip in self.chips if chip.hasFocus()), None)

    def lead(self, chip: Chip | None) -> None:
        """Tab comes to ``chip`` from now on, to the first one without it."""
        first = chip or next(iter(self.chips), None)
        for one in self.chips:
            policy = Qt.FocusPolicy.StrongFocus if one is first else Qt.FocusPolicy.ClickFocus
            if one.focusPolicy() != policy:
                one.setFocusPolicy(policy)
        if first is not None and self.focusProxy() is not first:
            self.setFocusProxy(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chip, known = self.focus_chip(), Qt.Key
        if chip is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        there = [one for one in self.chips if not one.isHidden()]
        at, last = there.index(chip), len(there) - 1
        goes = {known.Key_Right: at + 1, known.Key_Left: at - 1, known.Key_Home: 0, known.Key_End: last}
        if event.key() in goes:
            there[min(max(goes[Qt.Key(event.key())], 0), last)].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (known.Key_Down, known.Key_Up):
            self._go_row(chip, event.key() == known.Key_Down, event)
        else:
            super().keyPressEvent(event)

    def _go_row(self, chip: Chip, down: bool, event: QKeyEvent) -> None:
        """To the nearest chip of the next row; at the last row the key goes on to whoever holds the chips."""
        here = chip.geometry().center()
        there = [one for one in self.chips if not one.isHidden()]
        away = {one.y() for one in there if (one.y() > chip.y() if down else one.y() < chip.y())}
        if not away:
            event.ignore()
            return
        wanted = min(away) if down else max(away)
        row = [one for one in there if one.y() == wanted]
        nearest = min(row, key=lambda c: abs(c.geometry().center().x() - here.x()))
        nearest.setFocus(Qt.FocusReason.OtherFocusReason)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow.heightForWidth(width)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _restyle(self) -> None:
        self._flow.setSpacing(self._theme.px(6))
        for chip in self.chips:
            chip.updateGeometry()
            chip.update()
        self.updateGeometry()


def letters(names: Sequence[str], taken: str = "") -> list[str]:
    """A letter for each name, the first of its own that is free, or an empty text: capitals without a mark."""
    used, found = set(taken), []
    for name in names:
        free = (sign for sign in name.upper() if "A" <= sign <= "Z" and sign not in used)
        letter = next(free, "")
        used.add(letter)
        found.append(letter)
    return found
