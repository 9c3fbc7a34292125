"""The guide panel: the one thing to say now, largest; below it rows to tick, fields to fill, and what to listen for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.core.fields import Filled
from companion.ui.pages.call.present import ROWS, GuideFace, Row
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.checkrow import CheckRow
from companion.ui.widgets.flow import Flow, flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import Mark, ReadOut
from companion.ui.widgets.say import say
from companion.ui.widgets.settled import plain_hint
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import tip


def marks_of(filled: Filled) -> list[Mark]:
    """The stretches of a filled text that are gaps, for setting them off."""
    marks: list[Mark] = []
    at = 0
    for part in filled.parts:
        if part.gap:
            marks.append(Mark(at, len(part.text), "gap"))
        at += len(part.text)
    return marks


CARDS = 3
"""Cards that are offered by name; more would be one more list to read."""


class GuidePanel(Card):
    """Shows a GuideFace. Rows are reused, never rebuilt, so a tick moves nothing and keeps the focus."""

    row_toggled = Signal(str, bool)
    line_requested = Signal()
    page_requested = Signal()
    group_requested = Signal(str)
    card_requested = Signal(int)
    next_card_requested = Signal()
    leave_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, kind="now", padding=20)
        self._theme = theme
        self._face: GuideFace | None = None
        self._rows: tuple[Row, ...] = ()
        self._groups: tuple[tuple[str, str], ...] = ()
        self._said: tuple[object, ...] = ()
        self._build_head()
        self._build_prompt()
        self.extra = QVBoxLayout()
        """Where the page puts a detour's own fields."""
        self.body.addLayout(self.extra)
        self._build_rows()
        self._build_card()
        self._build_foot()
        self.body.addStretch(1)
        self._respace()
        theme.changed.connect(self._respace)

    def _build_head(self) -> None:
        head = QHBoxLayout()
        self.now = label("", "caps", self)
        head.addWidget(self.now)
        head.addStretch(1)
        self.share = label("", "hint", self, wrap=True)
        self.share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.share, 100)
        self.leave = KeyButton(self._theme, self.tr("Back to the call"), "close", "Esc", "plain", self)
        self.leave.clicked.connect(self.leave_requested)
        head.addWidget(self.leave)
        self.body.addLayout(head)

    def _build_prompt(self) -> None:
        self.coach = label("", "muted", self, wrap=True)
        self.body.addWidget(self.coach)
        self.prompt = ReadOut(self._theme, self.tr("Prompt"), "prompt", self)
        self.body.addWidget(self.prompt)
        row = QHBoxLayout()
        self.other = KeyButton(self._theme, self.tr("Another line"), "arrow_right", ".", "plain", self)
        self.other.clicked.connect(self.line_requested)
        row.addWidget(self.other)
        row.addStretch(1)
        self.body.addLayout(row)
        self._tabs, self._tab_row = flow_widget(self, 6)
        self._tab_buttons: list[KeyButton] = []
        self.body.addWidget(self._tabs)

    def _build_rows(self) -> None:
        head = QHBoxLayout()
        self.rows_title = label("", "caps", self)
        head.addWidget(self.rows_title)
        head.addStretch(1)
        self.more = KeyButton(self._theme, "", "", "0", "plain", self)
        self.more.clicked.connect(self.page_requested)
        head.addWidget(self.more)
        self._rows_head = QWidget(self)
        self._rows_head.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._rows_head)
        self.checks = [CheckRow(self._theme, parent=self) for _ in range(ROWS)]
        self._rows_box = QVBoxLayout()
        for check in self.checks:
            check.clicked.connect(self._on_row_clicked)
            self._rows_box.addWidget(check)
        self.body.addLayout(self._rows_box)

    def _build_card(self) -> None:
        self.card_title = label("", "title", self, wrap=True)
        self.card_text = ReadOut(self._theme, self.tr("Card"), "body", self)
        self.body.addWidget(self.card_title)
        self.body.addWidget(self.card_text)

    def _build_foot(self) -> None:
        self.listen = label("", "muted", self, wrap=True)
        self.tip = label("", "hint", self, wrap=True)
        self.body.addWidget(self.listen)
        self.body.addWidget(self.tip)
        self._cards, self._card_row = flow_widget(self, 6)
        self._card_buttons: list[KeyButton] = []
        self.body.addWidget(self._cards)

    def _respace(self) -> None:
        px = self._theme.px
        self._rows_box.setSpacing(px(2))
        self._rows_box.setContentsMargins(-px(8), 0, -px(8), 0)
        self.body.setSpacing(self._theme.px(10))
        self.extra.setSpacing(self._theme.px(8))

    def sizeHint(self) -> QSize:
        return plain_hint(self)

    # -- showing
    def show_face(self, face: GuideFace, key_line: str, detour: bool, rows_title: str) -> None:
        """Shows the face; ``key_line`` is the key for another line, ``detour`` whether there is a way back."""
        if face != self._face or self.rows_title.text() != rows_title.upper():
            self._face = face
            self._show_words(face)
            self._show_rows(face, rows_title)
            self._show_tabs(face)
            self._show_cards(face)
        self._say_lead(face)
        self.other.set_key_hint(key_line)
        show_if(self.leave, detour or face.card is not None)
        show_if(self.share, bool(face.share) and not detour and face.share not in face.coach)

    def _say_lead(self, face: GuideFace) -> None:
        """Another phase, detour, line or card: told once, with what to say now. A name typed into it is no news."""
        lead = (face.title, face.line, face.card and face.card.title)
        if lead != self._said:
            self._said = lead
            say(self, f"{face.title}. {face.card.title if face.card else self.prompt.text()}")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._said = ()  # the next call, or a page come back to, begins with what to say now

    def _show_words(self, face: GuideFace) -> None:
        self.now.setText(self.tr("NOW") + " · " + face.title.upper())
        self.share.setText(face.share)
        self.coach.setText(face.coach)
        show_if(self.coach, bool(face.coach))
        accent = [Mark(0, face.accent, "accent")] if face.accent else []
        self.prompt.set_text(face.prompt.plain, [*accent, *marks_of(face.prompt)])
        show_if(self.other, face.lines > 1)
        self.other.set_label(
            self.tr("Another line") + f"  {face.line + 1}/{face.lines}", self.tr("Another line")
        )
        card = face.card
        show_if(self.card_title, card is not None)
        show_if(self.card_text, card is not None)
        if card:
            self.card_title.setText(card.title)
            example = f"\n\n{card.example}" if card.example else ""
            self.card_text.set_text(f"{card.when}\n\n{card.how}{example}")
        self.listen.setText(self.tr("Listen for: ") + " · ".join(face.listen))
        self.listen.setToolTip(tip("\n".join(face.listen_all)))
        show_if(self.listen, bool(face.listen) and card is None)
        self.tip.setText("\n".join(face.tips))
        show_if(self.tip, bool(face.tips) and card is None)

    def _show_rows(self, face: GuideFace, title: str) -> None:
        before, self._rows = self._rows, face.rows if face.card is None else ()
        show_if(self._rows_head, bool(self._rows))
        self.rows_title.setText(title.upper())
        show_if(self.more, face.pages > 1)
        self.more.set_label(self.tr("More") + f"  {face.page + 1}/{face.pages}", self.tr("More rows"))
        for i, check in enumerate(self.checks):
            there = i < len(self._rows)
            if there:
                self._show_row(check, self._rows[i], before[i] if i < len(before) else None)
            elif check.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            show_if(check, there)

    @staticmethod
    def _show_row(check: CheckRow, row: Row, before: Row | None) -> None:
        """One row; ``before`` is what it has shown up to now."""
        check.set_text(row.text)
        check.set_key_hint(row.key)
        check.setChecked(row.done)
        if before is None or row.say != before.say:
            check.setToolTip(tip(row.say))
            check.setAccessibleDescription(row.say)

    def _show_tabs(self, face: GuideFace) -> None:
        show_if(self._tabs, len(face.groups) > 1)
        self._groups = face.groups
        if not face.groups:
            return  # the chips stay as they are, out of sight with their box
        self._label_chips(
            self._tab_row, self._tab_buttons, [name for _group, name in face.groups], self._on_tab_clicked
        )
        for (group, _name), button in zip(face.groups, self._tab_buttons, strict=False):
            button.set_icon("check" if group == face.group else "")

    def _show_cards(self, face: GuideFace) -> None:
        """The first few cards by name; all of them, one after the other, by the last chip and its key."""
        titles = [card.title for card in face.cards[:CARDS]]
        rest = len(face.cards) - len(titles)
        if rest > 0:
            titles.append(self.tr("and {count} more").replace("{count}", str(rest)))
        show_if(self._cards, bool(titles))
        if not titles:
            return
        self._label_chips(self._card_row, self._card_buttons, titles, self._on_card_clicked)
        for i in range(len(titles)):
            chosen = i < CARDS and face.card is face.cards[i]
            self._card_buttons[i].set_icon("check" if chosen else "card")

    def _label_chips(
        self, row: Flow, chips: list[KeyButton], titles: Sequence[str], pressed: Callable[[], None]
    ) -> None:
        """Chips with these titles; there are as many as were ever needed, and those without a title are hidden."""
        while len(chips) < len(titles):
            chip = KeyButton(self._theme, "", "", "", "chip", self)
            chip.setObjectName(str(len(chips)))
            chip.clicked.connect(pressed)
            row.addWidget(chip)
            chips.append(chip)
        for i, chip in enumerate(chips):
            if i < len(titles):
                chip.set_label(titles[i])
            show_if(chip, i < len(titles))

    def inside_out(self) -> tuple[QWidget, ...]:
        """The containers of the panel, each before the one it stands in."""
        return (self._tabs, self._rows_head, self._cards, self)

    # -- wishes
    def toggle_digit(self, digit: int) -> bool:
        """Ticks the row that bears this digit; False when there is none."""
        if not 1 <= digit <= len(self._rows):
            return False
        row = self._rows[digit - 1]
        self.row_toggled.emit(row.id, not row.done)
        check = self.checks[digit - 1]
        say(check, f"{row.text}, " + (self.tr("ticked") if check.isChecked() else self.tr("not ticked")))
        return True

    def row(self, row_id: str) -> Row | None:
        """The row of this id among those shown."""
        return next((row for row in self._rows if row.id == row_id), None)

    def _on_row_clicked(self) -> None:
        check = self.sender()
        for i, known in enumerate(self.checks[: len(self._rows)]):
            if known is check:
                self.row_toggled.emit(self._rows[i].id, known.isChecked())
                return

    def _on_tab_clicked(self) -> None:
        self.group_requested.emit(self._groups[int(self.sender().objectName())][0])

    def _on_card_clicked(self) -> None:
        index = int(self.sender().objectName())
        if index < CARDS:
            self.card_requested.emit(index)
        else:
            self.next_card_requested.emit()
