"""Filling fields: values word for word, gaps in sight, nothing read twice."""

from hypothesis import given
from hypothesis import strategies as st

from companion.core.fields import KNOWN_FIELDS, Part, fill, gap, loose_braces, names_in

TEMPLATE = st.lists(
    st.one_of(
        st.sampled_from([f"{{{name}}}" for name in KNOWN_FIELDS]),
        st.sampled_from(["{{", "}}", "{", "}", "{}", "{Caller}", "{0}", "{agent!r}", "{agent.x}"]),
        st.text(max_size=8),
    ),
    max_size=12,
).map("".join)
VALUES = st.dictionaries(st.sampled_from(KNOWN_FIELDS), st.none() | st.text(max_size=20))


def test_a_greeting_is_filled() -> None:
    values = {"salutation": "Good morning", "company": "Lamp & Co", "agent": "Ida"}
    filled = fill("{salutation}, {company}, this is {agent}.", values)
    assert filled.plain == "Good morning, Lamp & Co, this is Ida."
    assert filled.whole


def test_a_missing_value_is_a_gap_that_can_be_seen() -> None:
    filled = fill("Hello {caller}, about {reason}.", {"caller": None, "reason": "  "})
    assert filled.parts == (
        Part("Hello "),
        Part("‹caller?›", gap=True),
        Part(", about "),
        Part("‹reason?›", gap=True),
        Part("."),
    )
    assert filled.plain == "Hello ‹caller?›, about ‹reason?›."
    assert not filled.whole


def test_a_value_is_never_read_again() -> None:
    values = {"caller": "{agent}", "agent": "{{caller}} <b>"}
    assert fill("{caller} / {agent}", values).plain == "{agent} / {{caller}} <b>"


def test_braces_are_doubled_to_stay() -> None:
    assert fill("{{caller}} {{{caller}}}", {"caller": "Jo"}).plain == "{caller} {Jo}"


def test_what_is_no_field_stays_as_it_is() -> None:
    text = "a { b } {} {Upper} {two words} {x.y} {x!r} {0}"
    assert fill(text, {"x": "no", "0": "no"}).plain == text


def test_names_and_loose_braces() -> None:
    assert names_in("{agent} {{no}} {caller}{agent}") == ("agent", "caller", "agent")
    assert not loose_braces("{agent} {{x}}")
    assert loose_braces("{agent")
    assert loose_braces("{Agent Name}")


@given(TEMPLATE, VALUES)
def test_any_text_is_filled_and_keeps_each_value_word_for_word(
    text: str, values: dict[str, str | None]
) -> None:
    filled = fill(text, values)
    for name in names_in(text):
        value = values.get(name)
        if value is not None and value.strip():
            assert value in filled.plain
        else:
            assert Part(gap(name), gap=True) in filled.parts
    assert filled.plain == "".join(part.text for part in filled.parts)
    assert filled.whole == (not any(part.gap for part in filled.parts))


@given(st.text(alphabet=st.characters(exclude_characters="{}")), VALUES)
def test_a_text_without_braces_stays_itself(text: str, values: dict[str, str | None]) -> None:
    assert fill(text, values).plain == text


@given(VALUES)
def test_every_part_of_the_text_comes_out_in_order(values: dict[str, str | None]) -> None:
    text = " | ".join(f"{{{name}}}" for name in KNOWN_FIELDS)
    expected = []
    for name in KNOWN_FIELDS:
        value = values.get(name)
        expected.append(value if value is not None and value.strip() else gap(name))
    assert fill(text, values).plain == " | ".join(expected)
