"""What time is spent on: a tree of categories with letters and colours, shipped or one's own (``time.categories``).

A category's id is the path of its names when it was made (``work/e-mails``) and never changes; spans refer to it. Where
it stands, what it is called and whether it was merged into another are kept beside it, so that a rename, a move or a
merge touches no span, and its undo is exact. The tree has two levels: a letter for the category, one for what is in it.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

COLOURS = 12
"""How many colours there are; a colour is an index below it, and its value is in ``resources/time/colours.toml``."""

PATTERNS = ("plain", "dots", "bars", "lines", "cross", "rings", "grid", "dashes")
"""How the cells of one category's children are told apart, by index. Slanted lines are kept for proposals."""

LONGEST = 60
"""Most characters of a name."""


class CategoryError(ValueError):
    """A change of the tree that cannot be. The message is one plain sentence for the user, without the user's text."""


class Category(NamedTuple):
    """One category.

    ``parent`` is an id or empty; ``letter`` one small letter, empty where none is free; ``colour`` counts at the top
    only (what is in a category has that category's) and ``pattern`` below the top; ``also`` are other words for it;
    ``into`` is the id that it was merged into; ``was`` its earlier names with the date until which they held, in order.
    """

    id: str
    name: str
    parent: str = ""
    letter: str = ""
    colour: int = 0
    pattern: int = 0
    position: int = 0
    also: tuple[str, ...] = ()
    archived: bool = False
    into: str = ""
    was: tuple[tuple[str, str], ...] = ()


class Tree:
    """All categories, frozen; a change is made by ``category_edits`` and gives another tree."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self.all: tuple[Category, ...] = tuple(
            sorted(categories, key=lambda category: (category.position, category.id))
        )
        self._by_id: Mapping[str, Category] = {category.id: category for category in self.all}
        if len(self._by_id) != len(self.all):
            raise ValueError("two categories with one id")
        self._children: dict[str, list[Category]] = {}
        for category in self.all:
            self._children.setdefault(category.parent, []).append(category)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tree) and self.all == other.all

    def __hash__(self) -> int:
        return hash(self.all)

    def __contains__(self, category_id: object) -> bool:
        return category_id in self._by_id

    def get(self, category_id: str) -> Category:
        """A category by its id, as it is kept; KeyError where there is none."""
        return self._by_id[category_id]

    def shown(self, category_id: str) -> Category:
        """The category that spans of an id are shown and counted as: what it was merged into, else itself.

        An id that the tree does not know (of a file that was mended) is shown by itself and counts on its own.
        """
        for _ in self.all:
            found = self._by_id.get(category_id)
            if found is None or not found.into:
                break
            category_id = found.into
        return self._by_id.get(category_id) or Category(category_id, category_id.rpartition("/")[2])

    def children(self, parent: str = "", *, archived: bool = False) -> tuple[Category, ...]:
        """What is in a category, or the top of the tree, in order; without what is archived or merged away."""
        found = self._children.get(parent, ())
        return tuple(one for one in found if not one.into and (archived or not one.archived))

    def usable(self) -> tuple[Category, ...]:
        """All categories that can be filled with, each followed by what is in it."""
        return tuple(one for top in self.children() for one in (top, *self.children(top.id)))

    def top(self, category_id: str) -> str:
        """The id of the top category that spans of an id count in."""
        shown = self.shown(category_id)
        return self.shown(shown.parent).id if shown.parent else shown.id

    def is_archived(self, category_id: str) -> bool:
        """Whether a category, or the one it is in, is archived."""
        shown = self.shown(category_id)
        return shown.archived or bool(shown.parent and self.shown(shown.parent).archived)

    def names(self, category_id: str) -> tuple[str, ...]:
        """The names from the top down: ``("Work", "E-mails")``."""
        shown = self.shown(category_id)
        return (self.shown(shown.parent).name, shown.name) if shown.parent else (shown.name,)

    def label(self, category_id: str) -> str:
        """The names as one text for people: ``Work / E-mails``."""
        return " / ".join(self.names(category_id))

    def path(self, category_id: str) -> str:
        """The path that programs read: names of now in small letters, ``work/e-mails``."""
        return "/".join(name.lower() for name in self.names(category_id))

    def code(self, category_id: str) -> str:
        """The letters that stand in a cell and fill it when typed: ``W``, ``We``."""
        shown = self.shown(category_id)
        if not shown.parent:
            return shown.letter.upper()
        return self.shown(shown.parent).letter.upper() + shown.letter

    def colour(self, category_id: str) -> int:
        """The index of a category's colour."""
        return self.shown(self.top(category_id)).colour

    def by_letter(self, letter: str, parent: str = "") -> Category | None:
        """The category that a letter means at the top, or within ``parent``."""
        small = letter.casefold()
        return next((one for one in self.children(parent) if one.letter and one.letter == small), None)

    def check(self) -> None:
        """ValueError unless the tree holds what it promises: two levels, names and letters once per level."""
        for one in self.all:
            up = self._by_id.get(one.parent) if one.parent else None
            if one.parent and not one.into and (up is None or up.parent or up.into):
                raise ValueError("a category in nothing, too deep, or in one that was merged away")
            if one.into and (one.into not in self._by_id or self.shown(one.id).into):
                raise ValueError("a merge into nothing")
            if not 0 <= one.colour < COLOURS or not 0 <= one.pattern < len(PATTERNS):
                raise ValueError("no such colour or pattern")
        for parent in ("", *(one.id for one in self.children(archived=True))):
            level = self.children(parent, archived=True)
            names = [folded(one.name) for one in level]
            letters = [one.letter for one in level if one.letter and not one.archived]
            if len(set(names)) < len(names) or len(set(letters)) < len(letters):
                raise ValueError("a name or a letter twice on one level")


def folded(text: str) -> str:
    """A name as it is compared: small, without accents, hyphens, or spaces too many."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (sign for sign in plain if not unicodedata.combining(sign) and sign not in "-‐‑")
    return " ".join("".join(kept).split())


# ---- the shipped tree


def shipped(text: str) -> Tree:
    """The tree that a file such as ``resources/time/en.toml`` describes. ValueError where it is not sound."""
    data = tomllib.loads(text)
    found: list[Category] = []
    for i, top in enumerate(data["category"]):
        found.append(_from_file(top, "", i))
        found += [_from_file(child, found[-1].id, k) for k, child in enumerate(top.get("child", ()))]
    tree = Tree(found)
    tree.check()
    return tree


def _from_file(row: Mapping[str, object], parent: str, position: int) -> Category:
    name, letter, colour, also = row["name"], row.get("letter", ""), row.get("colour", 0), row.get("also", [])
    if not (isinstance(name, str) and isinstance(letter, str) and isinstance(colour, int)):
        raise ValueError("a category of the shipped tree is not sound")
    if not isinstance(also, list) or not all(isinstance(word, str) for word in also):
        raise ValueError("other words of a category are a list of texts")
    here = f"{parent}/{name.lower()}" if parent else name.lower()
    pattern = (position + 1) % len(PATTERNS) if parent else 0
    return Category(here, name, parent, letter, colour, pattern, position, tuple(also))


class Colours(NamedTuple):
    """The colours of the categories by index, as ``#rrggbb``, and the two inks for letters on them."""

    colours: tuple[str, ...]
    dark_ink: str
    light_ink: str

    def ink(self, index: int) -> str:
        """The ink that reads better on a colour."""
        ground = luminance(self.colours[index])
        return max((self.dark_ink, self.light_ink), key=lambda ink: contrast(luminance(ink), ground))


def colours(text: str) -> Colours:
    """The colours of a file such as ``resources/time/colours.toml``."""
    data = tomllib.loads(text)
    found = Colours(tuple(data["colours"]), data["dark_ink"], data["light_ink"])
    if len(found.colours) != COLOURS:
        raise ValueError("a colour for each index")
    return found


def luminance(colour: str) -> float:
    """How light ``#rrggbb`` is, 0 … 1, as contrast is reckoned (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """The contrast of two luminances, 1 … 21."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
