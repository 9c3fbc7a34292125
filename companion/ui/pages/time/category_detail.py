"""All that can be changed of one category, beside the list: each change is kept at once and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from companion.core.categories import LONGEST, PATTERNS, CategoryError, Colours, Tree, colours
from companion.desk import Desk
from companion.resources import resource
from companion.storage.errors import StoreError
from companion.timedesk import Done
from companion.ui.pages.time.category_places import Places
from companion.ui.pages.time.category_row import ColourDot
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.periods import short
from companion.ui.pages.time.swatch import paint_swatch, swatch_size
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.fields import LineField
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import one_line


class Swatch(QWidget):
    """The colour and letters of one category."""

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._looks, self.category = theme, looks, ""
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setFixedSize(swatch_size(self._theme))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.category:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_swatch(painter, self._theme, self._looks, QRectF(self.rect()), self.category)
            painter.end()


class CategoryDetail(Card):
    """``done`` carries what was done, for its undo, and to which category; ``refused`` why the disk refuses it."""

    done = Signal(object, str)
    refused = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._desk, self._looks = desk, looks
        self.category = ""
        self._head = QHBoxLayout()
        self.swatch = Swatch(theme, looks, self)
        self._head.addWidget(self.swatch)
        self.heading = label("", "strong", self, wrap=True)
        self._head.addWidget(self.heading, 1)
        self.body.addLayout(self._head)
        self.wrong = label("", "error", self, wrap=True)
        self.body.addWidget(self.wrong)
        self.wrong.hide()
        self._build_fields()
        self._build_colours()
        self.places = Places(desk, theme, self.attempt, self)
        self.body.addWidget(self.places)
        self.history = label("", "hint", self, wrap=True)
        self.body.addWidget(self.history)
        self.body.addStretch(1)
        self._space()
        theme.changed.connect(self._space)

    def _build_fields(self) -> None:
        theme = self._theme
        self._fields = QHBoxLayout()
        self.name = LineField(theme, self.tr("Name"), "", "", self)
        self.name.edit.setMaxLength(LONGEST)
        self.letter = LineField(theme, self.tr("Letter"), "", "", self)
        self.letter.edit.setMaxLength(1)
        self._fields.addWidget(self.name, 1)
        self._fields.addWidget(self.letter)
        self.body.addLayout(self._fields)
        self.also = LineField(
            theme,
            self.tr("Other words for it, with commas between"),
            self.tr("Other words"),
            self.tr("lunch, snack"),
            self,
        )
        self.body.addWidget(self.also)
        for field, keep in (
            (self.name, self._keep_name),
            (self.letter, self._keep_letter),
            (self.also, self._keep_also),
        ):
            field.edit.editingFinished.connect(keep)

    def _build_colours(self) -> None:
        palette: Colours = colours(resource("time", "colours.toml").read_text(encoding="utf-8"))
        self.colour_box = QWidget(self)
        column = QVBoxLayout(self.colour_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(self.tr("Colour"), "hint", self.colour_box))
        box, self._dots = flow_widget(self.colour_box, self._theme.px(2))
        self.colours: list[ColourDot] = []
        self._colour_group = QButtonGroup(self)
        for index, colour in enumerate(palette.colours):
            dot = ColourDot(self._theme, index, colour, palette.ink(index), box)
            self._colour_group.addButton(dot, index)
            self._dots.addWidget(dot)
            self.colours.append(dot)
        self._colour_group.idClicked.connect(self._on_colour)
        column.addWidget(box)
        self.body.addWidget(self.colour_box)
        self.inherits = label("", "hint", self, wrap=True)
        self.body.addWidget(self.inherits)

    def _space(self) -> None:
        px = self._theme.px
        for layout in (self._head, self._fields):
            layout.setSpacing(px(10))
        self._dots.setSpacing(px(2))
        self.letter.setFixedWidth(px(72))
        self.body.setSpacing(px(12))

    # -- what is shown
    def show_category(self, tree: Tree, category: str) -> None:
        """Shows a category; what is being typed for the same one stays."""
        other = category != self.category
        self.category = category
        one = tree.get(category)
        if other:
            self.say("")
        self.swatch.category = category
        self.swatch.update()
        self.heading.setText(one_line(tree.label(category), 160))
        self._put(self.name, one.name, other)
        self._put(self.letter, one.letter.upper(), other)
        self._put(self.also, ", ".join(one.also), other)
        self._show_colours(tree, category)
        self.places.show_category(tree, category, other)
        self.history.setText(self._told_history(one.was))
        show_if(self.history, bool(one.was))

    @staticmethod
    def _put(field: LineField, text: str, other: bool) -> None:
        if other or not (field.edit.hasFocus() and field.edit.isModified()):
            if field.edit.text() != text:
                field.edit.setText(text)
            field.edit.setModified(False)

    def _show_colours(self, tree: Tree, category: str) -> None:
        one = tree.get(category)
        show_if(self.colour_box, not one.parent)
        show_if(self.inherits, bool(one.parent))
        if one.parent:
            name = tree.shown(one.parent).name
            self.inherits.setText(
                self.tr("It has the colour of %1, with a pattern of its own: %2.")
                .replace("%2", PATTERNS[one.pattern])
                .replace("%1", name)
            )
        for dot in self.colours:
            users = [top.name for top in tree.children() if top.colour == dot.index and top.id != category]
            dot.set_users(self.tr("taken by %1").replace("%1", ", ".join(users)) if users else "")
        if not one.parent:
            self.colours[one.colour].setChecked(True)

    def _told_history(self, was: tuple[tuple[str, str], ...]) -> str:
        parts = []
        for name, until in was:
            try:
                day = short(date.fromisoformat(until))
            except ValueError:
                day = until
            parts.append(self.tr("%1 until %2").replace("%2", day).replace("%1", name))
        return self.tr("Called ") + "; ".join(parts) + "."

    def say(self, words: str) -> None:
        """What is wrong with what was wanted; empty takes it away."""
        self.wrong.setText(words)
        show_if(self.wrong, bool(words))

    # -- what is changed
    def attempt(self, act: Callable[[], Done | None]) -> bool:
        """Does it; tells here what cannot be, and above what the disk refuses."""
        here = self.category  # the news of the change may lead to another one before this returns
        try:
            found = act()
        except CategoryError as error:
            self.say(str(error))
            return False
        except StoreError as error:
            self.refused.emit(str(error))
            return False
        self.say("")
        if found is not None:
            self.done.emit(found, here)
        return True

    def flush(self) -> None:
        """Keeps what is typed, now. What cannot be kept stays in its field, with the reason."""
        for field, keep in (
            (self.name, self._keep_name),
            (self.letter, self._keep_letter),
            (self.also, self._keep_also),
        ):
            if field.edit.isModified():
                keep()

    def _typed(self, edit: QLineEdit, act: Callable[[str, str], Done | None]) -> None:
        if not edit.isModified() or not self.category:
            return
        edit.setModified(False)  # a second signal for one Enter finds nothing to do
        if not self.attempt(lambda: act(self.category, edit.text())):
            edit.setModified(True)

    def _keep_name(self) -> None:
        self._typed(self.name.edit, self._desk.time.categories.rename)

    def _keep_letter(self) -> None:
        self._typed(
            self.letter.edit, lambda one, text: self._desk.time.categories.set_letter(one, text.strip())
        )

    def _keep_also(self) -> None:
        self._typed(
            self.also.edit, lambda one, text: self._desk.time.categories.set_also(one, text.split(","))
        )

    def _on_colour(self, index: int) -> None:
        self.attempt(lambda: self._desk.time.categories.set_colour(self.category, index))
