"""Help of the page: whom to call in need, own contacts, what the page is for, the ABC, who can read what, keys."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Qt, QTimeZone, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from companion.core import emergency
from companion.core.emergency import Number
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.pages.stress import help_words
from companion.ui.pages.stress.contacts import Contacts
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.combo import Combo
from companion.ui.widgets.flow import flow_widget

_WIDTH, _NARROW = 760, 560
"""Pixels at 100 %: the column at its widest, and the width from which contacts stand in one column."""
_ELSEWHERE = "-"
"""Kept for a country that is not in the list."""
_KEY = "help_country"


class HelpView(QWidget):
    """Made for a bad moment too: the emergency number stands at the top, large, and needs no click."""

    told = Signal(str)
    copied = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._shown: tuple[str, ...] | None = None
        self._numbers: list[BigNumber] = []
        self.setAccessibleName(self.tr("Help"))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        self._middle = QWidget(self)
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._middle, 1000)
        across.addStretch(1)
        self._make_emergency()
        self.contacts = Contacts(desk.prefs, theme, self._middle)
        self.contacts.copied.connect(self.copied)
        self.contacts.undo_offered.connect(self.undo_offered)
        self.contacts.refused.connect(self._on_refused)
        self._column.addWidget(self.contacts)
        self._make_lines(self.tr("What this page is for"), help_words.PURPOSE)
        self._make_lines(self.tr("How the ABC works"), help_words.ABC, numbered=True)
        self._make_lines(self.tr("Who can read the journal, and who cannot"), help_words.READERS)
        self._make_keys()
        self._column.addStretch(1)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.refresh()

    # -- parts
    def _card(self, title: str) -> Card:
        made = Card(self._theme, title, self._middle, padding=20)
        made.setAccessibleName(title)
        self._column.addWidget(made)
        return made

    def _line(self, text: str, kind: str, parent: QWidget) -> QLabel:
        made = label(text, kind, parent, wrap=True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return made

    def _make_emergency(self) -> None:
        self.emergency = self._card(self.tr("In an emergency"))
        self._places = QVBoxLayout()
        self.emergency.body.addLayout(self._places)
        self.note = self._line("", "muted", self.emergency)
        self.emergency.body.addWidget(self.note)
        caption = label(self.tr("Where I am"), "hint", self.emergency)
        self.country = Combo(self.tr("Country of the emergency number"), self.emergency, least=24)
        caption.setBuddy(self.country)
        self.country.addItem(self.tr("As this computer is set up"), "")
        for name, code in sorted((name_of(code), code) for code in emergency.TERRITORIES):
            self.country.addItem(name, code)
        self.country.addItem(self.tr("Another country"), _ELSEWHERE)
        self.country.setMaxVisibleItems(14)
        self.country.activated.connect(self._on_country)
        self.country.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.emergency.body.addWidget(caption)
        self.emergency.body.addWidget(self.country)

    def _make_lines(self, title: str, lines: tuple[str, ...], numbered: bool = False) -> None:
        card = self._card(title)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(self._theme.px(10))
        grid.setVerticalSpacing(self._theme.px(8))
        for index, line in enumerate(lines):
            sign = label(f"{index + 1}" if numbered else "·", "muted", card)
            grid.addWidget(sign, index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._line(help_words.told(line), "body", card), index, 1)
        card.body.addLayout(grid)

    def _make_keys(self) -> None:
        card = self._card(self.tr("Keys of this page"))
        card.body.addWidget(
            self._line(self.tr("While no call is live and no field is being written in."), "muted", card)
        )
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setVerticalSpacing(self._theme.px(6))
        for index, (keys, does) in enumerate(help_words.KEYS):
            grid.addWidget(label(help_words.told(keys), "strong", card), index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._line(help_words.told(does), "body", card), index, 1)
        card.body.addLayout(grid)

    def _restyle(self) -> None:
        px = self._theme.px
        self._middle.setMaximumWidth(px(_WIDTH))
        self._column.setSpacing(px(14))
        self._places.setSpacing(px(14))
        self._shown = None
        self._show_places()

    def minimumSizeHint(self) -> QSize:
        # Its lines that wrap would ask for the height that they have when they are narrow.
        return QSize(super().minimumSizeHint().width(), 0)

    def fit(self, width: int) -> None:
        """Contacts stand in one column where there is little room."""
        self.contacts.set_narrow(width < self._theme.px(_NARROW))

    # -- the country
    def _chosen(self) -> str:
        value = self._desk.settings.get(_KEY, "")
        known = value == _ELSEWHERE or (isinstance(value, str) and bool(emergency.territory(value)))
        return value if known else ""

    def places(self) -> tuple[str, ...]:
        """The countries whose numbers are shown, none where it is not known. Raises StoreError."""
        chosen = self._chosen()
        if chosen == _ELSEWHERE:
            return ()
        return emergency.places(chosen, self._desk.region, zone_country(self._desk.clock.zone()))

    def _on_country(self) -> None:
        try:
            self._desk.prefs.set(_KEY, self.country.currentData())
        except StoreError as error:
            self._on_refused(str(error))
        self._show_places()

    def _show_places(self) -> None:
        places = self.places()
        if places == self._shown:
            return
        self._shown, self._numbers = places, []
        while (item := self._places.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for code in places:
            self._places.addWidget(self._place(name_of(code), emergency.numbers(code)))
        if not places:
            here = (Number(emergency.ANYWHERE, "all"),)
            self._places.addWidget(self._place(self.tr("On a mobile phone"), here))
        self._note(len(places))

    def _note(self, count: int) -> None:
        if count > 1:
            text = self.tr("The language and the time zone of this computer disagree. Choose where you are.")
        elif count == 1:
            text = self.tr("On mobile phones 112 works in most of the world, too.")
        else:
            text = self.tr(
                "112 works on mobile phones in most of the world. Choose your country for its own numbers."
            )
        self.note.setText(text)

    def _place(self, country: str, numbers: tuple[Number, ...]) -> QWidget:
        """The numbers of a country, each large over what it is for."""
        box = QWidget(self.emergency)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        column.addWidget(label(country, "strong", box, wrap=True))
        row, flow = flow_widget(box, self._theme.px(28))
        for number in numbers:
            cell = QWidget(row)
            inner = QVBoxLayout(cell)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(0)
            large = BigNumber(self._theme, number.number, cell)
            use = help_words.told(help_words.USES[number.use])
            large.setAccessibleName(f"{number.number}, {use}")
            self._numbers.append(large)
            inner.addWidget(large)
            inner.addWidget(label(use, "muted", cell))
            flow.addWidget(cell)
        column.addWidget(row)
        return box

    def numbers(self) -> list[str]:
        """The emergency numbers that are shown, the most useful first."""
        return [number.text() for number in self._numbers]

    # -- as every view
    def refresh(self) -> None:
        """Shows what is kept. Raises StoreError."""
        chosen = self._chosen()
        self.country.setCurrentIndex(max(0, self.country.findData(chosen)))
        self._show_places()
        self.contacts.refresh()

    def flush(self) -> None:
        """Keeps what was just typed, now. Raises StoreError."""
        self.contacts.flush()

    def key(self, name: str) -> bool:
        """No keys of its own."""
        return False

    def digit(self, n: int) -> bool:
        """No digits of its own: they lead to the tabs."""
        return False

    def escape(self) -> bool:
        """Nothing to step back from."""
        return False

    def _on_refused(self, why: str) -> None:
        self.told.emit(self.tr("Not kept yet: %1").replace("%1", why))


class BigNumber(QLabel):
    """A number to be read from across the room."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "big")
        self.setStyleSheet(f"font-size: {theme.px(44)}px; font-weight: 600; color: {theme.tokens.accent};")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


_OWN_NAMES = {
    "HK": "Hong Kong",
    "MO": "Macao",
    "TR": "Turkey",
    "PS": "Palestinian Territories",
    "MM": "Myanmar",
}
"""Where the library's name is too long or not the one that people look for."""


def name_of(code: str) -> str:
    """The name of a country by its two letters; the letters themselves where it has none."""
    if code in _OWN_NAMES:
        return _OWN_NAMES[code]
    territory = QLocale.codeToTerritory(code)
    return code if territory == QLocale.Country.AnyTerritory else QLocale.territoryToString(territory)


def zone_country(zone: str) -> str:
    """Two letters of the country that a time zone (``Europe/Berlin``) belongs to, empty where that is not known."""
    found = QTimeZone(zone.encode("ascii", "replace"))
    if not found.isValid():
        return ""
    territory = found.territory()
    return "" if territory == QLocale.Country.AnyTerritory else QLocale.territoryToCode(territory)
