"""By keys alone: a file comes in from the queue, what a list shows leaves, a ticket is copied or saved."""

import csv
import io
import json
from pathlib import Path

import pytest

from complaint_desk.models.importing import Target
from complaint_desk.models.queue_view import QueueView
from complaint_desk.screens.bring_in import BringInScreen
from complaint_desk.screens.export_card import ExportCard
from complaint_desk.screens.queue import QueueScreen
from complaint_desk.screens.ticket_out_card import TicketOutCard
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat
from tests.screens.tickets import desk_at, take, take_a_few

HEADINGS = ("工单编号", "投诉内容", "受理日期", "Time", "来源渠道", "处理状态", "城市", "[/] =x")
LINES = (
    (
        "250635",
        "充电两天就不行了，客服让等 [@click=app.quit]",
        "22-04-2015",
        "03:53:50 PM",
        "热线",
        "已关闭",
        "深圳",
        "a",
    ),
    (
        "223441",
        "Payment vanished - service cut off",
        "04-08-2015",
        "10:22:56 AM",
        "网站",
        "已办结",
        "广州",
        "=1+1",
    ),
    ("277946", "到店等了四十分钟没人理", "18-04-2015", "09:55:47 AM", "门店", "处理中", "深圳", ""),
    ("307175", "", "26-05-2015", "01:25:26 PM", "网站", "处理中", "深圳", ""),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder one is in, without a folder for documents, and a legacy file in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *LINES])
    (tmp_path / "old.csv").write_text(text.getvalue(), "utf-8-sig")
    return tmp_path


async def look_at(at: Seat, file: str = "old.csv") -> BringInScreen:
    await at.press("f3")
    await at.press("ctrl+o")
    await at.type(file)
    await at.press("enter")
    screen = at.app.screen
    assert isinstance(screen, BringInScreen)
    return screen


async def bring_in(at: Seat) -> None:
    screen = await look_at(at)
    await at.pilot.press("g")
    await at.until(lambda: at.app.screen is not screen)
    await at.pilot.press("enter")
    await at.until(lambda: screen.done)
    await at.settle()


async def test_a_file_is_looked_at_tried_and_brought_in_by_keys(here: Path) -> None:
    async with seat(here) as at:
        screen = await look_at(at)
        assert screen.plan is not None
        assert screen.plan.columns[0].to is Target.RECORD
        await at.press("t")
        assert "3 lines would become tickets (1 open, 2 settled)." in text_of(at.app)
        assert "line 5: 投诉内容: It does not tell what happened." in text_of(at.app)
        with desk_at(here) as desk:
            assert desk.queue_counts().views[QueueView.BROUGHT_ALONG] == 0
        await at.pilot.press("g")
        await at.until(lambda: at.app.screen is not screen)
        await at.press("escape")
        assert not screen.done
        await at.pilot.press("g")
        await at.until(lambda: at.app.screen is not screen)
        await at.pilot.press("enter")
        await at.until(lambda: screen.done)
        await at.settle()
        await at.press("enter")
        assert isinstance(at.app.screen, QueueScreen)
        assert "3 lines became tickets" in at.app.screen.said.sentence
        with desk_at(here) as desk:
            assert desk.queue_counts().views[QueueView.BROUGHT_ALONG] == 1
    assert "307175" in (here / "old-faulty.csv").read_text("utf-8-sig")


async def test_a_column_becomes_something_else_by_keys(here: Path) -> None:
    async with seat(here) as at:
        screen = await look_at(at)
        await at.press(*["down"] * 7, "right")
        assert screen.plan is not None
        assert screen.plan.columns[7].to is Target.DROPPED
        await at.press("enter", "home", "up", "enter")
        await at.press("up", "up", "up", "up", "up", "d")
        assert screen.plan.columns[2].order == "month-day-year"
        await at.press("c")
        assert screen.start_clocks
        await at.press("k")
        assert (here / "old-map.toml").exists()


async def test_another_encoding_is_chosen_and_the_preview_changes_at_once(here: Path) -> None:
    (here / "west.csv").write_bytes("case id,complaint,date\n1,Café closed,2026-11-02\n".encode("cp1252"))
    async with seat(here) as at:
        screen = await look_at(at, "west.csv")
        if screen.plan is not None:
            assert "Café" not in text_of(at.app)
        else:
            await at.press("tab")
        await at.press("e", *["down"] * 5, "enter")
        await at.settle()
        assert screen.plan is not None
        assert screen.plan.layout.encoding == "cp1252"
        await at.press("down")
        await at.settle()
        assert "Café closed" in text_of(at.app)
        assert "Windows-1252" in text_of(at.app)


async def test_a_file_that_could_not_be_read_so_is_read_as_it_is_told(here: Path) -> None:
    (here / "big.csv").write_bytes("單號,投訴內容,日期\n1,電鍋壞了,2026-11-02\n".encode("big5"))
    async with seat(here) as at:
        screen = await look_at(at, "big.csv")
        if screen.plan is None:
            await at.press("tab")
        await at.press("e", "down", "down", "down", "down", "enter")
        await at.settle()
        assert screen.plan is not None
        assert screen.plan.layout.encoding == "big5"
        assert [column.heading for column in screen.plan.columns] == ["單號", "投訴內容", "日期"]


async def test_another_separator_cuts_the_lines_anew(here: Path) -> None:
    (here / "odd.csv").write_text("case id|complaint|date\n1|charged; twice; today|2026-11-02\n")
    async with seat(here) as at:
        screen = await look_at(at, "odd.csv")
        await at.press("s", "down", "down", "enter")
        await at.settle()
        assert screen.plan is not None
        assert screen.plan.layout.delimiter == ";"
        await at.press("s", "down", "down", "enter")
        await at.settle()
        assert screen.plan is not None
        assert screen.plan.layout.delimiter == "|"
        assert screen.plan.is_ready


async def test_another_sheet_of_a_workbook_is_chosen_by_a_key(here: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "notes"
    book.active.append(["nothing", "of use"])
    book.create_sheet("calls")
    for line in (("case id", "complaint", "date"), ("1", "The kettle leaks", "2026-11-02")):
        book["calls"].append(line)
    book.save(here / "old.xlsx")
    async with seat(here) as at:
        screen = await look_at(at, "old.xlsx")
        await at.press("s")
        assert "A workbook tells that itself." in screen.said.sentence
        await at.press("w", "down", "enter")
        await at.settle()
        assert screen.plan is not None
        assert screen.plan.layout.sheet == "calls"
        assert screen.plan.is_ready


async def test_lines_that_tell_no_status_come_in_as_it_is_said(here: Path) -> None:
    (here / "old.csv").write_text("case id,complaint,date\n1,The kettle leaks,2026-11-02\n")
    async with seat(here) as at:
        screen = await look_at(at)
        assert "U without a status: open" in text_of(at.app)
        await at.press("u", "down", "enter")
        await at.press("t")
        await at.settle()
        assert screen.counts is not None
        assert (screen.counts.new, screen.counts.open) == (1, 0)


async def test_what_is_no_table_is_said_and_the_line_stays(here: Path) -> None:
    (here / "picture.png").write_bytes(b"\x89PNG" + bytes(range(256)) * 20)
    async with seat(here) as at:
        screen = await look_at(at, "picture.png")
        assert screen.plan is None
        assert "no text and no workbook" in screen.said.sentence
        assert screen.path.words == "picture.png"
        await at.press("escape")
        assert isinstance(at.app.screen, QueueScreen)


async def test_dates_that_can_be_read_two_ways_are_settled_by_a_key(here: Path) -> None:
    lines = [("case id", "complaint", "date"), ("1", "first", "03/04/2026"), ("2", "second", "05/06/2026")]
    (here / "two.csv").write_text("\n".join(",".join(line) for line in lines))
    async with seat(here) as at:
        screen = await look_at(at, "two.csv")
        assert "every date can be read in several ways" in screen.said.sentence
        await at.press("g")
        assert at.app.screen is screen
        await at.press("down", "down", "d")
        assert screen.plan is not None
        assert screen.plan.is_ready


async def test_x_writes_what_the_queue_shows(here: Path) -> None:
    numbers = take_a_few(here)
    async with seat(here) as at:
        await at.press("f3")
        await at.press("x")
        card = at.app.screen
        assert isinstance(card, ExportCard)
        await at.press("down", "down")
        assert card.path.words.endswith(".jsonl")
        card.path.words = "out.jsonl"
        await at.press("enter")
        assert isinstance(at.app.screen, QueueScreen)
        assert "5 tickets were written" in at.app.screen.said.sentence
        written = [
            json.loads(line)["number"] for line in (here / "out.jsonl").read_text("utf-8").splitlines()
        ]
        assert written == numbers
        await at.press("x")
        again = at.app.screen
        assert isinstance(again, ExportCard)
        again.path.words = "out.jsonl"
        await at.press("enter")
        assert at.app.screen is again
        assert "is there already" in text_of(at.app)


async def test_ctrl_x_writes_what_was_found(here: Path) -> None:
    take_a_few(here)
    async with seat(here) as at:
        await at.press("f4")
        await at.type("soy")
        await at.settle()
        await at.press("ctrl+x")
        card = at.app.screen
        assert isinstance(card, ExportCard)
        card.path.words = "found.csv"
        await at.press("enter")
        rows = list(csv.DictReader(io.StringIO((here / "found.csv").read_text("utf-8-sig"))))
        assert {row["Name"] for row in rows} >= {"Wang Fang"}


async def test_a_ticket_is_copied_or_saved(here: Path) -> None:
    with desk_at(here) as desk:
        number = take(desk, hours_ago=1, what="Charged twice *for* soy").number
    async with seat(here) as at:
        await at.press("f3")
        await at.press("enter", "x")
        assert isinstance(at.app.screen, TicketOutCard)
        await at.press("2")
        assert f"# {number}" in at.app.clipboard
        assert "Charged twice \\*for\\* soy" in at.app.clipboard
        await at.press("x", "5")
        card = at.app.screen
        assert isinstance(card, TicketOutCard)
        assert card.path.words.endswith(f"{number}.md")
        await at.press("enter")
        assert (here / f"{number}.md").read_text("utf-8").startswith(f"# {number}")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_import_looks_as_it_was_approved(here: Path, size: tuple[int, int], language: str) -> None:
    async with seat(here, size=size, language=language) as at:
        await look_at(at)
        await at.press("down", "down", "t")
        compare(at.app, f"bring_in_{size[0]}x{size[1]}_{language}")


async def test_a_ticket_brought_along_tells_where_it_came_from(here: Path) -> None:
    async with seat(here, size=(120, 40)) as at:
        await bring_in(at)
        await at.press("enter")
        await at.press("9", "enter")
        text = text_of(at.app)
        assert "Came from  old.csv, record 277946, status there: 处理中" in text
        assert "受理日期: 18-04-2015" in text
        assert "no clock" not in text


async def test_the_import_is_found_by_its_name_from_the_call(here: Path) -> None:
    async with seat(here) as at:
        await at.press("ctrl+p")
        await at.type("records of another")
        await at.settle()
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, BringInScreen))
        await at.press("escape")
        assert at.app.screen is at.call
