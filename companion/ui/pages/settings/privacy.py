"""Stress and privacy: how soon the journal locks, when a check is offered, what the screen gives away, movement."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from companion.desk import Desk
from companion.preferences import MOTIONS
from companion.ui.pages.settings.parts import Keeper, Number, Section
from companion.ui.theme.theme import Theme
from companion.ui.widgets.combo import Combo

_MOTION_NAMES = {"system": "As the system says", "on": "Less movement", "off": "Movement"}


class StressSection(Section):
    """None of it tells what is in the journal, so it stands here, and may be set while that is locked."""

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        keeper: Keeper,
        parent: QWidget | None = None,
        can_hide: bool = sys.platform == "win32",
    ) -> None:
        super().__init__(theme, keeper, "", parent)
        self.set_title(self.tr("Stress and privacy"))
        self.setAccessibleName(self.title_label.text())
        self._desk = desk
        self.idle = self._number("journal_idle_min", self.tr("Lock the journal after"), 1, 60)
        self.body.addWidget(
            self.hint(
                self.tr("Without a key or a click in the window. A call that comes in locks it at once.")
            )
        )
        self.body.addSpacing(theme.px(6))
        self.offer = self._box("check_offer", self.tr("Offer a check after a call with an upset caller"))
        self.interval = self._number("check_interval_min", self.tr("Never twice within"), 5, 24 * 60)
        self.body.addSpacing(theme.px(6))
        self.hidden = self._box("hide_from_capture", self.tr("Hide the open journal from screen recordings"))
        self.hidden.setEnabled(can_hide)
        if not can_hide:
            why = self.tr(
                "This system has no way to leave a window out of pictures and recordings of the screen."
            )
            self.hidden.setAccessibleDescription(why)
            self.body.addWidget(self.hint(why))
        self.body.addSpacing(theme.px(6))
        self._build_motion()

    def _number(self, key: str, caption: str, least: int, most: int) -> Number:
        edit = Number(self.theme, caption, least, most, self.tr(" min"), self)
        self.body.addWidget(self.captioned(caption, edit))

        def write() -> None:
            self.keeper.keep(key, edit.value())

        def show() -> None:
            if not self.keeper.waits(key):
                edit.setValue(getattr(self._desk.prefs, key))

        self.tie(edit, edit.valueChanged, write, show)
        return edit

    def _box(self, key: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setAccessibleName(text)
        self.body.addWidget(box)

        def write() -> None:
            self.keeper.keep(key, box.isChecked())

        def show() -> None:
            if not self.keeper.waits(key):
                box.setChecked(getattr(self._desk.prefs, key))

        self.tie(box, box.toggled, write, show)
        return box

    def _build_motion(self) -> None:
        name = self.tr("Movement on the screen")
        self.motion = Combo(name, self, least=12)
        for mode in MOTIONS:
            self.motion.addItem(QCoreApplication.translate("StressSection", _MOTION_NAMES[mode]), mode)
        self.body.addWidget(self.captioned(name, self.motion))
        self.body.addWidget(
            self.hint(
                self.tr("With less movement, breathing shows a number and a bar in place of the circle.")
            )
        )

        def write() -> None:
            self.keeper.keep("reduced_motion", self.motion.currentData())

        def show() -> None:
            if not self.keeper.waits("reduced_motion"):
                self.motion.setCurrentIndex(self.motion.findData(self._desk.prefs.reduced_motion))

        self.tie(self.motion, self.motion.currentIndexChanged, write, show)
