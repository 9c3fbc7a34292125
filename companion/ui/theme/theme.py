"""The theme: tokens, scale and fonts, put on the application as style, palette and one style sheet."""

from collections.abc import Callable, Hashable
from typing import Literal

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from companion.resources import resource
from companion.ui.theme import fonts, palette, stylesheet
from companion.ui.theme.tokens import Tokens, load

Mode = Literal["light", "dark", "system"]
MIN_SCALE, MAX_SCALE = 1.0, 2.0


class Theme(QObject):
    """What everything looks like now. Made once, handed to every widget that draws.

    ``changed`` tells that tokens or scale are new: whoever keeps a font, an icon or a size asks again.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loaded: dict[bool, Tokens] = {}
        self._app: QApplication | None = None
        self._mode: Mode = "light"
        self._dark = False
        self._scale = 1.0
        self._fonts: dict[str, QFont] = {}
        self._colors: dict[str, QColor] = {}
        self._sizes: dict[Hashable, QSize] = {}
        self._lengths: dict[float, int] = {}

    @property
    def tokens(self) -> Tokens:
        """The colours now in force."""
        if self._dark not in self._loaded:
            name = "dark.toml" if self._dark else "light.toml"
            self._loaded[self._dark] = load(resource("themes", name))
        return self._loaded[self._dark]

    @property
    def is_dark(self) -> bool:
        """True while the dark tokens are in force."""
        return self._dark

    @property
    def scale(self) -> float:
        """Text size as a factor, 1.0 to 2.0."""
        return self._scale

    def px(self, pixels: float) -> int:
        """A length at 100 % as pixels at the present scale; never less than 1 for what is there at all."""
        found = self._lengths.get(pixels)
        if found is None:
            found = self._lengths[pixels] = max(1, round(pixels * self._scale)) if pixels > 0 else 0
        return found

    def font(self, role: str) -> QFont:
        """The font of a role: time, prompt, title, lead, strong, body, digits, small or caps."""
        if role not in self._fonts:
            self._fonts[role] = fonts.make(role, self._scale)
        return self._fonts[role]

    def size(self, key: Hashable, measure: Callable[[], QSize]) -> QSize:
        """The size that ``measure`` finds for ``key``, measured once for each scale: layouts ask very often."""
        found = self._sizes.get(key)
        if found is None:
            if len(self._sizes) > 2000:
                self._sizes.clear()
            found = self._sizes[key] = measure()
        return found

    def color(self, name: str) -> QColor:
        """A token as a colour; AttributeError for a name that is no token."""
        if name not in self._colors:
            self._colors[name] = QColor(getattr(self.tokens, name))
        return self._colors[name]

    def apply(self, app: QApplication, mode: Mode, scale: float) -> None:
        """Put the theme on ``app``; ``scale`` is brought into 1.0 to 2.0. Safe to call again at any time."""
        hints = app.styleHints()
        if self._app is None:
            self._app = app
            fonts.register()
            app.setStyle("Fusion")
            hints.colorSchemeChanged.connect(self._on_scheme_changed)
        self._mode = mode
        self._scale = min(MAX_SCALE, max(MIN_SCALE, scale))
        # Told to the platform as well, so that title bars and native dialogs agree with the window.
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        hints.setColorScheme(wanted.get(mode, Qt.ColorScheme.Unknown))
        self._dark = mode == "dark" or (mode == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
        self._put_on()

    def _on_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        dark = scheme == Qt.ColorScheme.Dark
        if self._mode == "system" and dark != self._dark:
            self._dark = dark
            self._put_on()

    def _put_on(self) -> None:
        if self._app is None:
            return
        self._fonts.clear()
        self._colors.clear()
        self._sizes.clear()
        self._lengths.clear()
        self._app.setFont(self.font("body"))
        self._app.setPalette(palette.make(self.tokens))
        self._app.setStyleSheet(stylesheet.build(self.tokens, self._scale, self._dark))
        self.changed.emit()
