"""Everything can leave: as a table no spreadsheet calculates with, and whole, so that it comes back as it was."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Channel, ClockKind, HeatStep, Role, Severity
from complaint_desk.models.errors import FileRefused, NotPermitted
from complaint_desk.models.exporting import EveryTicket, ExportFormat, OfQueue, OfSearch, PageFormat
from complaint_desk.models.forms import ComplaintForm
from complaint_desk.models.money import Money
from complaint_desk.models.settling import PromiseMade, RemedyKind
from tests.support import EVERY_WORD, HOSTILE, FrozenClock, complaint

CSV, XLSX, JSONL = ExportFormat.CSV, ExportFormat.XLSX, ExportFormat.JSONL


def written(desk: Any, form: ExportFormat = CSV, chosen: Any = None) -> bytes:
    stream = io.BytesIO()
    desk.export(chosen or EveryTicket(), stream, form)
    return stream.getvalue()


def lines(desk: Any, chosen: Any = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(desk, CSV, chosen).decode("utf-8-sig"))))


@pytest.fixture
def busy(desk: Any, clock: FrozenClock) -> Any:
    """A desk on whose tickets everything was done that can be done."""
    desk.take_seat()
    desk.join("刘洋", Role.SUPERVISOR)
    first = desk.register(
        ComplaintForm(**EVERY_WORD),
        received_at=clock.now - timedelta(hours=2),
        heat={HeatStep.HEAR: clock.now - timedelta(hours=1)},
        attachments={"what-1": "ein langer Brief\n" * 50},
    ).number
    clock.forward(minutes=5)
    desk.act(first, Act.ACKNOWLEDGED, "陈静 rang and said sorry")
    desk.promise(first, PromiseMade("ring back", by=clock.now + timedelta(hours=3)))
    desk.pause(first, "waits for the maker", until=clock.now + timedelta(days=2))
    clock.forward(minutes=5)
    desk.hand_over(first, "刘洋", "knows the maker")
    desk.act(first, Act.NOTED, "=1+1 is a note")
    desk.escalate(first, "刘洋", "hot")
    desk.resume(first, "the maker wrote")
    desk.keep_promise(first, text="rang at six")
    second = desk.register(complaint("孩子吃了以后吐了", phone="+44 20 7946 0958", caller="O'Brien")).number
    desk.amend(second, {"where": "福田店", "caller": "Margaret"})
    desk.change_severity(second, Severity.SERIOUS, "not as bad")
    desk.offer_remedy(second, RemedyKind.PRICE, Money(20_00, "CNY"), "twenty yuan off")
    clock.forward(minutes=5)
    desk.act(second, Act.RESOLVED, "paid", happened_at=clock.now)
    desk.act(second, Act.UNDONE)
    third = desk.register(complaint("solved at once")).number
    desk.act(third, Act.RESOLVED, "explained")
    desk.act(third, Act.REOPENED, "not at all")
    for text in HOSTILE:
        desk.register(complaint(text, caller=text[:50]))
    return desk


def test_what_went_out_whole_comes_back_as_it_was(
    busy: Any, tmp_path: Path, empty_file: Path, open_desk: Callable[..., Any]
) -> None:
    path = tmp_path / "all.jsonl"
    done = busy.export(EveryTicket(), path, JSONL)
    assert done.tickets == 3 + len(HOSTILE)
    other = tmp_path / "other.db"
    other.write_bytes(empty_file.read_bytes())
    moved = open_desk(db=str(other))
    counts = moved.bring_in(moved.plan_import(path))
    assert (counts.new, counts.faulty) == (done.tickets, 0)
    assert written(moved, JSONL) == path.read_bytes()
    assert written(moved) == written(busy)
    assert moved.check() == []
    assert [row.number for row in moved.queue()] == [row.number for row in busy.queue()]
    again = moved.bring_in(moved.plan_import(path))
    assert (again.new, again.known) == (0, done.tickets)


def test_numbers_go_on_after_those_that_came_in(
    busy: Any, tmp_path: Path, empty_file: Path, open_desk: Callable[..., Any]
) -> None:
    path = tmp_path / "all.jsonl"
    busy.export(EveryTicket(), path, JSONL)
    other = tmp_path / "other.db"
    other.write_bytes(empty_file.read_bytes())
    moved = open_desk(db=str(other))
    taken = moved.register(complaint("ours, taken first")).number
    moved.bring_in(moved.plan_import(path))
    numbers = {json.loads(line)["number"] for line in written(moved, JSONL).splitlines()}
    assert len(numbers) == 4 + len(HOSTILE)
    assert taken in numbers
    assert moved.register(complaint("the next")).number not in numbers
    assert moved.check() == []


def test_the_object_of_a_ticket_holds_everything(busy: Any) -> None:
    whole = busy.whole_ticket("S01-261123-001")
    for name in ("promises", "pauses", "heat", "history", "attachments", "clocks", "escalation", "events"):
        assert whole[name], name
    lines_out = written(busy, JSONL).splitlines()
    assert json.loads(lines_out[0]) == whole


def test_a_table_begins_with_a_mark_of_its_encoding_and_no_cell_is_a_formula(busy: Any) -> None:
    assert written(busy).startswith(b"\xef\xbb\xbf")
    for row in lines(busy):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    texts = {row["What"] for row in lines(busy)}
    assert "'=1+1" in texts


def test_numbers_stand_as_they_are_dialled_and_none_begins_with_a_plus(busy: Any) -> None:
    phones = [row["Phone"] for row in lines(busy) if row["Phone"]]
    assert phones == ["138 0013 8000", "00 44 20 7946 0958"]


def test_the_kind_of_caller_stands_in_no_table(busy: Any) -> None:
    (row,) = [row for row in lines(busy) if row["Number"] == "S01-261123-001"]
    assert "rational" not in " ".join([*row, *row.values()]).lower()


def test_a_workbook_has_typed_dates_a_frozen_heading_and_text_that_stays_text(
    busy: Any, tmp_path: Path
) -> None:
    import openpyxl

    path = tmp_path / "all.xlsx"
    busy.export(EveryTicket(), path, XLSX)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "B2"
    received = sheet.cell(2, headings.index("Received") + 1)
    assert received.is_date
    assert received.value.isoformat() == "2026-11-23T08:28:00"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.column_dimensions["M"].width > 40


def test_what_a_list_shows_leaves_in_its_order(busy: Any) -> None:
    shown = [row.number for row in busy.queue()]
    assert [row["Number"] for row in lines(busy, OfQueue())] == shown
    found = [row.number for row in busy.search("maker").rows]
    assert found
    assert [row["Number"] for row in lines(busy, OfSearch("maker"))] == found
    narrowed = [row.number for row in busy.filter_queue("福田").rows]
    assert [row["Number"] for row in lines(busy, OfQueue(text="福田", typed=False))] == narrowed


def test_a_file_that_is_there_is_left_as_it_is(desk: Any, tmp_path: Path) -> None:
    desk.register(complaint())
    path = tmp_path / "a.csv"
    path.write_text("mine")
    with pytest.raises(FileRefused):
        desk.export(EveryTicket(), path, CSV)
    assert path.read_text() == "mine"
    desk.export(EveryTicket(), path, CSV, overwrite=True)
    assert path.read_text("utf-8-sig").startswith("Number")
    for wrong in (tmp_path, tmp_path / "nowhere" / "a.csv", tmp_path / "a\0.csv"):
        with pytest.raises(FileRefused):
            desk.export(EveryTicket(), wrong, CSV)
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".part"] == []


def test_an_export_that_is_stopped_leaves_no_file(desk: Any, tmp_path: Path) -> None:
    desk.register(complaint())
    done = desk.export(EveryTicket(), tmp_path / "a.csv", CSV, stop=lambda: True)
    assert done.cancelled
    assert not (tmp_path / "a.csv").exists()


def test_who_may_not_see_all_customers_writes_masked_tables_and_nothing_whole(
    busy: Any, open_desk: Callable[..., Any], tmp_path: Path
) -> None:
    agent = open_desk("李小明", mask_customers=True)
    assert "Margaret" not in written(agent).decode("utf-8-sig")
    assert "138 0013 8000" not in written(agent).decode("utf-8-sig")
    with pytest.raises(NotPermitted):
        agent.export(EveryTicket(), tmp_path / "all.jsonl", JSONL)
    with pytest.raises(NotPermitted):
        agent.whole_ticket("S01-261123-001")
    assert "王芳" not in agent.ticket_page("S01-261123-001", PageFormat.MARKDOWN)
    assert not (tmp_path / "all.jsonl").exists()


@pytest.mark.parametrize("form", list(PageFormat))
def test_a_ticket_is_saved_as_a_page(busy: Any, tmp_path: Path, form: PageFormat) -> None:
    path = busy.save_ticket("S01-261123-001", tmp_path / f"page.{form}", form)
    text = path.read_text("utf-8")
    assert "结账多收了两瓶酱油的钱" in text
    with pytest.raises(FileRefused):
        busy.save_ticket("S01-261123-001", path, form)


def test_no_words_of_a_caller_are_marks_in_markdown(desk: Any) -> None:
    number = desk.register(complaint("# big\n* one\n[link](http://x) `code` <b>x</b>\n1. first")).number
    page = desk.ticket_page(number, PageFormat.MARKDOWN)
    assert "> \\# big" in page
    assert "> \\* one" in page
    assert "\\[link\\](http://x) \\`code\\` \\<b\\>" in page
    assert "> 1\\. first" in page


def test_a_table_that_went_out_comes_in_at_another_desk(
    busy: Any, tmp_path: Path, empty_file: Path, open_desk: Callable[..., Any]
) -> None:
    path = tmp_path / "all.csv"
    busy.export(EveryTicket(), path, CSV)
    other = tmp_path / "other.db"
    other.write_bytes(empty_file.read_bytes())
    moved = open_desk(db=str(other))
    counts = moved.bring_in(moved.plan_import(path))
    assert counts.faulty == 0
    before = {row["Number"]: row for row in lines(busy)}
    assert {row["Record before"] for row in lines(moved)} == set(before)
    for row in lines(moved):
        was = before[row["Record before"]]
        for name in ("What", "Received", "Phone", "Cause", "Channel", "Name", "Where"):
            assert row[name].split() == was[name].split(), name


def test_channels_and_clocks_have_their_names(busy: Any) -> None:
    (row,) = [row for row in lines(busy) if row["Number"] == "S01-261123-001"]
    assert row["Channel"] == busy.playbook.channel_name(Channel.IN_STORE, "en")
    assert row["Next clock"] == busy.playbook.clock_name(ClockKind.OWN, "en")
