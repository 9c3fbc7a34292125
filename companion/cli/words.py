"""The words of the command line, taken apart by hand: no parser is loaded for what a softphone waits for."""

from __future__ import annotations

PHASES = ("greeting", "open", "closed", "close", "next", "back")
TALKING = ("call", "status", "show", "strip")
"""Commands that talk to the running program."""
OTHERS = ("stress", "time", "export", "check")
"""Commands that work whether it runs or not."""
FORMATS = ("csv", "json")
DAYS = ("today", "yesterday")
"""Words for a day, beside its date. Which date they mean is not known here: a day may begin after midnight."""
LONGEST_FEELING = 60
"""Signs of a feeling in words of one's own."""

HELP = """\
Call Companion: an offline desk companion for people who take phone calls.

usage: companion [--data-dir DIR] [COMMAND]

  (no command)                    open the window, or raise the one that is open
  call ring [--number N]          a call is ringing; opens the program when it is not running
  call start [--name T] [--reason T] [--number N]
                                  start a call; opens the program when it is not running
  call phase greeting|open|closed|close|next|back
                                  move the call
  call hold, call resume          put the caller on hold, and take them back
  call upset on|off               the caller is upset, or calm again
  call ask open|closed            count a question asked
  call note TEXT                  add a line to the notes
  call end [--outcome T] [--number N]
                                  end the call; one that only rang is kept as missed
  status [--json]                 what is going on now
  show                            raise the window
  strip                           show the compact strip
  stress check N [--feeling T]    add a check to the journal: stress from 0 to 10, and a feeling; while the journal
                                  is locked it is sealed until you next unlock it
  time log SPAN CATEGORY [--day D]
                                  a line of the time audit: 8:05-8:40 travel, -30 calls, +15 break, to 12 lunch
  time show [D|--day D|--from D --to D] [--json]
                                  slots, totals and goals of a day or of a range; D is today, yesterday or a date
                                  such as 2026-10-25
  export DIR --format csv|json [--with-journal]
                                  all data, into an empty folder or one to be made; the journal only when asked
                                  for, after its passphrase, which is asked for on the terminal
  check                           look through the data files for damage

  --data-dir DIR                  keep all files in DIR; goes before any command
  --self-test                     build every page once, say "self-test ok", and leave
  --version, --help

exit codes: 0 done; 1 could not; 2 wrong usage; 3 needs a running program and there is none
"""


class UsageError(Exception):
    """The words make no command; the message says what is wrong with them."""


def split(words: list[str]) -> tuple[str | None, list[str]]:
    """The data folder named before any command (None where none is), and the rest of the words."""
    folder: str | None = None
    rest = list(words)
    while rest and (rest[0] == "--data-dir" or rest[0].startswith("--data-dir=")):
        word = rest.pop(0)
        if word == "--data-dir":
            folder = rest.pop(0) if rest and not rest[0].startswith("--") else ""
        else:
            folder = word.partition("=")[2]
        if not folder or "\0" in folder:
            raise UsageError("--data-dir needs the name of a folder")
    return folder, rest


def request(words: list[str]) -> dict[str, object]:
    """The request that a talking command makes. Raises UsageError."""
    command, rest = words[0], words[1:]
    if command == "call":
        return _call(rest)
    if command == "stress":
        return _stress(rest)
    if command == "status" and rest == ["--json"]:
        return {"do": command}
    _none_left(rest)
    return {"do": command}


def _call(words: list[str]) -> dict[str, object]:
    if not words:
        raise UsageError("call needs to know what: ring, start, phase, hold, resume, upset, ask, note or end")
    verb, rest = words[0], words[1:]
    do: dict[str, object] = {"do": f"call.{verb}"}
    if verb == "ring":
        return do | _options(rest, "number")
    if verb == "start":
        return do | _options(rest, "name", "reason", "number")
    if verb == "end":
        return do | _options(rest, "outcome", "number")
    if verb == "phase":
        return do | {"to": _one_of(rest, "call phase", PHASES)}
    if verb == "ask":
        return do | {"kind": _one_of(rest, "call ask", ("open", "closed"))}
    if verb == "upset":
        return do | {"on": _one_of(rest, "call upset", ("on", "off")) == "on"}
    if verb == "note":
        text = " ".join(rest)
        if not text.strip():
            raise UsageError("call note needs a text")
        return do | {"text": text}
    if verb in ("hold", "resume"):
        _none_left(rest)
        return do
    raise UsageError(f"there is no command: call {verb}")


def _stress(words: list[str]) -> dict[str, object]:
    if words[:1] != ["check"]:
        raise UsageError("stress needs to know what: check N")
    number, rest = words[1] if len(words) > 1 else "", words[2:]
    if not (number.isascii() and number.isdigit()) or int(number[:5]) > 10:
        raise UsageError("stress check needs a number from 0 to 10")
    found = _options(rest, "feeling")
    feeling = " ".join(str(found.get("feeling", "")).split())[:LONGEST_FEELING]
    if "feeling" in found and not feeling:
        raise UsageError("--feeling needs a value")
    return {"do": "stress.check", "before": int(number)} | ({"feeling": feeling} if feeling else {})


def time(words: list[str]) -> dict[str, object]:
    """What a command of the time audit wants. Raises UsageError."""
    verb, rest = (words[1] if len(words) > 1 else ""), words[2:]
    if verb == "log":
        days = [i for i, word in enumerate(rest) if word == "--day" or word.startswith("--day=")]
        found = _dates([rest.pop(days[0]), *(_taken(rest, days[0]))], "day") if days else {}
        line = " ".join(" ".join(rest).split())
        if " " not in line or line.startswith("--"):
            raise UsageError("time log needs a span and a category, such as: time log 8:05-8:40 travel")
        return {"do": "time.log", "line": line, "day": found.get("day", "")}
    if verb == "show":
        known = [word for word in rest if word != "--json"]
        if known and not known[0].startswith("-"):
            known[:1] = ["--day", known[0]]
        given = sum(word.startswith("--day") for word in known)
        found = _dates(known, "day", "from", "to")
        first, last = found.get("day") or found.get("from", ""), found.get("day") or found.get("to", "")
        if "day" in found and (len(found) > 1 or given > 1):
            raise UsageError("time show takes one day, or --from and --to")
        dates = first not in DAYS and last not in DAYS
        if bool(first) != bool(last) or (dates and first > last) or (first, last) == DAYS:
            raise UsageError("time show needs --from and --to, the earlier first")
        return {"do": "time.show", "from": first, "to": last, "json": "--json" in rest}
    raise UsageError("time needs to know what: log or show")


def _taken(words: list[str], at: int) -> list[str]:
    return [words.pop(at)] if at < len(words) else []


def _dates(words: list[str], *known: str) -> dict[str, str]:
    """Options whose values are dates, or one of ``DAYS``."""
    found = {name: str(value) for name, value in _options(words, *known).items()}
    for name, value in found.items():
        if value.lower() in DAYS:
            found[name] = value.lower()
            continue
        parts = value.split("-")
        if [len(part) for part in parts] != [4, 2, 2] or not (value.isascii() and "".join(parts).isdigit()):
            raise UsageError(f"--{name} needs today, yesterday, or a date such as 2026-10-25")
        if not (1 <= int(parts[1]) <= 12 and 1 <= int(parts[2]) <= _days_in(int(parts[0]), int(parts[1]))):
            raise UsageError(f"--{name} needs a date that there is, such as 2026-10-25")
    return found


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def export(words: list[str]) -> tuple[str, str, bool]:
    """Folder, format and whether the journal is wanted, from the words after ``export``. Raises UsageError."""
    folder, form, journal = "", "", False
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--with-journal":
            journal = True
        elif word.startswith("--with-journal="):
            raise UsageError("--with-journal takes no value: the passphrase is asked for on the terminal")
        elif word == "--format" or word.startswith("--format="):
            value = word.partition("=")[2] if "=" in word else (rest.pop(0) if rest else "")
            form = _one_of([value], "--format", FORMATS)
        elif word.startswith("-"):
            raise UsageError("there is no such option")
        elif folder:
            raise UsageError("export takes one folder")
        else:
            folder = word
    if not folder or "\0" in folder:
        raise UsageError("export needs the name of a folder, empty or to be made")
    if not form:
        raise UsageError("export needs --format csv or --format json")
    return folder, form, journal


def _one_of(words: list[str], command: str, known: tuple[str, ...]) -> str:
    if len(words) != 1 or words[0] not in known:
        raise UsageError(f"{command} needs one of: {', '.join(known)}")
    return words[0]


def _none_left(words: list[str]) -> None:
    if words:
        raise UsageError(f"one word too many: {words[0]}")


def _options(words: list[str], *known: str) -> dict[str, object]:
    """Options with a value each. The last word is always a value where an option stands before it, whatever it
    holds; a number may have blanks in it, or be missing, since a softphone writes it there without asking.
    """
    found: dict[str, object] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in known:
            raise UsageError(
                f"there is no option: {word}" if word.startswith("-") else f"one word too many: {word}"
            )
        if not equals:
            taken = [rest.pop(0)] if rest and (len(rest) == 1 or not rest[0].startswith("--")) else []
            while name == "number" and taken and rest and not rest[0].startswith("--"):
                taken.append(rest.pop(0))
            if not taken and name != "number":
                raise UsageError(f"--{name} needs a value")
            value = " ".join(taken)
        found[name] = value
    return found
