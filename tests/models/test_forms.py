"""What a complaint may hold, checked before anything is written."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from complaint_desk.models.enums import (
    Act,
    Cause,
    Channel,
    ClockKind,
    ClockState,
    ComplainantType,
    TicketStatus,
)
from complaint_desk.models.forms import ASKED_FOR, LINE_LIMIT, TEXT_LIMIT, ComplaintForm

LONG = ("what", "when", "where", "who", "how", "remedy_wanted")
SHORT = ("phone", "extension", "caller", "store")


def test_the_keys_are_those_of_the_command_line() -> None:
    assert set(ComplaintForm.model_fields) == {
        *("phone", "extension", "caller", "when", "where", "who", "what", "how", "remedy_wanted", "cause"),
        *("channel", "type", "store", "received_at"),
    }


def test_the_identifiers_of_the_trade_are_stable() -> None:
    assert list(ComplainantType) == ["quality_monitor", "rational", "negotiator", "victim", "loyal_advocate"]
    assert list(Channel) == ["phone", "letter", "in_store", "media", "consumers_association"]
    assert {"admit", "own", "solve", "reopened"} <= set(ClockKind)
    assert list(ClockState) == ["running", "met", "late"]
    assert list(TicketStatus) == ["open", "resolved", "closed"]
    assert {"acknowledge", "own", "resolve", "note", "reopen", "undo"} <= set(Act)
    assert [cause.code for cause in Cause] == [
        *("A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2", "B3", "B4", "B5", "C1")
    ]


def test_what_an_agent_asks_for_is_nine_things_in_the_order_of_the_call() -> None:
    assert ASKED_FOR == ("phone", "caller", "when", "where", "who", "what", "how", "remedy_wanted", "cause")


@pytest.mark.parametrize("name", [*LONG, *SHORT])
def test_text_is_kept_to_the_letter_up_to_its_limit(name: str) -> None:
    limit = LINE_LIMIT if name in SHORT else TEXT_LIMIT
    told = {"what": "x", name: f" {'长' * (limit - 2)}\n"}
    assert getattr(ComplaintForm.model_validate(told), name) == told[name]
    with pytest.raises(ValidationError):
        ComplaintForm.model_validate({"what": "x", name: "长" * (limit + 1)})


@pytest.mark.parametrize("name", [*LONG, *SHORT])
@pytest.mark.parametrize("value", [5, 5.0, True, b"x", ["x"], {"said": "x"}, "a\0b", "\udc80"])
def test_what_is_not_text_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        ComplaintForm.model_validate({"what": "x", name: value})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    some.dictionaries(
        some.sampled_from([*LONG, *SHORT, "cause", "channel", "type"]), some.text() | some.none()
    )
)
def test_every_text_is_taken_as_it_is_or_refused_and_blank_is_absent(told: dict[str, str | None]) -> None:
    try:
        form = ComplaintForm.model_validate(told)
    except ValidationError:
        return
    for name in ComplaintForm.model_fields:
        given_value = told.get(name)
        kept = getattr(form, name)
        assert kept == (given_value if given_value and given_value.strip() else None)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-11-20T15:30:00+08:00", datetime(2026, 11, 20, 7, 30, tzinfo=UTC)),
        ("2026-11-20T07:30:00Z", datetime(2026, 11, 20, 7, 30, tzinfo=UTC)),
        (" 2026-11-20 15:30+08:00 ", datetime(2026, 11, 20, 7, 30, tzinfo=UTC)),
        ("2026-11-20T15:30:00.123456+08:00", datetime(2026, 11, 20, 7, 30, 0, 123456, tzinfo=UTC)),
        ("  ", None),
        (None, None),
    ],
)
def test_receipt_is_an_instant_with_its_offset(written: str | None, instant: datetime | None) -> None:
    assert ComplaintForm.model_validate({"what": "x", "received_at": written}).received_at == instant


@pytest.mark.parametrize(
    "written", ["2026-11-20", "2026-11-20T15:30:00", "15:30", "yesterday", 5, True, ["x"]]
)
def test_receipt_without_an_offset_is_refused(written: Any) -> None:
    with pytest.raises(ValidationError):
        ComplaintForm.model_validate({"what": "x", "received_at": written})
