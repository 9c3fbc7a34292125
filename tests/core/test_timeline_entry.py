"""One line that fills time: what it means on the day shown, through nights of changed clocks, and what it refuses."""

import re
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.core.category_edits import applied, archive
from companion.core.days import SLOT, Calendar, day_named, time_words
from companion.core.spans import CONFIRMED, FILLED, PROPOSED, Span, apply, paint, touching
from companion.core.timeline_entry import Preview, Problem, length_words, read
from tests.timetree import tree
from tests.zones import NAMED, zone

BERLIN = zone("Europe/Berlin")


def at(text: str, name: str = "Europe/Berlin", fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone(name), fold=fold).timestamp())


NOW = at("2026-10-26T14:00")
MORNING = (Span(at("2026-10-26T07:00"), at("2026-10-26T11:10"), "work/e-mails"),)


def typed(
    line: str,
    *,
    now: int = NOW,
    spans: Sequence[Span] = MORNING,
    shown: str = "",
    name: str = "Europe/Berlin",
    day_start: int = 0,
) -> Preview | Problem:
    calendar = Calendar(zone(name), day_start)
    day = calendar.named(date.fromisoformat(shown)) if shown else calendar.of(now)
    return read(line, tree(), calendar, day, now, lambda a, b: touching(spans, a, b))


def told(line: str, **more: object) -> tuple[str, str, str]:
    """The day, the times and the category that a line gives."""
    found = typed(line, **more)  # type: ignore[arg-type]
    assert isinstance(found, Preview), found
    here = zone(str(more.get("name", "Europe/Berlin")))
    clock = "–".join(time_words(edge, here) for edge in found.span[:2])
    return found.day.name, clock, found.span.category


def wrong(line: str, **more: object) -> Problem:
    found = typed(line, **more)  # type: ignore[arg-type]
    assert isinstance(found, Problem), found
    assert found.mend and 0 <= found.start <= found.end <= max(len(line), 0)
    return found


# -- the forms


@pytest.mark.parametrize(
    ("line", "clock", "category"),
    [
        ("8:05-8:40 travel", "8:05–8:40", "travel"),
        ("-30 calls", "13:30–14:00", "work/phone calls"),
        ("+15 break", "11:10–11:25", "rest"),
        ("to 12 lunch", "11:10–12:00", "eating"),
        ("to noon lunch", "11:10–12:00", "eating"),
        ("to now we", "11:10–14:00", "work/e-mails"),
        ("13-now w", "13:00–14:00", "work"),
        ("to 1pm eating", "11:10–13:00", "eating"),
        ("1-2pm eating", "13:00–14:00", "eating"),
        ("today 6-7 x", "6:00–7:00", "exercise"),
    ],
)
def test_today(line: str, clock: str, category: str) -> None:
    assert told(line) == ("2026-10-26", clock, category)


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("yesterday 23:10-0:40 driving", "2026-10-25", "23:10–0:40"),
        ("yesterday 22-24 driving", "2026-10-25", "22:00–0:00"),
        ("yesterday 22-midnight driving", "2026-10-25", "22:00–0:00"),
        ("yesterday to 8 sleep", "2026-10-25", "0:00–8:00"),
        ("yesterday +45 sleep", "2026-10-25", "0:00–0:45"),
        ("mon 6-7 travel", "2026-10-26", "6:00–7:00"),
        ("sat 8-9 travel", "2026-10-24", "8:00–9:00"),
        ("tuesday 8-9 travel", "2026-10-20", "8:00–9:00"),
        ("2026-01-02 8-9 travel", "2026-01-02", "8:00–9:00"),
    ],
)
def test_other_days(line: str, day: str, clock: str) -> None:
    assert told(line)[:2] == (day, clock)


def test_times_are_on_the_day_shown() -> None:
    assert told("8-9 travel", shown="2026-10-20")[:2] == ("2026-10-20", "8:00–9:00")
    assert told("+30 travel", shown="2026-10-20")[:2] == ("2026-10-20", "0:00–0:30")
    # on another day the time just past would land where nobody is looking
    assert "counts back from now" in wrong("-30 travel", shown="2026-10-20").what
    assert told("22-7 sleep", shown="2026-10-20")[:2] == ("2026-10-20", "22:00–7:00")


def test_a_day_that_starts_at_four_holds_the_small_hours_of_the_next_date() -> None:
    assert told("1:30-2 c", day_start=240, shown="2026-10-20") == ("2026-10-20", "1:30–2:00", "technology")
    found = typed("1:30-2 c", day_start=240, shown="2026-10-20")
    assert isinstance(found, Preview) and found.span.start == at("2026-10-21T01:30")


def test_what_it_cuts_is_told() -> None:
    found = typed("10-12 design")
    assert isinstance(found, Preview)
    assert found.cuts == (MORNING[0]._replace(start=at("2026-10-26T10:00")),)
    same = typed("10-12 e-mails")
    assert isinstance(same, Preview) and same.cuts == ()
    assert found.words == "10:00–12:00 Work / Design, 2 h, over Work / E-mails"
    assert same.words == "10:00–12:00 Work / E-mails, 2 h"


def test_names_of_what_it_cuts_are_each_said_once_and_never_many() -> None:
    spans = tuple(
        Span(at(f"2026-10-26T0{i}:00"), at(f"2026-10-26T0{i + 1}:00"), name)
        for i, name in enumerate(("rest", "travel", "rest", "eating", "sleeping"), start=1)
    )
    two, many = typed("1-4 work", spans=spans), typed("1-6 work", spans=spans)
    assert isinstance(two, Preview) and isinstance(many, Preview)
    assert two.words.endswith("3 h, over Rest and Travel")
    assert many.words.endswith("5 h, over Rest, Travel, Eating and 1 more")


def test_time_to_come_is_said_to_be_ahead() -> None:
    ahead, partly = typed("16-17 work"), typed("13-17 work")
    assert isinstance(ahead, Preview) and isinstance(partly, Preview)
    assert ahead.words == "16:00–17:00 Work, 1 h, ahead of now"
    assert partly.words == "13:00–17:00 Work, 4 h, ends ahead of now"


def test_state_and_future() -> None:
    late, fresh, ahead = typed("8-9 travel"), typed("-30 calls"), typed("to 17 work")
    assert isinstance(late, Preview) and isinstance(fresh, Preview) and isinstance(ahead, Preview)
    assert [one.span.state for one in (late, fresh, ahead)] == [FILLED, CONFIRMED, CONFIRMED]
    assert [one.ahead for one in (late, fresh, ahead)] == [False, False, True]


def test_proposals_do_not_end_the_open_time() -> None:
    spans = (
        *MORNING,
        Span(at("2026-10-26T11:30"), at("2026-10-26T11:40"), "work/phone calls", PROPOSED, "call"),
    )
    assert told("to 12 lunch", spans=spans)[1] == "11:10–12:00"


def test_rounding_is_said() -> None:
    found = typed("8:07-8:41 travel")
    assert isinstance(found, Preview)
    assert found.notes == ("Rounded to five minutes: 8:05–8:40.",)
    assert told("-30 calls", now=NOW + 140)[1] == "13:30–14:00"
    exact = typed("8:05-8:40 travel")
    assert isinstance(exact, Preview) and exact.notes == ()


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("-1h calls", "13:00–14:00"), ("-30 calls", "13:30–14:00"), ("-3 calls", "13:55–14:00"),
        ("-8 calls", "13:50–14:00"), ("13-now w", "13:00–14:00"), ("to now w", "11:10–14:00"),
        ("13:59-now w", "13:55–14:00"),
    ],
)  # fmt: skip
def test_what_ends_now_never_ends_later_than_now(line: str, clock: str) -> None:
    for seconds in (160, 240, 299):  # the nearest edge of the grid is still to come
        found = typed(line, now=NOW + seconds)
        assert isinstance(found, Preview) and not found.ahead
        assert told(line, now=NOW + seconds)[1] == clock


@given(st.integers(1, 1440), st.integers(0, 86399))
def test_a_length_back_from_now_is_as_long_as_said_to_the_grid(minutes: int, second: int) -> None:
    now = at("2026-10-26T00:00") + second
    found = typed(f"-{minutes} rest", now=now)
    if isinstance(found, Problem):
        assert minutes < 3
    else:
        assert now - SLOT < found.span.end <= now and abs(found.span.length - minutes * 60) <= SLOT // 2


# -- the 12-hour clock


@pytest.mark.parametrize(
    ("line", "day", "says"),
    [
        ("to 5 lunch", "", "11:10 AM|5:00 PM"),
        ("9-5 work", "", "5:00 PM"),
        ("2:15-3 calls", "2026-10-25", "2:15 AM comes twice|2:15 AM 2nd"),
        ("2:15-3 calls", "2026-03-29", "2:15 AM does not exist|from 2:00 AM to 3:00 AM|Write 3:00 AM."),
        ("8:07-8:41 travel", "", "8:05 AM–8:40 AM"),
    ],
)
def test_by_the_12_hour_clock_every_time_it_tells_is_of_that_clock(line: str, day: str, says: str) -> None:
    calendar = Calendar(BERLIN)
    shown = calendar.named(date.fromisoformat(day)) if day else calendar.of(NOW)
    found = read(line, tree(), calendar, shown, NOW, lambda a, b: touching(MORNING, a, b), twelve=True)
    words = " ".join((found.words, *found.notes) if isinstance(found, Preview) else (found.what, found.mend))
    for part in says.split("|"):
        assert part in words
    assert not re.search(r"\b\d{1,2}:\d\d(?! [AP]M)", words), words


# -- nights of changed clocks


def test_one_hour_counts_twice_in_autumn_and_none_in_spring() -> None:
    for line, hours in (
        ("2026-10-25 1:30-3:30 s", 3),
        ("2026-03-29 1:30-3:30 s", 1),
        ("2026-10-24 1:30-3:30 s", 2),
    ):
        found = typed(line)
        assert isinstance(found, Preview) and found.span.length == hours * 3600


def test_a_time_that_comes_twice_is_said_and_can_be_chosen() -> None:
    first, second = at("2026-10-25T02:15"), at("2026-10-25T02:15", fold=1)
    plain = typed("2026-10-25 2:15-2:45 rest")
    assert isinstance(plain, Preview)
    assert (plain.span.start, plain.span.length, len(plain.notes)) == (first, 1800, 2)
    assert "comes twice" in plain.notes[0]
    chosen = typed("2026-10-25 2:15 2nd-2:45 2nd rest")
    assert isinstance(chosen, Preview)
    assert (chosen.span.start, chosen.span.length, chosen.notes) == (second, 1800, ())
    both = typed("2026-10-25 2:15 1st-2:15 2nd rest")
    assert isinstance(both, Preview) and both.span[:2] == (first, second)
    assert both.words.startswith("2:15 (1st)–2:15 (2nd)")


def test_a_time_that_does_not_come() -> None:
    found = wrong("2026-03-29 2:10-3:30 s")
    assert found.what == "2:10 does not exist on this day: the clock goes from 2:00 to 3:00."
    assert found.mend == "Write 3:00."
    assert (found.start, found.end) == (11, 15)
    assert wrong("2026-03-28 23-2:30 s").start == 14
    assert told("2026-03-29 23-2 s")[1] == "23:00–2:00"
    assert wrong("2026-04-24 0:00-2 s", name="Africa/Cairo").mend == "Write 1:00."
    assert told("2026-04-23 22-24 s", name="Africa/Cairo")[1] == "22:00–1:00"
    assert "skipped" in wrong("2011-12-30 8-9 s", name="Pacific/Apia").what


@given(
    st.sampled_from(NAMED),
    st.dates(date(2008, 1, 1), date(2036, 12, 31)),
    st.integers(0, 287),
    st.integers(1, 140),
)
def test_a_line_means_the_slots_whose_clock_it_names(name: str, on: date, first: int, count: int) -> None:
    """A span of slots, written as its clock times, is read as that span (unless one of them comes twice)."""
    day = day_named(on, zone(name))
    if first >= day.slots:
        return
    start = day.start + first * SLOT
    end = min(day.end, start + count * SLOT)
    clock = [time_words(edge, zone(name)) for edge in (start, end)]
    line = f"{on} {'-'.join(one.replace('(', '').replace(')', '') for one in clock)} work"
    found = typed(line, name=name, spans=())
    assert isinstance(found, Preview), (line, found)
    assert found.span[:2] == (start, end) and found.day == day


# -- what it refuses


@pytest.mark.parametrize(
    ("line", "what", "mend"),
    [
        ("to 5 lunch", "Open time begins at 11:10", "For the afternoon write 17:00."),
        ("9-5 work", "That would be 20 h, into the next day.", "For the afternoon write 17:00."),
        ("11-1 work", "That would be 14 h, into the next day.", "For the afternoon write 13:00."),
        ("23:10-0:40 driving", "These times are still to come.", "Put “yesterday” before them"),
        ("8:01-8:02 w", "That is less than half a slot", "Give a longer time."),
        ("yesterday -30 w", "A length with a minus counts from now.", "Leave the day out"),
        ("8 2nd-9 w", "This time does not come twice here.", "Leave “1st” or “2nd” out."),
        ("2026-13-01 8-9 w", "There is no such date.", "Write it as 2026-10-25."),
        ("9999-12-31 8-9 w", "This date is out of reach.", "Write it as 2026-10-25."),
        ("17-now w", "It ends before it begins.", "Give a later end."),
        ("8-9 zz", "There is no such category.", "Type the beginning of its name"),
        ("8-9", "A category is missing.", "Write what the time went to."),
    ],
)
def test_what_is_wrong_and_how_to_mend_it(line: str, what: str, mend: str) -> None:
    found = wrong(line)
    assert found.what.startswith(what) and found.mend.startswith(mend), found


def test_last_night_and_tonight_can_both_be_said() -> None:
    assert told("today 23:10-0:40 driving")[:2] == ("2026-10-26", "23:10–0:40")
    early = at("2026-10-26T00:50")
    assert told("yesterday 23:10-0:40 driving", now=early)[0] == "2026-10-25"
    assert "still to come" in wrong("23:10-0:40 driving", now=early).what


def test_a_full_day_has_nothing_to_go_on_from() -> None:
    full = (Span(at("2026-10-25T00:00"), at("2026-10-26T08:00"), "sleeping"),)
    assert wrong("yesterday +15 rest", spans=full).what == "The whole day is filled."


def test_between_two_categories_it_asks() -> None:
    found = wrong("8-9 re")
    assert [one.id for one in found.choices] == ["work/research", "rest"]
    assert found.what == "This can be “Work / Research” or “Rest”."
    assert (found.start, found.end, found.unfinished) == (4, 6, True)


def test_an_archived_category_is_named() -> None:
    new = applied(tree(), archive(tree(), "rest"))
    calendar = Calendar(BERLIN)
    found = read("8-9 rest", new, calendar, calendar.of(NOW), NOW, lambda a, b: ())
    assert isinstance(found, Problem)
    assert (found.what, [one.id for one in found.choices]) == ("This category is archived.", ["rest"])


@given(st.text(alphabet="0123456789:-+ .hapmtonxyesterdaywk12nd", max_size=30))
def test_whatever_is_typed_gets_an_answer(line: str) -> None:
    found = typed(line)
    if isinstance(found, Preview):
        assert found.span.start < found.span.end and found.span.start % SLOT == 0 == found.span.end % SLOT
        assert found.day.start <= found.span.start < found.day.end
    else:
        assert found.what and found.mend


def test_lengths_in_words() -> None:
    assert [length_words(s) for s in (300, 3600, 5400, 90000)] == ["5 min", "1 h", "1 h 30 min", "25 h"]


def test_a_diary_of_a_night_of_changed_clocks_in_twenty_five_lines() -> None:
    """Line after line goes on from the one before; the day of 25 hours is full at the end, to the minute."""
    morning = (
        "to 1:30 c|to 7:15 sleep|+20 shower|+25 breakfast|+15 p|+35 driving|to 9:30 mail|+40 calls|+10 break"
    )
    midday = (
        "to 11 research|+25 calls|to 12:15 design|to 12:45 lunch|+15 walk|to 14:30 design|+30 nap|+10 break"
    )
    evening = "to 16:20 calls|to 17 mail|+40 driving|to 18:30 family|+45 dinner|to 20:15 sport|to 22:30 tv|to 24 sleep"
    lines = [line for part in (morning, midday, evening) for line in part.split("|")]
    assert len(lines) == 25
    day = day_named(date(2026, 10, 25), BERLIN)
    spans: tuple[Span, ...] = ()
    calendar = Calendar(BERLIN)
    for line in lines:

        def near(a: int, b: int, spans: Sequence[Span] = spans) -> Sequence[Span]:
            return touching(spans, a, b)

        found = read(line, tree(), calendar, day, NOW, near)
        assert isinstance(found, Preview), (line, found)
        assert found.cuts == ()
        spans = apply(spans, paint(spans, found.span))
    assert (spans[0].start, spans[-1].end) == (day.start, day.end)
    assert sum(span.length for span in spans) == day.length == 25 * 3600
    assert sum(span.length for span in spans if span.category == "sleeping") == (6 * 60 + 45 + 30 + 90) * 60
