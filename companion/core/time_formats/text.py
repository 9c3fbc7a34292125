"""Bytes to text, text to the rows of a table: encodings, delimiters, headers in any order, guards against monsters."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from companion.core.time_formats.found import LONGEST, MOST_BYTES, MOST_ENTRIES, Bag, Refused, too_many

DELIMITERS = (",", ";", "\t")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAVE = "Save it as UTF-8 text, or export it once more."
_MOST_COLUMNS = 1000
_MOST_LINES = 4 * MOST_ENTRIES
_DAMAGED = "From here on the table is damaged; nothing after it was read."


def decoded(data: bytes | str) -> str:
    """The text of a file: UTF-8, or UTF-16 that says so. Refused where it is neither, too long, or no text at all."""
    if len(data) > MOST_BYTES:
        raise Refused(
            f"The file is longer than {MOST_BYTES // 1024 // 1024} MB.",
            "Export it in parts: one file for each year.",
        )
    if isinstance(data, str):
        text = data
    else:
        mark, encoding = next(((b, e) for b, e in _BOMS if data.startswith(b)), (b"", "utf-8"))
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1 if encoding == "utf-8" else 0
            raise Refused("The file is not text in UTF-8.", _SAVE, line=line) from None
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        raise Refused("The file is no text: it holds zero bytes.", _SAVE)
    return text


class Row(NamedTuple):
    """A row of a table: the line it begins in, and its cells by the folded names of their columns."""

    line: int
    cells: Mapping[str, str]

    def get(self, *names: str) -> str:
        """The first of these cells that holds something, without blanks around it."""
        for name in names:
            if found := self.cells.get(name, "").strip():
                return found
        return ""


def folded(name: str) -> str:
    """A column's name as it is compared."""
    return " ".join(name.replace("_", " ").casefold().split())


def header(text: str) -> tuple[str, list[str]]:
    """The delimiter of a table and the names of its columns, folded."""
    first = _body(text)[1].partition("\n")[0][:20_000]
    delimiter = max(DELIMITERS, key=lambda sign: len(_outside_quotes(first).split(sign)))
    return delimiter, [folded(name) for name in _cells(first.rstrip("\r"), delimiter)]


def rows(text: str, bag: Bag, names: list[str] | None = None) -> Iterator[Row]:
    """The rows below the header. Those with too many cells are lost, blank ones passed over, short ones left short.

    ``names`` are to be taken for the columns instead of the header's. A damaged end gives a problem and ends.
    """
    skipped, body = _body(text)
    delimiter, there = header(text)
    columns = names or there
    if len(columns) > _MOST_COLUMNS:
        raise Refused("The file has too many columns.", "Export it once more.")
    if body.count("\n") > _MOST_LINES or body.count("\r") > _MOST_LINES:
        raise too_many()
    reader = csv.reader(_lines(body), delimiter=delimiter, strict=True)
    open_end = 0 if body.endswith(("\n", "\r")) else body.count("\n") + 1
    count = 0
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # quotes that never close, a lone return, a cell of over 128 KB
            bag.lose(line, _DAMAGED, "Export it once more.")
            return
        count += 1
        if count == 1 or not any(cell.strip() for cell in cells):
            continue
        if count > MOST_ENTRIES + 1:
            raise too_many()
        if len(cells) < len(columns) and reader.line_num == open_end:
            bag.lose(line, "The row is cut off.", "Export it once more.")
            return
        if any(cell.strip() for cell in cells[len(columns) :]):
            bag.lose(
                line, "This row has more cells than there are columns.", "Put texts with a comma in quotes."
            )
            continue
        yield Row(line, dict(zip(columns, cells, strict=False)))


def _body(text: str) -> tuple[int, str]:
    """The lines before the header and the rest: spreadsheets write ``sep=;`` first, some put blank lines."""
    found = re.match(r"(?:[ \t]*\r?\n)*(?:sep=[^\n]{1,2}\r?\n)?", text[:4096])
    taken = found.group() if found else ""
    return taken.count("\n"), text[len(taken) :]


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, cut at line feeds only (or at lone returns, of a file that has no line feed)."""
    sign = "\n" if "\n" in text else "\r"
    at = 0
    while at < len(text):
        end = text.find(sign, at) + 1 or len(text)
        yield text[at:end]
        at = end


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


# ---- cells that a spreadsheet would take for formulas

_START = re.compile(r"\A('*)(?=[=+\-@\t\r\n＝＋－＠])")
_INSIDE = re.compile(r"([;\t\r\n])('*)(?=[=+\-@＝＋－＠])")
_START_OUT = re.compile(r"\A'('*)(?=[=+\-@\t\r\n＝＋－＠])")
_INSIDE_OUT = re.compile(r"([;\t\r\n])'('*)(?=[=+\-@＝＋－＠])")


def safe(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula: ``'`` goes before what begins like one.

    Also after a semicolon, a tab or a line's end within it, where a spreadsheet set to another delimiter would begin
    a new cell. ``unsafe`` takes exactly that away again.
    """
    if _plain(text):
        return text
    return _START.sub(r"'\1", _INSIDE.sub(r"\1'\2", text))


def unsafe(cell: str) -> str:
    """The text that ``safe`` was given."""
    if _plain(cell):
        return cell
    return _INSIDE_OUT.sub(r"\1\2", _START_OUT.sub(r"\1", cell))


def _plain(text: str) -> bool:
    """Whether a text is one that neither changes: most are, and this is quicker than to look closely."""
    return not text or (text[0].isalnum() and text.isprintable() and ";" not in text)


def joined(*parts: str) -> str:
    """Parts as one label: ``Work / E-mails``; empty ones are left out."""
    return " / ".join(part for part in (part.strip() for part in parts) if part)[: LONGEST + 1]
