"""Light or dark, and the size of the text, with a sample of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from companion.desk import Desk
from companion.preferences import SCALES, THEMES
from companion.ui.pages.settings.parts import Keeper, Section
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import label
from companion.ui.widgets.flow import Flow, flow_widget
from companion.ui.widgets.readout import ReadOut

_THEME_NAMES = {"system": "As the system", "light": "Light", "dark": "Dark"}


class Looks(Section):
    """Both take hold at once, so the page itself is the sample; one prompt shows the largest text beside it."""

    def __init__(self, desk: Desk, theme: Theme, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(theme, keeper, "", parent)
        self.set_title(self.tr("Looks"))
        self.setAccessibleName(self.title_label.text())
        self._desk = desk
        self._flows: list[Flow] = []
        self.body.addWidget(label(self.tr("Colours"), "strong", self))
        names = [QCoreApplication.translate("Looks", _THEME_NAMES[mode]) for mode in THEMES]
        self.themes, box = self._make_group(names, self.tr("Colours: %1"))
        self.body.addWidget(box)
        self.themes.idClicked.connect(self._on_theme)
        self.body.addSpacing(theme.px(6))
        self.body.addWidget(label(self.tr("Text size"), "strong", self))
        self.sizes, box = self._make_group([f"{size} %" for size in SCALES], self.tr("Text size: %1"))
        self.body.addWidget(box)
        self.sizes.idClicked.connect(self._on_size)
        self.sample = ReadOut(theme, self.tr("Sample of the text size"), "prompt", self)
        self.sample.set_text(self.tr("What happened when you opened the parcel?"))
        self.body.addWidget(self.sample)
        theme.changed.connect(self._space)
        self._space()

    def _make_group(self, names: list[str], told: str) -> tuple[QButtonGroup, QWidget]:
        box, flow = flow_widget(self)
        self._flows.append(flow)
        group = QButtonGroup(self)
        for index, name in enumerate(names):
            button = QRadioButton(name, box)
            button.setAccessibleName(told.replace("%1", name))
            button.installEventFilter(self)
            group.addButton(button, index)
            flow.addWidget(button)
        return group, box

    def _space(self) -> None:
        for flow in self._flows:
            flow.setSpacing(self.theme.px(18))

    def _on_theme(self, index: int) -> None:
        self.keeper.keep("theme", THEMES[index])

    def _on_size(self, index: int) -> None:
        self.keeper.keep("scale", SCALES[index])

    def refresh(self) -> None:
        prefs = self._desk.prefs
        if not self.keeper.waits("theme"):
            self.themes.button(THEMES.index(prefs.theme)).setChecked(True)
        if not self.keeper.waits("scale"):
            nearest = min(range(len(SCALES)), key=lambda index: abs(SCALES[index] - prefs.scale))
            self.sizes.button(nearest).setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Radio buttons of one group take the arrow keys in both directions; Return chooses like Space.
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QRadioButton):
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.click()
                return True
        return False
