"""One-colour icons, drawn as SVG and tinted with the theme's tokens."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from companion.resources import resource

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

    from companion.ui.theme.theme import Theme

ROLES = {
    "text": "text",
    "muted": "muted",
    "accent": "accent",
    "on_accent": "on_accent",
    "disabled": "disabled",
    "warn": "warn",
    "error": "error",
    "on_error": "on_error",
    "surface": "surface",
}
SIZE = 20  # pixels at 100 %

_sources: dict[str, bytes] = {}
_renderers: dict[tuple[str, str], "QSvgRenderer"] = {}
_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
_KEPT = 400  # more than every icon in every tint: a bound, not a budget


def _renderer(name: str, color: str) -> "QSvgRenderer":
    # Imported at the first icon and not above: what shows none does not load the SVG library.
    from PySide6.QtSvg import QSvgRenderer

    key = (name, color)
    if key not in _renderers:
        if name not in _sources:
            _sources[name] = resource("icons", f"{name}.svg").read_bytes()
        tinted = _sources[name].replace(b"currentColor", color.encode("ascii"))
        _renderers[key] = QSvgRenderer(QByteArray(tinted))
    return _renderers[key]


def tinted(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon ``name`` in ``color`` (#rrggbb), ``size`` logical pixels square, sharp at device ``ratio``.

    A name without a drawing is an OSError: it is a mistake of ours, not of the user's.
    """
    key = (name, color, size, ratio)
    found = _pixmaps.get(key)
    if found is not None:
        return found
    if len(_pixmaps) > _KEPT:
        _pixmaps.clear()
    renderer = _renderer(name, color)
    pixels = max(1, round(size * ratio))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    _pixmaps[key] = pixmap
    return pixmap


def pixmap(
    name: str, theme: "Theme", role: str = "text", size: float = SIZE, ratio: float | None = None
) -> QPixmap:
    """The icon in the colour of a role; ``size`` is in pixels at 100 %.

    ``ratio`` is the device ratio to be sharp at; None takes that of the sharpest screen.
    """
    color: QColor = theme.color(ROLES[role])
    return tinted(name, color.name(), theme.px(size), _ratio() if ratio is None else ratio)


def icon(name: str, theme: "Theme", role: str = "text", size: float = SIZE) -> QIcon:
    """The same as a QIcon, with a quieter drawing for what is disabled. Ask again after ``theme.changed``."""
    made = QIcon(pixmap(name, theme, role, size))
    made.addPixmap(pixmap(name, theme, "disabled", size), QIcon.Mode.Disabled)
    return made


def app_icon() -> QIcon:
    """The program's own icon, for windows and the tray."""
    made = QIcon()
    for size in (16, 32, 48, 64, 128, 256):
        made.addFile(str(resource("icons", "app", f"companion-{size}.png")))
    return made


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
