"""Days and times of the journal in words, each in the zone in which it was written."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from companion.core.stress import local


def told_day(at: str, zone: str, today: date | None = None) -> str:
    """A day in words: ``Today``, ``Yesterday``, ``Fri 20 Nov``, with the year where ``today`` is in another one."""
    day = local(at, zone).date()
    if today is not None:
        ago = (today - day).days
        if ago == 0:
            return QCoreApplication.translate("stress", "Today")
        if ago == 1:
            return QCoreApplication.translate("stress", "Yesterday")
        if day.year == today.year:
            return f"{day:%a} {day.day} {day:%b}"
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def told_clock(at: str, zone: str) -> str:
    """The time of the day: ``9:05``."""
    there = local(at, zone)
    return f"{there.hour}:{there:%M}"


def told_moment(at: str, zone: str, now: datetime) -> str:
    """Day and time in words."""
    return f"{told_day(at, zone, now.date())} {told_clock(at, zone)}"
