"""The clocks: a monotonic one for durations, the wall's for the record, and one that is turned by hand."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path


class LocalZone(tzinfo):
    """The zone that the system is set to, with the offset that holds at each moment, not only at the present one.

    A plain ``astimezone()`` gives a fixed offset: a deadline beyond the night of changed clocks would be an hour off.
    """

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        return dt.replace(tzinfo=None).astimezone().utcoffset() if dt else None

    def dst(self, dt: datetime | None) -> timedelta | None:
        return None

    def tzname(self, dt: datetime | None) -> str | None:
        return dt.replace(tzinfo=None).astimezone().tzname() if dt else None

    def fromutc(self, dt: datetime) -> datetime:
        there = dt.replace(tzinfo=UTC).astimezone()
        wall = there.replace(tzinfo=None, fold=0)
        again = wall.astimezone().utcoffset() != there.utcoffset()  # the hour that comes twice
        return wall.replace(tzinfo=self, fold=int(again))


LOCAL = LocalZone()


class Clock:
    """The computer's own clocks.

    ``awake`` is seconds of a clock that never jumps and stands still while the computer sleeps; ``boot`` is the same
    but runs on through sleep; both count from an arbitrary instant that holds until the next boot.
    """

    def now(self) -> datetime:
        """The wall's time, in UTC."""
        return datetime.now(UTC)

    def local(self) -> datetime:
        """The wall's time in the user's zone, which knows the offset of other moments too."""
        return self.now().astimezone(LOCAL)

    def zone(self) -> str:
        """Name of the user's time zone (``Europe/Berlin``), or an offset such as ``+01:00`` where it has none."""
        return _zone_name() or self.local().isoformat()[-6:]

    def awake(self) -> float:
        if sys.platform == "win32":
            return _unbiased_windows()
        return time.monotonic()

    def boot(self) -> float:
        if hasattr(time, "CLOCK_BOOTTIME"):
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        if sys.platform == "darwin":
            return time.clock_gettime(time.CLOCK_MONOTONIC)  # there it runs on through sleep
        return time.monotonic()

    def boot_id(self) -> str:
        """Tells one boot of the computer from another, so that ``awake`` is only compared within one."""
        if not self._booted:
            try:
                self._booted = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
            except OSError:
                # To the nearest ten minutes: a clock that is corrected a little must not look like another boot.
                self._booted = f"booted-{round((time.time() - self.boot()) / 600)}"
        return self._booted

    _booted: str = ""


class ManualClock(Clock):
    """A clock that stands still until it is moved; for tests and for the made-up call of the demonstration."""

    def __init__(self, start: datetime, zone: str = "Europe/Berlin", boot: str = "boot-1") -> None:
        self._now = start.astimezone(UTC)
        self._zone = zone
        self._awake = 1000.0
        self._boot = 1000.0
        self._boot_id = boot

    def now(self) -> datetime:
        return self._now

    def local(self) -> datetime:
        from zoneinfo import ZoneInfo

        return self._now.astimezone(ZoneInfo(self._zone))

    def zone(self) -> str:
        return self._zone

    def awake(self) -> float:
        return self._awake

    def boot(self) -> float:
        return self._boot

    def boot_id(self) -> str:
        return self._boot_id

    def advance(self, seconds: float) -> None:
        """Time passes, for everyone."""
        self._now += timedelta(seconds=seconds)
        self._awake += seconds
        self._boot += seconds

    def sleep(self, seconds: float) -> None:
        """The computer is suspended for a while."""
        self._now += timedelta(seconds=seconds)
        self._boot += seconds

    def set_wall(self, now: datetime, zone: str | None = None) -> None:
        """Somebody sets the wall clock, or travels."""
        self._now = now.astimezone(UTC)
        self._zone = zone or self._zone

    def reboot(self, boot: str, off_for: float) -> None:
        """The computer was off for a while: its monotonic clocks start anew."""
        self._now += timedelta(seconds=off_for)
        self._awake = self._boot = 5.0
        self._boot_id = boot


def stamp(moment: datetime) -> str:
    """A moment as it is kept: UTC, milliseconds, ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """The moment that ``stamp`` wrote; raises ValueError on anything else."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"a moment without its offset: {text!r}")
    return found


def _zone_name() -> str:
    """IANA name of the system's zone, or an empty text."""
    from_env = os.environ.get("TZ", "").lstrip(":")
    if from_env:
        # Rules of one's own (CET-1CEST) and files have no name that others would know.
        named = all(part.replace("_", "").replace("-", "").isalpha() for part in from_env.split("/"))
        return from_env if named else ""
    if sys.platform != "win32":
        target = os.path.realpath("/etc/localtime")
        if "/zoneinfo/" in target:
            return target.split("/zoneinfo/", 1)[1].removeprefix("posix/").removeprefix("right/")
    try:
        from tzlocal import get_localzone_name

        return get_localzone_name() or ""
    except Exception:  # whatever an unusual system does to the library, a call must still be kept
        return ""


def _unbiased_windows() -> float:
    """Seconds since boot without sleep, from Windows."""
    import ctypes

    ticks = ctypes.c_ulonglong()
    ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))  # type: ignore[attr-defined,unused-ignore]
    return ticks.value / 1e7
