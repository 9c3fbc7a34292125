"""Icons: every drawing is one colour, takes the tint of the theme, and is sharp at any ratio."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from companion.resources import resource
from companion.ui.theme import icons
from companion.ui.theme.theme import Theme

# Every name that a page may ask for.
NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))
NEEDED = {
    *(
        "call",
        "desk",
        "callers",
        "answers",
        "stress",
        "time",
        "review",
        "handbook",
        "settings",
        "hold",
        "resume",
    ),
    *("upset", "end", "transfer", "message", "check", "circle", "clock", "copy", "strip", "window", "key"),
    *(
        "warning",
        "info",
        "arrow_right",
        "chevron_down",
        "close",
        "timer",
        "swap",
        "undo",
        "sun",
        "moon",
        "spell",
    ),
    *("card", "promise", "missed"),
}


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme()
    made.apply(qapp, "light", 1.0)
    return made


def solid_colors(image: QImage) -> set[str]:
    """Colours of the wholly covered pixels, those that hardly differ taken as one."""
    found: list[QColor] = []
    for y in range(image.height()):
        for x in range(image.width()):
            color = image.pixelColor(x, y)
            if color.alpha() == 255 and not any(near(color, other) for other in found):
                found.append(color)
    return {color.name() for color in found}


def near(one: QColor, other: QColor) -> bool:
    """Equal but for the rounding of a translucent edge drawn twice."""
    return all(abs(a - b) <= 2 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))  # type: ignore[arg-type]


def is_only(image: QImage, color: str) -> bool:
    solid = solid_colors(image)
    return len(solid) == 1 and near(QColor(solid.pop()), QColor(color))


def test_no_drawing_is_missing() -> None:
    assert set(NAMES) >= NEEDED


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_tint_alone(theme: Theme, name: str) -> None:
    image = icons.tinted(name, "#cc3300", 48).toImage()
    assert is_only(image, "#cc3300")


def test_drawings_share_one_grid_and_one_stroke() -> None:
    for path in sorted(resource("icons").glob("*.svg")):
        text = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in text, path.name
        assert 'stroke="currentColor" stroke-width="1.75"' in text, path.name


def test_roles_and_modes_change_the_tint(qapp: QApplication, theme: Theme) -> None:
    light = solid_colors(icons.pixmap("info", theme, "text", 48, 1.0).toImage())
    assert light == {theme.tokens.text}
    assert solid_colors(icons.pixmap("info", theme, "accent", 48, 1.0).toImage()) == {theme.tokens.accent}
    theme.apply(qapp, "dark", 1.0)
    assert (
        solid_colors(icons.pixmap("info", theme, "text", 48, 1.0).toImage()) == {theme.tokens.text} != light
    )


def test_size_follows_scale_and_ratio(qapp: QApplication, theme: Theme) -> None:
    theme.apply(qapp, "light", 2.0)
    pixmap = icons.pixmap("call", theme, "text", 20, 1.5)
    assert pixmap.width() == 60
    assert pixmap.deviceIndependentSize().width() == pytest.approx(40)


def test_an_unknown_icon_is_an_error(theme: Theme) -> None:
    with pytest.raises(OSError, match="nothing_like_it"):
        icons.pixmap("nothing_like_it", theme)


def test_a_disabled_icon_is_quieter(theme: Theme) -> None:
    icon = icons.icon("info", theme, "text", 48)
    image = icon.pixmap(48, 48, icon.Mode.Disabled).toImage()
    assert is_only(image, theme.tokens.disabled)


@pytest.mark.parametrize("size", [16, 24, 32, 48, 64, 128, 256])
def test_the_program_icon_comes_in_every_size(qapp: QApplication, size: int) -> None:
    image = QImage(str(resource("icons", "app", f"companion-{size}.png")))
    assert (image.width(), image.height()) == (size, size)
    assert image.pixelColor(0, 0).alpha() < 255
    assert image.pixelColor(size // 2, size // 2).alpha() == 255


def test_the_program_icon_is_offered_as_one(qapp: QApplication) -> None:
    assert {size.width() for size in icons.app_icon().availableSizes()} >= {16, 32, 48, 256}
    assert resource("icons", "app", "companion.ico").read_bytes()[:4] == b"\x00\x00\x01\x00"
