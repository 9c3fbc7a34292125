"""What two guides have of their own: the empathy line for an upset caller, and the hand-over brief of a transfer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from companion.core.fields import fill
from companion.ui.drafts import Draft, Drafts
from companion.ui.pages.call.guide import marks_of
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.fields import MAX_LINE, GrowingEdit
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.readout import ReadOut
from companion.ui.widgets.shown import show_if


class EmpathyLine(QWidget):
    """An empathy statement names the emotion and its source (difficult.empathy); both are chosen or typed."""

    def __init__(self, theme: Theme, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._patterns: Sequence[str] = ()
        self._lists: tuple[Sequence[str], Sequence[str]] = ((), ())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(self.tr("EMPATHY LINE"), "caps", self))
        self.line = ReadOut(theme, self.tr("Empathy line"), "lead", self)
        column.addWidget(self.line)
        row = QHBoxLayout()
        self.emotion = self._box(self.tr("Emotion"), drafts, "upset.emotion")
        self.source = self._box(self.tr("Source of the emotion"), drafts, "upset.source")
        row.addWidget(self.emotion, 2)
        row.addWidget(self.source, 3)
        column.addLayout(row)
        self._column, self._row = column, row
        self._restyle()
        theme.changed.connect(self._restyle)

    def _box(self, name: str, drafts: Drafts, field: str) -> QComboBox:
        box = QComboBox(self)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setAccessibleName(name)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit = box.lineEdit()
        assert edit is not None
        edit.setAccessibleName(name)
        edit.setPlaceholderText(name)
        edit.setMaxLength(MAX_LINE)
        drafts.bind(edit, field)
        edit.textChanged.connect(self.refresh)
        return box

    def edits(self) -> list[QLineEdit]:
        """Where emotion and source are typed."""
        return [edit for box in (self.emotion, self.source) if (edit := box.lineEdit()) is not None]

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(6))
        self._row.setSpacing(self._theme.px(8))

    def set_words(self, patterns: Sequence[str], emotions: Sequence[str], sources: Sequence[str]) -> None:
        """The playbook's patterns and lists; what stands in the fields is kept."""
        self._patterns = patterns
        if self._lists != (emotions, sources):
            self._lists = (emotions, sources)
            for box, items in ((self.emotion, emotions), (self.source, sources)):
                typed = box.currentText()
                box.blockSignals(True)
                box.clear()
                box.addItems(list(items))
                box.setEditText(typed)
                box.blockSignals(False)
        self.refresh()

    def refresh(self) -> None:
        """Builds the line anew from what stands in the two fields."""
        values = {"emotion": self.emotion.currentText(), "source": self.source.currentText()}
        filled = fill(self._patterns[0] if self._patterns else "", values)
        self.line.set_text(filled.plain, marks_of(filled))


class Brief(QWidget):
    """The hand-over brief (transfer.four): made from the call until it is edited, then the user's own."""

    copy_requested = Signal()
    anew_requested = Signal()

    def __init__(self, theme: Theme, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("HAND-OVER BRIEF"), "caps", self))
        head.addStretch(1)
        self.anew = KeyButton(theme, self.tr("Make anew"), "undo", "", "plain", self)
        self.anew.clicked.connect(self.anew_requested)
        head.addWidget(self.anew)
        self.copy = KeyButton(theme, self.tr("Copy"), "copy", "", "quiet", self)
        self.copy.setAccessibleName(self.tr("Copy brief"))
        self.copy.clicked.connect(self.copy_requested)
        head.addWidget(self.copy)
        column.addLayout(head)
        self.edit = GrowingEdit(theme, self.tr("Hand-over brief"), "", 3, 8, self)
        self.draft: Draft = drafts.bind(self.edit, "brief")
        column.addWidget(self.edit)
        self._column = column
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(6))

    def show_brief(self, call_id: str, own: str, made: str) -> None:
        """Shows the user's own brief, or the one made from the call while there is none."""
        show_if(self.anew, bool(own))
        self.draft.show(call_id, own or made)
