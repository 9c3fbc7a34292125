"""Transcripts of calls: each line a time, a move, and the state expected after it.

``0:30 hold -> greeting held talk=30`` means: thirty seconds after the beginning the call is put on hold; then it is in
the greeting, on hold, with thirty seconds of talk. ``none`` is no call, ``refused`` says that the move is not allowed.
What is not named is not looked at, but for held and upset, which hold only when they are named.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from companion.core.calls import MoveError
from tests.calling import Program

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


class Teller:
    """Plays a transcript on a program of its own."""

    def __init__(self, folder: Path) -> None:
        self.program = Program(folder)
        self.now = 0.0
        self.verbs: dict[str, Callable[[str], object]] = {
            "ring": lambda text: self.board.ring(text),
            "answer": lambda text: self.program.desk.start(number=text),
            "start": lambda text: self.program.desk.start(text),
            "phase": lambda text: self.board.move(text),
            "hold": lambda _: self.board.hold(),
            "resume": lambda _: self.board.resume(),
            "swap": lambda _: self.board.swap(),
            "upset": lambda text: self.board.upset(text == "on"),
            "ask": lambda text: self.board.ask(text),
            "detour": lambda text: self.board.detour(text),
            "end": lambda text: self.board.end(number=text),
            "reopen": lambda _: self.board.reopen(),
            "done": lambda _: self.board.finish(),
            "later": lambda _: self.board.leave_wrapup(),
            "tick": lambda _: None,
            "crash": lambda _: self.program.crash(),
            "sleep": lambda text: self.program.clock.sleep(float(text)),
            "wall": self.wall,
            "reboot": self.reboot,
            "go": lambda _: self.board.go_on(self.doubt.call_id),
            "end at": lambda text: self.board.end_at(
                self.doubt.call_id, self.program.clock.now() + timedelta(seconds=float(text))
            ),
        }

    @property
    def board(self) -> Any:
        return self.program.desk.board

    @property
    def doubt(self) -> Any:
        return self.board.doubts[0]

    def wall(self, text: str) -> None:
        clock = self.program.clock
        clock.set_wall(clock.now() + timedelta(seconds=float(text)))

    def reboot(self, text: str) -> None:
        self.program.clock.reboot(f"boot at {self.now}", float(text))
        self.program.crash()

    def line(self, line: str) -> None:
        said, expected = line.split("->")
        time, verb, *rest = said.split()
        if verb == "end" and rest[:1] == ["at"]:
            verb, rest = "end at", rest[1:]
        minutes, seconds = time.split(":")
        at = int(minutes) * 60.0 + int(seconds)
        assert at >= self.now, "the times of a transcript rise"
        self.program.clock.advance(at - self.now)
        self.now = at
        words = expected.split()
        refused = words[:1] == ["refused"]
        try:
            self.verbs[verb](" ".join(rest))
            assert not refused, "this move was expected to be refused"
        except MoveError:
            assert refused, "this move was refused"
        self.program.desk.tick()
        self.expect(words[1:] if refused else words)

    def expect(self, words: list[str]) -> None:
        status = self.program.desk.status()
        call, due, board = status["call"], status["due"], self.board
        found: dict[str, Any] = {
            "doubts": len(board.doubts),
            "wrapups": due["wrap_ups"],
            "callbacks": due["call_backs"],
        }
        if call:
            asked = call["asked"]
            found |= {
                **{"name": call["caller"]["name"], "waiting": board.waiting.name if board.waiting else ""},
                **{"talk": call["talk_s"], "hold": call["hold_s"], "wrapup": call["wrapup_s"]},
                **{"likely": call["likely_s"], "mark": call["split_at_s"], "basis": call["split_basis"]},
                **{
                    "past": "yes" if call["past_split"] else "no",
                    "asked": f"{asked['open']}/{asked['closed']}",
                },
                "detour": board.current.detour,
            }
        states = [word for word in words if "=" not in word]
        if states:
            flags = [word for word in ("held", "upset") if call and call[word]]
            assert states == ([call["state"], *flags] if call else ["none"])
        for name, _, value in (word.partition("=") for word in words if "=" in word):
            is_number = isinstance(found[name], int | float)
            assert found[name] == (float(value) if is_number else value), name


def test_there_are_transcripts() -> None:
    assert len(FILES) >= 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_transcript(path: Path, data_dir: Path) -> None:
    teller = Teller(data_dir)
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                teller.line(line)
            except AssertionError as error:
                raise AssertionError(f"{path.name}, line {number}: {line.strip()}\n{error}") from error
    teller.program.close()
