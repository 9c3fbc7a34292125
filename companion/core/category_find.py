"""Which category a typed word means: its letters, its name, its path, other words for it, or the beginning of one.

The surer kind of match wins: a name or its letter, another word for it, a name it once had, the beginning of a name (or
the two letters of a category and what is in it), the beginning of another word, of a later word in a name. Where a kind
leaves two categories, none is taken and both are told.
"""

from __future__ import annotations

from collections.abc import Iterable

from companion.core.categories import Category, Tree, folded


def find(tree: Tree, typed: str) -> tuple[Category, ...]:
    """The categories that ``typed`` can mean, best kind of match only: one is an answer, more are a question.

    Empty when nothing fits. Archived ones are never found here; see ``archived``.
    """
    text = folded(typed.strip(" /").replace("\\", "/"))
    if not text:
        return ()
    usable = tree.usable()
    if "/" in text:
        return _by_path(tree, text)
    named = [one for one in usable if text in (folded(one.name), folded(" ".join(tree.names(one.id))))]
    begun = [one for one in usable if folded(one.name).startswith(text)]
    top = tree.by_letter(text[0]) if len(text) <= 2 else None
    if top and len(text) == 1:
        named.append(top)
    elif top and (child := tree.by_letter(text[1], top.id)):
        begun.append(child)
    kinds: tuple[Iterable[Category], ...] = (
        named,
        (one for one in usable if text in map(folded, one.also)),
        (tree.shown(one.id) for one in tree.all if _earlier(one, text) and _lives(tree, one)),
        begun,
        (one for one in usable if any(folded(word).startswith(text) for word in one.also)),
        (one for one in usable if any(part.startswith(text) for part in folded(one.name).split()[1:])),
    )
    return next((found for kind in kinds if (found := _unique(kind))), ())


def archived(tree: Tree, typed: str) -> tuple[Category, ...]:
    """The archived categories of exactly this name: what to bring back where ``find`` has nothing."""
    text = folded(typed)
    return tuple(
        one for one in tree.all if not one.into and tree.is_archived(one.id) and folded(one.name) == text
    )


def _words(one: Category) -> list[str]:
    return [folded(one.name), *map(folded, one.also)]


def _earlier(one: Category, text: str) -> bool:
    """Whether a category was called so once: before a rename, or before it was merged into another."""
    return any(folded(name) == text for name, _ in one.was) or (bool(one.into) and text in _words(one))


def _lives(tree: Tree, one: Category) -> bool:
    return tree.shown(one.id).id in tree and not tree.is_archived(one.id)


def _by_path(tree: Tree, text: str) -> tuple[Category, ...]:
    head, _, tail = (part.strip() for part in text.partition("/"))
    tops = find(tree, head)
    inside = [one for top in tops if not top.parent for one in tree.children(top.id)]
    exact = [one for one in inside if tail in (*_words(one), one.letter)]
    return _unique(exact or (one for one in inside if any(word.startswith(tail) for word in _words(one))))


def _unique(found: Iterable[Category]) -> tuple[Category, ...]:
    return tuple(dict.fromkeys(found))
