"""The user's own contacts: people to turn to. Kept in plain and shown while locked too, which is said here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from companion.preferences import MAX_CONTACT, MAX_CONTACTS, Contact, Preferences
from companion.storage.errors import StoreError
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.chain import chain
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if

FLUSH_MS = 350
"""Milliseconds from a key to the disk, at the most."""


class ContactRow(QWidget):
    """One contact: two lines to write in, a button that copies the number, one that removes the row."""

    edited = Signal()
    left = Signal()
    copy_requested = Signal(str)
    remove_requested = Signal()

    def __init__(self, theme: Theme, contact: Contact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.name = self._line(self.tr("Contact name"), self.tr("Name"))
        self.number = self._line(self.tr("Contact number"), self.tr("Number"))
        self._row.addWidget(self.name, 3)
        self._under = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addLayout(self._under, 4)
        self._under.addWidget(self.number, 1)
        self.copy_button = KeyButton(theme, "", "copy", "", "plain", self)
        self.copy_button.clicked.connect(self._on_copy)
        self.remove_button = KeyButton(theme, "", "trash", "", "plain", self)
        self.remove_button.clicked.connect(self.remove_requested)
        for button in (self.copy_button, self.remove_button):
            self._under.addWidget(button)
        chain(self.name, self.number, self.copy_button, self.remove_button)
        self.set_contact(contact)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _line(self, name: str, placeholder: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setAccessibleName(name)
        made.setPlaceholderText(placeholder)
        made.setMaxLength(MAX_CONTACT)
        made.textEdited.connect(self._on_edited)
        made.installEventFilter(self)
        return made

    def contact(self) -> Contact:
        """What is written, fit to be kept."""
        return Contact(_kept(self.name.text()), _kept(self.number.text()))

    def set_contact(self, contact: Contact) -> None:
        """Shows another contact."""
        for line, text in zip((self.name, self.number), contact, strict=True):
            if line.text() != text:
                line.setText(text)
                line.setCursorPosition(0)
        self._name_buttons()

    @property
    def busy(self) -> bool:
        """Whether somebody is writing here."""
        return self.name.hasFocus() or self.number.hasFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Another window or a menu takes the keyboard for a while only: whoever fetches the number comes back here.
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            away = Qt.FocusReason
            if event.reason() not in (away.ActiveWindowFocusReason, away.PopupFocusReason):
                self.left.emit()
        return False

    def set_narrow(self, narrow: bool) -> None:
        """One line under the other, or side by side."""
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _on_edited(self) -> None:
        self._name_buttons()
        self.edited.emit()

    def _name_buttons(self) -> None:
        who = self.contact().name
        self.copy_button.setEnabled(bool(self.contact().number))
        self.copy_button.setAccessibleName(self.tr("Copy the number of %1").replace("%1", who).strip())
        self.remove_button.setAccessibleName(self.tr("Remove %1").replace("%1", who).strip())

    def _on_copy(self) -> None:
        self.copy_requested.emit(self.contact().number)

    def _restyle(self) -> None:
        for layout in (self._row, self._under):
            layout.setSpacing(self._theme.px(8))


class Contacts(Card):
    """All contacts, each kept as it is typed; a row that is left empty goes.

    ``undo_offered`` carries a small word and a callable that brings the removed one back.
    """

    refused = Signal(str)
    copied = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(self, prefs: Preferences, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent, padding=20)
        self._prefs, self._dirty, self._narrow = prefs, False, False
        self.set_title(self.tr("Your own contacts"))
        self.body.addWidget(
            label(
                self.tr(
                    "A friend, a colleague, a doctor, a helpline near you. "
                    "Shown also while the journal is locked; anyone at this desk can read them."
                ),
                "muted",
                self,
                wrap=True,
            )
        )
        self._list = QVBoxLayout()
        self.body.addLayout(self._list)
        self.rows: list[ContactRow] = []
        self.add_button = KeyButton(theme, self.tr("Add a contact"), "plus", "", "quiet", self)
        self.add_button.clicked.connect(self.add)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.full = label(
            self.tr("%1 contacts is all there is room for.").replace("%1", str(MAX_CONTACTS)),
            "hint",
            self,
            True,
        )
        self.body.addWidget(self.full)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self._on_due)
        theme.changed.connect(self._space)
        self._space()
        self._renew()
        self.refresh()

    def _space(self) -> None:
        # Where a contact takes two lines, space tells one contact from the next.
        self._list.setSpacing(self._theme.px(20 if self._narrow else 10))

    def set_narrow(self, narrow: bool) -> None:
        """Rows of one column or of two."""
        self._narrow = narrow
        self._space()
        for row in self.rows:
            row.set_narrow(narrow)

    # -- rows
    def add(self) -> None:
        """An empty row to write in; one that is there already is used."""
        empty = next((row for row in self.rows if not any(row.contact())), None)
        if empty is None and len(self.rows) < MAX_CONTACTS:
            empty = self._insert(len(self.rows), Contact("", ""))
        if empty is not None:
            empty.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _insert(self, index: int, contact: Contact) -> ContactRow:
        row = ContactRow(self._theme, contact, self)
        row.set_narrow(self._narrow)
        row.edited.connect(self._on_edited)
        row.left.connect(self._on_left)
        row.copy_requested.connect(self.copied)
        row.remove_requested.connect(self._on_remove)
        self.rows.insert(index, row)
        self._list.insertWidget(index, row)
        row.show()
        self._renew()
        return row

    def _drop(self, row: ContactRow) -> None:
        self.rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._renew()

    def _renew(self) -> None:
        """Tab goes through the rows and then to the button, whatever was made when."""
        for one, other in zip(self.rows, self.rows[1:], strict=False):
            chain(one.remove_button, other.name)
        if self.rows:
            chain(self.rows[-1].remove_button, self.add_button)
        show_if(self.full, len(self.rows) >= MAX_CONTACTS)
        self.add_button.setEnabled(len(self.rows) < MAX_CONTACTS)

    # -- what is kept
    def _written(self) -> list[Contact]:
        return [contact for contact in (row.contact() for row in self.rows) if any(contact)]

    def refresh(self) -> None:
        """Shows what is kept, but for what is being written right now. Raises StoreError."""
        kept = list(self._prefs.contacts)
        if self._dirty or any(row.busy for row in self.rows) or kept == self._written():
            return
        for row in self.rows[len(kept) :]:
            self._drop(row)
        for index, contact in enumerate(kept):
            if index < len(self.rows):
                self.rows[index].set_contact(contact)
            else:
                self._insert(index, contact)
        self._renew()

    def flush(self) -> None:
        """Keeps what was just typed, now. Raises StoreError; what is refused stays to be tried again."""
        self._timer.stop()
        if self._dirty:
            self._prefs.set("contacts", [list(contact) for contact in self._written()])
            self._dirty = False

    def _on_due(self) -> None:
        try:
            self.flush()
        except StoreError as error:
            self.refused.emit(str(error))

    def _on_edited(self) -> None:
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start()

    def _on_left(self) -> None:
        self._on_due()
        for row in [row for row in self.rows if not any(row.contact()) and not row.busy]:
            self._drop(row)

    def _on_remove(self) -> None:
        row = self.sender()
        if not isinstance(row, ContactRow) or row not in self.rows:
            return
        index, contact = self.rows.index(row), row.contact()
        self._drop(row)
        self._dirty = True
        self._on_due()
        near = self.rows[min(index, len(self.rows) - 1)].name if self.rows else self.add_button
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        if any(contact):
            back: Callable[[], None] = partial(self._put_back, index, contact)
            self.undo_offered.emit(self.tr("Contact removed."), back)

    def _put_back(self, index: int, contact: Contact) -> None:
        row = self._insert(min(index, len(self.rows)), contact)
        self._dirty = True
        self._on_due()
        row.name.setFocus(Qt.FocusReason.OtherFocusReason)


def _kept(text: str) -> str:
    """A line as it can be kept: signs that cannot be shown become spaces."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()
