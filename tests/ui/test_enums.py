"""Enumerations made quickly are the ones that Python makes."""

import enum
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.ui import enums

ROOT = Path(__file__).resolve().parents[2]
BASES = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)

ALL_OF_QT = """
import enum, importlib, sys
from companion.ui import enums
assert enums.install()
made = []
quick = enum.EnumType._create_
def both(cls, class_name, names, **more):
    more["module"] = __name__
    made.append((class_name, enums.alike(cls, names), enums._is_plain(cls, names, more)))
    return quick(cls, class_name, names, **more)
enum.EnumType._create_ = both
for part in "QtCore QtGui QtWidgets QtSvg QtNetwork QtDBus QtPrintSupport".split():
    module = importlib.import_module("PySide6." + part)
    for name in dir(module):
        getattr(module, name)
print(len(made), [name for name, alike, plain in made if not (alike and plain)])
"""


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    before = vars(enum.EnumType)["_create_"]
    quick = enums.install()
    if sys.version_info >= (3, 15) and not quick:
        pytest.skip("this Python makes its enumerations in another way")
    assert quick
    yield
    enum.EnumType._create_ = before  # type: ignore[attr-defined]


def test_every_enumeration_of_qt_comes_out_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALL_OF_QT], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    count, _space, different = done.stdout.strip().partition(" ")
    assert different == "[]", done.stderr
    assert int(count) > 500


@given(
    st.sampled_from(BASES),
    st.lists(st.tuples(st.sampled_from("abcdefghij"), st.integers(-3, 70)), max_size=9),
)
def test_any_names_and_numbers_come_out_the_same(base: Any, pairs: list[tuple[str, int]]) -> None:
    if len({name for name, _number in pairs}) < len(pairs):
        with pytest.raises(TypeError):
            base("Twice", pairs)
        return
    assert enums.alike(base, pairs)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    "names",
    [
        "RED GREEN",
        ["RED", "GREEN"],
        {"RED": 1, "GREEN": 2},
        [("_private", 1), ("B", 2)],
        [("A", True)],
        [],
    ],
)
def test_what_is_not_plain_is_made_as_ever(base: Any, names: Any) -> None:
    assert enums.alike(base, names)


@pytest.mark.parametrize("base", BASES)
def test_members_named_as_something_of_every_member_are_found(base: Any) -> None:
    made = base("Odd", [("name", 1), ("value", 2)])
    assert (made["name"].value, made.value.name) == (1, "value")


def test_a_word_is_no_number() -> None:
    assert enums.alike(enum.Enum, [("A", "one"), ("B", (1, 2))])


quick_colour: Any = None  # a pickle looks a class up by its name here


def test_members_behave_as_members_do() -> None:
    quick: Any = enum.Flag("Quick", [("A", 1), ("B", 2), ("AB", 3), ("C", 4)])  # type: ignore[misc]
    assert quick.__module__ == __name__
    assert quick.A | quick.B is quick.AB
    assert list(quick.AB) == [quick.A, quick.B]
    assert ~quick.A == quick.B | quick.C
    assert quick(4) is quick["C"] is quick.C
    assert repr(quick.C) == "<Quick.C: 4>"
    with pytest.raises(AttributeError):
        quick.A = 5
    with pytest.raises(TypeError):
        enum.Flag.__call__("More", [("D", 8)], type=quick)


def test_a_member_survives_a_pickle(monkeypatch: pytest.MonkeyPatch) -> None:
    quick: Any = enum.IntEnum("quick_colour", [("RED", 1), ("GREEN", 2)])  # type: ignore[misc]
    monkeypatch.setattr(sys.modules[__name__], "quick_colour", quick)
    assert pickle.loads(pickle.dumps(quick.GREEN)) is quick.GREEN
    assert list(quick) == [1, 2]


@pytest.mark.parametrize("base", BASES)
def test_no_two_share_a_list_or_a_map(base: Any) -> None:
    one, other = (vars(base(name, [("A", 1), ("B", 2)])) for name in ("One", "Other"))
    kept = {name: held for name, held in one.items() if isinstance(held, list | dict)}
    assert kept.keys() >= {"_member_names_", "_member_map_", "_value2member_map_"}
    assert [name for name, held in kept.items() if held is other[name]] == []


def test_a_python_that_makes_them_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = enums._as_ever

    def other(cls: Any, class_name: str, names: Any, **more: Any) -> Any:
        made = plain(cls, class_name, names, **more)
        type.__setattr__(made, "_new_house_keeping_", [value for value in made])
        return made

    monkeypatch.setattr(enum.EnumType, "_create_", other)
    assert not enums.install()
    assert vars(enum.EnumType)["_create_"] is other
    monkeypatch.setattr(enums, "_as_ever", plain)
