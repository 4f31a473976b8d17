"""What a call came to besides the complaint: read-back, reading of the caller, cards; never in the way."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from complaint_desk.desk.desk import Desk
from complaint_desk.desk.ticket_json import ticket_json
from complaint_desk.desk.ticket_text import ticket_text
from complaint_desk.models.call_marks import AvoidFound, SituationMet, TypeReading, TypeReason
from complaint_desk.models.enums import Act, ComplainantType, HeatStep
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.forms import ComplaintForm
from complaint_desk.models.ticket import Ticket
from complaint_desk.settings import Settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)
READING = TypeReading(
    proposed=ComplainantType.RATIONAL,
    probabilities={kind: 0.63 if kind is ComplainantType.RATIONAL else 0.0925 for kind in ComplainantType},
    reasons=(TypeReason("以哪个为准", ComplainantType.RATIONAL, 7.1),),
    answers=(("first", None), ("rational-negotiator", ComplainantType.RATIONAL)),
    chosen=ComplainantType.NEGOTIATOR,
    chosen_at=MONDAY,
)


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = Desk.open(Settings(db=str(tmp_path / "desk.db"), store_code="S01"), as_name="chen", clock=clock)
    yield desk
    desk.close()


def complaint(**more: str) -> ComplaintForm:
    return ComplaintForm.model_validate({"what": "结账多收了两瓶酱油的钱", **more})


def as_json(desk: Desk, ticket: Ticket) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(ticket_json(ticket, desk.clock(), SHANGHAI))
    return parsed


def test_the_callers_word_that_it_is_right_is_kept_with_its_time(desk: Desk, clock: Clock) -> None:
    said_at = MONDAY + timedelta(minutes=4)
    clock.now = MONDAY + timedelta(minutes=6)
    ticket = desk.register(complaint(), received_at=MONDAY, read_back_confirmed_at=said_at)
    assert ticket.read_back_confirmed_at == said_at
    assert desk.ticket(ticket.number) == ticket
    assert as_json(desk, ticket)["read_back_confirmed_at"] == "2026-11-23T10:32:00+08:00"
    assert [line.happened_at for line in ticket.history if line.act is Act.READ_BACK_CONFIRMED] == [said_at]


def test_a_saved_ticket_is_read_back_later_and_the_mark_can_be_taken_back(desk: Desk) -> None:
    ticket = desk.register(complaint())
    assert ticket.read_back_confirmed_at is None
    after = desk.confirm_read_back(ticket.number)
    assert (after.read_back_confirmed_at, after.version) == (MONDAY, ticket.version)
    assert desk.act(ticket.number, Act.UNDONE).read_back_confirmed_at is None


def test_the_proposal_its_reasons_and_the_choice_are_kept_with_who_chose(desk: Desk) -> None:
    ticket = desk.register(complaint(type="negotiator"), type_reading=READING)
    kept = desk.ticket(ticket.number).type_reading
    assert kept is not None
    assert (kept.proposed, kept.chosen, kept.chosen_by) == ("rational", "negotiator", "chen")
    assert kept.reasons == READING.reasons
    assert kept.answers == READING.answers
    shown = as_json(desk, ticket)["type_reading"]
    assert isinstance(shown, dict)
    assert shown["probabilities"]["rational"] == 0.63
    assert shown["reasons"] == [{"words": "以哪个为准", "type": "rational", "points": 7.1}]
    assert shown["answers"] == {"first": None, "rational-negotiator": "rational"}


def test_a_type_nobody_chose_has_a_proposal_and_no_choice(desk: Desk) -> None:
    reading = TypeReading(READING.proposed, READING.probabilities, unsure=True)
    kept = desk.register(complaint(), type_reading=reading).type_reading
    assert kept is not None
    assert (kept.unsure, kept.chosen, kept.chosen_by, kept.chosen_at) == (True, None, None, None)


def test_a_corrected_type_is_a_new_choice_beside_the_old_proposal(desk: Desk) -> None:
    number = desk.register(complaint(type="negotiator"), type_reading=READING).number
    other = Desk.open(desk.settings, as_name="li", clock=desk.clock)
    try:
        ticket = other.amend(number, {"type": "victim"})
    finally:
        other.close()
    assert ticket.type_reading is not None
    assert (ticket.type_reading.proposed, ticket.type_reading.chosen) == ("rational", "victim")
    assert ticket.type_reading.chosen_by == "li"


def test_the_kind_the_caller_had_become_is_recorded_when_it_is_resolved(desk: Desk) -> None:
    number = desk.register(complaint(type="victim")).number
    ticket = desk.act(number, Act.RESOLVED, "当面道歉，顾客满意", type_end=ComplainantType.LOYAL_ADVOCATE)
    assert (ticket.type, ticket.type_end) == ("victim", "loyal_advocate")
    assert as_json(desk, ticket)["type_end"] == "loyal_advocate"
    assert desk.act(number, Act.UNDONE).type_end is None


def test_the_kind_at_the_end_can_be_recorded_afterwards_and_taken_back(desk: Desk) -> None:
    number = desk.register(complaint()).number
    assert desk.end_type(number, ComplainantType.RATIONAL).type_end == "rational"
    assert desk.end_type(number, None).type_end is None


def test_a_card_that_was_used_stands_in_the_history_with_its_summary(desk: Desk) -> None:
    met = SituationMet("abusive_caller", MONDAY, "请您接手：事情：多收钱。")
    ticket = desk.register(complaint(), situations=[met])
    line = next(line for line in ticket.history if line.act is Act.SITUATION_MET)
    assert (line.situation, line.text, line.happened_at) == ("abusive_caller", met.text, MONDAY)
    later = desk.meet_situation(ticket.number, SituationMet("silent_caller", MONDAY))
    assert later.history[-1].situation == "silent_caller"
    with pytest.raises(FieldRefused):
        desk.meet_situation(ticket.number, SituationMet("no_such_card", MONDAY))


def test_findings_in_the_agents_words_are_kept_with_the_act_for_coaching(desk: Desk) -> None:
    number = desk.register(complaint()).number
    ticket = desk.act(number, Act.NOTED, "规定就是这样", avoid=[AvoidFound("C", 0, 6)])
    assert ticket.history[-1].avoid == (AvoidFound("C", 0, 6),)
    shown = as_json(desk, ticket)["history"]
    assert isinstance(shown, list)
    assert shown[-1]["avoid"] == [{"rule": "C", "span": [0, 6]}]


def test_the_type_never_touches_remedy_priority_or_deadline(desk: Desk) -> None:
    def without_type(ticket: Ticket) -> tuple[object, ...]:
        clocks = tuple((clock.kind, clock.started_at, clock.due_at, clock.target) for clock in ticket.clocks)
        row = desk.queue_row(ticket.number)
        assert row is not None
        return (
            ticket.severity,
            ticket.safety,
            ticket.queue_rank,
            ticket.remedy_wanted,
            clocks,
            row.key.rank,
            row.key.next_due_at,
        )

    seen = set()
    for kind, proposed in product((None, *ComplainantType), (None, *ComplainantType)):
        reading = proposed and TypeReading(proposed, {proposed: 1.0})
        ticket = desk.register(
            complaint(remedy_wanted="退款", **({"type": kind} if kind else {})), type_reading=reading or None
        )
        seen.add(without_type(ticket))
        changed = desk.amend(ticket.number, {"type": "victim"})
        seen.add(without_type(desk.end_type(changed.number, ComplainantType.NEGOTIATOR)))
    assert len(seen) == 1


def test_marks_never_conflict_with_another_desk(desk: Desk) -> None:
    ticket = desk.register(complaint())
    desk.confirm_read_back(ticket.number)
    desk.keep_type_reading(ticket.number, READING)
    desk.meet_situation(ticket.number, SituationMet("silent_caller", MONDAY))
    desk.mark_heat(ticket.number, HeatStep.THANK)
    assert desk.amend(ticket.number, {"who": "小李"}, version=ticket.version).who == "小李"


def test_a_ticket_as_text_tells_type_proposal_and_end(desk: Desk) -> None:
    number = desk.register(
        complaint(type="negotiator"), type_reading=READING, read_back_confirmed_at=MONDAY
    ).number
    ticket = desk.end_type(number, ComplainantType.LOYAL_ADVOCATE)
    shown = ticket_text(ticket, desk.clock(), SHANGHAI, desk.playbook, "CN")
    assert "Negotiator · proposed: Rational 63 % · chosen by chen · at the end: Loyal advocate" in shown
    assert "confirmed 2026-11-23 10:28" in shown


def test_a_card_for_a_grave_call_raises_the_ticket_until_it_is_taken_back(desk: Desk) -> None:
    number = desk.register(complaint()).number
    ticket = desk.meet_situation(number, SituationMet("media_or_regulator", MONDAY))
    assert (ticket.severity, ticket.safety, ticket.queue_rank) == (3, ("media_or_regulator",), 0)
    ticket = desk.meet_situation(number, SituationMet("danger_or_self_harm", MONDAY))
    assert (ticket.severity, ticket.safety) == (4, ("danger", "media_or_regulator"))
    assert desk.amend(number, {"what": "多收了钱"}).severity == 4
    assert desk.act(number, Act.UNDONE).severity == 3
    assert desk.act(number, Act.UNDONE).safety == ()


def test_cards_for_abuse_and_silence_change_no_priority(desk: Desk) -> None:
    ticket = desk.register(complaint())
    for name in ("abusive_caller", "silent_caller"):
        after = desk.meet_situation(ticket.number, SituationMet(name, MONDAY))
        assert (after.severity, after.safety) == (ticket.severity, ticket.safety)
