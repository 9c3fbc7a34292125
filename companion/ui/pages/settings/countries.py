"""Countries that phone numbers may belong to, by their two letters."""

from PySide6.QtCore import QLocale

_COMMON = """
AR AU AT BE BR BG CA CL CN CO HR CY CZ DK EG EE FI FR DE GR HK HU IS IN ID IE IL IT JP KE LV LT LU MY MT MX NL NZ NG
NO PK PE PH PL PT RO SA RS SG SK SI ZA KR ES SE CH TW TH TR UA AE GB US VN
"""
COMMON = tuple(_COMMON.split())
"""Countries that the list offers; any other can be typed by its two letters."""

_OWN_NAMES = {"HK": "Hong Kong", "TR": "Turkey"}
"""Where the library's name is too long or not the one that people look for."""


def name(code: str) -> str:
    """The name of a country by its two letters, empty where there is none such."""
    wanted = code.upper()
    if len(wanted) != 2 or not wanted.isascii() or not wanted.isalpha():
        return ""
    if wanted in _OWN_NAMES:
        return _OWN_NAMES[wanted]
    territory = QLocale.codeToTerritory(wanted)
    return "" if territory == QLocale.Country.AnyTerritory else QLocale.territoryToString(territory)


def told(code: str) -> str:
    """A country as the list shows it: ``Germany (DE)``; the bare letters where it has no name."""
    found = name(code)
    return f"{found} ({code.upper()})" if found else code.upper()


def offered() -> list[tuple[str, str]]:
    """The common countries as (two letters, text), by name."""
    return sorted(((code, told(code)) for code in COMMON), key=lambda item: item[1])


def code_of(text: str) -> str:
    """The two letters that a text means: the letters themselves, a name, or an entry of the list; else empty."""
    wanted = " ".join(text.split())
    if name(wanted):
        return wanted.upper()
    for code, shown in offered():
        if wanted.casefold() in (shown.casefold(), name(code).casefold()):
            return code
    inner = wanted[-3:-1] if wanted.endswith(")") else ""
    return inner.upper() if inner and told(inner).casefold() == wanted.casefold() else ""
