"""Texts survive exactly where they are kept, and do no harm where they are listed."""

import json
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.core.calls import Event
from companion.storage.calls import CallsBook
from companion.storage.store import Store
from companion.storage.texts import clean, pack, unpack

anything = st.text(st.characters())
"""Every code point there is, lone surrogates and NUL among them."""

NASTY = [
    "",
    "\0",
    "a\0b",
    "\ud800",
    "\udc00",
    "\ud83d" + "\ude00",
    "\ude00\ud83d",
    "\N{GRINNING FACE}" + "\ud83d" + "\ude00",
    "\u202e\u200f\u061cמאיה",
    "<b>x</b>",
    "=1+1",
    "'; DROP TABLE calls; --",
    "\r\n\u2028\x1b[2J",
    "\\ud83d\\ude00",
    "e\u0301\u0300" * 50,
    "x" * 100_000,
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_texts_come_back_exactly(store: Store, book: CallsBook, tell: object, text: str) -> None:
    story = tell("call")  # type: ignore[operator]
    story.say("started", 0.0)
    story.type(1.0, "notes", text).type(2.0, "name", text)
    assert book.events("call") == story.events
    row = book.row("call")
    assert row is not None and len(row.name) <= 200
    row.name.encode("utf-8")
    assert "\0" not in row.name


numbers = st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@given(values)
def test_any_value_comes_back_exactly(value: object) -> None:
    text = pack(value)
    assert text.isascii()
    assert unpack(text) == value
    json.loads(text)


def comes_back_from_the_file(texts: list[str]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x TEXT CHECK (json_valid(x))) STRICT")
    connection.executemany("INSERT INTO t VALUES (?)", [(pack({"put": text}),) for text in texts])
    assert [unpack(row[0])["put"] for row in connection.execute("SELECT x FROM t ORDER BY rowid")] == texts
    connection.close()


@given(st.lists(anything, min_size=1, max_size=20))
def test_texts_come_back_from_a_file(texts: list[str]) -> None:
    comes_back_from_the_file(texts)


@pytest.mark.slow
@settings(max_examples=1000)
@given(st.lists(anything, min_size=10, max_size=10))
def test_ten_thousand_texts_come_back_from_a_file(texts: list[str]) -> None:
    comes_back_from_the_file(texts)


def test_a_name_that_looks_like_our_own_marking_is_kept() -> None:
    inner = {"utf-8 of json": "zz"}
    assert unpack(pack({"put": inner})) == {"put": inner}
    assert unpack(pack(inner)) == inner


@given(anything)
def test_a_listed_text_can_be_written_anywhere(text: str) -> None:
    listed = clean(text, 50)
    listed.encode("utf-8")
    assert "\0" not in listed
    assert len(listed) == min(len(text), 50)


def test_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError):
        pack(float("nan"))
    with pytest.raises(TypeError):
        pack({"x": object()})


def test_events_are_equal_by_value() -> None:
    assert Event("edit", 1.0, "a", "b", {"put": "x"}) == Event("edit", 1.0, "a", "b", {"put": "x"})
