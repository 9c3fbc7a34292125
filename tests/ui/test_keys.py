"""The keys: one way of writing each, one command for each, and what the user changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from companion.ui.keys import COMMANDS, Keys, groups, normal, pressed, shown, told, why_not

IDS = [command.id for command in COMMANDS]
MODS = Qt.KeyboardModifier


def press(key: Qt.Key, text: str = "", mods: Qt.KeyboardModifier = MODS.NoModifier) -> str:
    return pressed(QKeyEvent(QEvent.Type.KeyPress, key, mods, text))


def test_the_first_keys_are_usable_and_no_two_are_the_same() -> None:
    keys = [normal(command.key) for command in COMMANDS]
    assert [key for key in keys if not key or why_not(key)] == []
    assert len(set(keys)) == len(keys) == len(set(IDS))
    assert all(command.label and command.group for command in COMMANDS)


def test_groups_hold_every_command_once_in_order() -> None:
    assert [command for commands in groups().values() for command in commands] == list(COMMANDS)


@given(st.text(max_size=12))
def test_normal_takes_any_text_and_is_settled_after_once(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(
            ("h", "H"),
            ("shift+d", "Shift+D"),
            ("?", "?"),
            ("ß", "ß"),
            ("é", "É"),
            ("ctrl+,", "Ctrl+,"),
            ("f8", "F8"),
        ),
        *((" ", ""), ("", ""), ("\0", ""), ("A, B", ""), ("nonsense", ""), ("x" * 100_000, "")),
    ],
)
def test_normal(text: str, key: str) -> None:
    assert normal(text) == key


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ((Qt.Key.Key_H, "h"), "H"),
        ((Qt.Key.Key_H, "H"), "H"),  # Caps Lock
        ((Qt.Key.Key_D, "D", MODS.ShiftModifier), "Shift+D"),
        ((Qt.Key.Key_D, "d", MODS.ShiftModifier), "Shift+D"),  # Caps Lock and Shift
        ((Qt.Key.Key_Question, "?", MODS.ShiftModifier), "?"),
        ((Qt.Key.Key_Plus, "+", MODS.KeypadModifier), "+"),
        ((Qt.Key.Key_5, "5", MODS.KeypadModifier), "5"),
        ((Qt.Key.Key_ssharp, "ß"), "ß"),
        ((Qt.Key.Key_At, "@", MODS.ControlModifier | MODS.AltModifier), "@"),  # AltGr as Windows tells it
        ((Qt.Key.Key_At, "@", MODS.GroupSwitchModifier), "@"),
        ((Qt.Key.Key_Comma, ",", MODS.ControlModifier), "Ctrl+,"),
        ((Qt.Key.Key_F8,), "F8"),
        ((Qt.Key.Key_Space, " "), "Space"),
        ((Qt.Key.Key_Shift, "", MODS.ShiftModifier), ""),
        ((Qt.Key.Key_AltGr,), ""),
        ((Qt.Key.Key_CapsLock,), ""),
        ((Qt.Key.Key_Dead_Acute,), ""),
        ((Qt.Key.Key_Multi_key,), ""),
        ((Qt.Key.Key_unknown,), ""),
        ((Qt.Key(0),), ""),
    ],
)
def test_pressed(event: tuple[Qt.Key], key: str) -> None:
    assert press(*event) == key


@given(st.characters(exclude_categories=["Cs"]), st.sampled_from([MODS.NoModifier, MODS.ShiftModifier]))
def test_whatever_a_key_prints_is_found_again_after_being_kept(sign: str, mods: Qt.KeyboardModifier) -> None:
    key = press(Qt.Key.Key_unknown, sign, mods)
    assert normal(key) == key
    if key and not why_not(key):
        assert Keys({"hold": key}).command(key) == "hold"


@pytest.mark.parametrize(
    "key", ["5", "0", "Tab", "Space", "Up", "Shift+Tab", "Backspace", "Esc", "Ctrl+C", "Ctrl+V"]
)
def test_keys_with_a_use_of_their_own_are_not_given(key: str) -> None:
    assert why_not(normal(key))
    assert Keys({"hold": key}).key("hold") == "H"


def test_a_changed_key_replaces_the_first_one() -> None:
    keys = Keys({"hold": "f9"})
    assert (keys.key("hold"), keys.command("F9"), keys.command("H"), keys.owner("h")) == (
        "F9",
        "hold",
        "",
        "",
    )
    assert keys.changed == {"hold": "F9"}


def test_a_command_can_have_no_key() -> None:
    keys = Keys({"hold": ""})
    assert (keys.key("hold"), keys.command("H"), keys.command("")) == ("", "", "")


def test_a_first_key_that_was_given_away_is_gone_and_comes_back() -> None:
    keys = Keys()
    keys.set_changed(keys.given("hold", "e"))
    assert (keys.key("hold"), keys.key("end"), keys.owner("e")) == ("E", "", "hold")
    keys.set_changed(keys.given("hold", "h"))
    assert (keys.key("hold"), keys.key("end"), keys.changed) == ("H", "E", {})


def test_a_key_of_ones_own_that_is_taken_leaves_the_first_one() -> None:
    keys = Keys({"hold": "F9"})
    keys.set_changed(keys.given("end", "F9"))
    assert (keys.key("end"), keys.key("hold"), keys.command("E")) == ("F9", "H", "")


def test_given_changes_nothing_by_itself() -> None:
    keys = Keys()
    keys.given("hold", "E")
    assert (keys.key("hold"), keys.changed) == ("H", {})


def test_kept_keys_that_make_no_sense_are_passed_over() -> None:
    keys = Keys({"gone": "F9", "hold": "<b>", "end": "A, B", "upset": "F9"})
    assert (keys.changed, keys.key("hold"), keys.key("end")) == ({"upset": "F9"}, "H", "E")


def test_of_two_commands_with_one_key_the_later_has_it() -> None:
    keys = Keys({"hold": "F9", "end": "F9"})
    assert (keys.key("end"), keys.key("hold"), keys.command("F9")) == ("F9", "H", "end")


CHOICES = st.sampled_from(["", "A", "E", "H", "S", "F9", "Shift+D", "Ctrl+,", "5", "Tab", "junk"])


@given(st.dictionaries(st.sampled_from(IDS), CHOICES), st.lists(st.tuples(st.sampled_from(IDS), CHOICES)))
def test_a_key_never_has_two_commands_and_what_was_given_holds(
    start: dict[str, str], steps: list[tuple[str, str]]
) -> None:
    keys = Keys(start)
    for command, key in steps:
        keys.set_changed(keys.given(command, key))
        wanted = normal(key)
        if not why_not(wanted):
            assert keys.command(wanted) == command
        held = [keys.key(name) for name in IDS if keys.key(name)]
        assert len(held) == len(set(held))
        assert all(keys.command(keys.key(name)) == name for name in IDS if keys.key(name))
        assert Keys(keys.changed).changed == keys.changed


def test_what_is_shown(qtbot: QtBot) -> None:
    assert [shown(key) for key in ("H", "?", "F8", "")] == ["H", "?", "F8", ""]
    assert told(COMMANDS[0]) == COMMANDS[0].label
