"""The face: windows, pages and widgets. Knows the Desk, never a file."""

import sys

from companion.ui import lean


def _keep_singletons() -> None:
    """Give None, True and False references to spare, on the Pythons where they can run out of them.

    PySide6 6.12 is built for Pythons where these live for ever (3.12 and later). On 3.11 each call of a Qt
    method that returns nothing takes one of None's few thousand references away and never gives it back, until
    the interpreter stops with "deallocating None"; now and then True and False lose one too. So many are added
    here that no run can use them up. Has to come before the first work with Qt, hence at the import of this
    package. On 3.12 nothing is done.
    """
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12) or sys.maxsize < 2**32:
        return
    # The small C part of ctypes alone: the whole of it costs a start some milliseconds.
    from _ctypes import _SimpleCData

    class Count(_SimpleCData):  # type: ignore[type-arg]  # generic for checkers alone
        _type_ = "q"

    for thing in (None, True, False, NotImplemented, ...):
        count = Count.from_address(id(thing))  # an object begins with the count of its references
        # Only where the memory holds what it should: some other build may lay its objects out otherwise.
        if abs(count.value - sys.getrefcount(thing)) < 16:
            count.value += 1 << 40


_keep_singletons()
lean.load()
