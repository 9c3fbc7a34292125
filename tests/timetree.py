"""The shipped categories of the time audit, as tests use them."""

from functools import cache

from companion.core.categories import Colours, Tree, colours, shipped
from companion.resources import resource


@cache
def tree() -> Tree:
    return shipped(resource("time", "en.toml").read_text(encoding="utf-8"))


@cache
def palette() -> Colours:
    return colours(resource("time", "colours.toml").read_text(encoding="utf-8"))
