"""The editor is the entry: written as it is typed, empty ones vanish, links mark and never choose, time is kept."""

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from companion.clock import ManualClock
from companion.core.stress import CHECK, ENTRY, UNNAMED, Action, Feeling
from companion.desk import Desk
from companion.journal import Journal
from companion.storage.errors import StoreError
from companion.ui.drafts import FLUSH_MS
from companion.ui.pages.stress.editor import PLACE
from companion.ui.pages.stress.journal import JournalView
from tests.ui.pages.stress.journaling import Show, Write, focus, name, press, settle, type_in

TAB = Qt.Key.Key_Tab


def chosen(part: QWidget) -> set[str]:
    return set(part.chosen())  # type: ignore[attr-defined]


def test_a_whole_entry_by_keys(show: Show, opened: Journal) -> None:
    view = show()
    view.new_entry()
    assert name(focus()) == "Stress before"
    type_in("8")
    press(TAB)
    assert name(focus()) == "Event"
    type_in("He shouted.")
    press(TAB)
    press(Qt.Key.Key_Space)  # the first kind of event
    while name(focus()) != "My rights were violated":
        press(TAB)
    press(Qt.Key.Key_Space)
    press(TAB)
    assert name(focus()) == "Belief"
    type_in("He must not.")
    press(TAB)
    press(Qt.Key.Key_Space)
    press(TAB)
    assert name(focus()) == "Feelings"
    type_in("a knot")
    press(Qt.Key.Key_Return)
    press(TAB)
    type_in("6")
    press(TAB)
    type_in("10")
    press(TAB)
    assert name(focus()) == "What I did"
    type_in("Went quiet.")
    press(TAB)
    type_in("ynsyns")
    assert name(focus()) == "Balanced belief"
    type_in("It was the bill.")
    press(TAB)
    press(TAB)
    assert name(focus()) == "Stress after"
    type_in("0")
    view.flush()
    (head,) = opened.heads()
    kept = opened.entry(head.id)
    assert (kept.before, kept.after, kept.event, kept.belief) == (8, 0, "He shouted.", "He must not.")
    assert (kept.event_kind, kept.belief_kind) == ("event.shouted", "belief.rights")
    assert kept.feelings == (Feeling("anger", 6), Feeling("a knot", 10))
    assert kept.did == "Went quiet."
    assert list(kept.answers.values()) == ["yes", "no", "yes", "no"]
    assert kept.balanced == "It was the bill."
    assert kept.kind == ENTRY


def test_a_key_is_on_the_disk_without_a_save(qtbot: QtBot, show: Show, opened: Journal) -> None:
    view = show()
    view.new_entry()
    assert opened.count == 0
    view.editor.page.event_part.event_edit.setFocus()
    with qtbot.waitSignal(view.editor.written, timeout=20 * FLUSH_MS):
        type_in("w")
    (head,) = opened.heads()
    assert opened.entry(head.id).event == "w"


def test_leaving_a_field_writes_at_once(show: Show, opened: Journal) -> None:
    view = show()
    view.new_entry()
    view.editor.page.event_part.event_edit.setFocus()
    type_in("words")
    press(TAB)
    (head,) = opened.heads()
    assert opened.entry(head.id).event == "words"


def test_an_entry_left_empty_never_was(show: Show, opened: Journal) -> None:
    view = show()
    view.new_entry()
    view.new_entry()
    view.flush()
    assert opened.count == 0
    view.editor.page.event_part.event_edit.setFocus()
    type_in("x")
    view.flush()
    assert opened.count == 1
    press(Qt.Key.Key_Backspace)
    view.flush()
    assert opened.count == 1  # still being written in
    view.new_entry()
    assert opened.count == 0


def test_the_call_filled_in_makes_no_entry(show: Show, opened: Journal) -> None:
    view = show()
    view.new_entry(call_id="call-1", reason="billing")
    view.flush()
    view.new_entry()
    assert opened.count == 0


def test_a_word_half_typed_as_a_feeling_is_kept(show: Show, opened: Journal) -> None:
    view = show()
    view.new_entry()
    view.editor.page.feelings.own.setFocus()
    type_in("wist")
    view.flush()
    (head,) = opened.heads()
    assert head.feelings == (Feeling("wist"),)
    type_in("ful")
    press(TAB)
    assert opened.entry(head.id).feelings == (Feeling("wistful"),)
    assert view.editor.page.feelings.own.text() == ""


def test_typed_names_find_the_shipped_feeling(show: Show, opened: Journal) -> None:
    view = show()
    view.new_entry()
    view.editor.page.feelings.own.setFocus()
    type_in("SADness")
    press(Qt.Key.Key_Return)
    assert chosen(view.editor.page.feelings.chips) == {"sadness"}
    view.flush()
    assert opened.heads()[0].feelings == (Feeling("sadness"),)


@pytest.mark.parametrize(
    ("belief", "feelings"),
    [
        ("belief.rights", {"anger"}),
        ("belief.threat", {"anxiety", "fear"}),
        ("belief.wronged", {"guilt"}),
        ("belief.standing", {"embarrassment"}),
        ("belief.loss", {"sadness"}),
        ("belief.unnamed", set()),
    ],
)
def test_a_belief_marks_the_feelings_it_often_goes_with(show: Show, belief: str, feelings: set[str]) -> None:
    view = show()
    view.new_entry()
    page = view.editor.page
    page.belief.kinds.choose(belief)
    marked = {chip.ident: chip.accessibleDescription() for chip in page.feelings.chips.chips if chip.marked}
    assert set(marked) == feelings
    assert all("often goes with" in why for why in marked.values())
    assert page.feelings.why.isVisible() == bool(feelings)
    assert page.feelings.chips.chosen() == ()
    page.belief.kinds.choose(belief, False)
    assert not any(chip.marked for chip in page.feelings.chips.chips)


@pytest.mark.parametrize(
    ("feeling", "belief"),
    [
        ("anger", "belief.rights"),
        ("fear", "belief.threat"),
        ("sadness", "belief.loss"),
        ("relief", ""),
        (UNNAMED, ""),
    ],
)
def test_a_feeling_marks_the_belief_it_often_comes_from(show: Show, feeling: str, belief: str) -> None:
    view = show()
    view.new_entry()
    page = view.editor.page
    page.feelings.chips.choose(feeling)
    marked = [chip.ident for chip in page.belief.kinds.chips if chip.marked]
    assert marked == ([belief] if belief else [])
    assert page.belief.kinds.chosen() == ()
    assert page.belief.why.isVisible() == bool(belief)


def test_i_cannot_name_it_is_always_there(show: Show) -> None:
    view = show()
    view.new_entry()
    for chips, ident in (
        (view.editor.page.feelings.chips, UNNAMED),
        (view.editor.page.belief.kinds, "belief.unnamed"),
    ):
        chip = chips.chip(ident)
        assert chip is not None
        assert chip.isVisible()
        assert chip.accessibleName() == "I can't name it"


def test_nothing_is_inferred_from_text(show: Show, opened: Journal) -> None:
    view = show()
    view.new_entry()
    page = view.editor.page
    page.event_part.event_edit.set_text("anger fear sadness, I was shouted at, my rights were violated")
    page.belief.belief.set_text("anger")
    view.flush()
    (head,) = opened.heads()
    assert (head.feelings, head.event_kind, head.belief_kind, head.source) == ((), "", "", "")
    assert not any(chip.marked for chip in page.feelings.chips.chips)


def test_back_dating_and_editing_keeps_the_time(show: Show, opened: Journal, write: Write) -> None:
    entry = write(30, event="yesterday")
    view = show()
    view.open_entry(entry.id)
    view.editor.page.event_part.event_edit.set_text("yesterday, in the evening")
    view.flush()
    assert opened.entry(entry.id).at == entry.at
    assert opened.entry(entry.id).event == "yesterday, in the evening"
    when = view.editor.head.when
    assert when.dateTime() == QDateTime(2026, 11, 19, 4, 30, 0)  # in Berlin, where it was written
    when.setDateTime(QDateTime(2026, 7, 1, 22, 15, 0))
    view.flush()
    kept = opened.entry(entry.id)
    assert kept.at == "2026-07-01T20:15:00.000Z"
    assert kept.made_at == entry.made_at
    view.editor.page.event_part.event_edit.set_text("in July")
    view.flush()
    assert opened.entry(entry.id).at == "2026-07-01T20:15:00.000Z"


def test_several_a_day(show: Show, opened: Journal) -> None:
    view = show()
    for _turn in range(3):
        view.new_entry()
        type_in("5")
    view.flush()
    assert opened.count == 3


def test_solved_once_is_shown_for_the_same_kind_of_event(show: Show, opened: Journal, write: Write) -> None:
    helped = Action("a" * 32, "breathe", made_at="2026-11-10T08:00:00.000Z", helped=8, asked=True)
    for hours in (24 * 9, 24 * 3):
        write(
            hours,
            event="x",
            event_kind="event.shouted",
            balanced=f"It was the bill {hours}.",
            did="  Let them finish.\nThen named the date. " if hours == 72 else "",
            before=8,
            after=4,
            actions=(helped._replace(id=f"{hours:032}"),),
        )
    write(5, event="y", event_kind="event.queue", balanced="Breathe.")
    view = show()
    view.new_entry()
    page = view.editor.page
    assert not page.belief.solved.isVisible()
    page.event_part.kinds.choose("event.shouted")
    assert page.belief.solved.isVisible()
    assert told_in(view) == [
        "Tue 17 Nov 2026 · 8 → 4",
        "It was the bill 72.",
        "Breathed, helped 8 of 10",
        "What I did: Let them finish. Then named the date.",
        "Wed 11 Nov 2026 · 8 → 4",
        "It was the bill 216.",
        "Breathed, helped 8 of 10",
    ]
    assert all(row.isReadOnly() for row in page.belief.solved.rows)
    page.event_part.kinds.choose("event.queue")
    assert "Breathe." in told_in(view)
    page.event_part.kinds.choose("event.badnews")
    assert not page.belief.solved.isVisible()


def told_in(view: JournalView) -> list[str]:
    """What stands in "You solved this once"."""
    return [row.text() for row in view.editor.page.belief.solved.rows]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("breathe", "Breathed: {n} <b>tea</b> {what}"),
        ("break", "Took a break: {n} <b>tea</b> {what}"),
        ("response", "Kept a sentence: {n} <b>tea</b> {what}"),
        ("talk", "Talked with someone: {n} <b>tea</b> {what}"),
        ("escalate", "{n} <b>tea</b> {what}"),
        ("report", "{n} <b>tea</b> {what}"),
        ("other", "{n} <b>tea</b> {what}"),
    ],
)
def test_what_was_done_then_is_told_with_what_was_typed(
    show: Show, write: Write, kind: str, told: str
) -> None:
    action = Action("a" * 32, kind, "{n} <b>tea</b>\n{what}", helped=7, asked=True)
    write(48, event_kind="event.shouted", actions=(action,))
    view = show()
    view.new_entry()
    view.editor.page.event_part.kinds.choose("event.shouted")
    assert told_in(view)[1:] == [f"{told}, helped 7 of 10"]


def test_however_much_was_done_it_stays_short(show: Show, write: Write) -> None:
    actions = tuple(Action(f"{n:032}", "other", "a" * 3000, helped=n, asked=True) for n in range(10))
    for n in range(4):
        write(48 + n, event_kind="event.shouted", balanced=f"b{n}", did="d" * 5000, actions=actions)
    view = show()
    view.new_entry()
    view.editor.page.event_part.kinds.choose("event.shouted")
    lines = told_in(view)
    assert [lines[n] for n in (1, 6, 9)] == ["b0", "b1", "b2"] and len(lines) == 11
    done, did = [lines[2], lines[3], lines[7], lines[10]], lines[4]
    assert [line.rpartition(", ")[2] for line in done] == [f"helped {n} of 10" for n in (9, 8, 9, 9)]
    assert did.startswith("What I did: d") and did.endswith("…")
    assert all(len(line) <= 130 for line in (*done, did))


def test_a_check_is_short_until_it_is_made_an_entry(show: Show, opened: Journal) -> None:
    opened.add_check(6, (Feeling("anger"),), "third one")
    view = show()
    ident = opened.heads()[0].id
    view.open_entry(ident)
    page = view.editor.page
    assert page.event_part.line.isVisible()
    assert not page.event_part.event_edit.isVisible()
    assert not page.belief.isVisible()
    page.go_on.click()
    settle()
    assert page.belief.isVisible()
    assert focus() is page.event_part.event_edit
    type_in("The whole of it.")
    view.flush()
    kept = opened.entry(ident)
    assert (kept.kind, kept.line, kept.before) == (ENTRY, "third one", 6)
    assert kept.feelings == (Feeling("anger"),)


def test_a_check_that_gets_no_more_stays_a_check(show: Show, opened: Journal) -> None:
    opened.add_check(6, (), "", to_finish=True)
    view = show()
    ident = opened.heads()[0].id
    view.open_entry(ident)
    assert view.editor.page.belief.isVisible()  # it is to be finished: all of it is there
    view.editor.page.event_part.before.setFocus()
    type_in("7")
    view.editor.head.finish.click()
    view.flush()
    kept = opened.entry(ident)
    assert (kept.kind, kept.before, kept.to_finish) == (CHECK, 7, False)


def test_the_call_link_is_off_and_shows_date_and_reason_only(
    show: Show, opened: Journal, desk: Desk, clock: ManualClock
) -> None:
    desk.start("Maria Mann", "billing", "+44 20 7946 0018")
    clock.advance(60)
    desk.end("resolved")
    clock.advance(60)
    call = desk.history.recent(1)[0]
    view = show()
    view.new_entry()
    link = view.editor.page.event_part.link
    assert link.isVisible()
    assert not link.isChecked()
    assert desk.reason_name(call.reason) in link.text()
    assert "20 Nov" in link.text()
    assert "Maria" not in link.text()
    assert "7946" not in link.text()
    view.editor.page.event_part.event_edit.set_text("it was this one")
    view.flush()
    ident = opened.heads()[0].id
    assert opened.entry(ident).call_id == ""
    link.click()
    view.flush()
    assert (opened.entry(ident).call_id, opened.entry(ident).reason) == (call.id, call.reason)
    # Another call comes later: the link stays with the first.
    desk.start("", "", "")
    clock.advance(60)
    desk.end("resolved")
    other = show()
    other.open_entry(ident)
    assert other.editor.page.event_part.link.isChecked()
    other.editor.page.event_part.event_edit.set_text("it was that one")
    other.flush()
    assert opened.entry(ident).call_id == call.id


def test_what_was_written_opens_again_after_a_lock(show: Show, opened: Journal, desk: Desk) -> None:
    view = show()
    view.new_entry()
    page = view.editor.page
    page.belief.belief.setFocus()
    type_in("not fin")
    page.actions_part.start("talk")
    type_in("Ana")
    view.flush()
    ident = view.editor.entry_id
    again = show()
    assert again.editor.entry_id == ident
    assert again.editor.page.belief.belief.text() == "not fin"
    form = again.editor.page.actions_part.form
    assert form is not None
    assert form.typed() == {"who": "Ana", "what": ""}
    assert opened.page(PLACE)["entry"] == ident


def test_what_the_disk_refuses_stays_and_is_written_later(
    qtbot: QtBot, show: Show, opened: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = show()
    view.new_entry()
    view.editor.page.event_part.event_edit.setFocus()
    full = StoreError("The disk is full.")

    def refuse(_entry: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(opened, "write", refuse)
        type_in("words")
        with pytest.raises(StoreError):
            view.flush()
        view.editor._on_timer()
        assert view.editor.trouble.isVisible()
        assert "The disk is full." in view.editor.trouble.text()
        said: list[str] = []
        view.told.connect(said.append)
        view.new_entry()
        assert said
        assert view.editor.page.event_part.event_edit.text() == "words"
    with qtbot.waitSignal(view.editor.written, timeout=10_000):
        pass
    assert opened.entry(view.editor.entry_id).event == "words"
    assert not view.editor.trouble.isVisible()


@pytest.mark.parametrize("text", ["<b>x</b>", "\x00\x07", "w" * 100_000, "שלום " * 2000, "=1+1", "😀" * 500])
def test_hostile_text_comes_back_as_it_was(show: Show, opened: Journal, text: str) -> None:
    view = show()
    view.new_entry()
    page = view.editor.page
    page.event_part.event_edit.set_text(text)
    page.belief.belief.set_text(text)
    page.feelings.own.set_text(text[:200])
    page.feelings.take_typed()
    typed = page.event_part.event_edit.text()
    view.flush()
    ident = view.editor.entry_id
    settle()
    again = show()
    again.open_entry(ident)
    assert again.editor.page.event_part.event_edit.text() == typed
    assert typed.replace("\x00", "").replace("\ufffd", "") == text.replace("\x00", "")
    assert text[:20] not in again.windowTitle()


def test_no_text_in_tool_tips_or_object_names(show: Show, write: Write) -> None:
    secret = "wombat"
    entry = write(
        event=secret * 90, belief=secret * 90, did=secret, feelings=(Feeling(secret * 30, 3),), line=secret
    )
    view = show()
    view.open_entry(entry.id)
    settle()
    for widget in [view, *view.findChildren(QWidget)]:
        assert secret not in widget.objectName()
        assert secret not in widget.windowTitle()
        assert secret not in widget.toolTip()


def test_names_that_others_rely_on(show: Show) -> None:
    view = show()
    view.new_entry()
    names = {widget.accessibleName() for widget in view.findChildren(QWidget) if widget.isVisible()}
    assert {"Event", "Belief", "Feelings", "What I did", "Stress before", "Stress after"} <= names


def test_every_stop_of_tab_has_a_name_and_comes_once(show: Show, write: Write) -> None:
    entry = write(event="x", feelings=(Feeling("anger", 1), Feeling("own")))
    view = show()
    view.open_entry(entry.id, "event")
    first, seen = focus(), []
    widget = first
    while widget not in seen:
        seen.append(widget)
        assert name(widget), widget
        press(TAB)
        widget = focus()
    places = [one for one in seen if view.editor.area.widget().isAncestorOf(one)]
    tops = [
        one.mapTo(view.editor.page, one.rect().topLeft()).y() for one in places[: places.index(first) or None]
    ]
    assert tops == sorted(tops)


def test_showing_an_entry_is_no_change_of_it(show: Show, write: Write) -> None:
    entry = write(event="x", event_kind="event.shouted", source="source.hours", before=3, after=2)
    view = show()
    heard: list[str] = []
    view.editor.written.connect(heard.append)
    view.open_entry(entry.id)
    view.flush()
    assert heard == []


def test_sources_of_ones_own_can_be_chosen(show: Show, opened: Journal, write: Write) -> None:
    opened.write_page("sources", {"mine": ["source.workload", "The new till"]})
    view = show()
    view.new_entry()
    part = view.editor.page.event_part
    part.more.click()
    assert part.sources.chip("The new till") is not None
    part.sources.choose("The new till")
    view.flush()
    ident = view.editor.entry_id
    assert opened.entry(ident).source == "The new till"
    # Named no more, it stays with the entry that names it, and another one can be chosen at once.
    opened.write_page("sources", {"mine": ["Noise"]})
    view.refresh()
    assert part.sources.chosen() == ("The new till",)
    assert part.sources.chip("Noise") is not None
    view.new_entry()
    assert part.sources.chip("The new till") is None and part.sources.chosen() == ()
