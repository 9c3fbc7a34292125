"""Reading a playbook file with care: every problem found, with its line, what is wrong, how to mend it."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

from companion.core.fields import KNOWN_FIELDS, loose_braces, names_in
from companion.core.toml_lines import Places, places

MAX_FILE = 1 << 20
"""Longest file in characters (the loader holds bytes against it, too)."""
MAX_LINE = 4000
"""Longest line of a file in characters: nothing that is meant to be read is longer."""
MAX_DOTS = 40
"""Most dots on one line of a file: the parser's time grows with the square of the parts of a dotted key."""
MAX_PROBLEMS = 100
"""After so many problems in one file the rest is not told."""

# Patterns are compiled when first needed: most texts are settled by isprintable, and a start has none to spare.
_HIDDEN = r"[\x00-\x08\x0a-\x1f\x7f-\x9f]"
_UNSEEN = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"
_UNSEEN_IN_LINES = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]"
_IDENT = r"[a-z0-9]+(?:[_.-][a-z0-9]+)*"
_PLACE = r" \(at (?:line (\d+), column \d+|end of document)\)$"


class Problem(NamedTuple):
    """Something wrong in a playbook file: where (line from 1), what, and how to mend it."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}. To mend: {self.mend}."


class PlaybookError(Exception):
    """A playbook file that cannot be used; ``problems`` says all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Rule(NamedTuple):
    """What a value must be; made by one of the functions below."""

    kind: str
    required: bool = True
    most: int = 0
    fill: bool = False
    lines: bool = False
    own: bool = False
    words: tuple[str, ...] = ()


def a_text(most: int, *, required: bool = True, fill: bool = True, lines: bool = False) -> Rule:
    """A text of at most ``most`` characters; ``fill``: may name fields; ``lines``: may have several lines."""
    return Rule("text", required, most, fill, lines)


def an_id(*, required: bool = True, own: bool = True) -> Rule:
    """An id in small letters, digits and dots; ``own``: it begins with the file's prefix."""
    return Rule("id", required, own=own)


def some_ids() -> Rule:
    """A list of ids, perhaps empty or left out."""
    return Rule("ids", required=False)


def one_of(words: tuple[str, ...]) -> Rule:
    """One of a few words."""
    return Rule("choice", words=words)


def a_time() -> Rule:
    """A time of day as "HH:MM", read as the minute of the day."""
    return Rule("time")


_TYPE_NAMES = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}
Place = tuple[str, int, str]
"""Table, row from 0, key: where something stands in a file; the line is found when it is needed."""
Row = Mapping[str, Rule]


def _kind(value: object) -> str:
    return _TYPE_NAMES.get(type(value), "a date or time")


def _short(value: str) -> str:
    """A word of the file as it may be quoted in a message: one line, not too long, nothing invisible."""
    word = "".join(sign if sign.isprintable() else "�" for sign in value[:41])
    return f"“{word[:40]}…”" if len(word) > 40 else f"“{word}”"


class Reader:
    """One file being read. Ask for its parts, then call ``finish``, which raises if anything was wrong."""

    def __init__(self, text: str, filename: str) -> None:
        self.file = "".join(sign for sign in re.split(r"[\\/]", filename)[-1] if sign.isprintable()) or "file"
        self.stem = self.stem_of(filename)
        self.problems: list[Problem] = []
        self._ids: set[str] = set()
        self._text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        self._data = self._load()
        self._places: Places | None = None  # looked for only where something is wrong

    @staticmethod
    def stem_of(filename: str) -> str:
        """The name of a file without folder and ending."""
        return re.split(r"[\\/]", filename)[-1].removesuffix(".toml")

    def _load(self) -> dict[str, Any]:
        if len(self._text) > MAX_FILE:
            self._stop(1, "the file is larger than 1 MiB", "split it, or take out what is not a prompt")
        for number, content in enumerate(self._text.split("\n"), 1):
            if len(content) > MAX_LINE:
                self._stop(number, f"a line of {len(content)} characters", "make it several lines")
            if content.count(".") > MAX_DOTS:
                self._stop(number, f"more than {MAX_DOTS} dots on one line", "make it several lines")
            if not content.isprintable() and re.search(_HIDDEN, content):
                self._stop(
                    number, "a control character that cannot be seen", "type the line again without it"
                )
        try:
            return tomllib.loads(self._text)
        except RecursionError:
            self._stop(1, "lists or tables nested too deeply", "a playbook needs no list inside a list")
        except ValueError as error:
            message = str(error)
            found = re.search(_PLACE, message)
            line = int(found.group(1)) if found and found.group(1) else self._open_end(message)
            what = re.sub(_PLACE, "", message).splitlines()[0] if message else "not valid TOML"
            self._stop(line, f"not valid TOML: {what[:120]}", _syntax_hint(what))

    def _open_end(self, message: str) -> int:
        """The line where what is not closed by the end of the file begins, as well as that can be told."""
        for quotes in ("'''", '"""'):
            if quotes in message:
                return self._text.count("\n", 0, max(0, self._text.rfind(quotes))) + 1
        return self._text.rstrip().count("\n") + 1

    def _stop(self, line: int, what: str, mend: str) -> NoReturn:
        self.problem(line, what, mend)
        raise PlaybookError(self.problems)

    def problem(self, at: int | Place, what: str, mend: str) -> None:
        """Note something that is wrong in a line, or at a place."""
        if len(self.problems) < MAX_PROBLEMS:
            line = at if isinstance(at, int) else self.line(*at)
            self.problems.append(Problem(self.file, line, what, mend))

    def finish(self) -> None:
        """Raise PlaybookError if anything was wrong."""
        if self.problems:
            self.problems.sort(key=lambda problem: problem.line)
            raise PlaybookError(self.problems)

    def refuse_name(self, names: Iterable[str]) -> None:
        """Stop: the file has a name that no part of the playbook goes by."""
        mend = f"rename it to one of {', '.join(f'{name}.toml' for name in names)}{_meant(self.stem, names)}"
        self._stop(1, f"no part of the playbook is called {_short(self.stem)}", mend)

    def refuse_unknown(self, known: Sequence[str]) -> None:
        """Note every key at the top of the file that nobody asked for."""
        for key in self._data:
            if key not in known:
                self.problem((key, 0, ""), f"unknown key {_short(key)}", _unknown(key, known))

    def line(self, table: str, number: int = 0, key: str = "") -> int:
        """The line of a row, or of a key in it; rows count from 0."""
        if self._places is None:
            self._places = places(self._text)
        return self._places.line(table, number, key)

    def text(self, key: str, rule: Rule) -> str:
        """A text at the top of the file."""
        value = self._value(self._data, key, rule, (key, 0, ""), "the file")
        return value if isinstance(value, str) else ""

    def lists(self, key: str, rule: Rule) -> dict[str, tuple[str, ...]]:
        """A table whose values are texts or lists of texts, each made a tuple."""
        table = self._data.get(key, {})
        if not isinstance(table, dict):
            self.problem((key, 0, ""), f"{key} is {_kind(table)}", f"write it as a table: [{key}]")
            return {}
        result: dict[str, tuple[str, ...]] = {}
        for name, value in table.items():
            at = (key, 0, name)
            texts = value if isinstance(value, list) else [value]
            if not texts:
                self.problem(at, f"the list {_short(name)} is empty", "put texts into it, or take it away")
            result[name] = tuple(str(self._checked(text, rule, name, at)) for text in texts)
        return result

    def rows(self, table: str, row: Row, prefix: str = "", extra: Sequence[str] = ()) -> list[dict[str, Any]]:
        """The rows of ``[[table]]``, checked; a key that is left out and not needed has an empty value."""
        entries = self._data.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            at = (table, 0, "")
            self.problem(at, f"{table} is not a list of tables", f"begin each entry with [[{table}]]")
            return []
        result: list[dict[str, Any]] = []
        known = (*row, *extra)
        for number, entry in enumerate(entries):
            for key in entry:
                if key not in known:
                    at = (table, number, key)
                    self.problem(at, f"unknown key {_short(key)} in [[{table}]]", _unknown(key, known))
            values: dict[str, Any] = {}
            for key, rule in row.items():
                at = (table, number, key if key in entry else "")
                values[key] = self._value(entry, key, rule, at, f"this [[{table}]]", prefix)
            result.append(values)
        return result

    def mapping(self, table: str, number: int, key: str, rule: Rule) -> dict[str, str]:
        """A table of texts inside a row; its keys are single characters."""
        entry = self._data[table][number].get(key)
        at = (table, number, key)
        if not isinstance(entry, dict):
            self.problem(at, f"{key} is missing or not a table", f"add [{table}.{key}] below the [[{table}]]")
            return {}
        for sign in entry:
            if len(sign) != 1:
                self.problem(
                    at, f"{_short(sign)} is not one character", "give each character a line of its own"
                )
        return {sign: str(self._checked(text, rule, sign, at)) for sign, text in entry.items()}

    def _value(
        self, entry: Mapping[str, Any], key: str, rule: Rule, at: Place, where: str, prefix: str = ""
    ) -> object:
        if key not in entry:
            if rule.required:
                self.problem(at, f"{where} has no {key}", f"add a line {key} = …")
            return () if rule.kind == "ids" else 0 if rule.kind == "time" else ""
        return self._checked(entry[key], rule, key, at, prefix)

    def _checked(self, value: object, rule: Rule, key: str, at: Place, prefix: str = "") -> object:
        """The value as the program uses it; where it is wrong, a problem noted and something harmless."""
        if rule.kind == "ids":
            if not isinstance(value, list):
                self.problem(at, f"{key} is {_kind(value)}", f'write a list: {key} = ["…", "…"]')
                return ()
            return tuple(str(self._checked(item, an_id(own=False), key, at)) for item in value)
        if not isinstance(value, str):
            self.problem(at, f"{key} is {_kind(value)}, not a text", "put it in quotation marks")
            return 0 if rule.kind == "time" else ""
        if rule.kind == "text":
            self._check_text(value, rule, key, at)
            return value.strip()
        if rule.kind == "choice":
            if value not in rule.words:
                mend = f"write one of: {', '.join(rule.words)}{_meant(value, rule.words)}"
                self.problem(at, f"{key} is {_short(value)}", mend)
            return value
        if rule.kind == "time":
            if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
                self.problem(at, f"{key} is {_short(value)}", 'write a time from "00:00" to "23:59"')
                return 0
            return int(value[:2]) * 60 + int(value[3:])
        self._check_ident(value, rule, key, at, prefix)
        return value

    def _check_ident(self, value: str, rule: Rule, key: str, at: Place, prefix: str) -> None:
        if len(value) > 60 or not re.fullmatch(_IDENT, value):
            mend = "use at most 60 small letters and digits, with dots between the parts"
            self.problem(at, f"{key} {_short(value)} is not an id", mend)
        elif key == "id":
            if rule.own and not value.startswith(prefix):
                self.problem(
                    at, f"the id {_short(value)} does not begin with “{prefix}”", f"call it {prefix}…"
                )
            if value in self._ids:
                self.problem(
                    at, f"the id {_short(value)} stands twice in this file", "give one of them another id"
                )
            self._ids.add(value)

    def _check_text(self, value: str, rule: Rule, key: str, at: Place) -> None:
        if not value.strip():
            self.problem(at, f"{key} is empty", "write something, or take the line away")
        if len(value.strip()) > rule.most:
            mend = f"shorten it to {rule.most} characters"
            self.problem(at, f"{key} is {len(value.strip())} characters long", mend)
        shown = value.strip()
        if not shown.isprintable() and re.search(_UNSEEN_IN_LINES if rule.lines else _UNSEEN, shown):
            mend = "take out line breaks, tabs and control characters"
            self.problem(at, f"{key} holds a character that cannot be shown", mend)
        if not rule.fill:
            return
        for name in names_in(value):
            if name not in KNOWN_FIELDS:
                fields = ", ".join(f"{{{known}}}" for known in KNOWN_FIELDS)
                mend = f"use one of {fields}{_meant(name, KNOWN_FIELDS)}"
                self.problem(at, f"{key} names the unknown field {{{name[:40]}}}", mend)
        if loose_braces(value):
            mend = "write a field as {caller}, and a brace that is to be shown twice: {{ or }}"
            self.problem(at, f"{key} has a single brace", mend)


def _close(word: str, known: Iterable[str]) -> list[str]:
    import difflib  # needed only where something is wrong

    return difflib.get_close_matches(word[:60], list(known), n=1)


def _meant(word: str, known: Iterable[str]) -> str:
    close = _close(word, known)
    return f"; did you mean {close[0]}?" if close else ""


def _unknown(word: str, known: Sequence[str]) -> str:
    close = _close(word, known)
    return f"did you mean {close[0]}?" if close else f"take it away; known are {', '.join(known)}"


def _syntax_hint(what: str) -> str:
    lower = what.lower()
    if "overwrite" in lower or "twice" in lower or "redefine" in lower or "mutate" in lower:
        return "a key may stand only once in an entry; take one of them away"
    if "unterminated" in lower or "expected \"'" in lower or "illegal character" in lower:
        return 'close the text with the same quotation mark that it begins with: text = "…"'
    if "escape" in lower:
        return "write a backslash twice, or put the text in single quotation marks"
    return 'write each line as key = "text" and begin each entry with [[…]]; a # begins a note'
