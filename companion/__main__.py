"""Window or terminal? Decides by the words, then imports what that needs and nothing else."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Runs the program for these words (without the program's own name) and returns the exit code."""
    from companion.cli import words

    try:
        named, rest = words.split(sys.argv[1:] if argv is None else argv)
        if rest and rest[0] in words.TALKING and rest[1:] not in (["--help"], ["-h"]):
            from companion.cli.commands import talk
            from companion.cli.folder import data_folder

            return talk(data_folder(named), rest)
        if rest[:1] == ["stress"] and rest[1:] not in (["--help"], ["-h"]):
            from companion.cli.folder import data_folder
            from companion.cli.stress import stress

            return stress(data_folder(named), rest)
        if rest[:1] == ["time"] and rest[1:] not in (["--help"], ["-h"]):
            from companion.cli.folder import data_folder
            from companion.cli.timeaudit import time

            return time(data_folder(named), rest)
        return _other(named, rest)
    except words.UsageError as error:
        from companion.cli.commands import wrong_usage

        return wrong_usage(error)
    except KeyboardInterrupt:
        return 1


def _other(named: str | None, rest: list[str]) -> int:
    """Everything that does not talk to a running program."""
    from companion.cli import told
    from companion.cli.words import HELP, OTHERS, TALKING, UsageError

    if rest and rest[-1] in ("--help", "-h") and len(rest) == 1 + (rest[0] in (*TALKING, *OTHERS)):
        told.out(HELP.rstrip("\n"))
        return 0
    if rest == ["--version"]:
        from companion import APP_NAME, __version__

        told.out(f"{APP_NAME} {__version__}")
        return 0
    if rest == ["--self-test"]:
        from companion.app.selftest import self_test

        wrong = self_test()
        if wrong:
            told.trouble(f"self-test failed: {wrong}")
            return 1
        told.out("self-test ok")
        return 0
    from companion.cli.folder import data_folder
    from companion.paths import paths_for

    paths = paths_for(data_folder(named))  # found as the commands find it, so that they always meet
    if rest == ["check"]:
        from companion.cli.check import check

        return check(paths)
    if rest[:1] == ["export"]:
        from companion.cli.export import export
        from companion.cli.words import export as words_of_export

        return export(paths, *words_of_export(rest[1:]))
    if rest[:1] == ["--demo"]:
        if len(rest) != 2 or not rest[1] or "\0" in rest[1]:
            raise UsageError("--demo needs the name of one folder for the pictures")
        from companion.app.demo import demo

        return demo(None if named is None else paths, rest[1], told.out, told.trouble)
    if rest in ([], ["--unfocused"]):
        from companion.app.main import run

        return run(paths, told.trouble, unfocused=bool(rest), named=named is not None)
    raise UsageError(f"there is no command: {rest[0]}")


if __name__ == "__main__":
    sys.exit(main())
