"""Lines of tables and keys: right, whatever the texts between them look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.playbook import PlaybookError, parse_guide
from companion.core.toml_lines import places


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(PlaybookError) as caught:
        parse_guide(text, "open.toml")
    return [(problem.line, problem.what) for problem in caught.value.problems]


def test_lines_are_right_behind_texts_that_look_like_toml() -> None:
    text = '''\
title = "T" # [[prompt]]

[[card]]
id = "open.card"
title = "C"
when = """
[[prompt]]
text = "not a key"
"""
how = "a [ { = ' # b"
example = 'x " y'
[[prompt]]
id = "open.one"
text = ["a",
  "b",
]
[[prompt]]
"id" = "open.two"
'text' = 5
say = \'\'\'
[[prompt]]
\'\'\'
group = [
["[[prompt]]"],
[1],
]
technique = 1
'''
    assert problems(text) == [
        (6, "when holds a character that cannot be shown"),
        (14, "text is a list, not a text"),
        (19, "text is a number, not a text"),
        (23, "group is a list, not a text"),
        (27, "technique is a number, not a text"),
    ]


def test_inline_tables_are_as_good_as_headers() -> None:
    text = 'title = "T"\n\nprompt = [{ id = "open.a", text = "A" }, { id = "open.b", text = "" }]\n'
    assert problems(text) == [(3, "text is empty")]
    assert len(parse_guide(text.replace('""', '"B"'), "open.toml").prompts) == 2


def test_a_place_that_is_not_there_is_told_by_the_nearest() -> None:
    found = places("# note\n[[a]]\nx = 1\n[[a]]\ny = 1\n[b]\n[b.c]\n[[a]]\n[a.d]\nk = 1\n")
    assert [found.line("a", row) for row in (0, 1, 2, 3)] == [2, 4, 8, 2]
    assert (found.line("a", 0, "x"), found.line("a", 0, "y"), found.line("a", 1, "y")) == (3, 2, 5)
    assert (found.line("b"), found.line("a", 2, "d"), found.line("nowhere", 5, "x")) == (6, 9, 1)


@given(st.text(alphabet="ab=.[]{}\"'#\\\n ,") | st.text())
def test_any_text_has_places(text: str) -> None:
    assert 1 <= places(text).line("a", 0, "b") <= text.count("\n") + 1
