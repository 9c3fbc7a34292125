"""Runs first in the built program: what it starts in turn gets the user's own environment, not the bundle's."""

import os


def _give_back() -> None:
    """The starter points the loader at the bundle's libraries; a browser or file manager must not get those."""
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        theirs = os.environ.pop(f"{name}_ORIG", None)
        if name in os.environ:
            del os.environ[name]
        if theirs is not None:
            os.environ[name] = theirs
    for name in [name for name in os.environ if name.startswith("_PYI_")]:
        del os.environ[name]


_give_back()
del _give_back
