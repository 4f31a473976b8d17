"""The desk's verbs of listening: a complaint becomes a ticket, once, with everything that was told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, ClockKind, HeatStep, Severity, TicketStatus
from complaint_desk.models.errors import FieldRefused, TicketNotFound
from complaint_desk.store.history import new_id
from tests.support import EVERY_WORD, FrozenClock, complaint

Open = Callable[..., Any]


def test_the_answer_is_what_is_read_back_later_also_by_another_desk(desk: Any, open_desk: Open) -> None:
    told = {name: value for name, value in EVERY_WORD.items() if name != "what"}
    ticket = desk.register(complaint("多收了两瓶酱油的钱", **told), heat={HeatStep.HEAR: desk.clock()})
    assert desk.ticket(ticket.number) == ticket
    assert open_desk("李敏").ticket(ticket.number) == ticket


def test_saving_the_same_call_twice_makes_one_ticket(desk: Any, open_desk: Open) -> None:
    call = new_id()
    first = desk.register(complaint(), ticket_id=call)
    assert first.id == call
    desk.act(first.number, Act.NOTED, "x")
    again = open_desk("李敏").register(complaint("别的"), ticket_id=call)
    assert again == desk.ticket(first.number)
    assert desk.queue_counts().open == 1
    assert desk.register(complaint()).number == "S01-261123-002"


def test_receipt_is_the_argument_else_the_forms_else_now(desk: Any, clock: FrozenClock) -> None:
    told, opened = clock.now - timedelta(hours=9), clock.now - timedelta(minutes=9)
    assert desk.register(complaint()).received_at == clock.now
    assert desk.register(complaint(received_at=told)).received_at == told
    assert desk.register(complaint(received_at=told), received_at=opened).received_at == opened


def test_the_clocks_run_from_receipt_and_not_from_saving(desk: Any, clock: FrozenClock) -> None:
    opened = clock.now - timedelta(minutes=9)
    clocks = desk.register(complaint(), received_at=opened).clocks
    assert [(clock.kind, clock.due_at - opened) for clock in clocks] == [
        (ClockKind.ADMIT, timedelta(hours=24)),
        (ClockKind.OWN, timedelta(hours=48)),
        (ClockKind.SOLVE, timedelta(days=30)),
    ]


def test_thirty_days_keep_the_local_time_where_the_clocks_are_changed(
    open_desk: Open, clock: FrozenClock
) -> None:
    clock.forward(days=-40)
    desk = open_desk(time_zone="America/New_York")
    received = clock.now
    clocks = {clock.kind: clock for clock in desk.register(complaint()).clocks}
    assert clocks[ClockKind.SOLVE].due_at - received == timedelta(days=30, hours=1)
    assert clocks[ClockKind.OWN].due_at - received == timedelta(hours=48)


def test_heat_marks_of_the_call_are_events_in_their_order_with_their_times(
    desk: Any, clock: FrozenClock
) -> None:
    marks = {
        HeatStep.THANK: clock.now - timedelta(seconds=10),
        HeatStep.HEAR: clock.now - timedelta(seconds=90),
    }
    ticket = desk.register(complaint(), received_at=clock.now - timedelta(minutes=3), heat=marks)
    assert dict(ticket.heat) == marks
    marked = [line for line in ticket.history if line.act is Act.HEAT_MARKED]
    assert [(line.step, line.happened_at) for line in marked] == sorted(
        marks.items(), key=lambda mark: mark[1]
    )
    assert {line.recorded_at for line in marked} == {clock.now}


def test_a_mark_can_be_set_moved_and_taken_back_and_all_stays_in_the_history(
    desk: Any, clock: FrozenClock
) -> None:
    number = desk.register(complaint()).number
    first = desk.mark_heat(number, HeatStep.APOLOGISE).heat
    clock.forward(minutes=1)
    second = desk.mark_heat(number, HeatStep.APOLOGISE).heat
    assert second[HeatStep.APOLOGISE] - first[HeatStep.APOLOGISE] == timedelta(minutes=1)
    ticket = desk.unmark_heat(number, HeatStep.APOLOGISE)
    assert dict(ticket.heat) == {}
    assert [line.act for line in ticket.history] == [
        *(Act.RECEIVED, Act.HEAT_MARKED, Act.HEAT_MARKED, Act.HEAT_UNMARKED)
    ]
    assert ticket.version == 1


def test_a_text_too_long_for_its_field_is_kept_whole_beside_it(desk: Any) -> None:
    story = "他们一直说不是他们的错。\n" * 5_000
    ticket = desk.register(complaint(), attachments={"how": story, "what": story})
    assert desk.ticket(ticket.number).attachments == (("how", story), ("what", story))


def test_a_store_told_is_kept_and_the_number_stays_the_files_own(open_desk: Open) -> None:
    desk = open_desk(store_code="S07")
    assert (desk.register(complaint()).store, desk.register(complaint(store="福田")).store) == ("S07", "福田")
    assert desk.register(complaint(store="福田")).number == "S07-261123-003"


def test_numbers_grow_past_nine_hundred_and_ninety_nine(desk: Any, file: Any) -> None:
    import sqlite3

    desk.register(complaint())
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("UPDATE counter SET last = 998")
    connection.close()
    numbers = [desk.register(complaint()).number for _ticket in range(3)]
    assert numbers == ["S01-261123-999", "S01-261123-1000", "S01-261123-1001"]
    assert desk.ticket("S01-261123-1000").number == "S01-261123-1000"


def test_a_letter_counts_in_the_day_it_came_in_on(desk: Any, clock: FrozenClock) -> None:
    desk.register(complaint())
    monday_before = clock.now - timedelta(days=7)
    numbers = [desk.register(complaint(received_at=monday_before)).number for _ticket in range(2)]
    assert numbers == ["S01-261116-001", "S01-261116-002"]
    assert desk.register(complaint()).number == "S01-261123-002"


def test_a_refused_complaint_uses_no_number_up(desk: Any, clock: FrozenClock) -> None:
    with pytest.raises(FieldRefused):
        desk.register(complaint(), received_at=clock.now + timedelta(seconds=1))
    assert desk.register(complaint()).number == "S01-261123-001"


def test_a_verb_that_fails_half_way_keeps_nothing(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from complaint_desk.store import projections

    number = desk.register(complaint()).number
    before = desk.ticket(number)

    def fail(*_args: Any) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(projections, "write_new", fail)
    monkeypatch.setattr(projections, "write_over", fail)
    verbs: tuple[Callable[[], Any], ...] = (
        lambda: desk.register(complaint()),
        lambda: desk.act(number, Act.RESOLVED, "x"),
        lambda: desk.amend(number, {"caller": "x"}),
        lambda: desk.mark_heat(number, HeatStep.HEAR),
    )
    for verb in verbs:
        with pytest.raises(RuntimeError, match="half way"):
            verb()
    monkeypatch.undo()
    assert desk.ticket(number) == before
    assert desk.changes_seen() == 2
    assert desk.register(complaint()).number == "S01-261123-002"


def test_words_of_danger_put_a_ticket_at_the_head_and_a_correction_takes_it_away(desk: Any) -> None:
    desk.register(complaint("酱油少了一瓶"))
    grave = desk.register(complaint("孩子喝了牛奶以后一直呕吐,送了医院"))
    assert grave.severity is Severity.GRAVE or grave.safety
    assert desk.queue()[0].number == grave.number
    desk.amend(grave.number, {"what": "牛奶少了一盒"})
    assert desk.queue()[0].number != grave.number


def test_no_verb_finds_a_ticket_that_is_not_there(desk: Any) -> None:
    verbs: tuple[Callable[[], Any], ...] = (
        lambda: desk.ticket("S01-261123-001"),
        lambda: desk.amend("S01-261123-001", {"caller": "x"}),
        lambda: desk.act("S01-261123-001", Act.NOTED, "x"),
        lambda: desk.mark_heat("S01-261123-001", HeatStep.HEAR),
        lambda: desk.unmark_heat("S01-261123-001", HeatStep.HEAR),
    )
    for verb in verbs:
        with pytest.raises(TicketNotFound, match="S01-261123-001"):
            verb()
    assert desk.queue_row("S01-261123-001") is None


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 1_000_001])
def test_words_no_file_can_keep_are_refused_as_a_field_and_not_as_a_crash(desk: Any, text: str) -> None:
    number = desk.register(complaint()).number
    with pytest.raises(FieldRefused):
        desk.act(number, Act.NOTED, text)
    with pytest.raises(FieldRefused):
        desk.amend(number, {"how": text})
    assert desk.ticket(number).version == 1


def test_only_acts_a_person_enters_can_be_entered(desk: Any) -> None:
    number = desk.register(complaint()).number
    for act in (Act.RECEIVED, Act.AMENDED, Act.STAFF_JOINED, Act.HEAT_MARKED):
        with pytest.raises(FieldRefused):
            desk.act(number, act, "x")


def test_a_ticket_is_open_until_resolved(desk: Any) -> None:
    number = desk.register(complaint()).number
    assert desk.ticket(number).status is TicketStatus.OPEN
    assert desk.act(number, Act.RESOLVED, "x").status is TicketStatus.RESOLVED
