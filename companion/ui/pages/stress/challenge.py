"""Look at it again: six questions on one keyboard page, a balanced sentence or the other way out, the number after."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from companion.core.stress import NO, YES, Entry
from companion.core.stress_words import Choice, Words
from companion.ui.pages.stress.editor_part import Part
from companion.ui.pages.stress.exits import ExitBox
from companion.ui.theme.theme import Theme
from companion.ui.widgets.checkrow import CheckRow
from companion.ui.widgets.painting import badge, badge_size, focus_ring, rounded
from companion.ui.widgets.private import PrivateEdit
from companion.ui.widgets.scale import Scale
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import Wrapped, plain

SKIPPED = ""
_PAD = Qt.KeyboardModifier.KeypadModifier
_NEXT = {SKIPPED: YES, YES: NO, NO: SKIPPED}
_WIDE = 460
"""Pixels at 100 % from which the answers stand beside the question."""


class _Answer(QAbstractButton):
    """Yes, No or Skip of one question; takes no focus, the row does."""

    def __init__(self, theme: Theme, answer: str, words: str, question: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.answer, self.words = theme, answer, words
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{words}: {question}")

    def nextCheckState(self) -> None:
        """The row says which answer is checked."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small"))
        wide = metrics.horizontalAdvance(self.words) + 2 * self._theme.px(11)
        return QSize(
            max(wide, self._theme.px(46)), max(self._theme.px(28), metrics.height() + self._theme.px(6))
        )

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, skip = self.isChecked(), self.answer == SKIPPED
        ground = ("sunk" if skip else "accent") if on else "hover" if self.underMouse() else "surface"
        line = "border" if skip else "accent" if on else "border_strong"
        words = ("muted" if skip else "on_accent") if on else "muted" if skip else "text"
        rounded(painter, QRectF(self.rect()), theme.px(7), theme.color(ground), theme.color(line))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color(words))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
        painter.end()


class QuestionRow(QWidget):
    """One question with its three answers. Y, N and S answer it and go on, Space goes through the answers."""

    answered = Signal()
    go_on = Signal()

    def __init__(self, theme: Theme, question: Choice, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.id, self._number = theme, question.id, str(number)
        self._name, self._hint = plain(question.name), plain(question.hint)
        self._texts = (Wrapped(), Wrapped())
        self._answer = SKIPPED
        words = ((YES, self.tr("Yes")), (NO, self.tr("No")), (SKIPPED, self.tr("Skip")))
        self.answers = [_Answer(theme, answer, text, self._name, self) for answer, text in words]
        for button in self.answers:
            button.clicked.connect(self._on_clicked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self._name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._tell()
        theme.changed.connect(self._restyle)

    @property
    def answer(self) -> str:
        """``yes``, ``no``, or an empty text for skipped."""
        return self._answer

    def set_answer(self, answer: str) -> None:
        """Shows an answer without announcing it."""
        if answer != self._answer:
            self._answer = answer
            self._tell()

    def cycle(self) -> None:
        """The next answer: yes, no, skipped."""
        self._give(_NEXT[self._answer])

    def _give(self, answer: str) -> None:
        if answer != self._answer:
            self.set_answer(answer)
            self.answered.emit()

    def _tell(self) -> None:
        for button in self.answers:
            button.setChecked(button.answer == self._answer)
        told = {YES: self.tr("yes"), NO: self.tr("no"), SKIPPED: self.tr("skipped")}
        self.setAccessibleDescription(f"{told[self._answer]}. {self._hint}")

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _Answer):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._give(button.answer)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and not event.modifiers()
            and event.text().upper() in ("Y", "N", "S")
        ):
            event.accept()  # here they are answers, not keys of the window
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = {"Y": YES, "N": NO, "S": SKIPPED}
        letter = event.text().upper()
        if letter in letters and not event.modifiers():
            self._give(letters[letter])
            self.go_on.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.cycle()
        else:
            super().keyPressEvent(event)

    # -- looks
    def _restyle(self) -> None:
        self.updateGeometry()
        self._place()
        self.update()

    def _answers_width(self) -> int:
        return sum(button.sizeHint().width() for button in self.answers) + 2 * self._theme.px(4)

    def _measures(self, width: int) -> tuple[bool, int, int, int]:
        """Whether the answers stand beside the words, width of the words, height of the name and of the hint."""
        px = self._theme.px
        beside = width >= px(_WIDE)
        left = px(8) + badge_size(self._theme, "0").width() + px(10)
        room = width - left - px(8) - (self._answers_width() + px(12) if beside else 0)
        name, hint = self._texts
        high = name.size(self._name, self._theme.font("body"), max(1, room)).height()
        more = hint.size(self._hint, self._theme.font("small"), max(1, room)).height() if self._hint else 0
        return beside, max(1, room), high, more

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self._theme.px
        beside, _room, high, more = self._measures(width)
        words, buttons = high + more, self.answers[0].sizeHint().height()
        return 2 * px(7) + (max(words, buttons) if beside else words + px(6) + buttons)

    def sizeHint(self) -> QSize:
        wide = self._theme.px(520)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._answers_width() + self._theme.px(60), self._theme.px(40))

    def resizeEvent(self, event: object) -> None:
        self._place()

    def _place(self) -> None:
        px = self._theme.px
        beside, _room, high, more = self._measures(self.width())
        size = self.answers[0].sizeHint()
        left = px(8) + badge_size(self._theme, "0").width() + px(10)
        x = self.width() - px(8) - self._answers_width() if beside else left
        y = px(7) if beside else px(7) + high + more + px(6)
        for button in self.answers:
            wide = button.sizeHint().width()
            button.setGeometry(QRect(x, y, wide, size.height()))
            x += wide + px(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _beside, room, high, _more = self._measures(self.width())
        size = badge_size(theme, self._number)
        line = QFontMetrics(theme.font("body")).height()
        top = px(7)
        badge(
            painter,
            theme,
            QRect(px(8), top + (line - size.height()) // 2, size.width(), size.height()),
            self._number,
        )
        left = px(8) + badge_size(theme, "0").width() + px(10)
        painter.setPen(theme.color("text"))
        self._texts[0].paint(painter, QPointF(left, top), self._name, theme.font("body"), room)
        if self._hint:
            painter.setPen(theme.color("muted"))
            self._texts[1].paint(painter, QPointF(left, top + high), self._hint, theme.font("small"), room)
        if self.hasFocus():
            focus_ring(painter, theme, QRectF(self.rect()), px(8))
        painter.end()


class Challenge(Part):
    """The six questions (abc.challenge) and what comes of them. With the focus in a row the digits 1 to 6 go through
    the answers of the row that bears them, arrows go up and down.
    """

    accurate_changed = Signal(bool)

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.heading.setText(self.tr("Look at it again"))
        self.note(
            self.tr(
                "Y for yes, N for no, S to skip: in any order, or not at all. None of the answers is the right one."
            )
        )
        self._rows = QVBoxLayout()
        self.rows: list[QuestionRow] = []
        for number, question in enumerate(words.questions, 1):
            row = QuestionRow(theme, question, number, self.card)
            row.answered.connect(self.changed)
            row.go_on.connect(self._on_go_on)
            self._rows.addWidget(row)
            self.rows.append(row)
        self.body.addLayout(self._rows)
        self._balanced_caption = self.caption(self.tr("A sentence I can believe instead"))
        placeholder = self.tr("What I would say to a friend in my place")
        self.balanced = PrivateEdit(theme, self.tr("Balanced belief"), placeholder, 2, 8, self.card)
        self.body.addWidget(self.balanced)
        exit_words = words.texts.get("accurate", "") or self.tr(
            "My belief is accurate: what do I do about it?"
        )
        self.accurate = CheckRow(theme, exit_words, "", self.card, quiet_when_checked=False)
        self.body.addWidget(self.accurate)
        self.exit_box = ExitBox(theme, words, self.card)
        self.exit_chosen = self.exit_box.chosen
        self.body.addWidget(self.exit_box)
        self.caption(self.tr("Stress now, on the same scale"))
        low, high = words.texts.get("scale_low", ""), words.texts.get("scale_high", "")
        self.after = Scale(theme, self.tr("Stress after"), self.card, low, high)
        self.body.addWidget(self.after)
        self.balanced.textChanged.connect(self.changed)
        self.after.changed.connect(self.changed)
        self.accurate.clicked.connect(self._on_accurate)
        self._restyle_rows()
        theme.changed.connect(self._restyle_rows)

    def _restyle_rows(self) -> None:
        self._rows.setSpacing(self.theme.px(2))

    def show_entry(self, entry: Entry) -> None:
        for row in self.rows:
            row.set_answer(entry.answers.get(row.id, SKIPPED))
        self.balanced.set_text(entry.balanced)
        self.accurate.setChecked(entry.accurate)
        show_if(self.exit_box, entry.accurate)
        self.after.set_value(entry.after)

    def take(self, entry: Entry) -> Entry:
        known = {row.id for row in self.rows}
        # An answer to a question that is no longer asked is not thrown away.
        answers: Mapping[str, str] = {
            **{ident: answer for ident, answer in entry.answers.items() if ident not in known},
            **{row.id: row.answer for row in self.rows if row.answer},
        }
        return entry._replace(
            answers=answers,
            balanced=self.balanced.text(),
            accurate=self.accurate.isChecked(),
            after=self.after.value,
        )

    def first(self) -> QWidget:
        return self.rows[0]

    def _on_accurate(self) -> None:
        on = self.accurate.isChecked()
        show_if(self.exit_box, on)
        self.accurate_changed.emit(on)
        self.changed.emit()

    # -- keys
    def _focused(self) -> int | None:
        return next((at for at, row in enumerate(self.rows) if row.hasFocus()), None)

    def _on_go_on(self) -> None:
        at = self._focused()
        if at is not None:
            following: QWidget = self.rows[at + 1] if at + 1 < len(self.rows) else self.balanced
            following.setFocus(Qt.FocusReason.TabFocusReason)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._focused() is not None
            and self._digit(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _digit(self, event: QKeyEvent) -> int:
        """The row that a digit names, counted from 1; 0 for none."""
        text = event.text()
        named = int(text) if len(text) == 1 and text in "123456789" and not event.modifiers() & ~_PAD else 0
        return named if named <= len(self.rows) else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at, named = self._focused(), self._digit(event)
        if at is None:
            super().keyPressEvent(event)
        elif named:
            self.rows[named - 1].setFocus(Qt.FocusReason.TabFocusReason)
            self.rows[named - 1].cycle()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            wanted = at + (1 if event.key() == Qt.Key.Key_Down else -1)
            self.rows[min(max(wanted, 0), len(self.rows) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
