"""The program on a data folder, played by a hand that types a canary into the page Stress; a process of its own.

``python -m tests.canary DATA SEED STEPS [delete]``: tells each step on a line of standard output, so that whoever
started it can end it after any of them. The words are never told; the recovery code is, since it must be looked for.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator

WORDS = ("Xyquorblatt", "venthrazzil", "mopterwickel")
CANARY = " ".join(WORDS)
PASSPHRASE = "Kwolzenbrax hurtig Pimvlodder"
FEELING = "Tzogruffelig"
SECRETS = (*WORDS, *PASSPHRASE.replace("hurtig ", "").split(), FEELING)
"""Words of no language, so that a piece of one in a file is no accident."""

OUTSIDE = ("Sentence for upset callers",)
"""Fields whose text is kept outside the journal, as they say."""
NOT_PRESSED = ("Print", "Delete everything", "outside the journal", "without a passphrase", "Choose another")


def main(data: str, seed: int, steps: int, delete: bool) -> int:
    """Opens the window, plays on it and closes it; returns its exit code."""
    import companion.ui  # noqa: F401
    from companion.app import main as program
    from companion.app.program import make_app
    from companion.paths import paths_for
    from companion.ui.window import MainWindow

    app = make_app()
    from PySide6.QtCore import QObject, QTimer

    class Hand(QObject):
        """Takes a step in each turn of the program's own loop."""

        def __init__(self) -> None:
            super().__init__()
            self.play: Iterator[object] | None = None
            self.timer = QTimer(self)
            self.timer.timeout.connect(self.step)
            self.timer.start(0)

        def step(self) -> None:
            if self.play is None:
                windows = [w for w in app.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
                if windows:
                    self.play = Play(windows[0], seed, steps, delete).play()
                return
            try:
                next(self.play)
            except StopIteration:
                self.timer.stop()
                app.exit(0)
            except BaseException:
                self.timer.stop()
                app.exit(9)
                raise

    hand = Hand()
    code = program.run(paths_for(data), lambda text: tell("said"), unfocused=True)
    hand.timer.stop()
    return code


def tell(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


class Play:
    """What the hand does with a window, as steps."""

    def __init__(self, window: object, seed: int, steps: int, delete: bool) -> None:
        from PySide6.QtWidgets import QWidget

        assert isinstance(window, QWidget)
        self.window = window
        self.desk = window._desk  # type: ignore[attr-defined]
        self.chance = random.Random(seed)
        self.steps, self.delete = steps, delete

    @property
    def page(self) -> object:
        return self.window._stack.stress  # type: ignore[attr-defined]

    def play(self) -> Iterator[object]:
        self.window.show_page("stress")  # type: ignore[attr-defined]
        yield
        if self.desk.journal.state == "none":
            yield from self.set_up()
        else:
            yield from self.unlock()
        tell("open")
        if self.delete:
            yield from self.delete_all()
            tell("deleted")
        else:
            yield from self.plant()
            tell("planted")
        for number in range(self.steps):
            tell(f"step {number} {self.something()}")
            yield
            if self.desk.journal.state != "open":
                yield from self.unlock()
        self.window.flush()  # type: ignore[attr-defined]
        tell("done")

    # -- finding
    def widgets(self, kind: type) -> list:  # type: ignore[type-arg]
        return [w for w in self.page.findChildren(kind) if w.isVisible() and w.isEnabled()]  # type: ignore[attr-defined]

    def buttons(self) -> list:  # type: ignore[type-arg]
        from PySide6.QtWidgets import QAbstractButton

        return [
            one
            for one in self.widgets(QAbstractButton)
            if not any(word in f"{one.text()} {one.accessibleName()}" for word in NOT_PRESSED)
        ]

    def button(self, words: str) -> object:
        """The button with this text or name, None where there is none to be seen."""
        found = [one for one in self.buttons() if words in (one.accessibleName(), one.text())]
        return found[0] if found else None

    def press(self, words: str) -> Iterator[object]:
        found = yield from self.wait(lambda: self.button(words))
        found.click()  # type: ignore[attr-defined]
        yield

    def field(self, name: str) -> object:
        from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

        found = [
            one
            for kind in (QLineEdit, QPlainTextEdit)
            for one in self.widgets(kind)
            if one.accessibleName() == name and not one.isReadOnly()
        ]
        return found[0] if found else None

    def private_fields(self) -> list:  # type: ignore[type-arg]
        from companion.ui.widgets.private import PrivateEdit, PrivateLine

        found = [one for kind in (PrivateEdit, PrivateLine) for one in self.widgets(kind)]
        return [one for one in found if not one.isReadOnly() and one.accessibleName() not in OUTSIDE]

    def wait(self, condition: Callable[[], object]) -> Iterator[object]:
        """Steps until it is so; whoever started this process ends it when that never comes."""
        while True:
            found = condition()
            if found:
                return found
            yield

    def type_into(self, field: object, text: str) -> None:
        from PySide6.QtTest import QTest

        field.setFocus()  # type: ignore[attr-defined]
        QTest.keyClicks(field, text)  # type: ignore[call-overload]

    # -- the way through
    def set_up(self) -> Iterator[object]:
        for name in ("Passphrase", "Passphrase once more"):
            field = yield from self.wait(lambda name=name: self.field(name))  # type: ignore[misc]
            self.type_into(field, PASSPHRASE)
        yield from self.press("Go on")
        code = yield from self.wait(lambda: self.page.gate.recovery._code)  # type: ignore[attr-defined]
        tell(f"code {code}")
        yield from self.press("I have it")
        field = yield from self.wait(lambda: self.field("Recovery code"))
        self.type_into(field, str(code))
        yield from self.press("Done")
        yield from self.wait(lambda: self.desk.journal.state == "open")

    def unlock(self) -> Iterator[object]:
        tell("locked")
        self.window.show_page("stress")  # type: ignore[attr-defined]
        self.page.show_tab("journal")  # type: ignore[attr-defined]
        yield
        if self.button("Back to the passphrase"):
            yield from self.press("Back to the passphrase")
        field = yield from self.wait(lambda: self.field("Passphrase"))
        field.clear()  # type: ignore[attr-defined]
        self.type_into(field, f"{PASSPHRASE}\r")
        yield from self.wait(lambda: self.desk.journal.state == "open")

    def plant(self) -> Iterator[object]:
        """A check and a whole entry, with the canary wherever a text can be typed."""
        self.page.show_tab("journal")  # type: ignore[attr-defined]
        yield
        self.page.new_check()  # type: ignore[attr-defined]
        yield
        for field in self.private_fields():
            self.type_into(field, FEELING if "word" in field.accessibleName() else CANARY)
            yield
        yield from self.press("Keep")
        yield from self.press("New entry")
        event = yield from self.wait(lambda: self.field("Event"))
        assert event is not None
        for round_ in range(4):  # what is typed brings further fields into sight
            for field in self.private_fields():
                if not self.text(field):
                    self.type_into(field, CANARY)
                    tell(f"typed {round_}")
                    yield
        for tab in ("strategy", "patterns", "help", "care", "breathing", "journal"):
            self.page.show_tab(tab)  # type: ignore[attr-defined]
            yield
            for field in self.private_fields():
                if not self.text(field) and "assphrase" not in field.accessibleName():
                    self.type_into(field, CANARY)
                    tell(f"typed {tab}")
                    yield
        self.stumble()
        yield

    @staticmethod
    def text(field: object) -> str:
        return field.toPlainText() if hasattr(field, "toPlainText") else field.text()  # type: ignore[attr-defined,no-any-return]

    def stumble(self) -> None:
        """A mistake of the program's own with the words in its message, as it would reach the crash file."""
        from PySide6.QtCore import QTimer

        def boom() -> None:
            raise ValueError(CANARY)

        QTimer.singleShot(0, self.window, boom)

    def delete_all(self) -> Iterator[object]:
        """Every entry and page, one by one."""
        self.page.show_tab("journal")  # type: ignore[attr-defined]
        yield
        journal = self.desk.journal
        for head in list(journal.heads()):
            journal.remove(head.id)
            yield
        for name in journal.page_names():
            journal.write_page(name, {})
            yield

    def something(self) -> str:
        """One thing by chance; says what kind."""
        from PySide6.QtTest import QTest

        fields, buttons = self.private_fields(), self.buttons()
        roll = self.chance.random()
        if fields and roll < 0.3:
            field = self.chance.choice(fields)
            if self.desk.journal.state == "open" and "assphrase" not in field.accessibleName():
                self.type_into(field, CANARY)
                return "types"
        if buttons and roll < 0.8:
            self.chance.choice(buttons).click()
            return "presses"
        if roll < 0.9:
            QTest.keyClick(self.window, self.chance.choice("nebl123456?"))
            return "a key"
        if roll < 0.95:
            self.window.lock_journal("system")  # type: ignore[attr-defined]
            return "locks"
        self.stumble()
        return "stumbles"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), "delete" in sys.argv[4:]))
