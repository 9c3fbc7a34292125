"""The Time desk: gestures and their undo, days that stay as they were, proposals, plans and figures."""

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from companion.clock import ManualClock, stamp
from companion.core.audit import Decision
from companion.core.categories import CategoryError
from companion.core.changes import Change
from companion.core.days import Day
from companion.core.goals import Goal
from companion.core.spans import CONFIRMED, FILLED, PROPOSED, Span
from companion.core.spans import Change as SpanChange
from companion.core.timeline_entry import Preview, Problem
from companion.core.totals import by_day
from companion.core.totals import heat as core_heat
from companion.core.totals import sums as core_sums
from companion.storage.store import DamagedFile, Store
from companion.timedesk import TimeDesk
from companion.timedesk.outside import log, report
from tests.calling import Program

H = 3600
ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo",
    "Pacific/Apia",
)  # fmt: skip


@pytest.fixture
def program(data_dir: Path) -> Iterator[Program]:
    """Twelve o'clock in Berlin on Monday 2 March 2026."""
    program = Program(data_dir)
    yield program
    program.close()


@pytest.fixture
def clock(program: Program) -> ManualClock:
    return program.clock


@pytest.fixture
def time(program: Program) -> TimeDesk:
    return program.desk.time


@pytest.fixture
def day(time: TimeDesk) -> Day:
    return time.today()


def say(time: TimeDesk, line: str, day: Day | None = None) -> str:
    """Enters a line; gives the words of the undo list."""
    found = time.quick(line, day or time.today())
    assert isinstance(found, Preview), found
    done = time.enter(found)
    return done.words if done else ""


def short(time: TimeDesk, day: Day) -> list[tuple[str, str, str]]:
    """The spans of a day as clock, category, state."""
    return [
        (f"{time.clock_words(span.start)}-{time.clock_words(span.end)}", span.category, span.state)
        for span in time.view(day).spans
    ]


# ---- what a start must not load


def test_a_start_imports_none_of_it() -> None:
    code = (
        "import sys, companion.desk; print([n for n in sys.modules if 'timedesk' in n or 'core.days' in n])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---- gestures and undo


def test_painting_over_cuts_and_can_be_undone(time: TimeDesk, day: Day) -> None:
    assert say(time, "9-10 calls") == "12:00: 9:00–10:00 phone calls"
    assert say(time, "9:30-9:50 e-mails") == "12:00: 9:30–9:50 e-mails over phone calls"
    assert short(time, day) == [
        ("9:00-9:30", "work/phone calls", FILLED),
        ("9:30-9:50", "work/e-mails", FILLED),
        ("9:50-10:00", "work/phone calls", FILLED),
    ]
    assert say(time, "to 12 lunch") == "12:00: 10:00–12:00 eating"
    assert short(time, day)[-1] == ("10:00-12:00", "eating", CONFIRMED)
    undone = time.undo()
    assert undone and undone.words == "12:00: 10:00–12:00 eating"
    undone = time.undo()
    assert undone and undone.words == "12:00: 9:30–9:50 e-mails over phone calls"
    assert short(time, day) == [("9:00-10:00", "work/phone calls", FILLED)]
    assert time.to_redo == undone
    assert time.redo() == undone._replace(undone=False)
    assert len(short(time, day)) == 3


def test_every_gesture_is_announced_once_after_it_is_kept(program: Program, time: TimeDesk, day: Day) -> None:
    heard: list[tuple[Change, int]] = []
    program.desk.subscribe(lambda change: heard.append((change, len(time.view(day).spans))))
    time.paint(day.start, day.start + H, "rest")
    time.paint(day.start, day.start + H, "rest")
    time.erase(day.start + 5 * H, day.start + 6 * H)
    time.undo()
    time.undo()
    assert heard == [(Change.TIME, 1), (Change.TIME, 0)]


def test_what_cannot_be_painted(time: TimeDesk, day: Day) -> None:
    with pytest.raises(CategoryError):
        time.paint(day.start, day.start + H, "nothing of ours")
    time.categories.archive("rest")
    with pytest.raises(CategoryError):
        time.paint(day.start, day.start + H, "rest")
    with pytest.raises(ValueError):
        time.paint(day.start + H, day.start, "eating")
    assert time.view(day).spans == ()


def test_until_now_erase_and_like_before(time: TimeDesk, day: Day) -> None:
    say(time, "7-8 hygiene")
    done = time.until_now(day, "work/e-mails")
    assert done and done.words == "12:00: 8:00–12:00 e-mails"
    assert time.until_now(day, "work/e-mails") is None
    assert time.one_before(day.start + 12 * H) == "work/e-mails"
    done = time.erase(day.start + 7 * H + 1800, day.start + 9 * H)
    assert done and done.words == "12:00: 7:30–9:00 hygiene, e-mails cleared"
    assert [one[0] for one in short(time, day)] == ["7:00-7:30", "9:00-12:00"]
    assert time.one_before(day.start) is None


def test_last_night_and_naps(time: TimeDesk, day: Day) -> None:
    begin, end = day.start - 2 * H, day.start + 6 * H
    done = time.last_night(begin, end, [(day.start + H, day.start + H + 1800)], "other")
    assert done and done.words == "12:00: 22:00–6:00 sleeping"
    assert [(span.length // 60, span.category) for span in time.spans(begin, end)] == [
        (180, "sleeping"), (30, "other"), (270, "sleeping"),
    ]  # fmt: skip
    view = time.view(day)
    assert view.balance.recorded == 6 * H and view.spans[0].start == begin
    assert time.view(time.previous_day(day)).balance.recorded == 2 * H
    with pytest.raises(ValueError):
        time.last_night(end, begin)


def test_quick_entry_tells_what_is_wrong_and_writes_nothing(time: TimeDesk, day: Day) -> None:
    for line in ("", "8:05", "8-9 xyz", "25-26 rest"):
        assert isinstance(time.quick(line, day), Problem)
    assert time.view(day).spans == () and time.history() == []


def test_spans_off_the_grid_or_out_of_reach_are_refused(time: TimeDesk, day: Day) -> None:
    for start, end in ((day.start + 1, day.start + 301), (0, 300), (7_300_000_200, 7_300_000_500)):
        with pytest.raises(ValueError):
            time.paint(start, end, "rest")
    for line in ("1950-05-05 9-10 rest", "1999-12-31 9-10 rest", "2200-01-01 9-10 rest"):
        assert isinstance(time.quick(line, day), Problem)
    say(time, "2000-01-01 0-24 rest")
    say(time, "2199-12-31 0-24 rest")
    assert time.view(day).spans == () and len(time.history()) == 2


def test_a_usual_day(time: TimeDesk, day: Day) -> None:
    for weeks in (1, 2, 3, 5):
        past = time.day((day.date - timedelta(weeks=weeks)).isoformat())
        say(time, "8-9 travel", past)
        say(time, "9-12 work" if weeks < 5 else "9-12 rest", past)
    ghost = time.usual_day(day)
    assert [(time.clock_words(s.start), s.category, s.state) for s in ghost] == [
        ("8:00", "travel", PROPOSED), ("9:00", "work", PROPOSED),
    ]  # fmt: skip
    say(time, "8:30-8:40 eating")
    done = time.take_usual(ghost[:1])
    assert done and done.words.startswith("12:00: 8:00–9:00 a usual day")
    assert short(time, day) == [
        ("8:00-8:30", "travel", FILLED), ("8:30-8:40", "eating", FILLED), ("8:40-9:00", "travel", FILLED),
    ]  # fmt: skip
    assert time.take_usual([]) is None


def test_what_is_archived_is_neither_usual_nor_filled_anew(time: TimeDesk, day: Day) -> None:
    for weeks in (1, 2, 3):
        past = time.day((day.date - timedelta(weeks=weeks)).isoformat())
        for line in ("6-7 sleeping", "7-8 family", "8-9 rest", "9-10 travel"):
            say(time, line, past)
    time.categories.archive("rest")
    time.categories.merge("family", "exercise")
    time.categories.archive("sleeping")
    assert [block.category for block in time.usual_day(day)] == ["exercise", "travel"]
    with pytest.raises(CategoryError):
        time.last_night(day.start, day.start + H)
    assert short(time, day) == []


def test_gestures_never_overlap_and_are_undone_to_the_start_after_a_crash(
    time: TimeDesk, day: Day, program: Program
) -> None:
    gestures_at_random(time, day, 400)
    program.crash()
    time = program.desk.time
    spans = time.view(day).spans
    back = 0
    while time.undo():
        back += 1
    assert time.view(day).spans == () and back > 200
    while time.redo():
        pass
    assert time.view(day).spans == spans


@pytest.mark.slow
def test_ten_thousand_gestures(time: TimeDesk, day: Day) -> None:
    gestures_at_random(time, day, 10_000)
    while time.undo():
        pass
    assert time.view(day).spans == ()


def gestures_at_random(time: TimeDesk, day: Day, count: int) -> None:
    luck = random.Random(11)
    names = [one.id for one in time.tree.usable()]
    for _ in range(count):
        start = day.start + 300 * luck.randrange(280)
        end = start + 300 * luck.randrange(1, 30)
        kind = luck.randrange(8)
        if kind < 4:
            time.paint(start, end, luck.choice(names))
        elif kind == 4:
            time.erase(start, end)
        elif kind == 5:
            time.accept(start, end)
        elif kind == 6:
            time.paint_spans([Span(start, end, "rest", PROPOSED, "call")], "proposed")
        else:
            time.undo()
            if luck.random() < 0.5:
                time.redo()
        found = time.spans(day.start - H, day.end + 9 * H)
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert sum(time.view(day).balance[1:]) == day.length


def test_a_planned_import_is_one_gesture(time: TimeDesk, day: Day) -> None:
    say(time, "9-10 rest")
    (there,) = time.view(day).spans
    new = there._replace(start=there.start + 300, category="work", source="import")
    change = SpanChange((there,), (there._replace(end=there.start + 300), new), "2 entries from a file")
    done = time.apply(change)
    assert done and done.words == "12:00: 2 entries from a file"
    assert time.view(day).spans == change.added
    with pytest.raises(ValueError):
        time.apply(change)
    time.undo()
    assert time.view(day).spans == (there,)
    assert time.apply(SpanChange()) is None


# ---- days


def test_a_day_that_was_shown_keeps_its_zone_and_start(
    time: TimeDesk, clock: ManualClock, program: Program
) -> None:
    day = time.today()
    assert (day.name, day.zone, day.length) == ("2026-03-02", "Europe/Berlin", 86400)
    earlier = time.day("2026-02-20")
    program.desk.prefs.set("day_start_min", 240)
    clock.set_wall(clock.now(), "America/New_York")
    assert time.day("2026-03-02") == day == time.today()
    assert time.day("2026-02-20") == earlier
    tomorrow = time.next_day(day)
    assert (tomorrow.zone, tomorrow.start) == ("America/New_York", day.end)
    assert time.clock_words(tomorrow.end) == "4:00"
    never = time.day("2026-02-21")
    assert never.start >= earlier.end


def test_all_days_tile_through_flights_and_restarts(
    time: TimeDesk, clock: ManualClock, program: Program
) -> None:
    luck = random.Random(2)
    for _ in range(60):
        clock.advance(luck.randrange(30 * H))
        clock.set_wall(clock.now(), luck.choice(ZONES))
        program.desk.prefs.set("day_start_min", luck.choice([0, 0, 240, 1200]))
        today = time.today()
        assert today.start <= time.now() < today.end
        if luck.random() < 0.2:
            program.crash()
            time = program.desk.time
    found = time.days("2026-02-01", "2026-08-01")
    assert all(a.end == b.start for a, b in pairwise(found))


@pytest.mark.parametrize("zone", ZONES)
def test_left_open_over_midnight_in_every_zone(time: TimeDesk, clock: ManualClock, zone: str) -> None:
    clock.set_wall(datetime(2026, 10, 20, 12, tzinfo=UTC), zone)
    before = time.today()
    for _ in range(30 * 24):
        clock.advance(H)
        day = time.today()
        assert day == before or day.start == before.end
        assert day.slots * 300 == day.length
        before = day
    assert time.previous_day(time.next_day(before)).name == before.name


def test_a_clock_set_back_shows_the_day_it_says(time: TimeDesk, clock: ManualClock) -> None:
    today = time.today()
    clock.set_wall(clock.now() - timedelta(days=1, hours=3))
    assert time.today().end == today.start
    clock.set_wall(clock.now() + timedelta(days=1))
    assert time.today() == today


def test_skipped_days_are_passed_over(time: TimeDesk, clock: ManualClock) -> None:
    clock.set_wall(datetime(2012, 1, 5, tzinfo=UTC), "Pacific/Apia")
    day = time.day("2011-12-29")
    assert time.next_day(day).name == "2011-12-31"
    assert time.previous_day(time.day("2011-12-31")).name == "2011-12-29"


@pytest.mark.parametrize("name", ["1999-12-31", "2200-01-01", "today", "2026-02-30", ""])
def test_days_out_of_reach(time: TimeDesk, name: str) -> None:
    with pytest.raises(ValueError):
        time.day(name)


def test_the_edges_of_reach(time: TimeDesk) -> None:
    first = time.day("2000-01-01")
    assert time.previous_day(first) == first
    assert time.days("1990-01-01", "1990-02-01") == [] and len(time.days("1999-01-01", "2000-01-02")) == 2
    assert time.figures.sums("1990-01-01", "1990-02-01") == {}


def test_a_day_to_come_is_not_kept_before_something_is_in_it(
    time: TimeDesk, clock: ManualClock, day: Day
) -> None:
    tomorrow = time.next_day(day)
    assert [one.name for one in time.book.days()] == ["2026-03-02"]
    time.paint(tomorrow.start - H, tomorrow.start + H, "sleeping")
    assert [one.name for one in time.book.days()] == ["2026-03-02", "2026-03-03"]


# ---- another program at the same file


def test_times_by_the_12_hour_clock_if_so_set(program: Program, time: TimeDesk, day: Day) -> None:
    program.desk.prefs.set("twelve_hours", True)
    found = time.quick("13:05-13:40 travel", day)
    assert isinstance(found, Preview) and found.words == "1:05 PM–1:40 PM Travel, 35 min, ahead of now"
    assert say(time, "1:05 pm - 1:40 pm travel") == "12:00 PM: 1:05 PM–1:40 PM travel"
    program.desk.prefs.set("twelve_hours", False)
    assert time.clock_words(day.start + 13 * H) == "13:00"


def test_what_another_program_writes_is_seen_at_once(time: TimeDesk, day: Day, data_dir: Path) -> None:
    other_program = Store.open(data_dir / "companion.db", data_dir / "backups")
    other = TimeDesk(other_program, time.almanac._clock, time.almanac._prefs)
    assert time.tree.path("work") == "work"
    other.categories.rename("work", "Office")
    say(other, "8-9 office")
    assert time.tree.path("work") == "office"
    assert short(time, day) == [("8:00-9:00", "work", FILLED)]
    undone = time.undo()
    assert undone and undone.words == "12:00: 8:00–9:00 office"
    other_program.close()


# ---- proposals


def take_call(program: Program, clock: ManualClock, talk: float, wrapup: float = 0.0) -> None:
    program.desk.start("Maria")
    clock.advance(talk)
    program.desk.end("1")
    clock.advance(wrapup)
    program.desk.board.finish()


def test_calls_propose_their_slots(program: Program, time: TimeDesk, clock: ManualClock, day: Day) -> None:
    assert time.proposals.update() is False
    clock.advance(60)
    take_call(program, clock, 500, 100)
    clock.advance(240)
    assert time.proposals.update() is True
    assert short(time, day) == [("12:00-12:10", "work/phone calls", PROPOSED)]
    assert time.view(day).spans[0].source == "call"
    assert time.history() == []
    assert time.proposals.update() is False
    done = time.accept_day(day)
    assert done and done.words == "12:15: 12:00–12:10 phone calls accepted"
    assert short(time, day) == [("12:00-12:10", "work/phone calls", CONFIRMED)]


def test_what_was_cleared_does_not_come_back(
    program: Program, time: TimeDesk, clock: ManualClock, day: Day
) -> None:
    take_call(program, clock, 1080)
    time.proposals.update()
    done = time.dismiss(day.start, day.end)
    assert done and done.words == "12:18: 12:00–12:20 phone calls dismissed"
    for _ in range(30):
        clock.advance(120)
        time.proposals.update()
    assert short(time, day) == []
    time.undo()
    assert short(time, day) == [("12:00-12:20", "work/phone calls", PROPOSED)]


def test_a_clock_set_back_brings_back_nothing_that_was_cleared(
    program: Program, time: TimeDesk, clock: ManualClock, day: Day
) -> None:
    take_call(program, clock, 1200)
    time.proposals.update()
    assert time.dismiss(day.start, day.end) is not None
    clock.advance(7200)
    time.proposals.update()
    clock.set_wall(clock.now() - timedelta(hours=1))
    assert time.proposals.update() is False
    assert short(time, day) == []
    take_call(program, clock, 1200)
    assert time.proposals.update() is True
    assert short(time, day) == [("13:20-13:40", "work/phone calls", PROPOSED)]


def test_a_call_that_goes_on_waits(program: Program, time: TimeDesk, clock: ManualClock, day: Day) -> None:
    program.desk.start("Maria")
    clock.advance(1800)
    assert time.proposals.update() is False
    program.desk.end("1")
    clock.advance(30)
    assert time.proposals.update() is False
    program.desk.board.finish()
    time.proposals.update()
    assert short(time, day) == [("12:00-12:30", "work/phone calls", PROPOSED)]


def test_calls_fill_only_what_is_open(program: Program, time: TimeDesk, clock: ManualClock, day: Day) -> None:
    say(time, "12-12:10 rest")
    take_call(program, clock, 1200)
    time.proposals.update()
    assert [one[:2] for one in short(time, day)] == [
        ("12:00-12:10", "rest"),
        ("12:10-12:20", "work/phone calls"),
    ]


def test_a_slot_goes_to_what_filled_most_of_it(
    program: Program, time: TimeDesk, clock: ManualClock, day: Day
) -> None:
    take_call(program, clock, 80)
    clock.advance(600 - 80)
    for _ in range(2):
        take_call(program, clock, 80)
        clock.advance(20)
    clock.advance(100)
    time.proposals.update()
    assert short(time, day) == [("12:10-12:15", "work/phone calls", PROPOSED)]


def test_always_accepted_if_so_set(program: Program, time: TimeDesk, clock: ManualClock, day: Day) -> None:
    program.desk.prefs.set("accept_calls", True)
    take_call(program, clock, 1200)
    time.proposals.update()
    assert short(time, day) == [("12:00-12:20", "work/phone calls", CONFIRMED)]
    undone = time.undo()
    assert undone and undone.words == "12:20: 12:00–12:20 phone calls accepted by itself"
    assert short(time, day) == []
    take_call(program, clock, 1200)
    time.proposals.update()
    assert short(time, day) == [
        ("12:20-12:40", "work/phone calls", PROPOSED)
    ]  # what can be redone is not lost
    assert time.to_redo == undone


def test_planned_breaks_and_discarded_calls(
    program: Program, time: TimeDesk, clock: ManualClock, day: Day
) -> None:
    at = stamp(clock.now() + timedelta(minutes=30))
    program.desk.breaks.add(at, "Europe/Berlin", 15, at)
    call = program.desk.start("Maria")
    clock.advance(900)
    program.desk.end("1")
    program.desk.board.finish()
    program.desk.board.discard(call.id)
    assert time.proposals.update() is False
    clock.advance(3600)
    time.proposals.update()
    assert short(time, day) == [("12:30-12:45", "rest", PROPOSED)]
    assert time.view(day).spans[0].source == "break"


def test_undo_goes_through_proposals_that_came_since(
    program: Program, time: TimeDesk, clock: ManualClock, day: Day
) -> None:
    take_call(program, clock, 1200)
    time.proposals.update()
    say(time, "12:10-12:15 rest")
    take_call(program, clock, 1200)
    time.proposals.update()
    time.undo()
    assert short(time, day) == [("12:00-12:40", "work/phone calls", PROPOSED)]


def test_the_strip_asks_for_what_is_open(
    program: Program, time: TimeDesk, clock: ManualClock, day: Day
) -> None:
    assert time.proposals.gap() is None  # nothing recorded today: who knows when it began
    say(time, "8-9:40 work")
    gap = time.proposals.gap()
    assert gap and [time.clock_words(at) for at in gap[:2]] == ["9:40", "12:00"]
    assert gap.categories == ("work",)
    program.desk.prefs.set("time_prompt_min", 150)
    assert time.proposals.gap() is None
    program.desk.prefs.set("time_prompt_min", 30)
    program.desk.prefs.set("time_quiet", [690, 780])
    assert time.proposals.gap() is None
    program.desk.prefs.set("time_quiet", [780, 690])
    assert time.proposals.gap() is not None
    assert time.proposals.gap(day.start + 11 * H) is None  # quiet from 13:00 to 11:30
    program.desk.prefs.set("time_quiet", [0, 0])
    assert time.proposals.gap() is not None
    program.desk.prefs.set("time_prompt_min", 0)
    assert time.proposals.gap() is None


def test_the_likeliest_categories_come_first(time: TimeDesk, day: Day) -> None:
    for back in range(1, 6):
        past = time.day((day.date - timedelta(days=back)).isoformat())
        say(time, "10-11 e-mails", past)
        say(time, "20-21 family", past)
    time.categories.archive("family")
    assert time.proposals.likeliest(day.start + 10 * H, day.start + 11 * H) == ["work/e-mails"]


# ---- categories, goals, audits


def test_the_tree_is_changed_and_each_change_taken_back(time: TimeDesk, day: Day) -> None:
    shipped = time.tree
    say(time, "8-9 e-mails")
    made = time.categories.add("Garden", letter="g")
    done = time.categories.rename("work/e-mails", "Mail")
    assert done and done.words == "12:00: E-mails renamed to Mail"
    time.categories.move("work/e-mails", made)
    time.categories.set_letter(made, "")
    time.categories.set_colour(made, 3)
    time.categories.set_also(made, ["plants", "plants"])
    time.categories.merge("other", made)
    time.categories.archive("rest")
    time.categories.restore("rest")
    assert time.tree.path("work/e-mails") == "garden/mail" and time.tree.path("other") == "garden"
    assert time.tree.get("work/e-mails").was == (("E-mails", "2026-03-02"),)
    assert time.figures.totals("2026-03-02", "2026-03-02")[0].category == made
    assert time.categories.rename("work/e-mails", "Mail") is None
    with pytest.raises(CategoryError):
        time.categories.add("garden")
    while time.undo():
        pass
    assert time.tree == shipped and time.view(day).spans == ()


def test_a_goal_is_put_changed_removed(time: TimeDesk) -> None:
    goal = Goal(time.goals.new_id(), "technology", "at most", 7200, since="2026-03-01")
    done = time.goals.put(goal)
    assert done and done.words == "12:00: goal technology: at most 2 h per day"
    assert time.goals.put(goal) is None and time.goals.all() == [goal] == time.goals.in_force("2026-03-02")
    time.goals.put(goal._replace(seconds=5400))
    assert time.goals.all()[0].seconds == 5400
    say(time, "8-10 technology")
    (standing,) = time.goals.standings("2026-03-02", "2026-03-08")
    assert (standing.target, standing.actual, standing.miss) == (5400, 7200, 1800)
    assert time.figures.differences("2026-03-02", "2026-03-02") == [standing]
    assert time.figures.unplanned("2026-03-02", "2026-03-02").seconds == 1800
    time.goals.remove(goal.id)
    assert time.goals.all() == [] and time.goals.remove(goal.id) is None
    time.undo()
    assert time.goals.all()[0].seconds == 5400
    with pytest.raises(ValueError):
        time.goals.put(goal._replace(seconds=-1))


def test_a_goal_changed_from_a_day_on_is_one_gesture(time: TimeDesk) -> None:
    old = Goal("t", "technology", "at most", 7200, since="2026-02-01")
    time.goals.put(old)
    time.goals.change(old._replace(seconds=3600, since="2026-03-02"))
    ended, new = time.goals.all()
    assert ended == old._replace(until="2026-03-01")
    assert (new.seconds, new.since, new.id != old.id) == (3600, "2026-03-02", True)
    time.undo()
    assert time.goals.all() == [old]
    time.goals.change(old._replace(seconds=3600, since="2026-01-01"))
    assert time.goals.all() == [old._replace(seconds=3600, since="2026-01-01")]
    with pytest.raises(ValueError, match="longer than its days"):
        time.goals.change(old._replace(seconds=90000, since="2026-03-02"))


def test_a_merge_says_how_many_entries_it_moves(time: TimeDesk, day: Day) -> None:
    for line in ("8-9 e-mails", "10-11 calls", "12-13 work", "14-15 travel"):
        say(time, line, day)
    words = [time.categories.merge(one, "rest") for one in ("work", "travel", "family")]
    assert [done.words.partition(": ")[2] for done in words if done] == [
        "Work merged into Rest: 3 entries count there now",
        "Travel merged into Rest: 1 entry counts there now",
        "Family merged into Rest: it had no entries",
    ]


def test_undo_words_follow_the_clock_that_is_set(time: TimeDesk, program: Program, day: Day) -> None:
    say(time, "9-13:40 e-mails", day)
    program.desk.prefs.set("twelve_hours", True)
    wanted = "12:00 PM: 9:00 AM–1:40 PM e-mails"
    step = time.to_undo
    assert step is not None and step.words == time.history()[0].words == wanted
    undone = time.undo()
    assert undone is not None and undone.words == wanted
    step = time.to_redo
    assert step is not None and step.words == wanted
    again = time.redo()
    assert again is not None and again.words == wanted


def test_an_audit_begins_in_the_past_or_within_four_weeks(time: TimeDesk, day: Day) -> None:
    past = time.audits.start((day.date - timedelta(days=4000)).isoformat(), 7)
    assert time.audits.current() == past and len(time.audits.days(past)) == 7
    with pytest.raises(ValueError, match="four weeks from now"):
        time.audits.start((day.date + timedelta(days=29)).isoformat(), 3)
    assert time.audits.all() == [past]


def test_an_audit_ends_in_next_weeks_goals(time: TimeDesk, clock: ManualClock, day: Day) -> None:
    assert time.audits.current() is None
    audit = time.audits.start(day.name, 3)
    assert time.audits.current() == audit
    for one in time.audits.days(audit):
        say(time, f"{one.name} 8-10 technology", one)
    clock.advance(3 * 86400)
    assert time.audits.current() == audit and time.audits.decision(audit) is None
    found = time.audits.report(audit)
    assert found.balance.recorded == 6 * H and found.balance.length == 3 * 86400
    decision = Decision(1200, "technology", "exercise")
    done = time.audits.decide(audit, decision)
    assert done.words == "12:00: 20 minutes a day from Technology to Exercise"
    assert time.audits.decision(audit) == decision and time.audits.current() is None
    assert [(g.category, g.kind, g.seconds, g.since, g.until) for g in time.goals.all()] == [
        ("technology", "at most", 6000, "2026-03-09", "2026-03-15"),
        ("exercise", "at least", 1200, "2026-03-09", "2026-03-15"),
    ]
    time.audits.decide(audit, decision._replace(seconds=600))
    assert len(time.goals.all()) == 2 and time.goals.all()[0].seconds == 6600
    time.undo()
    assert time.audits.decision(audit) == decision and time.goals.all()[0].seconds == 6000
    time.undo()
    assert time.audits.decision(audit) is None and time.goals.all() == []
    for wrong in (
        decision._replace(seconds=7),
        decision._replace(seconds=9000),
        decision._replace(seconds=0),
    ):
        with pytest.raises(ValueError):
            time.audits.decide(audit, wrong)
    time.audits.remove(audit.id)
    assert time.audits.all() == [] and time.audits.remove(audit.id) is None
    with pytest.raises(ValueError):
        time.audits.start(day.name, 2)


def test_a_decision_is_never_for_a_week_that_has_begun(time: TimeDesk, clock: ManualClock, day: Day) -> None:
    audit = time.audits.start(day.name, 3)  # Monday to Wednesday
    say(time, "8-10 technology")
    decision = Decision(300, "technology", "exercise")

    def weeks() -> set[tuple[str, str]]:
        return {(goal.since, goal.until) for goal in time.goals.all()}

    assert time.audits.since(audit) == "2026-03-09"
    clock.advance(8 * 86400)  # Tuesday of the week after
    assert time.audits.since(audit) == "2026-03-16"
    time.audits.decide(audit, decision)
    assert weeks() == {("2026-03-16", "2026-03-22")}
    clock.advance(7 * 86400)  # within that week: another decision is for it still
    time.audits.decide(audit, decision._replace(target="rest"))
    assert weeks() == {("2026-03-16", "2026-03-22")}
    clock.advance(7 * 86400)  # it is over
    assert time.audits.since(audit) == "2026-03-16"
    time.audits.decide(audit, decision)
    assert weeks() == {("2026-03-30", "2026-04-05")} and time.audits.since(audit) == "2026-03-30"


# ---- figures


def test_figures_agree_with_the_core_and_add_up(time: TimeDesk, day: Day) -> None:
    luck = random.Random(9)
    names = [one.id for one in time.tree.usable()]
    for _ in range(300):
        start = day.start - 40 * 86400 + 300 * luck.randrange(11_000)
        state = luck.choice([FILLED, CONFIRMED, PROPOSED])
        time.paint_spans([Span(start, start + 300 * luck.randrange(1, 60), luck.choice(names), state)], "x")
    first, last = "2026-01-25", "2026-02-28"
    days = time.days(first, last)
    start, end = days[0].start, days[-1].end
    recorded = [span for span in time.spans(start, end) if span.state != PROPOSED]
    assert time.figures.sums(first, last) == core_sums(recorded, start, end)
    assert time.figures.by_day(first, last) == by_day(recorded, days)
    assert time.figures.heat(first, last) == core_heat(recorded, days, time.zone_of)
    work = time.figures.heat(first, last, "work").seconds
    parts = {one.category: one for one in time.figures.totals(first, last)}
    assert sum(map(sum, work)) == parts["work"].seconds
    assert all(
        one.seconds == one.own + sum(child.seconds for child in one.children) for one in parts.values()
    )
    balance = time.figures.balance(first, last)
    assert balance.recorded == sum(one.seconds for one in parts.values())
    assert sum(balance[1:]) == balance.length == sum(one.length for one in days)
    for column in range(4):
        assert sum(time.view(one).balance[column] for one in days) == balance[column]
    opened = time.figures.unfilled(first, last)
    assert sum(b - a for a, b in opened) == balance.unfilled + balance.proposed
    assert [b - a for a, b in opened] == sorted((b - a for a, b in opened), reverse=True)


def test_what_is_open_today_ends_now(time: TimeDesk, day: Day) -> None:
    assert time.figures.unfilled(day.name, day.name) == [(day.start, time.now())]


# ---- for the outside


def test_the_shape_for_programs(time: TimeDesk, clock: ManualClock) -> None:
    clock.set_wall(datetime(2026, 10, 25, 20, tzinfo=UTC))
    day = time.today()
    say(time, "0:00-7:10 sleeping")
    time.categories.rename("work/e-mails", "Mail")
    say(time, "8-9:30 mail")
    time.goals.put(Goal("g", "technology", "at most", 7200, since="2026-10-01"))
    found = report(time, day.name, day.name)
    assert found == {
        "zone": "Europe/Berlin",
        "days": [
            {
                "day": "2026-10-25",
                "length_s": 90000,
                "slots": 300,
                "unfilled_s": 90000 - 8 * H - 600 - 5400,
                "spans": [
                    {
                        "start": "2026-10-25T00:00:00+02:00",
                        "end": "2026-10-25T07:10:00+01:00",
                        "category": "sleeping",
                        "state": "filled",
                    },
                    {
                        "start": "2026-10-25T08:00:00+01:00",
                        "end": "2026-10-25T09:30:00+01:00",
                        "category": "work/mail",
                        "state": "filled",
                    },
                ],
            }
        ],
        "totals": [
            {"category": "work", "seconds": 5400, "children": [{"category": "work/mail", "seconds": 5400}]},
            {"category": "sleeping", "seconds": 8 * H + 600},
        ],
        "goals": [{"category": "technology", "kind": "at most", "seconds": 7200, "actual_s": 0}],
    }


def test_a_line_from_outside(time: TimeDesk, day: Day) -> None:
    assert log(time, "9-10 calls", "")["done"] == "2026-03-02 9:00–10:00 Work / Phone calls, 1 h."
    said = log(time, "9:30-10 e-mails", "2026-03-02")["done"]
    assert said == "2026-03-02 9:30–10:00 Work / E-mails, 30 min, over Work / Phone calls."
    assert log(time, "9-10 xyz", "")["wrong"].startswith("There is no such category.")
    assert log(time, "9-10 rest", "soon")["wrong"].startswith("There is no day")
    assert log(time, "9-10 rest", "1999-01-01")["wrong"].startswith("There is no day")
    assert len(time.history()) == 2


# ---- damage


def test_a_damaged_undo_is_told_and_changes_nothing(time: TimeDesk, day: Day, program: Program) -> None:
    say(time, "9-10 calls")
    store = program.desk.store
    with store.write():
        store.connection.execute("UPDATE time_undo SET change = '{\"spans\": [[[1]], []]}'")
    with pytest.raises(DamagedFile):
        time.undo()
    assert len(short(time, day)) == 1
    assert say(time, "10-11 rest")


def test_a_category_that_nobody_knows_counts_by_itself(time: TimeDesk, day: Day) -> None:
    time.apply(SpanChange((), (Span(day.start, day.start + H, "lost/one"),)), "x")
    (total,) = time.figures.totals(day.name, day.name)
    assert (total.category, total.seconds) == ("lost/one", H)
    assert report(time, day.name, day.name)["totals"] == [{"category": "one", "seconds": H}]


def test_a_zone_that_is_no_zone_is_shown_by_the_clock_of_now(
    time: TimeDesk, program: Program, day: Day
) -> None:
    with program.desk.store.write():
        program.desk.store.connection.execute("UPDATE time_days SET zone = '../../etc/passwd'")
    time.gestures.forget()
    assert time.zone_of(time.day(day.name)).utcoffset(None) is not None or time.zone == ZoneInfo(
        "Europe/Berlin"
    )
    assert time.view(time.day(day.name)).day.zone == "../../etc/passwd"
