"""Records of other programs come in: the columns proposed, the dates right, nothing twice, nothing by halves."""

import csv
import io
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Channel, TicketStatus
from complaint_desk.models.errors import FileRefused, NotPermitted
from complaint_desk.models.importing import Target
from complaint_desk.models.queue_view import QueueChoice, QueueView
from complaint_desk.rules.importing.dates import DateOrder
from tests.support import FrozenClock, complaint

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "comcast_telecom_calls.csv"
HEADINGS = ("单号", "投诉内容", "受理时间", "姓名", "电话", "来源渠道", "状态", "地点")
LINES = (
    ("T-1", "收银多收了38元", "2026-11-02 15:30", "王芳", "13800138000", "电话", "已解决", "南山店"),
    ("T-2", "电饭煲用了三天就坏了", "2026-11-13 09:05", "李敏", "0755-26661234", "微信", "处理中", "福田店"),
    ("T-3", "服务台没人理", "2026-11-20 18:00", "", "", "到店", "已关闭", "南山店"),
)


def table(*lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headings, *lines])
    return text.getvalue()


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "old.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write


def bring(desk: Any, path: Path, **how: Any) -> Any:
    return desk.bring_in(desk.plan_import(path), **how)


def every_ticket(desk: Any) -> list[Any]:
    page = desk.search("after:1900-01-01", 1_000)
    return sorted((desk.ticket(row.number) for row in page.rows), key=lambda ticket: ticket.received_at)


def test_the_calls_of_a_real_call_centre_come_in_without_help(desk: Any) -> None:
    if not REAL.exists():
        pytest.skip("the real file is not beside this checkout")
    counts = bring(desk, REAL)
    assert (counts.new, counts.faulty, counts.known, counts.open) == (2224, 0, 0, 517)
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    zone = desk.settings.zone
    for row in rows[::97]:
        (found,) = desk.search(f"number:{row['Ticket #']}").rows
        ticket = desk.ticket(found.number)
        shown = ticket.received_at.astimezone(zone)
        assert shown.strftime("%d-%b-%y %I:%M:%S %p") == f"{row['Date_month_year']} {row['Time']}"
        wanted = {"Open": TicketStatus.OPEN, "Pending": TicketStatus.OPEN, "Solved": TicketStatus.RESOLVED}
        assert ticket.status is wanted.get(row["Status"], TicketStatus.CLOSED)
        by = {"Internet": Channel.LETTER, "Customer Care Call": Channel.PHONE}
        assert ticket.channel is by[row["Received Via"]]
        assert ticket.where == f"{row['City']}, {row['State']}, {row['Zip code']}"
        assert ticket.what == row["Customer Complaint"]
        assert dict(ticket.brought.texts)["Date"] == row["Date"]
        assert ticket.brought.record == row["Ticket #"]
        assert ticket.clocks == ()
    assert desk.queue() == ()
    assert desk.queue_counts().views[QueueView.BROUGHT_ALONG] == 517
    assert desk.check() == []


def test_a_chinese_table_is_understood_by_its_headings(desk: Any, put: Callable[..., Path]) -> None:
    plan = desk.plan_import(put(table(*LINES)))
    assert [column.to for column in plan.columns] == [
        Target.RECORD,
        Target.WHAT,
        Target.RECEIVED,
        Target.CALLER,
        Target.PHONE,
        Target.CHANNEL,
        Target.STATUS,
        Target.WHERE,
    ]
    desk.bring_in(plan)
    first, second, third = every_ticket(desk)
    assert (first.what, first.caller, first.phone) == ("收银多收了38元", "王芳", "+8613800138000")
    assert first.received_at == datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
    assert [ticket.status for ticket in (first, second, third)] == ["resolved", "open", "closed"]
    assert [ticket.channel for ticket in (first, second, third)] == ["phone", "letter", "in_store"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_any_encoding_and_any_delimiter_is_read(
    desk: Any, put: Callable[..., Path], encoding: str, delimiter: str
) -> None:
    plan = desk.plan_import(put(table(*LINES, delimiter=delimiter), encoding=encoding))
    assert plan.layout.delimiter == delimiter
    assert desk.bring_in(plan).new == 3
    assert {ticket.caller for ticket in every_ticket(desk)} == {"王芳", "李敏", None}


def test_a_workbook_comes_in_with_its_dates(desk: Any, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEADINGS))
    for line in LINES:
        at = datetime.fromisoformat(line[2])
        sheet.append(
            [line[0], line[1], at, line[3], int(line[4]) if line[4].isdigit() else line[4], *line[5:]]
        )
    book.save(tmp_path / "old.xlsx")
    assert bring(desk, tmp_path / "old.xlsx").new == 3
    first, *_others = every_ticket(desk)
    assert first.received_at == datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
    assert first.phone == "+8613800138000"


def test_objects_one_a_line_come_in_by_their_keys(desk: Any, put: Callable[..., Path]) -> None:
    lines = [
        {
            "id": 1,
            "complaint": "charged twice",
            "date": "2026-11-02T15:30:00Z",
            "status": "new",
            "tags": ["a"],
        },
        {
            "id": 2,
            "complaint": "rude clerk",
            "date": "2026-11-03T15:30:00Z",
            "status": "done",
            "phone": "10086",
        },
    ]
    path = put("\n".join(json.dumps(line) for line in lines), "old.jsonl")
    assert bring(desk, path).new == 2
    first, second = every_ticket(desk)
    assert first.received_at == datetime(2026, 11, 2, 15, 30, tzinfo=UTC)
    assert ("tags", '["a"]') in first.brought.texts
    assert (second.status, second.phone) == ("resolved", "10086")


def test_a_trial_writes_nothing_and_tells_the_same_counts(desk: Any, put: Callable[..., Path]) -> None:
    desk.take_seat()
    path = put(table(*LINES, ("T-4", "", "2026-11-20", "", "", "电话", "", "")))
    before = desk.changes_seen()
    tried = desk.try_import(desk.plan_import(path))
    assert desk.changes_seen() == before
    assert (tried.new, tried.faulty, tried.open) == (3, 1, 1)
    written = bring(desk, path)
    assert (written.new, written.faulty, written.open) == (3, 1, 1)


def test_the_same_file_twice_makes_no_ticket_twice(desk: Any, put: Callable[..., Path]) -> None:
    path = put(table(*LINES))
    bring(desk, path)
    again = bring(desk, path)
    assert (again.new, again.known) == (0, 3)
    longer = put(table(*LINES, ("T-9", "新的投诉", "2026-11-21", "", "", "电话", "新建", "")), "longer.csv")
    more = bring(desk, longer)
    assert (more.new, more.known) == (1, 3)


def test_lines_without_a_number_that_are_alike_are_two_complaints_and_come_in_once_each(
    desk: Any, put: Callable[..., Path]
) -> None:
    headings = ("投诉内容", "受理时间")
    path = put(
        table(("太慢", "2026-11-02"), ("太慢", "2026-11-02"), ("太吵", "2026-11-02"), headings=headings)
    )
    assert bring(desk, path).new == 3
    again = bring(desk, path)
    assert (again.new, again.known) == (0, 3)


def test_a_record_that_stands_twice_in_a_file_is_a_fault_that_names_the_first_line(
    desk: Any, put: Callable[..., Path]
) -> None:
    headings = ("case id", "complaint", "date")
    lines = [(str(number), f"complaint {number}", "2026-11-02") for number in range(200)]
    counts = bring(desk, put(table(*lines, ("7", "another", "2026-11-03"), headings=headings)))
    assert (counts.new, counts.faulty) == (200, 1)
    assert counts.faults[0].line == 202
    assert "line 9" in counts.faults[0].reason


def test_an_import_that_was_stopped_goes_on_where_it_was(desk: Any, put: Callable[..., Path]) -> None:
    lines = [(str(number), f"complaint {number}", "2026-11-02") for number in range(300)]
    path = put(table(*lines, headings=("case id", "complaint", "date")))
    asked = iter((False, True))
    stopped = bring(desk, path, stop=lambda: next(asked, True))
    assert stopped.cancelled
    assert 0 < stopped.new < 300
    rest = bring(desk, path)
    assert (rest.new, rest.known) == (300 - stopped.new, stopped.new)
    assert desk.check() == []


def test_faulty_lines_stand_in_a_file_with_their_reason_and_come_in_once_mended(
    desk: Any, put: Callable[..., Path], tmp_path: Path
) -> None:
    lines = [
        *LINES,
        ("T-4", "", "2026-11-20", "", "", "电话", "", ""),
        ("T-5", "=1+1 坏了", "2026年13月45日", "", "", "电话", "", ""),
        ("T-6", "将来的事", "2031-01-01", "", "", "电话", "", ""),
    ]
    counts = bring(desk, put(table(*lines)), faulty_to=tmp_path / "faulty.csv")
    assert (counts.new, counts.faulty) == (3, 3)
    assert [fault.line for fault in counts.faults] == [5, 6, 7]
    with (tmp_path / "faulty.csv").open(encoding="utf-8-sig", newline="") as file:
        faulty = list(csv.DictReader(file))
    assert [row["单号"] for row in faulty] == ["T-4", "T-5", "T-6"]
    assert [row["import_line"] for row in faulty] == ["5", "6", "7"]
    assert all(row["import_reason"] for row in faulty)
    assert faulty[1]["投诉内容"] == "'=1+1 坏了"
    mended = (tmp_path / "faulty.csv").read_text("utf-8-sig").replace("2026年13月45日", "2026年11月15日")
    again = bring(desk, put(mended, "mended.csv"))
    assert again.new == 1
    assert "=1+1 坏了" in {ticket.what for ticket in every_ticket(desk)}


def test_dates_that_can_be_read_in_two_ways_are_asked_for_and_never_guessed(
    desk: Any, put: Callable[..., Path]
) -> None:
    headings = ("case id", "complaint", "date")
    path = put(table(("1", "first", "03/04/2026"), ("2", "second", "05/06/2026"), headings=headings))
    plan = desk.plan_import(path)
    assert not plan.is_ready
    assert {order for order, _cell in plan.asked[0].examples} == {"day-month-year", "month-day-year"}
    with pytest.raises(FileRefused):
        desk.bring_in(plan)
    told = desk.plan_import(path, order=DateOrder.MONTH_FIRST)
    desk.bring_in(told)
    first, _second = every_ticket(desk)
    assert first.received_at.astimezone(desk.settings.zone).date().isoformat() == "2026-03-04"


def test_a_date_no_caller_could_have_called_on_yet_tells_the_order(
    desk: Any, put: Callable[..., Path]
) -> None:
    headings = ("case id", "complaint", "date")
    path = put(table(("1", "first", "03/12/2026"), ("2", "second", "05/06/2026"), headings=headings))
    plan = desk.plan_import(path)
    assert plan.is_ready
    assert plan.columns[2].order == "month-day-year"


def test_a_mixed_column_names_a_cell_for_each_order(desk: Any, put: Callable[..., Path]) -> None:
    headings = ("case id", "complaint", "date")
    path = put(table(("1", "first", "13/04/2026"), ("2", "second", "04/14/2026"), headings=headings))
    (asked,) = desk.plan_import(path).asked
    assert asked.mixed
    assert {cell for _order, cell in asked.examples} == {"13/04/2026", "04/14/2026"}


def test_tickets_brought_along_have_no_clocks_and_are_late_nowhere(
    desk: Any, put: Callable[..., Path], clock: FrozenClock
) -> None:
    ours = desk.register(complaint())
    bring(desk, put(table(*LINES)))
    clock.forward(days=60)
    assert [row.number for row in desk.queue()] == [ours.number]
    counts = desk.queue_counts()
    assert (counts.open, counts.late) == (1, 1)
    along = desk.queue(choice=QueueChoice(QueueView.BROUGHT_ALONG))
    assert [desk.ticket(row.number).brought.record for row in along] == ["T-2"]


def test_clocks_start_from_now_on_where_that_is_asked_for(desk: Any, put: Callable[..., Path]) -> None:
    bring(desk, put(table(*LINES)), start_clocks=True)
    (row,) = desk.queue()
    ticket = desk.ticket(row.number)
    assert ticket.brought.record == "T-2"
    assert not ticket.brought_along
    assert {one.started_at for one in ticket.clocks} == {desk.clock()}
    assert desk.queue_counts().views[QueueView.BROUGHT_ALONG] == 0


def test_a_reopened_ticket_that_was_brought_along_stands_in_the_queue(
    desk: Any, put: Callable[..., Path]
) -> None:
    bring(desk, put(table(*LINES)))
    settled = next(ticket for ticket in every_ticket(desk) if ticket.status is TicketStatus.RESOLVED)
    desk.act(settled.number, Act.REOPENED, "rang again: the money never came")
    assert [row.number for row in desk.queue()] == [settled.number]
    assert desk.check() == []


def test_what_another_program_kept_is_found_by_its_number_and_its_words(
    desk: Any, put: Callable[..., Path]
) -> None:
    headings = (*HEADINGS, "处理经办备忘")
    bring(desk, put(table(*((*line, "转给了后勤老周") for line in LINES), headings=headings)))
    assert desk.search("T-2").rows != ()
    assert len(desk.search("后勤老周").rows) == 3


def test_the_history_is_one_event_and_the_log_tells_of_the_file(desk: Any, put: Callable[..., Path]) -> None:
    from complaint_desk.store import history

    bring(desk, put(table(*LINES)))
    ticket = every_ticket(desk)[0]
    assert [line.act for line in ticket.history] == [Act.RECEIVED]
    with desk.store.reading() as connection:
        rows = history.all_events(connection)
    (noted,) = [history.read_event(row) for row in rows if row.act == Act.BROUGHT_IN.value]
    assert noted.ticket_id is None
    assert (noted.fields["file"], noted.fields["new"]) == ("old.csv", 3)


def test_everything_can_be_made_anew_from_the_history(desk: Any, put: Callable[..., Path]) -> None:
    bring(desk, put(table(*LINES)))
    desk.rebuild()
    assert desk.check() == []
    again = bring(desk, put(table(*LINES), "copy.csv"))
    assert (again.new, again.known) == (0, 3)


def test_an_agent_brings_nothing_in(
    desk: Any, open_desk: Callable[..., Any], put: Callable[..., Path]
) -> None:
    desk.take_seat()
    agent = open_desk("刘洋")
    agent.take_seat()
    with pytest.raises(NotPermitted):
        agent.plan_import(put(table(*LINES)))


def test_callers_of_imported_tickets_are_known_afterwards(desk: Any, put: Callable[..., Path]) -> None:
    twice = ("T-4", "又多收了一次", "2026-11-21", "王芳", "138 0013 8000", "电话", "已解决", "")
    bring(desk, put(table(*LINES, twice)))
    tickets = [ticket for ticket in every_ticket(desk) if ticket.caller == "王芳"]
    assert len({ticket.customer_id for ticket in tickets}) == 1
    assert tickets[0].customer_id is not None


def test_a_file_changed_after_it_was_looked_at_is_refused(desk: Any, put: Callable[..., Path]) -> None:
    path = put(table(*LINES))
    plan = desk.plan_import(path)
    path.write_text(table(*LINES, LINES[0]), "utf-8")
    with pytest.raises(FileRefused):
        desk.bring_in(plan)
    assert desk.changes_seen() == 0 or every_ticket(desk) == []


def test_other_desks_take_calls_while_a_file_comes_in(
    desk: Any, open_desk: Callable[..., Any], put: Callable[..., Path]
) -> None:
    lines = [(str(number), f"complaint {number}", "2026-11-02") for number in range(150)]
    desk.take_seat()
    other = open_desk("张伟")
    taken: list[str] = []
    bring(
        desk,
        put(table(*lines, headings=("case id", "complaint", "date"))),
        passed=lambda done, count: taken.append(other.register(complaint(f"meanwhile {done}")).number),
    )
    assert len(taken) >= 2
    assert desk.check() == []


def test_a_ticket_received_in_another_zone_keeps_its_moment(desk: Any, put: Callable[..., Path]) -> None:
    headings = ("case id", "complaint", "date")
    told = "2026-11-20T23:30:00-05:00"
    bring(desk, put(table(("1", "late at night", told), headings=headings)))
    (ticket,) = every_ticket(desk)
    assert ticket.received_at == datetime.fromisoformat(told)
    assert ticket.received_at < desk.clock() - timedelta(days=1)


def test_a_long_file_is_read_by_helpers_and_comes_in_just_the_same(
    desk: Any, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from complaint_desk.desk.importing import helpers

    monkeypatch.setattr(helpers, "WORTH_IT", 100)
    lines = [
        (f"T-{number}", f"第{number}次多收了钱", "2026-11-02", "王芳", "", "热线", "处理中", "南山店")
        for number in range(150)
    ]
    path = put(table(*lines, ("T-x", "", "2026-11-02", "", "", "电话", "", "")))
    counts = bring(desk, path)
    assert (counts.new, counts.faulty) == (150, 1)
    assert "does not tell what happened" in counts.faults[0].reason
    assert desk.check() == []
    assert desk.search("number:T-77").total == 1
    again = bring(desk, path)
    assert (again.new, again.known) == (0, 150)


def test_serial_numbers_that_begin_anew_in_the_next_sheet_are_other_records(
    desk: Any, put: Callable[..., Path]
) -> None:
    headings = ("序号", "投诉内容", "日期")
    october = put(
        table(("1", "灯坏了", "2026-10-02"), ("2", "排队太久", "2026-10-03"), headings=headings), "10.csv"
    )
    november = put(
        table(("1", "灯坏了", "2026-11-02"), ("2", "秤不准", "2026-11-03"), headings=headings), "11.csv"
    )
    assert bring(desk, october).new == 2
    assert bring(desk, november).new == 2
    again = bring(desk, october)
    assert (again.new, again.known) == (0, 2)


def test_a_column_added_later_makes_no_record_new(desk: Any, put: Callable[..., Path]) -> None:
    bring(desk, put(table(*LINES)))
    wider = put(table(*((*line, "后来加的") for line in LINES), headings=(*HEADINGS, "回访")), "wider.csv")
    again = bring(desk, wider)
    assert (again.new, again.known) == (0, 3)


def test_a_cell_of_several_lines_stays_whole(desk: Any, put: Callable[..., Path]) -> None:
    told = '第一行\n第二行, 带逗号 "和引号"\r\n第三行'
    bring(desk, put(table(("T-1", told, "2026-11-02", "", "", "电话", "", ""))))
    (ticket,) = every_ticket(desk)
    assert ticket.what == told


def test_a_file_without_headings_is_understood_by_its_cells(desk: Any, put: Callable[..., Path]) -> None:
    lines = [
        (f"2026-11-{day:02d} 10:00", f"the kettle leaked again and nobody rang back, {day}", "open")
        for day in range(1, 20)
    ]
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    plan = desk.plan_import(put(text.getvalue()))
    assert [column.to for column in plan.columns][:2] == [Target.RECEIVED, Target.WHAT]
    assert desk.bring_in(plan).new == 19


def test_where_the_helpers_are_taken_away_the_desk_reads_on_itself(
    desk: Any, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from complaint_desk.desk.importing import helpers

    monkeypatch.setattr(helpers, "WORTH_IT", 10)
    monkeypatch.setattr(helpers, "_begin", os.abort)
    lines = [(str(number), f"complaint {number}", "2026-11-02") for number in range(120)]
    counts = bring(desk, put(table(*lines, headings=("case id", "complaint", "date"))))
    assert counts.new == 120
    assert desk.check() == []


def test_more_tickets_of_one_second_than_a_second_holds_keep_a_place_each_and_are_all_found(
    desk: Any, put: Callable[..., Path]
) -> None:
    def one(number: int, second: int) -> tuple[str, ...]:
        return (f"T-{number}", f"收银多收了{number}元", f"2026-11-02 00:00:0{second}", *LINES[0][3:])

    later = [one(1_000 + number, 1) for number in range(3)]
    bring(desk, put(table(later[0], *(one(number, 0) for number in range(150)), *later[1:])))
    assert len(every_ticket(desk)) == 153
    assert desk.search("收银").total == 153
    assert desk.check() == []
