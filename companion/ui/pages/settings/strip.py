"""The compact strip: whether it stays above other windows, where the platform can do that."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from companion.desk import Desk
from companion.ui.pages.settings.parts import Keeper, Section
from companion.ui.theme.theme import Theme


class Strip(Section):
    """On Wayland a program cannot put itself on top: there the box is greyed, and one line says why."""

    def __init__(
        self, desk: Desk, theme: Theme, keeper: Keeper, platform: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, keeper, "", parent)
        self.set_title(self.tr("Compact strip"))
        self.setAccessibleName(self.title_label.text())
        self._desk = desk
        self.on_top = QCheckBox(self.tr("Keep the strip above other windows"), self)
        self.on_top.setAccessibleName(self.on_top.text())
        self.body.addWidget(self.on_top)
        self.can = not platform.startswith("wayland")
        if self.can:
            text = self.tr(
                "The strip shows the time, the next prompt and four buttons in a corner of the screen."
            )
        else:
            text = self.tr(
                "On Wayland only the desktop decides which window is on top, so this cannot be set here."
            )
        self.note = self.hint(text)
        self.body.addWidget(self.note)
        self.on_top.setEnabled(self.can)
        if not self.can:
            self.on_top.setAccessibleDescription(text)

        def write() -> None:
            self.keeper.keep("on_top", self.on_top.isChecked())

        def show() -> None:
            if not self.keeper.waits("on_top"):
                self.on_top.setChecked(self._desk.prefs.on_top)

        self.tie(self.on_top, self.on_top.toggled, write, show)
