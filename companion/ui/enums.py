"""Makes the enumerations of Qt just as Python's ``enum`` would, in a fifth of the time.

A first window touches two hundred of them with 3,800 names, 1,200 in ``Qt`` alone, and PySide6 has them made the moment
a class is first named: in a start that was more work than laying out and drawing the window. What Python does for a
name fits any kind of class; plain names with plain numbers need little of it.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Pairs = list[tuple[str, int]]

_put = type.__setattr__  # EnumType's own looks for the name among the members first
_as_ever: Callable[..., Any]
_taken: dict[Any, frozenset[str]] = {}
_bare: dict[tuple[Any, Any], dict[str, Any]] = {}

_SAMPLES: tuple[tuple[Any, Pairs], ...] = (
    (enum.Enum, [("A", 1), ("B", 0), ("C", 1), ("D", -1)]),
    (enum.IntEnum, [("A", 1), ("B", 0), ("C", 1), ("D", -1)]),
    (enum.Flag, [("A", 4), ("B", 0), ("C", 1), ("D", 4), ("E", 6), ("F", 0xFF)]),
    (enum.IntFlag, [("A", 1), ("B", 2), ("C", 3), ("D", 1)]),
)


def install() -> bool:
    """From now on ``Enum(name, pairs)`` and its like are made quickly.

    False on a Python that makes them otherwise than this module knows; then nothing is changed. Later calls cost
    nothing.
    """
    global _as_ever
    present = vars(enum.EnumType).get("_create_")
    if present is None or present is _create:
        return present is _create
    _as_ever = present
    try:
        known = all(alike(base, pairs) for base, pairs in _SAMPLES)
    except (AttributeError, KeyError, TypeError, ValueError):
        known = False
    if known:
        _put(enum.EnumType, "_create_", _create)
    return known


def _create(cls: Any, class_name: str, names: Any, **more: Any) -> Any:
    """In place of ``EnumType._create_``: what is not quite plain is made as ever."""
    if more["module"] is None:  # looked up as the other does, which this frame in between would lead astray
        with suppress(ValueError):  # nobody in Python called
            more["module"] = sys._getframe(2).f_globals.get("__name__")
    if not _is_plain(cls, names, more):
        return _as_ever(cls, class_name, names, **more)
    return _filled(_empty(cls, class_name, more["module"], more["boundary"]), names)


def _is_plain(cls: Any, names: Any, more: dict[str, Any]) -> bool:
    """Whether these are pairs of a name and a whole number, and nothing about the class is out of the ordinary."""
    if names.__class__ is not list or more["type"] or more["qualname"] or not more["module"]:
        return False
    if cls not in (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag):
        return False
    taken = _taken.get(cls)
    if taken is None:
        taken = _taken[cls] = frozenset(name for base in cls.__mro__ for name in vars(base)) | {"mro", ""}
    seen = set()
    for pair in names:
        if pair.__class__ is not tuple or len(pair) != 2 or pair[0].__class__ is not str:
            return False
        name, value = pair
        if value.__class__ is not int or name[:1] == "_" or name in taken:
            return False
        seen.add(name)
    return len(seen) == len(names)


def _empty(cls: Any, class_name: str, module: str, boundary: Any) -> Any:
    """An enumeration without members: the first of a kind is made as ever, the others like it."""
    bare = _bare.get((cls, boundary))
    if bare is None:
        held = vars(_as_ever(cls, class_name, (), module=module, boundary=boundary))
        bare = _bare[cls, boundary] = {
            name: value for name, value in held.items() if name not in ("__dict__", "__weakref__")
        }
    own = {name: held.copy() for name, held in bare.items() if held.__class__ in (list, dict)}
    return type.__new__(enum.EnumType, class_name, (cls,), {**bare, **own, "__module__": module})


def _filled(made: Any, names: Pairs) -> Any:
    """Puts the members into an enumeration that was made without any."""
    flags = issubclass(made, enum.Flag)
    in_order, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    new, plain, mask, singles = made._new_member_, made._member_type_ is object, 0, 0
    for name, value in names:
        single = value > 0 and not value & (value - 1)
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = new(made) if plain else new(made, value)
            member._value_, member._name_, member.__objclass__ = value, name, made
            member._sort_order_ = len(in_order)
            if single or not flags:
                in_order.append(name)
        mask |= value
        if single:
            singles |= value
        _put(made, name, member)
        by_name[name] = member
    if "_hashable_values_" in vars(made):  # since Python 3.13
        made._hashable_values_.extend(by_value)
    if flags:
        made._flag_mask_, made._singles_mask_ = mask, singles
        made._all_bits_ = 2 ** mask.bit_length() - 1
        values = [by_name[name]._value_ for name in in_order]
        if values != sorted(values):
            made._iter_member_ = made._iter_member_by_def_
    return made


# -- is it the same?
def alike(base: Any, pairs: Any) -> bool:
    """Whether an enumeration of these pairs comes out the same in both ways. Raises what either of them raises."""
    more = {"module": __name__, "qualname": None, "type": None, "start": 1, "boundary": enum.KEEP}
    return _held(_as_ever(base, "Sample", pairs, **more)) == _held(_create(base, "Sample", pairs, **more))


def _held(made: Any) -> dict[str, Any]:
    """All that an enumeration holds, in a form that can be compared."""

    def told(thing: Any) -> Any:
        if isinstance(thing, made):
            return {
                **vars(thing),
                "__objclass__": thing.__objclass__ is made,
                "number": getattr(thing, "real", None),
            }
        if isinstance(thing, dict):
            return {key: told(value) for key, value in thing.items()}
        return getattr(thing, "__func__", thing)  # a method of the class itself

    kept = {
        name: told(thing) for name, thing in vars(made).items() if name not in ("__dict__", "__weakref__")
    }
    return {**kept, "order": [member.name for member in made], "bases": made.__mro__[1:]}
