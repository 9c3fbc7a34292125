"""Parsing a playbook: what is good comes out whole, what is wrong is told with line and cure, all of it at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.playbook import (
    FILES,
    GUIDES,
    Field,
    Line,
    Outcome,
    PlaybookError,
    Problem,
    Question,
    Reason,
    Salutation,
    Step,
    parse_alphabets,
    parse_file,
    parse_guide,
    parse_outcomes,
    parse_reasons,
    salutation,
)

GOOD = """\
title = "Open questions"
share = "You talk 20 %"

[[prompt]]
id = "open.story"
technique = "open.uninterrupted"
text = "Let them tell it."
say = "Tell me, {caller}."
group = "first"

[[question]]
id = "open.any"
kind = "open"
text = "What happened?"

[[question]]
id = "open.bill"
technique = "open.probe"
kind = "open"
reasons = ["billing", "order"]
text = "What looks wrong?"

[[field]]
id = "open.mail"
technique = "closed.use"
label = "E-mail"
ask = "Which e-mail?"
kind = "email"

[[step]]
id = "open.one"
technique = "hold.ask"
text = "One"
group = "a"

[[step]]
id = "open.two"
text = "Two"
group = "b"

[[card]]
id = "open.card"
technique = "want.five"
title = "Card"
when = "Now"
how = '''
Two
lines'''
example = "Like [this] = so"

[extras]
emotions = ["sad", "{caller}"]
one = "alone"

[groups]
b = "Bees"
a = "Ays"
"""


def problems(text: str, filename: str = "open.toml") -> list[tuple[int, str]]:
    with pytest.raises(PlaybookError) as caught:
        parse_file(text, filename)
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.what and problem.mend and "\n" not in str(problem)
        assert str(problem) in str(caught.value)
    return [(problem.line, problem.what) for problem in caught.value.problems]


def cure(text: str, filename: str = "open.toml") -> str:
    with pytest.raises(PlaybookError) as caught:
        parse_file(text, filename)
    (problem,) = caught.value.problems
    return problem.mend


def test_a_guide_comes_out_whole() -> None:
    guide = parse_guide(GOOD, "somewhere/open.toml")
    assert (guide.key, guide.title, guide.share) == ("open", "Open questions", "You talk 20 %")
    assert guide.prompts == (
        Line("open.story", "open.uninterrupted", "Let them tell it.", "Tell me, {caller}.", "first"),
    )
    assert guide.questions[0] == Question("open.any", "", "What happened?", "open", ())
    assert guide.questions[1].reasons == ("billing", "order")
    assert guide.fields == (Field("open.mail", "closed.use", "E-mail", "Which e-mail?", "email"),)
    assert guide.steps_in("b") == (Step("open.two", "", "Two", "", "b"),)
    assert guide.cards[0].how == "Two\nlines"
    assert guide.extras == {"emotions": ("sad", "{caller}"), "one": ("alone",)}
    assert list(guide.groups.items()) == [("b", "Bees"), ("a", "Ays")]
    assert guide.techniques() == {"open.uninterrupted", "open.probe", "closed.use", "hold.ask", "want.five"}


def test_the_deck_begins_with_the_questions_of_the_reason() -> None:
    guide = parse_guide(GOOD, "open.toml")
    assert [q.id for q in guide.questions_for("order")] == ["open.bill", "open.any"]
    assert [q.id for q in guide.questions_for("delivery")] == ["open.any"]
    assert [q.id for q in guide.questions_for()] == ["open.any"]


def test_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert parse_guide("\ufeff" + GOOD.replace("\n", "\r\n"), "open.toml") == parse_guide(GOOD, "open.toml")


def test_what_looks_like_markup_is_text() -> None:
    text = "<b>=1+1</b> '; DROP 🙂 שלום"
    assert parse_guide(GOOD.replace("Let them tell it.", text), "open.toml").prompts[0].text == text


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('title = "Open questions"\n', "", 1, "the file has no title"),
        ('text = "Let them tell it."', 'txt = "Let them tell it."', 4, "this [[prompt]] has no text"),
        ('text = "Let them tell it."', 'text = ""', 7, "text is empty"),
        ('text = "Let them tell it."', 'text = "   "', 7, "text is empty"),
        ('text = "Let them tell it."', "text = 7", 7, "text is a number, not a text"),
        ('text = "Let them tell it."', "text = true", 7, "text is true or false, not a text"),
        ('text = "Let them tell it."', "text = 2026-01-01", 7, "text is a date or time, not a text"),
        ('text = "Let them tell it."', f'text = "{"x" * 81}"', 7, "text is 81 characters long"),
        (
            'text = "Let them tell it."',
            r'text = "a\u0000b"',
            7,
            "text holds a character that cannot be shown",
        ),
        ('text = "Let them tell it."', r'text = "a\nb"', 7, "text holds a character that cannot be shown"),
        (
            'text = "Let them tell it."',
            r'text = "a\u2028b"',
            7,
            "text holds a character that cannot be shown",
        ),
        ('text = "Let them tell it."', 'text = "{agnet}"', 7, "text names the unknown field {agnet}"),
        ('text = "Let them tell it."', 'text = "{agent"', 7, "text has a single brace"),
        ('"open.any"', '"open.story"', 12, "the id “open.story” stands twice in this file"),
        ('"open.any"', '"close.any"', 12, "the id “close.any” does not begin with “open.”"),
        ('"open.any"', '"open.Any one"', 12, "id “open.Any one” is not an id"),
        ('"open.any"', "[1]", 12, "id is a list, not a text"),
        ('kind = "open"\ntext = "What', 'kind = "opne"\ntext = "What', 13, "kind is “opne”"),
        ('["billing", "order"]', '"billing"', 20, "reasons is a text"),
        ('["billing", "order"]', "[1]", 20, "reasons is a number, not a text"),
        ('["billing", "order"]', '["a b"]', 20, "reasons “a b” is not an id"),
        ("[[step]]", "[[stepp]]", 30, "unknown key “stepp”"),
        ('one = "alone"', "one = []", 53, "the list “one” is empty"),
        ('one = "alone"', "one = { a = 1 }", 53, "one is a table, not a text"),
        ('one = "alone"', 'one = "{nobody}"', 53, "one names the unknown field {nobody}"),
    ],
)
def test_each_fault_is_told_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert old in GOOD
    assert (line, what) in problems(GOOD.replace(old, new, 1))


def test_all_faults_are_told_at_once_in_their_order() -> None:
    text = (
        GOOD.replace('kind = "email"', 'kind = "mail"').replace('"Two"', '""').replace('title = "Card"', "")
    )
    assert [line for line, _ in problems(text)] == [28, 38, 41]


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("share =", "shear =", "did you mean share?"),
        ("example =", "exmaple =", "did you mean example?"),
        ("{caller}.", "{calller}.", "did you mean caller?"),
        ('kind = "email"', 'kind = "e-mail"', "did you mean email?"),
    ],
)
def test_a_slip_of_the_pen_is_guessed(old: str, new: str, mend: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        parse_file(GOOD.replace(old, new), "open.toml")
    assert mend in " ".join(problem.mend for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('text = "What happened?"', 'text = "What happened?', 14),
        ('kind = "email"', 'kind = "email" kind', 28),
        ('kind = "email"', 'kind = "email"\nkind = "name"', 29),
        ("[[field]]", "[[field]", 23),
        ('text = "One"', r'text = "O\ne \q"', 33),
        ('one = "alone"', "one = '''alone", 53),
        ('one = "alone"', "one = " + "9" * 5000, 53),
    ],
)
def test_broken_syntax_is_told_with_its_line(old: str, new: str, line: int) -> None:
    ((found, what),) = problems(GOOD.replace(old, new, 1))
    assert what.startswith(("not valid TOML: ", "a line of 5006 characters"))
    assert found == line


@pytest.mark.parametrize(
    "text",
    [
        "prompt = 1",
        'prompt = ["a"]',
        "prompt = [[1]]",
        "[prompt]\nid = 1",
        "extras = 1",
        "[[extras]]",
        "title = []",
    ],
)
def test_a_wrong_shape_is_refused(text: str) -> None:
    assert problems(text)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 50_000,
        "a = " + "[\n" * 50_000,
        "a = " + "{a=" * 1_000,
        "a." * 100_000 + "a = 1",
        "[" + "a." * 100_000 + "a]",
        "x" * (1 << 20) + "xx",
        'title = "' + "a\0b" + '"',
        "\x1b[2J",
        "title = '\ud800'",
    ],
)
def test_hostile_files_are_refused(text: str) -> None:
    assert len(problems(text)) >= 1


def test_a_flood_of_faults_is_cut_short() -> None:
    assert len(problems('title = "T"\n' + "[[prompt]]\n" * 5000)) == 100


def test_an_empty_file_is_refused() -> None:
    assert (1, "nothing to show in this file") in problems('title = "T"\n')
    assert problems("")


def test_a_file_of_another_name_is_refused() -> None:
    assert "did you mean greeting?" in cure(GOOD, "greting.toml")
    assert cure(GOOD, "").startswith("rename it")
    assert FILES[: len(GUIDES)] == GUIDES


def greeting(*times: str) -> str:
    rows = [f'[[salutation]]\nfrom = "{time}"\ntext = "from {time}"\n' for time in times]
    return 'title = "G"\n[[prompt]]\nid = "greeting.a"\ntext = "A"\n' + "".join(rows)


def test_salutations_leave_no_minute_of_the_day_without_one() -> None:
    guide = parse_guide(greeting("12:00", "05:00", "18:30"), "greeting.toml")
    assert [entry.minute for entry in guide.salutations] == [300, 720, 1110]
    said = {(h, m): salutation(guide.salutations, h, m) for h in range(24) for m in range(60)}
    assert said[5, 0] == said[11, 59] == "from 05:00"
    assert said[12, 0] == said[18, 29] == "from 12:00"
    assert said[18, 30] == said[23, 59] == said[0, 0] == said[4, 59] == "from 18:30"
    assert set(said.values()) == {"from 05:00", "from 12:00", "from 18:30"}
    assert salutation((), 12) == ""
    assert salutation((Salutation(600, "Hello"),), 3) == "Hello"


def test_salutations_are_checked() -> None:
    assert (9, "two salutations begin at the same time") in problems(
        greeting("05:00", "05:00"), "greeting.toml"
    )
    assert problems(greeting("24:00"), "greeting.toml") == [(6, "from is “24:00”")]
    assert problems(greeting("5:00"), "greeting.toml") == [(6, "from is “5:00”")]
    ((_, what),) = problems(greeting(), "greeting.toml")
    assert what.startswith("no salutation")


def named(table: str, *names: str) -> str:
    return "".join(f'[[{table}]]\nid = "i{number}"\nname = "{name}"\n' for number, name in enumerate(names))


def test_reasons_and_outcomes() -> None:
    assert parse_reasons(named("reason", "A", "B")) == (Reason("i0", "A"), Reason("i1", "B"))
    assert parse_outcomes(named("outcome", "A", "B")) == (Outcome("i0", "A", 1), Outcome("i1", "B", 2))
    assert len(parse_outcomes(named("outcome", *"ABCDEFGHI"))) == 9


def test_reasons_and_outcomes_are_checked() -> None:
    assert problems(named("outcome", *"ABCDEFGHIJ"), "outcomes.toml") == [(28, "more than 9 of [[outcome]]")]
    assert problems(named("reason", "A", "a"), "reasons.toml") == [(6, "the same name twice")]
    assert problems(named("reason", "x" * 30), "reasons.toml") == [(3, "name is 30 characters long")]
    assert problems("", "reasons.toml") == [(1, "no reason in this file")]
    assert problems(named("reason", "A") + '[[outcome]]\nid = "x"\n', "reasons.toml")
    twice = named("reason", "A", "B").replace("i1", "i0")
    assert problems(twice, "reasons.toml") == [(5, "the id “i0” stands twice in this file")]


def alphabet(letters: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ") -> str:
    words = "".join(f'{letter} = "{letter}x"\n' for letter in letters)
    head = '[[alphabet]]\nid = "a"\nname = "A"\naccent = "with"\n[alphabet.signs]\n"." = "dot"\n'
    return f"{head}[alphabet.letters]\n{words}"


def test_alphabets() -> None:
    found = parse_alphabets(alphabet())["a"]
    assert (found.name, found.accent, found.letters["Q"], found.signs["."]) == ("A", "with", "Qx", "dot")


def test_alphabets_are_checked() -> None:
    assert problems(alphabet("ABCDEFGHIJKLMNOPQRSTUVWX"), "spelling.toml") == [(1, "no word for Y, Z")]
    assert problems(alphabet() + 'QU = "Qu"\n', "spelling.toml") == [(7, "“QU” is not one character")]
    assert problems(alphabet() + '"Ä" = ""\n', "spelling.toml") == [(7, "Ä is empty")]
    assert problems("", "spelling.toml") == [(1, "no alphabet in this file")]
    assert len(problems('[[alphabet]]\nid = "a"\n', "spelling.toml")) >= 4
    assert problems("alphabet = 5", "spelling.toml")


def test_a_problem_reads_as_one_sentence_and_its_cure() -> None:
    assert str(Problem("open.toml", 7, "text is empty", "write something")) == (
        "open.toml, line 7: text is empty. To mend: write something."
    )


PIECES = st.sampled_from(
    [
        *GOOD.splitlines(keepends=True),
        '"""',
        "'''",
        "[[",
        "]]",
        "{",
        "}",
        '"',
        "=",
        "\n",
        "#",
        "\\",
        "\0",
        "🙂",
        "[extras]\n",
    ]
)


@given(
    st.text() | st.lists(PIECES, max_size=30).map("".join),
    st.sampled_from([f"{n}.toml" for n in FILES]) | st.text(),
)
def test_any_text_is_parsed_or_refused_with_reasons(text: str, filename: str) -> None:
    try:
        parse_file(text, filename)
    except PlaybookError as error:
        assert error.problems
        last = text.count("\n") + 1
        assert all(1 <= problem.line <= last for problem in error.problems)
        assert all("\n" not in problem.what and "\0" not in problem.what for problem in error.problems)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 12))
def test_a_good_file_with_a_piece_torn_out(start: int, length: int) -> None:
    torn = GOOD[:start] + GOOD[start + length :]
    try:
        parse_guide(torn, "open.toml")
    except PlaybookError as error:
        assert all(1 <= problem.line <= torn.count("\n") + 1 for problem in error.problems)
