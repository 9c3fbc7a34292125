"""How the tool speaks: one line at a time, and one way to give up."""

import sys


class Stop(Exception):
    """Nothing more can be done; the text says what happened and what to do. Ends with exit code 1."""


def say(text: str) -> None:
    """One line for the person at the terminal, at once and not on standard output, which belongs to the program."""
    print(text, file=sys.stderr, flush=True)


def tail(output: str, lines: int = 12) -> str:
    """The end of another program's output, for a message about its failure."""
    return "\n".join(output.strip().splitlines()[-lines:])
