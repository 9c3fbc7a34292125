"""Help: the right number at the top, the country as chosen, contacts kept as typed and brought back, all of it said."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core import emergency
from companion.desk import Desk
from companion.preferences import MAX_CONTACT, MAX_CONTACTS, Contact
from companion.storage.errors import StoreError
from companion.ui.pages.stress import help_words
from companion.ui.pages.stress.contacts import Contacts
from companion.ui.pages.stress.help import HelpView, name_of, zone_country
from companion.ui.theme.theme import Theme
from companion.ui.widgets.pagescroll import PageScroll

HOSTILE = ["<b>x</b>", "a\x00b", "&amp;", "=1+1", "'; DROP TABLE settings; --", "שלום", "😀" * 30]


@pytest.fixture
def make(qtbot: QtBot, desk: Desk, theme: Theme) -> Iterator[Callable[[], HelpView]]:
    windows = []  # nobody else holds them

    def made() -> HelpView:
        view = HelpView(desk, theme)
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        QVBoxLayout(window).addWidget(PageScroll(view, view))
        window.resize(900, 1400)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return view

    yield made


@pytest.fixture
def view(make: Callable[[], HelpView]) -> HelpView:
    return make()


def texts(view: QWidget) -> str:
    settle()
    return "\n".join(found.text() for found in view.findChildren(QLabel) if found.isVisible())


def settle() -> None:
    app = QApplication.instance()
    assert app is not None
    for _turn in range(4):
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()


# -- in an emergency
def test_the_country_of_this_computer(view: HelpView) -> None:
    assert view.numbers() == ["112", "110"]
    shown = texts(view.emergency)
    assert "Germany" in shown
    assert "ambulance and fire" in shown
    assert "112 works in most of the world" in shown


def test_settings_that_disagree_show_both(
    desk: Desk, clock: ManualClock, make: Callable[[], HelpView]
) -> None:
    desk.prefs.set("region", "US")
    view = make()
    assert view.numbers() == ["911", "112", "110"]
    shown = texts(view.emergency)
    assert "United States" in shown and "Germany" in shown
    assert "disagree" in shown
    clock.set_wall(clock.now(), "America/Chicago")
    view.refresh()
    assert view.numbers() == ["911"]
    assert "disagree" not in texts(view.emergency)


def test_where_nothing_is_known_it_is_112_on_a_mobile_phone(
    desk: Desk, clock: ManualClock, make: Callable[[], HelpView]
) -> None:
    desk.prefs.set("region", "AQ")
    clock.set_wall(clock.now(), "UTC")
    view = make()
    assert view.numbers() == ["112"]
    assert "112 works on mobile phones in most of the world" in texts(view.emergency)


def choose(view: HelpView, name: str) -> None:
    """As a user does: opens nothing, types the name, and takes it."""
    view.country.setFocus()
    QTest.keyClicks(view.country, name)
    settle()


@pytest.mark.parametrize(
    ("name", "numbers"), [("New Zealand", ["111"]), ("Japan", ["110", "119"]), ("Another country", ["112"])]
)
def test_a_chosen_country_stays(
    desk: Desk, make: Callable[[], HelpView], name: str, numbers: list[str]
) -> None:
    view = make()
    index = view.country.findText(name)
    view.country.setCurrentIndex(index)
    view.country.activated.emit(index)
    assert view.numbers() == numbers
    view.refresh()
    assert view.country.currentText() == name
    again = make()
    assert again.numbers() == numbers
    assert again.country.currentText() == name
    assert desk.region == "DE", "numbers of callers are read as before"


def test_typing_chooses_a_country(desk: Desk, view: HelpView) -> None:
    choose(view, "Irel")
    assert view.numbers() == ["999", "112"]
    assert desk.settings.get("help_country") == "IE"


def test_every_country_can_be_chosen_by_a_name(view: HelpView) -> None:
    names = [view.country.itemText(i) for i in range(view.country.count())]
    assert len(set(names)) == len(names) == len(emergency.TERRITORIES) + 2
    assert not [code for code in emergency.TERRITORIES if name_of(code) == code]


@pytest.mark.parametrize("kept", ["ZZ", 7, None, ["GB"], "<b>", "Berlin"])
def test_a_strange_setting_counts_as_none(desk: Desk, make: Callable[[], HelpView], kept: object) -> None:
    desk.settings.set("help_country", kept)
    assert make().numbers() == ["112", "110"]


@pytest.mark.parametrize(
    ("zone", "code"),
    [("Europe/London", "GB"), ("Asia/Tokyo", "JP"), ("UTC", ""), ("+01:00", ""), ("", ""), ("No/Such", "")],
)
def test_the_country_of_a_time_zone(zone: str, code: str) -> None:
    assert zone_country(zone) == code


def test_a_screen_reader_hears_what_a_number_is_for(view: HelpView) -> None:
    names = set()
    for found in view.emergency.findChildren(QLabel):
        names.add(QAccessible.queryAccessibleInterface(found).text(QAccessible.Text.Name))
    assert {"112, ambulance and fire", "110, police"} <= names


# -- contacts
def rows(view: HelpView) -> list[tuple[str, str]]:
    return [tuple(row.contact()) for row in view.contacts.rows]


def test_a_contact_is_kept_as_it_is_typed(desk: Desk, qtbot: QtBot, view: HelpView) -> None:
    view.contacts.add_button.click()
    row = view.contacts.rows[0]
    assert row.name.hasFocus()
    QTest.keyClicks(row.name, "Anna")
    QTest.keyClick(row.name, Qt.Key.Key_Tab)
    assert row.number.hasFocus()
    QTest.keyClicks(row.number, "+49 30 123")
    qtbot.waitUntil(lambda: desk.prefs.contacts == (Contact("Anna", "+49 30 123"),))


def test_it_is_said_who_can_read_them(view: HelpView) -> None:
    assert "Shown also while the journal is locked; anyone at this desk can read them." in texts(
        view.contacts
    )


def test_contacts_come_back_and_change(desk: Desk, make: Callable[[], HelpView]) -> None:
    desk.prefs.set("contacts", [["Anna", "1"], ["Ben", "2"]])
    view = make()
    assert rows(view) == [("Anna", "1"), ("Ben", "2")]
    row = view.contacts.rows[1]
    row.number.setFocus()
    row.number.selectAll()
    QTest.keyClicks(row.number, "22")
    view.flush()
    assert desk.prefs.contacts == (Contact("Anna", "1"), Contact("Ben", "22"))
    assert rows(make()) == [("Anna", "1"), ("Ben", "22")]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_kept_and_shown_as_text(
    desk: Desk, make: Callable[[], HelpView], text: str
) -> None:
    view = make()
    view.contacts.add()
    row = view.contacts.rows[0]
    row.name.setText(text)
    row.name.textEdited.emit(text)
    view.flush()
    shown = text.replace("\x00", " ")
    assert desk.prefs.contacts == (Contact(shown, ""),)
    assert rows(make()) == [(shown, "")]
    assert row.remove_button.toolTip() == ""


def test_a_line_takes_only_so_much(desk: Desk, view: HelpView) -> None:
    view.contacts.add()
    row = view.contacts.rows[0]
    QApplication.clipboard().setText("w" * 1000)
    row.name.paste()
    view.flush()
    assert desk.prefs.contacts == (Contact("w" * MAX_CONTACT, ""),)


def test_a_removed_contact_can_be_brought_back(desk: Desk, make: Callable[[], HelpView]) -> None:
    kept = [["Anna", "1"], ["Ben", "2"], ["Cem", "3"]]
    desk.prefs.set("contacts", kept)
    view = make()
    offers: list[tuple[str, Callable[[], None]]] = []
    view.undo_offered.connect(lambda text, back: offers.append((text, back)))
    view.contacts.rows[1].remove_button.click()
    assert [contact.name for contact in desk.prefs.contacts] == ["Anna", "Cem"]
    ((text, back),) = offers
    assert "Ben" not in text, "the word may be seen on other pages"
    settle()
    back()
    assert [list(contact) for contact in desk.prefs.contacts] == kept
    assert rows(view) == [tuple(contact) for contact in kept]


def test_an_empty_row_goes_when_it_is_left(desk: Desk, view: HelpView) -> None:
    view.contacts.add_button.click()
    view.contacts.add_button.click()
    assert len(view.contacts.rows) == 1, "one empty row is enough"
    view.country.setFocus()
    settle()
    assert view.contacts.rows == []
    assert desk.prefs.contacts == ()


def test_a_look_into_another_window_leaves_an_empty_row_alone(qtbot: QtBot, view: HelpView) -> None:
    view.contacts.add_button.click()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    settle()
    assert len(view.contacts.rows) == 1


def test_an_empty_row_stays_while_its_other_line_is_next(view: HelpView) -> None:
    view.contacts.add_button.click()
    row = view.contacts.rows[0]
    QTest.keyClick(row.name, Qt.Key.Key_Tab)
    assert view.contacts.rows == [row]


def test_a_number_is_copied(desk: Desk, make: Callable[[], HelpView]) -> None:
    desk.prefs.set("contacts", [["Anna", "+49 30 123"], ["Ben", ""]])
    view = make()
    copied: list[str] = []
    view.copied.connect(copied.append)
    view.contacts.rows[0].copy_button.click()
    assert copied == ["+49 30 123"]
    assert not view.contacts.rows[1].copy_button.isEnabled()
    assert view.contacts.rows[0].copy_button.accessibleName() == "Copy the number of Anna"


def test_there_is_an_end_to_it(desk: Desk, make: Callable[[], HelpView]) -> None:
    desk.prefs.set("contacts", [[f"N{i}", str(i)] for i in range(MAX_CONTACTS - 1)])
    view = make()
    assert not view.contacts.full.isVisible()
    view.contacts.add_button.click()
    assert len(view.contacts.rows) == MAX_CONTACTS
    assert view.contacts.full.isVisible()
    assert not view.contacts.add_button.isEnabled()


def test_news_from_elsewhere_do_not_disturb_the_writer(desk: Desk, make: Callable[[], HelpView]) -> None:
    desk.prefs.set("contacts", [["Anna", "1"]])
    view = make()
    row = view.contacts.rows[0]
    row.name.setFocus()
    desk.prefs.set("contacts", [["Ben", "2"]])
    view.refresh()
    assert rows(view) == [("Anna", "1")]
    row.name.clearFocus()
    view.refresh()
    assert rows(view) == [("Ben", "2")]


def test_a_refused_write_is_told_and_tried_again(desk: Desk, view: HelpView) -> None:
    told: list[str] = []
    view.told.connect(told.append)
    view.contacts.add()
    row = view.contacts.rows[0]
    QTest.keyClicks(row.name, "Anna")
    desk.store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError):
        view.flush()
    view.country.setFocus()
    assert told and "Anna" not in told[0]
    view.refresh()
    assert rows(view) == [("Anna", "")]
    desk.store.connection.execute("PRAGMA query_only = OFF")
    view.flush()
    assert desk.prefs.contacts == (Contact("Anna", ""),)


# -- the words
def test_it_says_what_it_is_and_what_it_is_not(view: HelpView) -> None:
    shown = texts(view)
    for wanted in ("own reflection", "no medical device", "no diagnosis", "recovery code", "keyring"):
        assert wanted in shown
    assert len(help_words.ABC) == 6
    for line in (*help_words.ABC, *help_words.READERS, *help_words.PURPOSE):
        assert line in shown


def test_the_emergency_number_is_seen_without_scrolling(
    qapp: QApplication, theme: Theme, view: HelpView
) -> None:
    theme.apply(qapp, "light", 2.0)
    view.window().resize(700, 560)
    settle()
    first = view.emergency.findChildren(QLabel)
    big = next(found for found in first if found.text() == "112" and found.isVisible())
    bottom = big.mapTo(view.window(), big.rect().bottomLeft()).y()
    assert bottom < 560


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [560, 900])
def test_nothing_is_cut_off(
    qapp: QApplication,
    theme: Theme,
    desk: Desk,
    make: Callable[[], HelpView],
    faults: Callable[[QWidget], list[str]],
    scale: float,
    width: int,
) -> None:
    desk.prefs.set("contacts", [["Anna (night shift)", "+49 30 1234567"], ["w" * 80, "9" * 80]])
    desk.prefs.set("region", "CH")
    theme.apply(qapp, "dark", scale)
    view = make()
    view.window().resize(int(width * scale), 900)
    settle()
    assert faults(view.window()) == []


def test_the_contacts_are_a_card_of_their_own(view: HelpView) -> None:
    assert isinstance(view.contacts, Contacts)
    assert not view.key("N")
    assert not view.digit(1)
    assert not view.escape()
