"""The fields a guide asks for (closed questions, message slip, transfer), each with its read-back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from companion.core.playbook import Field
from companion.ui.drafts import Drafts
from companion.ui.theme.theme import Theme
from companion.ui.widgets.fields import LineField
from companion.ui.widgets.readout import ReadOut
from companion.ui.widgets.shown import show_if


class FieldList(QWidget):
    """One line per field, written as it is typed; below a filled one, how to read it back (closed.readback)."""

    def __init__(
        self,
        theme: Theme,
        drafts: Drafts,
        read_back: Callable[[str, str], str],
        fields: tuple[Field, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._read_back = read_back
        self._fields = {field.id: field for field in fields}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.edits: dict[str, LineField] = {}
        self._lines: dict[str, ReadOut] = {}
        for field in fields:
            self._add(field, drafts)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _add(self, field: Field, drafts: Drafts) -> None:
        box = LineField(self._theme, field.label, field.label, field.ask, self)
        line = ReadOut(self._theme, f"{field.label}: read back", "small", self, token="muted")
        line.keep_hyphens()
        line.hide()
        drafts.bind(box.edit, field.id)
        box.edit.setObjectName(field.id)
        box.edit.textChanged.connect(self._on_typed)
        self._column.addWidget(box)
        self._column.addWidget(line)
        self.edits[field.id], self._lines[field.id] = box, line

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(8))

    def refresh(self) -> None:
        """Reads every field back anew."""
        for name in self.edits:
            self._show_line(name)

    def _on_typed(self) -> None:
        self._show_line(self.sender().objectName())

    def _show_line(self, name: str) -> None:
        text, kind = self.edits[name].edit.text(), self._fields[name].kind
        words = self._read_back(text, kind) if kind != "text" and text.strip() else ""
        self._lines[name].set_text(words)
        show_if(self._lines[name], bool(words))
