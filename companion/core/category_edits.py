"""Changes of the category tree: add, rename, move, archive, merge. Each is an ``Edit`` that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from companion.core.categories import COLOURS, LONGEST, PATTERNS, Category, CategoryError, Tree, folded


class Edit(NamedTuple):
    """What a gesture does to the tree: categories as they were and as they are, and words for undo."""

    before: tuple[Category, ...]
    after: tuple[Category, ...]
    words: str = ""


def applied(tree: Tree, edit: Edit) -> Tree:
    """The tree after an edit; ValueError where the edit does not fit it."""
    kept = {one.id: one for one in tree.all}
    for one in edit.before:
        if kept.pop(one.id, None) != one:
            raise ValueError("the edit does not fit this tree")
    new = Tree([*kept.values(), *edit.after])
    new.check()
    return new


def invert(edit: Edit) -> Edit:
    """The edit that takes an edit back."""
    return Edit(edit.after, edit.before, edit.words)


def _edit(tree: Tree, after: Iterable[Category], words: str) -> Edit:
    new = tuple(one for one in after if one.id not in tree or tree.get(one.id) != one)
    return Edit(tuple(tree.get(one.id) for one in new if one.id in tree), new, words)


# ---- what a name and a letter must be


def _name(tree: Tree, name: str, parent: str, own: str = "") -> str:
    found = " ".join(name.split())
    if not found or not found.isprintable():
        raise CategoryError("Give the category a name.")
    if len(found) > LONGEST:
        raise CategoryError(f"A name has at most {LONGEST} letters.")
    if "/" in found:
        raise CategoryError("A name has no slash: that stands between a category and what is in it.")
    level = (one for one in tree.children(parent, archived=True) if one.id != own)
    if any(folded(one.name) == folded(found) for one in level):
        raise CategoryError("There is a category of this name already, perhaps archived.")
    return found


def free_letter(tree: Tree, name: str, parent: str = "", own: str = "") -> str:
    """A letter for a name: its first one that is free on this level, else any that is; empty where none is."""
    taken = {one.letter for one in tree.children(parent) if one.id != own}
    for letter in (*folded(name), *"abcdefghijklmnopqrstuvwxyz"):
        if letter.isalpha() and letter not in taken:
            return str(letter)
    return ""


def free_colour(tree: Tree) -> int:
    """The colour that the fewest top categories have."""
    used = [one.colour for one in tree.children(archived=True)]
    return min(range(COLOURS), key=lambda index: (used.count(index), index))


def _parent(tree: Tree, parent: str) -> None:
    if not parent:
        return
    if parent not in tree or tree.get(parent).into:
        raise CategoryError("The category to put it in is not there any more.")
    if tree.get(parent).parent:
        raise CategoryError("There are two levels: put it into a category of the top level.")
    if tree.get(parent).archived:
        raise CategoryError("The category to put it in is archived. Bring it back first.")


def _living(tree: Tree, category_id: str) -> Category:
    if category_id not in tree or tree.get(category_id).into:
        raise CategoryError("This category is not there any more.")
    return tree.get(category_id)


def _last(tree: Tree, parent: str) -> int:
    return max((one.position for one in tree.all if one.parent == parent), default=-1) + 1


# ---- the edits


def add(tree: Tree, name: str, parent: str = "", letter: str = "", colour: int | None = None) -> Edit:
    """A new category, at the end of its level; letter and colour are found where they are not given."""
    _parent(tree, parent)
    found = _name(tree, name, parent)
    path = f"{parent}/{found.lower()}" if parent else found.lower()
    new_id, n = path, 2
    while new_id in tree:  # an id once used stays with its spans
        new_id, n = f"{path} {n}", n + 1
    if colour is not None and not 0 <= colour < COLOURS:
        raise CategoryError("There is no such colour.")
    if parent:
        colour = 0
    elif colour is None:
        colour = free_colour(tree)
    patterns = [one.pattern for one in tree.children(parent)]
    pattern = min(range(1, len(PATTERNS)), key=lambda index: (patterns.count(index), index)) if parent else 0
    new = Category(new_id, found, parent, "", colour, pattern, _last(tree, parent))
    new = new._replace(letter=_letter(tree, letter, new) if letter else free_letter(tree, found, parent))
    return _edit(tree, [new], f"{found} added")


def rename(tree: Tree, category_id: str, name: str, today: str) -> Edit:
    """Another name from now on; the old one stays in its history with the date until which it held (``today``)."""
    old = _living(tree, category_id)
    found = _name(tree, name, old.parent, old.id)
    if found == old.name:
        return Edit((), ())
    new = old._replace(name=found, was=(*old.was, (old.name, today)))
    return _edit(tree, [new], f"{old.name} renamed to {found}")


def set_letter(tree: Tree, category_id: str, letter: str) -> Edit:
    """Another letter, or none."""
    old = _living(tree, category_id)
    new = old._replace(letter=_letter(tree, letter, old) if letter else "")
    return _edit(tree, [new], f"letter of {old.name}: {new.letter.upper() or 'none'}")


def _letter(tree: Tree, letter: str, own: Category) -> str:
    small = letter.casefold()
    if len(small) != 1 or not small.isalpha():
        raise CategoryError("A letter is one letter; digits and all other characters have other uses.")
    if any(one.letter == small for one in tree.children(own.parent) if one.id != own.id):
        raise CategoryError("This letter is taken on this level.")
    return small


def set_colour(tree: Tree, category_id: str, colour: int) -> Edit:
    """Another colour for a top category, and so for all that is in it."""
    old = _living(tree, category_id)
    if old.parent:
        raise CategoryError("What is in a category has that category's colour.")
    if not 0 <= colour < COLOURS:
        raise CategoryError("There is no such colour.")
    return _edit(tree, [old._replace(colour=colour)], f"colour of {old.name}")


def set_also(tree: Tree, category_id: str, words: Iterable[str]) -> Edit:
    """Other words that quick entry takes for a category."""
    old = _living(tree, category_id)
    found = dict.fromkeys(" ".join(word.split())[:LONGEST] for word in words)
    new = old._replace(also=tuple(word for word in found if word))
    return _edit(tree, [new], f"other words for {old.name}")


def move(tree: Tree, category_id: str, parent: str, position: int | None = None) -> Edit:
    """Put a category into another, to the top level, or to another place (from 0) on its level."""
    old = _living(tree, category_id)
    _parent(tree, parent)
    if parent == old.id or (parent and tree.children(old.id, archived=True)):
        raise CategoryError("There are two levels: what holds others cannot be put into a category.")
    _name(tree, old.name, parent, old.id)
    here = old
    if parent != old.parent:
        taken = {one.letter for one in tree.children(parent) if one.id != old.id}
        letter = old.letter if old.letter and old.letter not in taken else free_letter(tree, old.name, parent)
        colour = 0 if parent else free_colour(tree)
        patterns = {one.pattern for one in tree.children(parent)}
        free = [index for index in range(1, len(PATTERNS)) if index not in patterns]
        pattern = 0 if not parent else (free[0] if free else old.pattern or 1)
        here = old._replace(parent=parent, letter=letter, colour=colour, pattern=pattern)
    level = [one for one in tree.all if one.parent == parent and one.id != old.id]
    at = len(level) if position is None else max(0, min(position, len(level)))
    order = [*level[:at], here, *level[at:]]
    after = [one._replace(position=i) for i, one in enumerate(order)]
    return _edit(tree, after, f"{old.name} moved")


def archive(tree: Tree, category_id: str) -> Edit:
    """Take a category (and so what is in it) out of use; its time stays in all totals."""
    old = _living(tree, category_id)
    return _edit(tree, [old._replace(archived=True)], f"{old.name} archived")


def restore(tree: Tree, category_id: str) -> Edit:
    """Bring an archived category back; it gets another letter where its own was taken meanwhile."""
    old = _living(tree, category_id)
    taken = {one.letter for one in tree.children(old.parent) if one.id != old.id}
    letter = old.letter if old.letter not in taken else free_letter(tree, old.name, old.parent, old.id)
    return _edit(tree, [old._replace(archived=False, letter=letter)], f"{old.name} brought back")


def merge(tree: Tree, category_id: str, into: str) -> Edit:
    """Count a category as another from now on, with all its time; what is in it moves along.

    No span is touched, so taking it back gives each its own again. What is in it, where the other has one of the same
    name, is merged into that; else it moves there, with a free letter.
    """
    old, target = _living(tree, category_id), _living(tree, into)
    if old.id == target.id or target.parent == old.id:
        raise CategoryError("A category cannot be merged into itself or into what is in it.")
    if tree.is_archived(target.id):
        raise CategoryError("The category to merge into is archived. Bring it back first.")
    held = tree.children(old.id, archived=True)
    if held and target.parent:
        raise CategoryError(
            "There are two levels: merge what is in the category first, or choose a top category."
        )
    now = tree
    for child in held:
        there = now.children(target.id, archived=True)
        twin = next((one for one in there if folded(one.name) == folded(child.name)), None)
        step = merge(now, child.id, twin.id) if twin else move(now, child.id, target.id)
        now = applied(now, step)
    now = applied(now, _edit(now, [now.get(old.id)._replace(into=target.id)], ""))
    after = [one for one in now.all if tree.get(one.id) != one]
    return _edit(tree, after, f"{old.name} merged into {target.name}")
