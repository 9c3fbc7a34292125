"""The Settings page: one calm column of cards. There is nothing to save: each change is kept at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from companion.core.changes import Change
from companion.desk import Desk
from companion.storage.errors import StoreError
from companion.ui.bridge import Bridge
from companion.ui.keys import Keys
from companion.ui.pages.settings.calls import Calls
from companion.ui.pages.settings.identity import Identity
from companion.ui.pages.settings.keys import KeysSection
from companion.ui.pages.settings.looks import Looks
from companion.ui.pages.settings.opening import Opening
from companion.ui.pages.settings.parts import Keeper, Section
from companion.ui.pages.settings.privacy import StressSection
from companion.ui.pages.settings.strip import Strip
from companion.ui.pages.settings.timeaudit import TimeSection
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.notice import Notice

_WIDTH = 720
"""Pixels at 100 % that the column is wide at the most."""


class _Content(QWidget):
    """What is scrolled: as high as its width needs. Without this its lines that wrap would ask for the height that
    they have when they are narrow, and leave a gap at the end."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class SettingsPage(QWidget):
    """All settings. News and refusals stand at the foot, so that nothing moves under the pointer.

    ``keys`` is brought up to date with what is kept. ``platform`` is the name of Qt's platform, for tests.
    """

    def __init__(
        self, desk: Desk, theme: Theme, keys: Keys, parent: QWidget | None = None, platform: str = ""
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._undo: Callable[[], None] | None = None
        self._back: QWidget | None = None
        self.setAccessibleName(self.tr("Settings"))
        self.keeper = Keeper(desk.prefs, self)
        self.identity = Identity(desk, theme, self.keeper)
        self.opening = Opening(desk, theme, self.keeper)
        self.calls = Calls(desk, theme, self.keeper)
        self.looks = Looks(desk, theme, self.keeper)
        self.strip = Strip(desk, theme, self.keeper, platform or QGuiApplication.platformName())
        self.stress = StressSection(desk, theme, self.keeper)
        self.time = TimeSection(desk, theme, self.keeper)
        self.keys = KeysSection(desk, theme, self.keeper, keys)
        self.sections: tuple[Section, ...] = (
            *(self.identity, self.opening, self.calls),
            *(self.looks, self.strip, self.stress, self.time, self.keys),
        )
        self.trouble = Notice(theme, self)
        self.news = Notice(theme, self)
        self._lay_out()
        self._connect()
        self._bridge = Bridge(desk, self)
        self._bridge.changed.connect(self._on_change)
        self.destroyed.connect(self._bridge.close)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.refresh()

    def _lay_out(self) -> None:
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = _Content()
        page.setProperty("kind", "page")
        self._across = QHBoxLayout(page)
        self._column_widget = QWidget(page)
        self._column = QVBoxLayout(self._column_widget)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(label(self.tr("Settings"), "title", self._column_widget))
        self._column.addWidget(
            label(self.tr("Each change is kept at once."), "muted", self._column_widget, wrap=True)
        )
        for section in self.sections:
            self._column.addWidget(section)
        self._column.addStretch(1)
        self._across.addStretch(1)
        self._across.addWidget(self._column_widget, 1000)
        self._across.addStretch(1)
        self.area.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        self._foot = QHBoxLayout()
        self._notices_widget = QWidget(self)
        self._notices = QVBoxLayout(self._notices_widget)
        self._notices.setContentsMargins(0, 0, 0, 0)
        self._notices.addWidget(self.trouble)
        self._notices.addWidget(self.news)
        self._foot.addStretch(1)
        self._foot.addWidget(self._notices_widget, 1000)
        self._foot.addStretch(1)
        whole.addLayout(self._foot)

    def _connect(self) -> None:
        self.keeper.refused.connect(self._on_refused)
        self.keeper.kept.connect(self.trouble.hide)
        self.trouble.answered.connect(self.keeper.try_again)
        self.opening.undoable.connect(self._on_undoable)
        self.keys.undoable.connect(self._on_undoable)
        self.keys.refused.connect(self._on_key_refused)
        self.keys.settled.connect(self._on_news_over)
        self.news.dismissed.connect(self._on_news_over)
        self.keys.list.undo_requested.connect(self._on_undo)
        self.keys.list.look_requested.connect(self._on_look)
        self.news.answered.connect(self._on_undo)
        self.trouble.installEventFilter(self)
        self.news.installEventFilter(self)

    def _restyle(self) -> None:
        px = self._theme.px
        for widget in (self._column_widget, self._notices_widget):
            widget.setMaximumWidth(px(_WIDTH))
        self._across.setContentsMargins(px(20), px(20), px(20), px(24))
        self._column.setSpacing(px(14))
        self._notices.setSpacing(px(8))
        QTimer.singleShot(0, self, self._see_focus)
        # In line with the column, which the scroll bar pushes aside.
        bar = self.area.verticalScrollBar().sizeHint().width()
        self._foot.setContentsMargins(px(20), 0, px(20) + bar, 0)
        self._space_foot()

    def _space_foot(self) -> None:
        edge = self._theme.px(10)
        there = self.trouble.isVisibleTo(self) or self.news.isVisibleTo(self)
        self._notices.setContentsMargins(0, edge if there else 0, 0, edge if there else 0)

    # -- news
    def refresh(self) -> None:
        """Shows what is kept, but for what is being edited right now."""
        try:
            for section in self.sections:
                section.refresh()
        except StoreError as error:
            self._on_refused(str(error))

    def flush(self) -> None:
        """Keeps what was just typed, now."""
        for section in self.sections:
            section.flush()

    def show_keys(self) -> None:
        """Brings the list of keys into view and gives it the focus."""
        rows = self.keys.list.rows
        rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        # The page may just be shown and not be laid out yet.
        QTimer.singleShot(0, self, self._look_at_keys)

    def _look_at_keys(self) -> None:
        top = self.keys.mapTo(self.area.widget(), QPoint(0, 0)).y()
        self.area.verticalScrollBar().setValue(top - self._theme.px(12))

    def _on_change(self, change: Change) -> None:
        if change & Change.SETTINGS:
            self.refresh()

    def _on_refused(self, why: str) -> None:
        text = self.tr("Not kept yet: %1").replace("%1", why)
        self.trouble.show_notice(text, "error", [("again", self.tr("Try again"))], dismissible=False)

    def _on_key_refused(self, why: str) -> None:
        self._undo = None
        self.news.show_notice(why, "warn")

    def _on_undoable(self, text: str, undo: Callable[[], None]) -> None:
        self._undo = undo
        self._back = self.focusWidget()
        self.news.show_notice(text, "info", [("undo", self.tr("Undo"))])

    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        if undo is None:
            return
        undo()
        self.news.hide()
        focus = self.focusWidget()
        if self._back is not None and (focus is None or not self.area.isAncestorOf(focus)):
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_news_over(self) -> None:
        self._undo = None
        self.news.hide()

    def _see_focus(self) -> None:
        """After another text size the setting that was being changed stays in sight."""
        focus = self.focusWidget()
        if focus is not None and self.area.isAncestorOf(focus):
            self.area.ensureWidgetVisible(focus, 0, self._theme.px(24))

    def _on_look(self, row: QWidget) -> None:
        self.area.ensureWidgetVisible(row, 0, self._theme.px(24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._space_foot()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)
