"""Rows and cells of an export."""

import csv
import io
import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.cli import documents
from companion.core.calls import Event, fold
from companion.core.stress import Action, Feeling, new_check
from companion.storage.breaks import Break
from companion.storage.outgoing import WholeCall

BERLIN = "Europe/Berlin"


def event(kind: str, t: float, **data: object) -> Event:
    return Event(kind, t, f"2026-11-21T08:30:{int(t):02}.000Z", BERLIN, MappingProxyType(data))


@pytest.mark.parametrize(
    ("at", "zone", "told"),
    [
        ("2026-11-21T08:30:00.000Z", BERLIN, "2026-11-21T09:30:00.000+01:00"),
        ("2026-07-21T08:30:00.250Z", BERLIN, "2026-07-21T10:30:00.250+02:00"),
        ("2026-11-21T08:30:00.000Z", "-03:00", "2026-11-21T05:30:00.000-03:00"),
        ("2026-11-21T08:30:00.000Z", "Nowhere/At_All", "2026-11-21T08:30:00.000+00:00"),
        ("", BERLIN, ""),
        ("yesterday", BERLIN, "yesterday"),
    ],
)
def test_moments_carry_their_offset(at: str, zone: str, told: str) -> None:
    assert documents.when(at, zone) == told


def test_a_call_goes_out_whole() -> None:
    long = "n" * 500
    events = (
        event("ringing", 0.0, number="+49 30 1"),
        event("started", 2.0),
        event("edit", 3.0, field="name", at=0, cut=0, put=long),
    )
    call = fold("c1", events)
    whole = WholeCall(call, "+49301", events)
    row = documents.call_with_events(whole)
    assert row["id"] == "c1" and row["e164"] == "+49301"
    assert row["name"] == call.name and row["number"] == call.number
    assert [one["kind"] for one in row["events"]] == ["ringing", "started", "edit"]
    assert row["events"][2]["data"]["put"] == long
    assert row["events"][1]["at"] == "2026-11-21T09:30:02.000+01:00"
    numbered = list(documents.events_of(whole))
    assert [(one["call_id"], one["number"]) for one in numbered] == [("c1", 1), ("c1", 2), ("c1", 3)]


def test_an_entry_goes_out_with_its_parts() -> None:
    at = "2026-11-21T08:30:00.000Z"
    action = Action("a", "talk", "with Kim", "2026-11-22T08:30:00.000Z", at)
    entry = new_check(at, BERLIN, 7, (Feeling("anger", 8), Feeling("own words")), "line")._replace(
        actions=(action,)
    )
    row = documents.entry_row(entry)
    assert row["at"] == "2026-11-21T09:30:00.000+01:00" and row["before"] == 7 and row["after"] is None
    assert row["feelings"] == [{"name": "anger", "strength": 8}, {"name": "own words", "strength": None}]
    assert row["actions"][0]["due"] == "2026-11-22T09:30:00.000+01:00"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(sign: str) -> None:
    assert documents.cell(f"{sign}1+1") == f"'{sign}1+1"
    assert documents.cell(f" {sign}") == f" {sign}"


def test_cells_of_other_kinds() -> None:
    found = [documents.cell(value) for value in (None, True, False, -3, 0.5, [1], {"a": "b"}, "", "x\0y")]
    assert found == ["", "true", "false", "-3", "0.5", "[1]", '{"a": "b"}', "", "x\ufffdy"]


@given(
    st.lists(
        st.fixed_dictionaries({"a": st.text(), "b": st.integers() | st.none(), "c": st.lists(st.text())})
    )
)
def test_json_can_be_read_back(rows: list[documents.Row]) -> None:
    found = json.loads("".join(documents.json_pieces("things", rows, made_at="now")))
    assert found == {"kind": "things", "made_at": "now", "rows": rows}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_comes_back_from_a_cell(text: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(documents.cells({"text": text, "more": "x"}))
    (read,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert read[0] in (text, f"'{text}") and (read[0] == text) == (not text.startswith(documents._FORMULA))
    assert read[1] == "x"


def test_a_break_and_a_response() -> None:
    at = "2026-11-21T08:30:00.000Z"
    assert documents.break_row(Break("b", at, BERLIN, 10, at))["at"] == "2026-11-21T09:30:00.000+01:00"
    assert list(documents.setting_rows({"a": [1]})) == [{"key": "a", "value": [1]}]
