"""Files that are damaged, made up to hurt, or not what they seem: said, bounded, and never an exception."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from companion.core.time_formats import documents, found, hamster, text
from companion.core.time_formats.found import Reading
from companion.core.time_formats.read import read
from tests.zones import zone

FILES = Path(__file__).parents[2] / "files" / "time"
SAMPLES = {path.name: path.read_bytes() for path in sorted(FILES.iterdir())}
BERLIN = zone("Europe/Berlin")
HEAD = "Project,Start date,Start time,End date,End time,Duration\n"
ROW = "A,2026-11-02,09:00,2026-11-02,10:00,1:00\n"


def reading(data: bytes | str) -> Reading:
    return read(data, BERLIN, zone)


def refused(data: bytes | str, *words: str) -> None:
    found = reading(data)
    assert found.found == () and len(found.problems) == 1 and found.problems[0].mend
    assert all(word in found.problems[0].what for word in words)


BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><activities><activity name="&b;"/></activities>'


@pytest.mark.parametrize(
    "xml",
    [
        BOMB,
        '<?xml version="1.0"?><!DOCTYPE activities SYSTEM "file:///etc/passwd"><activities/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><activities><activity name="&x;"/></activities>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://example.org/p">%p;]><activities/>',
        "<!DOCTYPE activities><activities/>",
    ],
)
def test_xml_with_declarations_is_refused(xml: str) -> None:
    refused(xml, "declares")


@pytest.mark.parametrize(
    "xml", ["<html><body/></html>", "<activities" + "><a" * 100 + ">", '<?xml version="1.0"?><x/>']
)
def test_other_xml_is_refused(xml: str) -> None:
    refused(xml)


def test_xml_that_breaks_off_keeps_what_came_before() -> None:
    whole = SAMPLES["hamster.xml"].decode()
    found = reading(whole[: whole.index("<activity", whole.index("\n"))])
    assert len(found.found) == 1
    assert [(problem.line, problem.lost) for problem in found.problems] == [(2, True)]
    assert "damaged" in found.problems[0].what


def test_an_encoding_that_the_xml_declares_falsely() -> None:
    xml = '<?xml version="1.0" encoding="utf-16"?><activities><activity name="é" category="" '
    xml += 'start_time="2026-10-23 09:00:00" end_time="2026-10-23 10:00:00"/></activities>'
    assert [one.label for one in reading(xml.encode()).found] == ["é"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_that_say_so(encoding: str) -> None:
    data = SAMPLES["clockify-de.csv"].decode().encode(encoding)
    assert reading(data).found == reading(SAMPLES["clockify-de.csv"]).found != ()


def test_an_encoding_that_does_not_say_so_is_refused() -> None:
    refused(SAMPLES["clockify-de.csv"].decode().encode("cp1252"), "UTF-8")
    assert reading(SAMPLES["clockify-de.csv"].decode().encode("cp1252")).problems[0].line == 3
    refused(SAMPLES["toggl.csv"].decode().encode("utf-16-be")[2:], "zero bytes")


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"\xef\xbb\xbf", b"\x00" * 100, b"\xff" * 100, b"PK\x03\x04zip"]
)
def test_what_is_no_file_of_time(data: bytes) -> None:
    refused(data)


@pytest.mark.parametrize(
    "data", ["hello", "a,b,c\n1,2,3\n", "1\t2\t3\t4\t5\t6\t7\nx\tx\tx\tx\tx\tx\tx\n", "{}", "[]", "[1]"]
)
def test_what_is_another_file(data: str) -> None:
    refused(data)


def test_too_long_a_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found.MOST_BYTES < 100 * 1000 * 1000
    monkeypatch.setattr(text, "MOST_BYTES", 1000)
    refused(HEAD + ROW * 40, "longer than")


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "MOST_ENTRIES", 3)
    assert len(reading(HEAD + ROW * 3).found) == 3
    refused(HEAD + ROW * 4, "more than")
    monkeypatch.setattr(text, "MOST_ENTRIES", 3)
    refused(HEAD + ROW * 5, "more than")


def test_too_many_blank_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_MOST_LINES", 100)
    refused(HEAD + ROW + "\n" * 200, "more than")
    refused(HEAD + ROW + "\r" * 200, "more than")


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hamster, "MOST_ENTRIES", 10)
    refused("<activities>" + "<a/>" * 50 + "</activities>", "more than")
    refused("<activities>" + "<activity/>" * 12 + "</activities>", "more than")


def test_a_list_of_nothing_but_brackets_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_MOST_BRACKETS", 100)
    refused("[" + "[]," * 200 + "[]]", "more than")


@pytest.mark.parametrize(
    "item",
    ["[" * 100_000, '{"a":' * 100_000, "1" * 5000, "NaN", '{"start": 1e999, "stop": 2, "project": "a"}'],
)
def test_json_made_up_to_hurt(item: str) -> None:
    result = reading(f'[[0, 300, "a"],\n {item}]')
    assert [one.line for one in result.found] == [1]
    assert [(problem.line, problem.lost) for problem in result.problems] == [(2, True)]


@pytest.mark.parametrize("tail", ["", ",", ' {"', " 5]", "\n] x"])
def test_json_with_a_damaged_end(tail: str) -> None:
    result = reading(f'[[0, 300, "a"],\n [300, 600, "b"]{tail}')
    assert len(result.found) == 2 and result.lost == 1


def test_a_comma_too_many_harms_nothing() -> None:
    result = reading('[\n{"start":"20261023T070000Z","end":"20261023T083045Z"},\n]\n')
    assert (len(result.found), result.problems) == (1, ())


def test_half_characters_and_control_signs_are_replaced_and_said() -> None:
    result = reading('[[0, 300, "a\\ud800b\\u0000c\\u001b[2J", "x", ["\\udfff"]]]')
    [one] = result.found
    assert (one.label, one.note) == ("a\ufffdb\ufffdc\ufffd[2J", "\ufffd")
    one.label.encode()
    assert [(problem.line, problem.lost) for problem in result.problems] == [(1, False)]


def test_texts_without_end_are_cut_and_said() -> None:
    result = reading(json.dumps([[0, 300, "a" * 5_000_000]]))
    assert len(result.found[0].label) == found.LONGEST
    assert not result.problems[0].lost


def test_a_cell_without_end() -> None:
    result = reading(HEAD + ROW + ROW.replace("A", "x" * 200_000) + ROW)
    assert [one.line for one in result.found] == [2]
    assert [(problem.line, problem.lost) for problem in result.problems] == [(3, True)]


def test_a_quote_that_never_closes() -> None:
    result = reading(HEAD + ROW + '"' + ROW + ROW)
    assert [one.line for one in result.found] == [2]
    assert [(problem.line, problem.lost) for problem in result.problems] == [(3, True)]


def test_a_quote_that_never_closes_in_the_last_cell() -> None:
    result = reading(HEAD + 'A,2026-11-02,09:00,2026-11-02,10:00,"1:00\n' + ROW)
    assert result.found == ()
    assert [(problem.line, problem.lost) for problem in result.problems] == [(2, True)]


def test_more_columns_than_any_table_has() -> None:
    refused("start,end,category," + "x," * 5000 + "\n1,2,3\n", "columns")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "No/Such", "x" * 9000, "Europe\\Berlin"])
def test_zones_made_up_to_hurt(name: str) -> None:
    row = f"2026-11-02T09:00,2026-11-02T10:00,{name},work,filled,\n"
    result = reading(f"start,end,zone,category,state,note\n{row}")
    assert result.found == ()
    assert [problem.what for problem in result.problems] == ["Its zone is none that is known."]


def test_no_text_of_the_file_in_a_problem() -> None:
    marked = HEAD + "".join(f"SECRET,{cell}\n" for cell in ("SECRET,SECRET,,,", "2026-11-02,SECRET,,SECRET,"))
    assert all("SECRET" not in f"{one.what}{one.mend}" for one in reading(marked).problems)


# -- anything at all


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    reading(data)


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_any_damage_to_a_real_file(name: str, data: st.DataObject) -> None:
    whole = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.integers(0, len(whole) - 1))
        whole[where : where + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    result = reading(bytes(whole))
    assert result.found or result.problems
    assert all(one.start < one.end for one in result.found)


@given(st.text(alphabet='[]{},:"\\ue8019-.startopend \n\ud800', max_size=80))
@example('[[1,2,"a"')
def test_any_text_like_json(text: str) -> None:
    reading("[" + text)


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_file_cut_anywhere_is_never_quiet(name: str, data: st.DataObject) -> None:
    whole = SAMPLES[name]
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    before, after = reading(whole), reading(cut)
    assert len(after.found) <= len(before.found) or before.asks
    if name.endswith((".json", "frames", ".xml")):
        assert after.problems or cut.rstrip() == whole.rstrip()
