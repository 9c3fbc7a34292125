#!/usr/bin/env python3
"""The one tool of a checkout: sets everything up by itself, then runs, tests or builds the program.

This file is the front door and nothing else. It has to be readable by any Python 3, so that an old one can
say what is missing (or hand over to a newer one) instead of failing on syntax; the work is in ``devkit/``.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")
PROBE = "import sys; sys.exit(0 if sys.version_info[:2] >= (3, 11) else 1)"


def works(name):
    """Whether this command is there and is a Python that is new enough (a launcher's empty shim is not)."""
    try:
        with open(os.devnull, "w") as nowhere:
            return subprocess.call([name, "-c", PROBE], stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def newer_python(names=NEWER_NAMES, check=works):
    """The first command of these that is a Python that is new enough; None when there is none."""
    for name in names:
        if check(name):
            return name
    return None


def too_old(version):
    """The one line for a Python that is too old to run the program."""
    return "Call Companion needs Python %d.%d or newer; this is Python %d.%d, and no newer one was found." % (
        OLDEST + tuple(version[:2])
    )


def main(argv):
    """Runs one command of the tool and returns its exit code."""
    if sys.version_info[:2] < OLDEST:
        name = newer_python()
        if name is None:
            sys.stderr.write(too_old(sys.version_info) + "\n")
            return 1
        return subprocess.call([name, os.path.abspath(__file__)] + argv)
    here = os.path.dirname(os.path.abspath(__file__))
    if here not in sys.path:  # a "safe path" start leaves the script's own folder out
        sys.path.insert(0, here)
    sys.dont_write_bytecode = True  # nothing of ours belongs into the checkout
    from devkit.commands import command_line

    return command_line(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
