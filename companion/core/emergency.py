"""Emergency numbers by country: data, and which countries a computer's settings speak for.

Only general numbers that the state answers are here: police, ambulance, fire. Helplines change too often to be shipped;
the user keeps those as contacts. A country that is not sure is left out rather than guessed.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Use = Literal["all", "police", "ambulance", "fire", "rescue"]
"""What a number is for: ``all`` emergencies; ``rescue`` is ambulance and fire."""


class Number(NamedTuple):
    """A number as it is dialled, and what it is for."""

    number: str
    use: Use


ANYWHERE = "112"
"""Reaches help from mobile phones in most of the world; what is shown where a country is not known."""

# One line for each set of numbers: the countries, a colon, and number=use; ``all`` where nothing is said.
# The first number is the one to dial when nothing else comes to mind.
_TABLE = """
AT BE BG CY CZ DK EE ES FI FR GR HR HU IT LT LU LV MT NL PL PT RO SE SK: 112
AL AX FO GI GL IS MC MD ME MK MQ RE VA XK YT: 112
AD: 112 110=police 116=ambulance 118=fire
AM KG MN: 102=police 103=ambulance 101=fire
AZ KZ RU TJ UA: 112 102=police 103=ambulance 101=fire
BA: 122=police 124=ambulance 123=fire
BY: 112 102=police 103=ambulance 101=fire
CH LI: 112 117=police 144=ambulance 118=fire
DE: 112=rescue 110=police
GB GG IE JE: 999 112
GE TR: 112
GF GP MF NC PF WF: 17=police 15=ambulance 18=fire
IM: 999
NO SJ: 112=police 113=ambulance 110=fire
RS: 192=police 194=ambulance 193=fire
SI: 112=rescue 113=police
SM: 113=police 118=ambulance 115=fire
AG AI AS AW BM BZ CA CR CW DO EC GD GU KN KY LC MP MX PA PR PY SV US UY VC VE VI: 911
AR: 911 107=ambulance 100=fire
BB: 211=police 511=ambulance 311=fire
BO: 110=police 118=ambulance 119=fire
BR: 190=police 192=ambulance 193=fire
BS: 919 911
CL: 133=police 131=ambulance 132=fire
CO: 123
CU: 106=police 104=ambulance 105=fire
DM FK: 999
GT: 110=police 123=fire
GY: 911=police 913=ambulance 912=fire
JM: 119=police 110=rescue
MS TC VG: 911 999
NI: 118=police 128=ambulance 115=fire
PE: 105=police 106=ambulance 116=fire
SR: 115
TT: 999=police 990=rescue
AU CC CX: 000 112
FJ: 911 917=police
NU SB: 999
NZ: 111
PW TO TV WS: 911
VU: 112
AF: 119=police
BD HK MO MY: 999
BN: 993=police 991=ambulance 995=fire
BT: 113=police 112=ambulance 110=fire
CN: 110=police 120=ambulance 119=fire
ID: 112 110=police 119=ambulance 113=fire
IN: 112 100=police 108=ambulance 101=fire
JP TW: 110=police 119=rescue
KH: 117=police 119=ambulance 118=fire
KR: 112=police 119=rescue
LK: 119=police 1990=ambulance 110=fire
MM: 199=police
MV: 119=police 102=ambulance 118=fire
NP: 100=police 102=ambulance 101=fire
PH: 911
PK: 15=police 1122=rescue
SG: 999=police 995=rescue
TH: 191=police 1669=ambulance 199=fire
VN: 113=police 115=ambulance 114=fire
AE: 999=police 998=ambulance 997=fire
BH QA: 999
IL PS: 100=police 101=ambulance 102=fire
IQ: 104=police 122=ambulance 115=fire
IR: 110=police 115=ambulance 125=fire
JO: 911
KW: 112
LB: 112=police 140=ambulance 175=fire
OM: 9999
SA: 911 999=police 997=ambulance 998=fire
SY: 112=police 110=ambulance 113=fire
AO: 113=police 112=ambulance 115=fire
BF DJ KM MR NE SN TD: 17=police 18=fire
BJ MG TG: 117=police 118=fire
BW: 999=police 997=ambulance 998=fire
CV: 132=police 130=ambulance 131=fire
DZ: 17=police 14=rescue
EG: 122=police 123=ambulance 180=fire
GH: 191=police 193=ambulance 192=fire
GM: 117=police 116=ambulance 118=fire
KE: 999 112
LR: 911
MA: 19=police 15=rescue
ML: 17=police 15=ambulance 18=fire
MU: 999=police 114=ambulance 115=fire
MW: 997=police 998=ambulance 999=fire
MZ: 119=police 117=ambulance 198=fire
NA: 10111=police
NG RW ST TZ: 112
SC SD SZ UG ZM ZW: 999
TN: 197=police 190=ambulance 198=fire
ZA: 112 10111=police 10177=ambulance
"""

_ALSO = {"UK": "GB", "EL": "GR"}
"""Codes that are in use beside those of ISO 3166."""


def _read(table: str) -> dict[str, tuple[Number, ...]]:
    found: dict[str, tuple[Number, ...]] = {}
    for line in table.strip().splitlines():
        territories, _, listed = line.partition(":")
        for territory in territories.split():
            found[territory] = tuple(_number(word) for word in listed.split())
    return found


def _number(word: str) -> Number:
    number, _, use = word.partition("=")
    return Number(number, _USES[use or "all"])


_USES: dict[str, Use] = {
    "all": "all",
    "police": "police",
    "ambulance": "ambulance",
    "fire": "fire",
    "rescue": "rescue",
}
_NUMBERS = _read(_TABLE)

TERRITORIES = tuple(sorted(_NUMBERS))
"""Two-letter codes of all countries and territories whose numbers are known."""


def territory(code: str) -> str:
    """A code as it is written here, or an empty text for one whose numbers are not known."""
    wanted = code.strip().upper()
    wanted = _ALSO.get(wanted, wanted)
    return wanted if wanted in _NUMBERS else ""


def numbers(code: str) -> tuple[Number, ...]:
    """The emergency numbers of a country by its two letters, the first to try first; empty where not known."""
    return _NUMBERS.get(territory(code), ())


def places(chosen: str, region: str, by_zone: str) -> tuple[str, ...]:
    """The countries whose numbers are to be shown: the one chosen; else those that language settings (``region``) and
    time zone speak for. Where these two disagree it is both: a computer set to American English may stand in Berlin.
    """
    if territory(chosen):
        return (territory(chosen),)
    found = [territory(region), territory(by_zone)]
    return tuple(dict.fromkeys(code for code in found if code))
