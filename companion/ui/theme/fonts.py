"""The shipped font: registered once, with the system's fonts behind it for other scripts and emoji."""

from PySide6.QtGui import QFont, QFontDatabase

from companion.resources import resource

FAMILY = "Inter"
_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf")

# role: (pixels at 100 %, weight, tabular digits, letter spacing in percent)
ROLES: dict[str, tuple[int, QFont.Weight, bool, int]] = {
    "time": (28, QFont.Weight.DemiBold, True, 100),
    "prompt": (30, QFont.Weight.DemiBold, False, 100),
    "title": (18, QFont.Weight.DemiBold, False, 100),
    "lead": (17, QFont.Weight.Normal, False, 100),
    "strong": (15, QFont.Weight.DemiBold, False, 100),
    "body": (15, QFont.Weight.Normal, False, 100),
    "digits": (15, QFont.Weight.Normal, True, 100),
    "small": (13, QFont.Weight.Normal, False, 100),
    "caps": (12, QFont.Weight.DemiBold, False, 106),
}

_registered: list[int] = []  # the font database is per process too: one registration serves all


def register() -> bool:
    """Make the shipped font known to Qt; True when every file was taken. Later calls cost nothing."""
    if not _registered:
        _registered.extend(QFontDatabase.addApplicationFont(str(resource("fonts", name))) for name in _FILES)
    return all(number >= 0 for number in _registered)


def make(role: str, scale: float) -> QFont:
    """The font of a role at a scale of 1.0 to 2.0; an unknown role is a KeyError."""
    pixels, weight, tabular, spacing = ROLES[role]
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(pixels * scale)))
    font.setWeight(weight)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    if spacing != 100:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, spacing)
    return font
