"""`ticket add`: complaints from JSON, each line standing or falling alone."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.cli.json_lines import LONGEST_LINE
from tests.support import EVERY_WORD, MONDAY_MORNING, Answer, FrozenClock

Run = Callable[..., Answer]


def told(**values: Any) -> str:
    return json.dumps({"what": "牛奶里有异味", **values}, ensure_ascii=False)


def kept(run_cli: Run) -> int:
    return len(run_cli("queue", "--json", "--limit", "1000").out.splitlines())


def test_one_object_becomes_a_ticket(run_cli: Run) -> None:
    answer = run_cli("ticket", "add", "--json", stdin=told())
    assert (answer.code, answer.err) == (0, "")
    assert answer.object["number"] == "S01-261123-001"
    assert answer.object["what"] == "牛奶里有异味"


def test_one_object_may_be_written_over_several_lines(run_cli: Run) -> None:
    answer = run_cli("ticket", "add", "--json", stdin="\n\n" + json.dumps(EVERY_WORD, indent=4) + "\n")
    assert answer.code == 0
    assert answer.object["caller"] == "王芳"


def test_standard_input_is_read_when_no_file_is_named_and_when_a_dash_is(run_cli: Run) -> None:
    assert run_cli("ticket", "add", stdin=told()).code == 0
    assert run_cli("ticket", "add", "-", stdin=told()).code == 0
    assert kept(run_cli) == 2


def test_a_file_is_read_also_with_a_byte_order_mark_and_windows_line_ends(
    run_cli: Run, tmp_path: Path
) -> None:
    path = tmp_path / "complaints.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + f"{told()}\r\n\r\n{told(caller='李敏')}\r\n".encode())
    answer = run_cli("ticket", "add", str(path), "--json")
    assert answer.code == 0
    assert [ticket["caller"] for ticket in answer.objects] == [None, "李敏"]


def test_a_ticket_as_json_has_every_key_the_trade_was_promised(run_cli: Run) -> None:
    ticket = run_cli("ticket", "add", "--json", stdin=told()).object
    assert set(ticket) >= {
        *("number", "id", "version", "status", "store", "channel", "received_at", "caller", "phone"),
        *("extension", "when", "where", "who", "what", "how", "remedy_wanted", "cause", "type", "owner"),
        *("missing", "clocks", "history"),
    }
    assert [set(clock) >= {"kind", "due_at", "met_at", "breached_at", "state"} for clock in ticket["clocks"]]
    assert set(ticket["history"][0]) >= {"happened_at", "recorded_at", "by", "act", "text"}


def test_every_value_comes_back_as_a_stable_identifier_or_in_the_callers_words(run_cli: Run) -> None:
    ticket = run_cli("ticket", "add", "--json", stdin=json.dumps(EVERY_WORD)).object
    expected = {**EVERY_WORD, "phone": "+8613800138000"}
    expected["when"] = {  # type: ignore[assignment]
        "said": "昨天下午3点",
        "at": "2026-11-22T15:00:00+08:00",
        "precision": "hour",
        "doubt": None,
    }
    assert {name: ticket[name] for name in EVERY_WORD} == expected
    assert ticket["missing"] == []
    assert (ticket["status"], ticket["version"], ticket["owner"]) == ("open", 1, "陈静")


def test_the_three_clocks_run_from_receipt(run_cli: Run) -> None:
    clocks = run_cli("ticket", "add", "--json", stdin=told()).object["clocks"]
    assert [(clock["kind"], clock["due_at"], clock["state"]) for clock in clocks] == [
        ("admit", "2026-11-24T10:28:00+08:00", "running"),
        ("own", "2026-11-25T10:28:00+08:00", "running"),
        ("solve", "2026-12-23T10:28:00+08:00", "running"),
    ]
    assert {clock["met_at"] for clock in clocks} == {clock["breached_at"] for clock in clocks} == {None}


def test_what_is_absent_null_or_blank_is_alike_and_recorded_as_missing(run_cli: Run) -> None:
    lines = [told(), told(**dict.fromkeys(set(EVERY_WORD) - {"what"}))]
    lines += [told(**dict.fromkeys(set(EVERY_WORD) - {"what"}, blank)) for blank in ("", " \t ", "　")]
    answer = run_cli("ticket", "add", "--json", stdin="\n".join(lines))
    assert answer.code == 0
    own = ("number", "id", "history")
    alike = [{key: value for key, value in ticket.items() if key not in own} for ticket in answer.objects]
    assert all(ticket == alike[0] for ticket in alike)
    assert alike[0]["channel"] == "phone"
    assert alike[0]["missing"] == ["phone", "caller", "when", "where", "who", "how", "remedy_wanted", "cause"]


def test_a_number_that_cannot_be_rung_stays_as_typed(run_cli: Run) -> None:
    lines = "\n".join(told(phone=phone) for phone in ("匿名", "10086", "12345678901234567890"))
    answer = run_cli("ticket", "add", "--json", stdin=lines)
    assert [ticket["phone"] for ticket in answer.objects] == ["匿名", "10086", "12345678901234567890"]


def test_an_extension_said_with_the_number_goes_into_its_own_field(run_cli: Run) -> None:
    ticket = run_cli("ticket", "add", "--json", stdin=told(phone="010-62345678 转801")).object
    assert (ticket["phone"], ticket["extension"]) == ("+861062345678", "801")


def test_a_letter_may_have_been_received_in_the_past(run_cli: Run) -> None:
    received = "2026-10-01T09:00:00+09:00"
    ticket = run_cli("ticket", "add", "--json", stdin=told(channel="letter", received_at=received)).object
    assert ticket["received_at"] == "2026-10-01T08:00:00+08:00"
    assert ticket["number"] == "S01-261001-001"
    assert {clock["state"] for clock in ticket["clocks"]} == {"late"}
    assert ticket["clocks"][0]["breached_at"] == "2026-10-02T08:00:00+08:00"


def test_when_it_happened_is_read_relative_to_receipt_and_not_to_now(run_cli: Run) -> None:
    ticket = run_cli(
        "ticket", "add", "--json", stdin=told(when="昨天", received_at="2026-10-01T09:00:00+08:00")
    ).object
    assert ticket["when"]["at"] == "2026-09-30T00:00:00+08:00"


def test_a_time_after_receipt_is_kept_as_said_and_doubted(run_cli: Run) -> None:
    when = run_cli("ticket", "add", "--json", stdin=told(when="明天下午3点")).object["when"]
    assert when["said"] == "明天下午3点"
    assert when["at"] is None
    assert when["precision"] is None
    assert when["doubt"]


def test_words_for_a_time_that_cannot_be_read_are_kept(run_cli: Run) -> None:
    when = run_cli("ticket", "add", "--json", stdin=told(when="反正好久了吧")).object["when"]
    assert (when["said"], when["at"], when["precision"]) == ("反正好久了吧", None, None)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{}", "what"),
        ('{"what": null}', "what"),
        ('{"what": " "}', "what"),
        (told(what=5), "what"),
        (told(what=True), "what"),
        (told(what=["a"]), "what"),
        (told(caller=13), "caller"),
        (told(phone=13800138000), "phone"),
        (told(when={"said": "x"}), "when"),
        (told(cause="A1"), "cause"),
        (told(cause=3), "cause"),
        (told(channel="Phone"), "channel"),
        (told(type="angry"), "type"),
        (told(colour="red"), "colour"),
        (told(number="S01-261123-009"), "number"),
        (told(status="closed"), "status"),
        (told(received_at="2026-11-20"), "received_at"),
        (told(received_at="2026-11-20T15:30:00"), "received_at"),
        (told(received_at="yesterday"), "received_at"),
        (told(received_at=1763965680), "received_at"),
        (told(received_at="2026-11-23T10:28:01+08:00"), "received_at"),
        (told(received_at="9999-12-31T23:59:59Z"), "received_at"),
        (told(received_at="0001-01-01T00:00:00+14:00"), "received_at"),
        (told(received_at="0001-01-01T00:00:00Z"), "received_at"),
        (told(caller="x" * 2_001), "caller"),
        (told(what="a\x00b"), "what"),
    ],
)
def test_a_value_that_cannot_be_names_its_line_and_field_and_nothing_is_written(
    run_cli: Run, line: str, field: str
) -> None:
    answer = run_cli("ticket", "add", stdin=line)
    assert answer.code == 2
    assert answer.out == ""
    assert f"Line 1, {field}:" in answer.err
    assert kept(run_cli) == 0


@pytest.mark.parametrize(
    "line",
    [
        b"not JSON",
        b"[]",
        b'"what"',
        b"5",
        b"null",
        b'{"what": "x"',
        b"{'what': 'x'}",
        b'{"what": NaN}',
        b'{"what": "x", "what": "y"}',
        b'{"what": "\xff\xfe"}',
        '{"what": "x"}'.encode("utf-16"),
        '{"what": "牛奶"}'.encode("gb18030"),
        b'{"what": "\\ud800"}',
        b'{"what": "a\x01b"}',
        b'{"a":' * 100_000,
        b'{"what": ' + b"9" * 10_000 + b"}",
        b"\x00",
    ],
)
def test_what_is_no_json_object_is_refused_with_its_line(run_cli: Run, line: bytes) -> None:
    answer = run_cli("ticket", "add", stdin=line + b"\n")
    assert answer.code == 2
    assert "Line 1" in answer.err
    assert kept(run_cli) == 0


def test_every_fault_of_a_line_is_named(run_cli: Run) -> None:
    answer = run_cli("ticket", "add", stdin='{"what": 5, "cause": "x", "colour": "red"}')
    assert [line.partition(":")[0] for line in answer.err.splitlines()] == [
        "Line 1, what",
        "Line 1, cause",
        "Line 1, colour",
    ]


def test_each_line_stands_or_falls_alone(run_cli: Run) -> None:
    lines = ["", told(caller="甲"), "rubbish", told(caller=5), '{"what": "x",', told(caller="乙"), ""]
    answer = run_cli("ticket", "add", "--json", stdin="\n".join(lines))
    assert answer.code == 1
    assert [ticket["caller"] for ticket in answer.objects] == ["甲", "乙"]
    assert [line.partition(":")[0] for line in answer.err.splitlines()] == [
        "Line 3",
        "Line 4, caller",
        "Line 5",
    ]


@pytest.mark.parametrize("first", ['{"what": "cut off"', '{"what": "cut', "{", '{"what":', "rubbish", "["])
def test_a_broken_first_line_takes_no_other_with_it(run_cli: Run, first: str) -> None:
    answer = run_cli("ticket", "add", "--json", stdin=f"{first}\n{told()}\n{told()}\n")
    assert answer.code == 1
    assert len(answer.objects) == 2
    assert answer.err.startswith("Line 1:")


def test_several_lines_all_refused_leave_with_one(run_cli: Run) -> None:
    assert run_cli("ticket", "add", stdin="x\ny\n").code == 1


@pytest.mark.parametrize("nothing", ["", "\n\n", "\ufeff"])
def test_no_complaint_at_all_is_a_misuse(run_cli: Run, nothing: str) -> None:
    answer = run_cli("ticket", "add", stdin=nothing)
    assert answer.code == 2
    assert answer.err


def test_a_file_that_cannot_be_read_is_a_misuse(run_cli: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "missing.jsonl", tmp_path):
        answer = run_cli("ticket", "add", str(path))
        assert answer.code == 2
        assert str(path.name) in answer.err


def test_a_line_over_a_million_bytes_is_refused_and_the_next_one_taken(run_cli: Run) -> None:
    too_long = told(how="x" * LONGEST_LINE)
    answer = run_cli("ticket", "add", "--json", stdin=f"{told()}\n{too_long}\n{told()}\n{too_long}")
    assert answer.code == 1
    assert len(answer.objects) == 2
    assert [line[:6] for line in answer.err.splitlines()] == ["Line 2", "Line 4"]


def test_a_text_of_two_hundred_thousand_signs_is_kept_whole(run_cli: Run) -> None:
    story = "他们说系统没有错。\n" * 20_000
    number = run_cli("ticket", "add", "--json", stdin=told(what=story)).object["number"]
    assert run_cli("ticket", "show", number, "--json").object["what"] == story


def test_numbers_grow_with_the_day_and_start_anew_on_the_next(run_cli: Run, clock: FrozenClock) -> None:
    first = run_cli("ticket", "add", "--json", stdin=f"{told()}\n{told()}").objects
    clock.now = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)
    late = run_cli("ticket", "add", "--json", stdin=told()).object
    clock.forward(seconds=1)
    after_midnight = run_cli("ticket", "add", "--json", stdin=told()).object
    assert [ticket["number"] for ticket in (*first, late, after_midnight)] == [
        "S01-261123-001",
        "S01-261123-002",
        "S01-261123-003",
        "S01-261124-001",
    ]


def test_without_a_store_code_the_number_begins_with_x_and_three_signs(
    run_cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_STORE_CODE", "")
    numbers = [
        ticket["number"] for ticket in run_cli("ticket", "add", "--json", stdin=f"{told()}\n{told()}").objects
    ]
    sign = numbers[0].partition("-")[0]
    assert len(sign) == 4
    assert sign.startswith("X")
    assert numbers == [f"{sign}-261123-001", f"{sign}-261123-002"]


class Conversation:
    """A pipe whose next line comes only after the last answer was heard."""

    def __init__(self, lines: list[str], heard: Callable[[], int]) -> None:
        self.lines, self.heard, self.read = lines, heard, 0

    def readline(self, _limit: int = -1) -> bytes:
        assert self.heard() == self.read, "a line was read before the one before was answered"
        if self.read == len(self.lines):
            return b""
        self.read += 1
        return (self.lines[self.read - 1] + "\n").encode()


def test_each_answer_leaves_before_the_next_line_is_read(desk: Any) -> None:
    from complaint_desk.cli.json_objects import read_objects

    heard = 0
    conversation = Conversation([told(), "rubbish", told(), told()], lambda: heard)
    for line in read_objects(conversation):  # type: ignore[arg-type]
        assert line.number == conversation.read
        heard += 1
    assert heard == 4


def test_the_plain_answer_is_the_ticket_for_people(run_cli: Run) -> None:
    answer = run_cli("ticket", "add", stdin=json.dumps(EVERY_WORD))
    for words in ("S01-261123-001", "王芳", "138 0013 8000", "801", "收银员小李", "2026-11-22 15:00", "B3"):
        assert words in answer.out


def test_a_bad_value_in_a_key_s_name_is_spelt_out(run_cli: Run) -> None:
    answer = run_cli("ticket", "add", stdin='{"what": "x", "\\u001b[2J\\u009b": "1"}')
    assert answer.code == 2
    assert "\x1b" not in answer.err
    assert "\x9b" not in answer.err
    assert "\\x1b[2J" in answer.err


def test_receipt_now_is_not_in_the_future(run_cli: Run) -> None:
    now = MONDAY_MORNING.astimezone(UTC).isoformat()
    assert run_cli("ticket", "add", stdin=told(received_at=now)).code == 0
    later = (MONDAY_MORNING + timedelta(seconds=1)).isoformat()
    assert run_cli("ticket", "add", stdin=told(received_at=later)).code == 2


def test_what_was_not_told_is_named_in_words(run_cli: Run) -> None:
    assert (
        "Not told    Phone, Name, When, Where, Who, How, Wants, Cause\n"
        in run_cli("ticket", "add", stdin=told()).out
    )


def test_a_file_that_fails_in_the_middle_names_the_line(
    run_cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.errors import StoreFault

    register = Desk.register

    def fails_later(desk: Desk, form: Any, **more: Any) -> Any:
        if form.caller == "乙":
            raise StoreFault("The disk is full.")
        return register(desk, form, **more)

    monkeypatch.setattr(Desk, "register", fails_later)
    answer = run_cli("ticket", "add", "--json", stdin=f"{told()}\n{told(caller='乙')}\n{told()}")
    assert (answer.code, len(answer.objects), answer.err) == (1, 1, "Line 2: The disk is full.\n")
