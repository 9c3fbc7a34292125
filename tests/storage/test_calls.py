"""The book of calls: events kept one by one, lists and figures that always agree with them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.core.calls import State, fold
from companion.core.changes import Change
from companion.core.split import EMPTY_TAIL, tail_of
from companion.storage.calls import CallerHistory, CallsBook, Due
from companion.storage.rows import row_of
from companion.storage.store import Store

Tell = Callable[..., Any]
LATER = timedelta(hours=1)


def told_to(store: Store) -> list[Change]:
    told: list[Change] = []
    store.subscribe(told.append)
    return told


# -- events


def test_events_come_back_as_they_were(book: CallsBook, tell: Tell) -> None:
    story = (
        tell("a")
        .say("rang", 0.0)
        .say("started", 4.25)
        .type(5.5, "name", "Maria")
        .say("hold", 60.125, on=True)
    )
    assert book.events("a") == story.events
    assert fold("a", book.events("a")) == story.call
    assert book.events("none") == []


def test_several_events_are_kept_together(store: Store, book: CallsBook, tell: Tell, teller: type) -> None:
    made = tell("a").say("rang", 0.0).say("started", 1.0).say("hold", 2.0, on=True)
    told = told_to(store)
    book.add_many(fold("b", made.events), made.events, 5.0, "boot-1")
    book.add_many(made.call, (), 5.0, "boot-1")
    assert book.events("b") == made.events
    assert told == [Change.CALL]


def test_events_of_which_one_cannot_be_kept_are_not_kept(book: CallsBook, tell: Tell) -> None:
    story = tell("a").say("started", 0.0)
    with pytest.raises(TypeError):
        story.say("step", 1.0, id=object(), on=True)
    assert [e.kind for e in book.events("a")] == ["started"]


def test_the_line_is_what_the_events_add_up_to(book: CallsBook, tell: Tell) -> None:
    story = (
        tell("a")
        .say("rang", 0.0)
        .say("started", 2.0)
        .type(3.0, "name", "Maria")
        .type(3.5, "number", "030 1234")
    )
    story.say("set", 4.0, field="reason", value="billing").say(
        "asked", 5.0, id="q", kind="open", text="?", on=True
    )
    story.say("asked", 6.0, id="", kind="closed", text="", on=True).say("upset", 7.0, on=True)
    story.say("hold", 10.0, on=True).say("hold", 15.0, on=False).type(16.0, "promise.what", "call back")
    story.say("set", 17.0, field="promise.by", value="2026-03-03T09:00:00Z").type(18.0, "message.for", "Ann")
    story.say("ended", 100.0).say("set", 101.0, field="outcome", value="solved").say("finished", 130.0)
    row = book.row("a")
    assert row == row_of(story.call)
    assert row is not None
    assert (row.state, row.talk_s, row.hold_s, row.wrapup_s, row.handle_s) == (
        State.DONE,
        93.0,
        5.0,
        30.0,
        128.0,
    )
    assert (row.name, row.number, row.reason, row.outcome) == ("Maria", "030 1234", "billing", "solved")
    assert (row.open_asked, row.closed_asked, row.upset) == (1, 1, True)
    assert (row.has_promise, row.promise_what, row.promise_by) == (True, "call back", "2026-03-03T09:00:00Z")
    assert (row.has_slip, row.slip_done, row.started_at) == (True, False, "2026-03-02T12:00:02.000Z")
    assert book.recent(10) == [row]


# -- announcements


def test_who_shows_lists_is_only_told_when_a_list_changes(store: Store, tell: Tell) -> None:
    told = told_to(store)
    call, history, due = Change.CALL, Change.CALL | Change.HISTORY, Change.CALL | Change.FOLLOWUPS

    def news(expected: Change) -> None:
        assert told == [expected]
        told.clear()

    story = tell("a").say("started", 0.0)
    news(call)
    story.type(1.0, "notes", "x")
    news(call)
    story.type(2.0, "promise.what", "send it")
    news(due)
    story.type(3.0, "name", "Maria")  # the promise is listed with the name
    news(due)
    story.say("ended", 60.0)
    news(history | due)
    story.type(61.0, "notes", "more")  # the wrap-up's clock alone is no news
    news(call)
    story.type(62.0, "name", "Maria Mann")
    news(history | due)
    story.say("finished", 70.0)
    news(history | due)
    story.say("promise", 80.0, done=True)
    news(history | due)
    story.type(90.0, "notes", "even more")
    news(call)
    story.say("discarded", 95.0)
    news(history)


def test_a_sign_of_life_is_no_news(store: Store, book: CallsBook, tell: Tell) -> None:
    tell("a").say("started", 0.0)
    told = told_to(store)
    book.seen("a", 9.0, "later", 1009.0)
    assert told == []


# -- after a crash


def test_calls_that_were_not_finished_are_found(book: CallsBook, tell: Tell, teller: type) -> None:
    ringing = tell("ringing").say("rang", 0.0)
    live = tell("live", ringing.begin + LATER).say("started", 0.0).say("hold", 5.0, on=True)
    wrapup = tell("wrapup", live.begin + LATER).say("started", 0.0).say("ended", 60.0)
    tell("left").say("started", 0.0).say("ended", 60.0).say("wrapup_left", 70.0)
    tell("done").finish(60.0)
    tell("missed").say("rang", 0.0).say("missed", 20.0)
    tell("discarded").say("started", 0.0).say("discarded", 5.0)
    book.seen("live", 9.5, "2026-03-02T13:00:09.500Z", 1009.5)
    found = book.unfinished()
    assert [one.call_id for one in found] == ["ringing", "live", "wrapup"]
    one = found[1]
    assert one.events == tuple(live.events)
    assert (one.seq, one.seen_t, one.seen_at, one.awake, one.boot_id) == (
        2, 9.5, "2026-03-02T13:00:09.500Z", 1009.5, "boot-1",
    )  # fmt: skip
    assert (found[2].seen_t, found[2].seen_at, found[2].awake) == (60.0, wrapup.events[-1].at, 1060.0)


def test_a_sign_of_life_of_a_finished_call_does_nothing(store: Store, book: CallsBook, tell: Tell) -> None:
    tell("a").finish(60.0)
    book.seen("a", 99.0, "x", 1.0)
    book.seen("none", 99.0, "x", 1.0)
    assert book.unfinished() == []
    assert store.read("SELECT count(*) FROM call_signs") == [(0,)]


def test_a_wrapup_that_is_taken_up_again_counts_again(book: CallsBook, tell: Tell) -> None:
    story = tell("a").say("started", 0.0).say("ended", 60.0).say("wrapup_left", 70.0)
    assert book.unfinished() == []
    story.say("wrapup_resumed", 90.0)
    assert [(one.call_id, one.seen_t) for one in book.unfinished()] == [("a", 90.0)]


# -- history


def test_the_history_is_read_page_by_page(book: CallsBook, tell: Tell, teller: type) -> None:
    first = tell("a").finish(10.0)
    tell("b").finish(10.0)  # at the same instant
    tell("c").say("started", 0.0).say("discarded", 5.0)
    tell("d", first.begin + LATER).say("rang", 0.0).say("missed", 5.0)
    tell("e", first.begin + 2 * LATER).say("started", 0.0).say("ended", 5.0)
    tell("f", first.begin + 3 * LATER).say("started", 0.0)

    def pages(size: int, **how: Any) -> list[str]:
        found: list[str] = []
        before = None
        while page := book.recent(size, before, **how):
            found += [row.id for row in page]
            assert len(found) < 10
            before = (page[-1].started_at, page[-1].id)
        return found

    for size in range(1, 7):
        assert pages(size) == ["e", "d", "b", "a"]
        assert pages(size, include_discarded=True) == ["e", "d", "c", "b", "a"]
    assert len(book.recent(2)) == 2


def test_a_missed_call_stands_where_it_rang(book: CallsBook, tell: Tell) -> None:
    tell("a").say("rang", 0.0).say("missed", 30.0)
    assert book.recent(1)[0].started_at == "2026-03-02T12:00:00.000Z"


# -- what is due


def test_what_is_due(book: CallsBook, tell: Tell) -> None:
    assert book.due() == Due()
    promised = tell("promised").finish(60.0).type(70.0, "promise.what", "send it")
    message = tell("message", promised.begin + LATER).say("started", 0.0).type(1.0, "message.for", "Ann")
    missed = tell("missed", promised.begin + 2 * LATER).say("rang", 0.0).say("missed", 20.0)
    tell("left", promised.begin + 3 * LATER).say("started", 0.0).say("ended", 60.0).say("wrapup_left", 61.0)
    tell("nothing").finish(60.0)
    gone = tell("gone").say("started", 0.0).type(1.0, "promise.what", "x").say("discarded", 5.0)
    assert book.due() == Due(1, 1, 1, 1)
    assert [row.id for row in book.open_followups(10)] == ["left", "missed", "message", "promised"]
    assert [row.id for row in book.open_followups(2)] == ["left", "missed"]
    promised.say("promise", 80.0, done=True)
    message.say("slip", 80.0, done=True)
    missed.say("called_back", 80.0, done=True)
    assert book.due() == Due(0, 0, 0, 1)
    missed.say("called_back", 90.0, done=False)
    gone.say("restored", 90.0)
    assert book.due() == Due(1, 0, 1, 2)


# -- likely length

seconds = st.integers(0, 4000).map(lambda n: n / 8) | st.integers(0, 12).map(lambda n: n * 5.0)
lengths = st.lists(st.tuples(st.sampled_from(["", "billing", "order"]), seconds), max_size=25)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lengths, st.lists(seconds, max_size=5))
def test_the_tail_is_that_of_the_list_of_lengths(
    tmp_path_factory: pytest.TempPathFactory, teller: type, told: list[tuple[str, float]], marks: list[float]
) -> None:
    folder: Path = tmp_path_factory.mktemp("tail")
    store = Store.open(folder / "companion.db", folder / "backups")
    store.connection.execute("PRAGMA synchronous = OFF")
    book = CallsBook(store)
    for n, (reason, length) in enumerate(told):
        teller(book, str(n)).finish(length, reason)
    for at_least in [0.0, *marks, *(length for _, length in told)]:
        assert book.tail(None, at_least) == tail_of([length for _, length in told], at_least)
        for reason in ("", "billing", "order", "unheard of"):
            expected = tail_of([length for one, length in told if one == reason], at_least)
            assert book.tail(reason, at_least) == expected
    store.close()


def test_only_conversations_that_have_ended_make_the_tail(book: CallsBook, tell: Tell) -> None:
    tell("live").say("started", 0.0).say("hold", 50.0, on=True)
    tell("missed").say("rang", 0.0).say("missed", 50.0)
    tell("discarded").say("started", 0.0).say("discarded", 50.0)
    tell("never").say("rang", 0.0).say("discarded", 5.0).say("restored", 6.0)
    assert book.tail(None, 0.0) == EMPTY_TAIL
    tell("wrapup").say("started", 0.0).say("ended", 40.0)
    assert book.tail(None, 0.0) == tail_of([40.0], 0.0)


def test_the_tail_follows_what_happens_to_a_call(book: CallsBook, tell: Tell) -> None:
    other = tell("other").finish(30.0, "order")
    story = tell("a").finish(40.0, "billing")
    story.say("set", 60.0, field="reason", value="order")
    assert book.tail("billing", 0.0) == EMPTY_TAIL
    assert book.tail("order", 0.0) == tail_of([30.0, 40.0], 0.0)
    story.say("discarded", 61.0)
    assert book.tail("order", 0.0) == tail_of([30.0], 0.0)
    story.say("restored", 62.0)
    other.say("wrapup_resumed", 90.0).say("reopened", 95.0)
    assert book.tail(None, 0.0) == tail_of([40.0], 0.0)
    other.say("ended", 200.0)
    assert book.tail(None, 0.0) == tail_of([40.0, 200.0], 0.0)


def test_lengths_are_counted_again_when_a_row_goes(store: Store, book: CallsBook, tell: Tell) -> None:
    tell("a").finish(40.0)
    tell("b").finish(50.0)
    with store.write():
        store.connection.execute("DELETE FROM calls WHERE id = 'a'")
    assert book.tail(None, 0.0) == tail_of([50.0], 0.0)
    assert book.events("a") == []


# -- callers


def call_of(tell: Tell, call_id: str, numbers: tuple[str | None, str], name: str = "", hour: int = 0) -> Any:
    story = tell(call_id)
    story.begin += hour * LATER
    story.numbers = numbers
    story.say("started", 0.0)
    if name:
        story.type(1.0, "name", name)
    return story


def test_a_caller_is_known_again(book: CallsBook, tell: Tell) -> None:
    number = ("+493012345678", "3012345678")
    call_of(tell, "a", number, "Maria").say("set", 2.0, field="reason", value="order").type(
        3.0, "promise.what", "x"
    ).say("ended", 60.0).say("finished", 61.0)
    newest = (
        call_of(tell, "b", number, hour=1).say("set", 2.0, field="reason", value="billing").say("ended", 60.0)
    )
    call_of(tell, "discarded", number, "Nobody", hour=2).say("discarded", 5.0)
    call_of(tell, "now", number, "Now", hour=3)
    call_of(tell, "other", ("+4989111", "89111"), "Other", hour=2).say("ended", 60.0)
    expected = CallerHistory(2, "Maria", newest.call.started_at, "billing", 1)
    assert book.history_of(*number, "now") == expected
    assert book.history_of(None, number[1], "now") == expected
    assert book.history_of(number[0], "", "now") == expected
    assert book.history_of(*number, "b").count == 1
    assert book.history_of(None, "") == CallerHistory()
    assert book.history_of("+1", "1") == CallerHistory()


def test_two_valid_numbers_are_told_apart_though_their_keys_agree(book: CallsBook, tell: Tell) -> None:
    call_of(tell, "abroad", ("+1305555", "305555")).say("ended", 60.0)
    call_of(tell, "raw", (None, "305555"), hour=1).say("ended", 60.0)
    assert book.history_of("+49305555", "305555").count == 1
    assert book.history_of(None, "305555").count == 2


def test_numbers_stay_until_others_are_given(book: CallsBook, tell: Tell) -> None:
    story = call_of(tell, "a", ("+49301", "301"))
    story.numbers = None
    story.say("ended", 60.0)
    assert book.history_of("+49301", "301").count == 1
    story.numbers = (None, "")
    story.say("finished", 61.0)
    assert book.history_of("+49301", "301") == CallerHistory()


# -- with very many calls

PLANS = {
    "unfinished": "calls_running",
    "due": "calls_due",
    "open_followups": "calls_due",
    "recent": "calls_by_time",
    "tail": "calls_by_length",
    "tail_reason": "calls_by_reason_and_length",
    "history": "calls_by_e164",
}


@pytest.mark.parametrize("asked", PLANS)
def test_every_question_is_answered_from_an_index(store: Store, book: CallsBook, asked: str) -> None:
    """Else a file with many calls would be read from one end to the other."""
    said: list[str] = []
    store.connection.set_trace_callback(said.append)
    {
        "unfinished": book.unfinished,
        "due": book.due,
        "open_followups": lambda: book.open_followups(5),
        "recent": lambda: book.recent(5, ("2026", "x")),
        "tail": lambda: book.tail(None, 5.0),
        "tail_reason": lambda: book.tail("billing", 5.0),
        "history": lambda: book.history_of("+4930", "30"),
    }[asked]()
    store.connection.set_trace_callback(None)
    for sql in said:
        plan = [row[3] for row in store.read(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step.startswith("SCAN") and "USING" not in step], plan
        assert not [step for step in plan if "TEMP B-TREE" in step and asked != "history"], plan
        if " calls" in sql:
            assert any(PLANS[asked] in step for step in plan), plan
