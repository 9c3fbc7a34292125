"""Words that the user reads are the plain ones: looked up in the texts of the program itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import companion

ROOT = Path(companion.__file__).parent
FOR_READERS_OF_CODE = re.compile(r"sign of life|^(SELECT|INSERT|UPDATE|DELETE|CREATE)\b")


def sentences(file: Path) -> Iterator[str]:
    """The texts of a module that may be shown: those with a blank in them that are no docstring."""
    tree = ast.parse(file.read_text("utf-8"))
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in loose else None
        if isinstance(text, str) and " " in text and not FOR_READERS_OF_CODE.search(text):
            yield text


@pytest.mark.parametrize(("avoided", "instead"), [("signs?", "character")])
def test_a_word_that_confuses_is_not_shown(avoided: str, instead: str) -> None:
    word = re.compile(rf"\b(?:{avoided}|{instead}s?)\b", re.IGNORECASE)
    shown = [
        (file.relative_to(ROOT).as_posix(), text)
        for file in ROOT.rglob("*.py")
        if word.search(file.read_text("utf-8"))
        for text in sentences(file)
        if word.search(text)
    ]
    wanted = [one for one in shown if instead in one[1].casefold()]
    assert len(wanted) > 8 and shown == wanted  # it looks where texts are
