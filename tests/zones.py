"""The zones that tests of local days run over: each set of rules of tzdata once, and the named ones first."""

import importlib.resources
from functools import cache
from zoneinfo import ZoneInfo

NAMED = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Pacific/Apia",
)


@cache
def zone(name: str) -> ZoneInfo:
    """A zone by the rules of the tzdata package, whatever the system has."""
    with importlib.resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def all_zones() -> tuple[str, ...]:
    """One name for each set of rules in tzdata; the named zones are among them."""
    names = importlib.resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    rules: dict[bytes, str] = {}
    for name in (*NAMED, *names):
        data = importlib.resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes()
        rules.setdefault(data, name)
    return tuple(rules.values())
