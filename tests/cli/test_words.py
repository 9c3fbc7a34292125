"""The words of the command line, and what a softphone may make of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.cli.words import UsageError, export, request, split


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("status", {"do": "status"}),
        ("status --json", {"do": "status"}),
        ("show", {"do": "show"}),
        ("strip", {"do": "strip"}),
        ("call ring", {"do": "call.ring"}),
        ("call ring --number", {"do": "call.ring", "number": ""}),
        ("call ring --number 110", {"do": "call.ring", "number": "110"}),
        ("call ring --number=110", {"do": "call.ring", "number": "110"}),
        ("call ring --number=", {"do": "call.ring", "number": ""}),
        ("call start", {"do": "call.start"}),
        ("call start --number -5", {"do": "call.start", "number": "-5"}),
        ("call start --number --help", {"do": "call.start", "number": "--help"}),
        ("call start --number --name", {"do": "call.start", "number": "--name"}),
        ("call start --number +49 30 12 34", {"do": "call.start", "number": "+49 30 12 34"}),
        ("call start --number --name Ann", {"do": "call.start", "number": "", "name": "Ann"}),
        ("call start --number -5 --name Ann", {"do": "call.start", "number": "-5", "name": "Ann"}),
        ("call start --name Ann --number", {"do": "call.start", "number": "", "name": "Ann"}),
        ("call start --name --odd", {"do": "call.start", "name": "--odd"}),
        ("call start --name=--odd --reason x", {"do": "call.start", "name": "--odd", "reason": "x"}),
        ("call start --name A --name B", {"do": "call.start", "name": "B"}),
        ("call phase next", {"do": "call.phase", "to": "next"}),
        ("call hold", {"do": "call.hold"}),
        ("call resume", {"do": "call.resume"}),
        ("call upset on", {"do": "call.upset", "on": True}),
        ("call upset off", {"do": "call.upset", "on": False}),
        ("call ask closed", {"do": "call.ask", "kind": "closed"}),
        ("call note --help", {"do": "call.note", "text": "--help"}),
        ("call note a  b", {"do": "call.note", "text": "a b"}),
        ("call end", {"do": "call.end"}),
        ("call end --outcome 1 --number 5", {"do": "call.end", "outcome": "1", "number": "5"}),
        ("call end --number", {"do": "call.end", "number": ""}),
        ("stress check 0", {"do": "stress.check", "before": 0}),
        ("stress check 10 --feeling anger", {"do": "stress.check", "before": 10, "feeling": "anger"}),
        ("stress check 07 --feeling=-x", {"do": "stress.check", "before": 7, "feeling": "-x"}),
    ],
)
def test_a_command_and_its_request(words: str, wish: dict[str, object]) -> None:
    assert request(words.split()) == wish


@pytest.mark.parametrize(
    "words",
    [
        "call",
        "call fly",
        "call hold now",
        "call phase",
        "call phase wrapup",
        "call phase next next",
        "call upset",
        "call upset yes",
        "call ask",
        "call ask both",
        "call note",
        "call ring --name Ann",
        "call ring 110",
        "call start --name",
        "call start --name --number 5",
        "call start --reason",
        "call start --nam Ann",
        "call start -n Ann",
        "call end --outcome",
        "call end 1",
        "status --xml",
        "status now",
        "show it",
        "strip off",
        "stress",
        "stress check",
        "stress check 11",
        "stress check -1",
        "stress check 1.5",
        "stress check ٣",
        "stress check 5 6",
        "stress check 5 --feeling",
        "stress check 5 --feeling=",
        "stress check 5 --passphrase x",
        "stress log 5",
        "stress check 99999999999999999999",
    ],
)
def test_what_is_no_command(words: str) -> None:
    with pytest.raises(UsageError) as caught:
        request(words.split())
    assert str(caught.value) and "\n" not in str(caught.value)


def test_an_empty_note_is_none() -> None:
    for text in ([""], [" ", "\n"]):
        with pytest.raises(UsageError):
            request(["call", "note", *text])


@given(st.sampled_from(["ring", "start", "end"]), st.text())
def test_the_last_word_after_number_is_data(verb: str, number: str) -> None:
    assert request(["call", verb, "--number", number]) == {"do": f"call.{verb}", "number": number}


@given(
    st.lists(
        st.sampled_from(["--number", "--name", "--x", "5", "-5", "", "start", "--name=x"]) | st.text(),
        max_size=6,
    )
)
def test_any_words_make_a_request_or_a_usage_error(words: list[str]) -> None:
    for command in (["call", "start"], ["call"], ["status"]):
        try:
            assert "do" in request([*command, *words])
        except UsageError as error:
            assert str(error)


def test_a_feeling_in_own_words_is_one_short_line() -> None:
    assert request(["stress", "check", "3", "--feeling", " let\n down "])["feeling"] == "let down"
    assert request(["stress", "check", "3", "--feeling", "x" * 500])["feeling"] == "x" * 60
    with pytest.raises(UsageError):
        request(["stress", "check", "3", "--feeling", " \n "])


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("out --format csv", ("out", "csv", False)),
        ("--format=json out", ("out", "json", False)),
        ("--with-journal out --format json", ("out", "json", True)),
        ("out --format csv --format json", ("out", "json", False)),
    ],
)
def test_the_words_of_an_export(words: str, wish: tuple[str, str, bool]) -> None:
    assert export(words.split()) == wish


@pytest.mark.parametrize(
    "words",
    [
        "",
        "out",
        "--format csv",
        "out --format",
        "out --format xml",
        "out more --format csv",
        "out --format csv --passphrase secret",
        "out --format csv --with-journal=secret",
        "out --format csv -x",
    ],
)
def test_what_is_no_export(words: str) -> None:
    with pytest.raises(UsageError) as caught:
        export(words.split())
    assert "\n" not in str(caught.value) and "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("words", "folder", "rest"),
    [
        ([], None, []),
        (["status"], None, ["status"]),
        (["--data-dir", "x y", "call", "hold"], "x y", ["call", "hold"]),
        (["--data-dir=x", "show"], "x", ["show"]),
        (["--data-dir", "a", "--data-dir", "b"], "b", []),
        (["status", "--data-dir", "x"], None, ["status", "--data-dir", "x"]),
    ],
)
def test_the_data_folder_goes_before(words: list[str], folder: str | None, rest: list[str]) -> None:
    given_words = list(words)
    assert split(words) == (folder, rest)
    assert words == given_words


@pytest.mark.parametrize(
    "words", [["--data-dir"], ["--data-dir="], ["--data-dir", ""], ["--data-dir", "--help"]]
)
def test_a_data_folder_needs_a_name(words: list[str]) -> None:
    with pytest.raises(UsageError):
        split(words)
