"""The playbook on disk: the shipped one holds every technique; a user's file goes first, a broken one never."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from companion.core.fields import fill, names_in
from companion.core.playbook import FILES, GUIDES, Guide
from companion.playbooks import Playbook, check_files
from companion.resources import resource

SHIPPED = resource("playbooks")
TECHNIQUES = dict(
    reversed(line.split())
    for line in (Path(__file__).parent / "files" / "techniques.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
"""Technique id to the number of its section."""


@pytest.fixture
def book() -> Playbook:
    return Playbook(SHIPPED, None)


def guides() -> list[Guide]:
    book = Playbook(SHIPPED, None)
    return [book.guide(key) for key in GUIDES]


def texts(guide: Guide) -> list[str]:
    """All that a guide shows or says, but cards."""
    lines = (*guide.prompts, *guide.listen, *guide.tips, *guide.nudges, *guide.steps)
    said = [text for line in lines for text in (line.text, line.say)]
    said += [question.text for question in guide.questions] + [field.ask for field in guide.fields]
    return [text for text in said if text]


def test_every_shipped_file_is_good() -> None:
    files = sorted((SHIPPED / "en").iterdir())
    assert {file.name for file in files} == {f"{name}.toml" for name in FILES}
    assert [str(problem) for problem in check_files(files)] == []


def test_every_technique_of_a_call_has_its_place() -> None:
    wanted = {
        ident for ident, section in TECHNIQUES.items() if section in ("1", "2", "3", "4", "5", "7", "8")
    }
    assert len(wanted) == 77
    carried = frozenset[str]().union(*(guide.techniques() for guide in guides()))
    assert wanted - carried == set()
    assert carried - set(TECHNIQUES) == set()


def test_every_shipped_piece_carries_a_technique_and_an_id_of_its_own() -> None:
    seen: set[str] = set()
    for guide in guides():
        groups = (
            guide.prompts,
            guide.questions,
            guide.fields,
            guide.steps,
            guide.listen,
            guide.tips,
            guide.cards,
        )
        for piece in [piece for group in (*groups, guide.nudges) for piece in group]:
            assert piece.technique, piece.id
            assert piece.id not in seen
            seen.add(piece.id)


def test_shipped_prompts_are_read_at_a_glance() -> None:
    for guide in guides():
        for piece in (
            *guide.prompts,
            *guide.questions,
            *guide.steps,
            *guide.listen,
            *guide.tips,
            *guide.nudges,
        ):
            assert len(piece.text) <= 70, piece.text


def test_the_decks_are_full(book: Playbook) -> None:
    deck = book.guide("open")
    assert len([q for q in deck.questions if not q.reasons]) >= 14
    assert {q.kind for q in deck.questions} == {"open"}
    assert {q.kind for q in book.guide("closed").questions} == {"closed"}
    for reason in book.reasons():
        own = [q for q in deck.questions if reason.id in q.reasons]
        assert 3 <= len(own) <= 5, reason
        assert list(deck.questions_for(reason.id)[: len(own)]) == own
    named = {reason for guide in guides() for question in guide.questions for reason in question.reasons}
    assert named <= {reason.id for reason in book.reasons()}


def test_checklists_have_the_steps_that_the_trade_knows(book: Playbook) -> None:
    assert len(book.guide("transfer").steps) == 4
    assert len(book.guide("message").steps) == 4
    assert len(book.guide("message").fields) == 6
    assert len(book.guide("badnews").steps) == 6
    upset = book.guide("upset")
    lengths = {
        group: len(upset.steps_in(group)) for group in ("heard", "recovery", "four", "control", "threat")
    }
    assert lengths == {"heard": 5, "recovery": 6, "four": 4, "control": 6, "threat": 3}
    assert "".join(step.text[0] for step in upset.steps_in("heard")) == "HEARD"
    assert len([step for step in book.guide("close").steps if step.group == "impression"]) == 4
    assert [nudge.group for nudge in book.guide("hold").nudges] == ["first", "second", "third"]
    assert [field.label for field in book.guide("wrapup").fields] == [
        "Main issue",
        "Trigger",
        "How it was resolved",
        "Lesson",
    ]
    assert len([line for line in book.guide("open").listen if line.technique == "listen.six"]) == 6
    assert len([line for line in book.guide("open").tips if line.group == "show"]) == 4


def test_the_groups_of_upset_have_titles(book: Playbook) -> None:
    upset = book.guide("upset")
    used = {piece.group or "first" for piece in (*upset.prompts, *upset.steps)}
    assert used == set(upset.groups)
    assert next(iter(upset.groups)) == "first"


def test_the_empathy_line_is_made_of_a_feeling_and_its_source(book: Playbook) -> None:
    extras = book.guide("upset").extras
    assert set(extras) == {"patterns", "emotions", "sources"}
    assert all(set(names_in(pattern)) == {"emotion", "source"} for pattern in extras["patterns"])
    values = {"emotion": extras["emotions"][0], "source": extras["sources"][0]}
    line = fill(extras["patterns"][0], values)
    assert line.plain == "You're frustrated because the parcel still isn't there."


def test_the_greeting_has_its_parts(book: Playbook) -> None:
    groups = [line.group for line in book.guide("greeting").prompts]
    assert groups[:3] == ["salutation", "identification", "offer"]
    said = [book.salutation(hour) for hour in (3, 5, 11, 12, 17, 18, 23)]
    assert said == [
        "Good evening",
        "Good morning",
        "Good morning",
        "Good afternoon",
        "Good afternoon",
        "Good evening",
        "Good evening",
    ]


def test_outcomes_have_the_digit_keys(book: Playbook) -> None:
    assert [outcome.key for outcome in book.outcomes()] == list(range(1, 10))
    assert book.outcomes()[0].name == "Resolved"


def test_a_reason_is_found_by_id_or_name(book: Playbook) -> None:
    billing = book.reason(" BILLING ")
    assert billing is not None and billing.name == "Billing"
    assert book.reason("return or Exchange") == book.reason("return") != None  # noqa: E711
    assert book.reason("my own words") is None
    assert book.reason("") is None


def test_nothing_shipped_uses_a_phrase_to_avoid() -> None:
    """Section 6 by eye: what the program says to say is nothing that it would mark."""
    bad = r"i don.t know|you.ll have to|hang on|calm down|i understand|sympathi[sz]e|not my job|whatever|^no\b|\bum\b"
    for guide in guides():
        for text in texts(guide):
            if "“um”" not in text:
                assert not re.search(bad, text, re.IGNORECASE), text


# ---- the user's own files


def own(folder: Path, name: str, text: str) -> Path:
    (folder / "en").mkdir(parents=True, exist_ok=True)
    path = folder / "en" / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


REASONS = '[[reason]]\nid = "pets"\nname = "Pets"\n'


def test_a_good_file_of_the_user_goes_first(tmp_path: Path) -> None:
    own(tmp_path, "reasons", REASONS)
    book = Playbook(SHIPPED, tmp_path)
    assert [reason.name for reason in book.reasons()] == ["Pets"]
    assert len(book.outcomes()) == 9
    assert book.problems() == []


def test_a_broken_file_of_the_user_is_told_and_left_alone_and_the_shipped_one_used(tmp_path: Path) -> None:
    path = own(tmp_path, "close", 'title = "Mine"\n[[prompt]]\nid = "close.a"\ntxt = "A"\n')
    before = path.read_bytes()
    book = Playbook(SHIPPED, tmp_path)
    assert book.guide("close").title == "Close"
    book.guide("close")
    assert [(problem.file, problem.line) for problem in book.problems()] == [
        ("close.toml", 2),
        ("close.toml", 4),
    ]
    assert "did you mean text?" in book.problems()[1].mend
    assert path.read_bytes() == before


def test_a_mended_file_is_used_after_a_reload(tmp_path: Path) -> None:
    own(tmp_path, "reasons", "[[reason]")
    book = Playbook(SHIPPED, tmp_path)
    assert len(book.reasons()) == 10
    own(tmp_path, "reasons", REASONS)
    assert len(book.reasons()) == 10, "nothing changes under the user's hands"
    book.reload()
    assert len(book.reasons()) == 1
    assert book.problems() == []


def test_files_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    shutil.copytree(SHIPPED / "en", shipped / "en")
    book = Playbook(shipped, None)
    (shipped / "en" / "reasons.toml").write_text(REASONS, encoding="utf-8")
    assert [reason.id for reason in book.reasons()] == ["pets"]
    (shipped / "en" / "reasons.toml").unlink()
    assert [reason.id for reason in book.reasons()] == ["pets"], "read once"


def test_with_no_files_at_all_the_questions_still_have_answers(tmp_path: Path) -> None:
    book = Playbook(tmp_path, None)
    assert book.guide("open") == Guide("open", "Open")
    assert (book.reasons(), book.outcomes(), book.salutation(9)) == ((), (), "")
    assert book.alphabet("icao").letters == {}
    assert {problem.file for problem in book.problems()} == {
        "open.toml",
        "reasons.toml",
        "outcomes.toml",
        "greeting.toml",
        "spelling.toml",
    }


def test_an_unknown_guide_or_alphabet(book: Playbook) -> None:
    assert book.guide("../../etc/passwd").prompts == ()
    assert book.alphabet("no such").id == "icao"
    assert book.alphabet("din5009").name == "DIN 5009"
    assert book.problems() == []


@pytest.mark.parametrize(
    ("data", "what", "line"),
    [
        (b"\xff\xfe[\x00", "not UTF-8 text", 1),
        (b"[[reason]]\nname = '\xe9'\n", "not UTF-8 text", 2),
        (b"#" * ((1 << 20) + 1), "the file is larger than 1 MiB", 1),
        (b"[[reason]]\nid = '\x00'", "a control character that cannot be seen", 2),
        (b"a = " + b"[\n" * 100_000, "lists or tables nested too deeply", 1),
        (b"", "no reason in this file", 1),
    ],
)
def test_hostile_files_are_told(tmp_path: Path, data: bytes, what: str, line: int) -> None:
    own(tmp_path, "reasons", "").write_bytes(data)
    book = Playbook(SHIPPED, tmp_path)
    assert len(book.reasons()) == 10
    assert [(problem.what, problem.line) for problem in book.problems()] == [(what, line)]


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    own(tmp_path, "reasons", "").write_bytes(b"\xef\xbb\xbf" + REASONS.replace("\n", "\r\n").encode())
    assert check_files([tmp_path / "en" / "reasons.toml"]) == []


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "en" / "reasons.toml").mkdir(parents=True)
    book = Playbook(SHIPPED, tmp_path)
    assert len(book.reasons()) == 10
    assert [problem.what for problem in book.problems()] == ["this is a folder or a device"]


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are made another way there")
def test_a_pipe_in_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    os.mkfifo(tmp_path / "en" / "reasons.toml")
    book = Playbook(SHIPPED, tmp_path)
    assert len(book.reasons()) == 10
    assert [problem.what for problem in book.problems()] == ["this is a folder or a device"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_to_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "reasons.toml").symlink_to(tmp_path / "gone.toml")
    book = Playbook(SHIPPED, tmp_path)
    assert len(book.reasons()) == 10
    assert book.problems()[0].what.startswith("cannot be read")


def test_a_user_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "playbooks").write_text("not a folder")
    book = Playbook(SHIPPED, tmp_path / "playbooks")
    assert len(book.reasons()) == 10


def test_check_files_tells_of_files_that_are_not_there(tmp_path: Path) -> None:
    found = check_files([tmp_path / "open.toml", tmp_path / "a\0b.toml"])
    assert [problem.what.split(" (")[0] for problem in found] == [
        "cannot be read",
        "no file can have this name",
    ]


def test_check_files_tells_of_questions_for_a_reason_that_is_gone(tmp_path: Path) -> None:
    reasons = own(tmp_path, "reasons", REASONS)
    deck = own(
        tmp_path,
        "open",
        'title = "T"\n[[question]]\nid = "open.a"\nkind = "open"\nreasons = ["billing", "pets"]\ntext = "What?"\n',
    )
    (problem,) = check_files([deck, reasons])
    assert (problem.file, problem.line) == ("open.toml", 3)
    assert "“billing”" in problem.what
    assert check_files([deck]) == []
