"""The playbook on disk: the shipped files, each overridden by the user's own of that name where it is good.

A file is read when it is first asked for, so that a start reads no more than it shows. Nothing is written.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from companion.core import playbook as rules
from companion.core.playbook import Guide, Outcome, PlaybookError, Problem, Reason
from companion.core.playbook_check import MAX_FILE
from companion.core.spelling import Alphabet

_NO_ALPHABET = Alphabet("", "", "", {}, {})


class Playbook:
    """One playbook in one language. Questions never raise: what cannot be read is told by ``problems``."""

    def __init__(self, shipped_dir: Path, user_dir: Path | None, language: str = "en") -> None:
        """``shipped_dir`` and ``user_dir`` each hold a folder per language, with the files in it."""
        self._folders = [folder / language for folder in (user_dir, shipped_dir) if folder is not None]
        self._parsed: dict[str, object] = {}
        self._problems: list[Problem] = []

    def guide(self, key: str) -> Guide:
        """The guide of this key; an empty one, with its key as title, when no file of it can be read."""
        found = self._read(key) if key in rules.GUIDES else None
        return found if isinstance(found, Guide) else Guide(key, key.capitalize())

    def reasons(self) -> tuple[Reason, ...]:
        """The reasons for calling, in their order."""
        found = self._read("reasons")
        return tuple(item for item in found if isinstance(item, Reason)) if isinstance(found, tuple) else ()

    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes, in the order of their keys."""
        found = self._read("outcomes")
        return tuple(item for item in found if isinstance(item, Outcome)) if isinstance(found, tuple) else ()

    def reason(self, text: str) -> Reason | None:
        """The reason whose id or name this is, whatever the case; None for one in the user's own words."""
        wanted = text.strip().casefold()
        return next((r for r in self.reasons() if wanted in (r.id, r.name.casefold())), None)

    def alphabet(self, ident: str) -> Alphabet:
        """The spelling alphabet of this id; the first one when there is none of it."""
        known = self.alphabets()
        return next((one for one in known if one.id == ident), known[0] if known else _NO_ALPHABET)

    def alphabets(self) -> list[Alphabet]:
        """The spelling alphabets, in the order of the file."""
        found = self._read("spelling")
        return (
            [one for one in found.values() if isinstance(one, Alphabet)] if isinstance(found, Mapping) else []
        )

    def salutation(self, hour: int, minute: int = 0) -> str:
        """The salutation that fits this local time of day."""
        return rules.salutation(self.guide("greeting").salutations, hour, minute)

    def problems(self) -> list[Problem]:
        """What was wrong with the files read so far; where something was, the shipped file is in use."""
        return list(self._problems)

    def reload(self) -> None:
        """Forget what was read; each file is read again when it is next asked for."""
        self._parsed.clear()
        self._problems.clear()

    def _read(self, key: str) -> object:
        if key in self._parsed:
            return self._parsed[key]
        found: object = None
        shipped = self._folders[-1]
        for folder in self._folders:
            path = folder / f"{key}.toml"
            if folder is not shipped and not _present(path):
                continue
            try:
                found = rules.parse_file(_text(path), path.name)
                break
            except PlaybookError as error:
                self._problems.extend(error.problems)
        self._parsed[key] = found
        return found


def check_files(paths: Iterable[Path]) -> list[Problem]:
    """All that is wrong with these playbook files, in their order; empty when each of them can be used.

    Where reasons.toml is among them, the questions of the others may name no other reasons than those in it.
    """
    problems: list[Problem] = []
    guides: list[tuple[Path, Guide]] = []
    reasons: set[str] | None = None
    for path in paths:
        try:
            found = rules.parse_file(_text(path), path.name)
        except PlaybookError as error:
            problems.extend(error.problems)
            continue
        if isinstance(found, Guide):
            guides.append((path, found))
        elif isinstance(found, tuple) and isinstance(found[0], Reason):
            reasons = {item.id for item in found if isinstance(item, Reason)}
    for path, guide in guides:
        for question in guide.questions:
            for reason in question.reasons:
                if reasons is not None and reason not in reasons:
                    problems.append(_lost_reason(path, question.id, reason))
    return problems


def _lost_reason(path: Path, question: str, reason: str) -> Problem:
    lines = _text(path).splitlines()
    line = next((number for number, text in enumerate(lines, 1) if f'"{question}"' in text), 1)
    what = f"the question {question} is for the reason “{reason}”, which reasons.toml does not have"
    return Problem(path.name, line, what, "name a reason that is there, or add this one to reasons.toml")


def _present(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True  # something is in the way: reading it will tell what
    return True


def _text(path: Path) -> str:
    """The text of a playbook file. Raises PlaybookError where it cannot be read."""

    def refused(what: str, mend: str, line: int = 1) -> PlaybookError:
        return PlaybookError([Problem(path.name, line, what, mend)])

    try:
        if path.exists() and not path.is_file():
            raise refused("this is a folder or a device", "put a text file of this name there")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        mend = "see that the file is there and may be read"
        raise refused(f"cannot be read ({error.strerror or type(error).__name__})", mend) from error
    except ValueError as error:  # a name with a NUL in it
        raise refused("no file can have this name", "give it another name") from error
    if len(data) > MAX_FILE:
        raise refused("the file is larger than 1 MiB", "split it, or take out what is not a prompt")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refused("not UTF-8 text", "save the file as UTF-8 in your editor", line) from error
