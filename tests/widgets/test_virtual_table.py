"""The table that draws only what is seen."""

from collections.abc import Callable

from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from complaint_desk.screens.themes import DARK
from complaint_desk.widgets.columns import Column, TableLine
from complaint_desk.widgets.virtual_table import VirtualTable

COLUMNS = (
    Column("left", 10, 10, 10, 0, live=True),
    Column("number", 14, 14, 14, 0),
    Column("caller", 8, 8, 20, 1),
)


class Table(VirtualTable):
    """Notes each line it draws."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, id="lines")
        self.drawn_lines: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.drawn_lines.append(y)
        return super().render_line(y)


class TableApp(App[None]):
    """One table, whose words a test changes."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self.total = total
        self.words: dict[int, str] = {}
        self.asked: set[int] = set()
        self.table = Table()
        self.heard: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.variables

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.call({"left": "Left", "number": "Number", "caller": "Caller"}, COLUMNS, "Nothing is open.")
        self.table.show(self.total, self.line, cursor=0)
        self.table.focus()

    def line(self, index: int) -> TableLine:
        self.asked.add(index)
        cells = {"left": self.words.get(index, "2 h left"), "number": f"S01-{index:09}", "caller": "王芳 [/]"}
        return TableLine(cells, "late" if index in self.words else "")

    def on_virtual_table_chosen(self, chosen: VirtualTable.Chosen) -> None:
        self.heard.append(chosen.index)


async def drawn_by(app: TableApp, pilot: Pilot[None], act: Callable[[], object]) -> set[int]:
    await pilot.pause()
    app.table.drawn_lines.clear()
    act()
    await pilot.pause()
    return set(app.table.drawn_lines)


def screen_lines(app: App[None]) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


async def test_of_a_million_lines_only_those_in_sight_are_asked_for() -> None:
    app = TableApp(1_000_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "home", "pagedown")
        await pilot.pause()
        assert len(app.asked) < 4 * 24
        assert max(app.asked) == 999_999


async def test_a_cursor_move_draws_two_lines() -> None:
    app = TableApp(1_000)
    async with app.run_test(size=(80, 24)) as pilot:
        assert await drawn_by(app, pilot, lambda: app.table.action_move(1)) == {1, 2}


async def test_a_tick_draws_only_the_lines_whose_words_changed() -> None:
    app = TableApp(1_000)
    async with app.run_test(size=(80, 24)) as pilot:
        assert await drawn_by(app, pilot, app.table.update_lines) == set()
        app.words[4] = "1 min late"
        assert await drawn_by(app, pilot, app.table.update_lines) == {5}
        assert "1 min late" in screen_lines(app)[5]


async def test_a_tick_touches_only_the_countdown_column() -> None:
    app = TableApp(1_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.words[4] = "1 min late"
        regions: list[tuple[int, int]] = []
        refresh = app.table.refresh

        def noted(*given: object, **options: bool) -> object:
            regions.extend((region.x, region.width) for region in given)  # type: ignore[attr-defined]
            return refresh(*given, **options)  # type: ignore[arg-type]

        app.table.refresh = noted  # type: ignore[assignment,method-assign]
        app.table.update_lines()
        assert regions == [(2, 10)]


async def test_page_keys_stop_at_the_ends() -> None:
    app = TableApp(50)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pageup")
        assert app.table.cursor == 0
        await pilot.press(*["pagedown"] * 5)
        assert app.table.cursor == 49
        assert "S01-000000049" in screen_lines(app)[-1]


async def test_the_cursor_has_a_sign_and_the_heading_stays() -> None:
    app = TableApp(200)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        lines = screen_lines(app)
        assert lines[0].split() == ["Left", "Number", "Caller"]
        assert lines[-1].startswith("▸ ")
        assert sum("▸" in line for line in lines) == 1


async def test_every_line_is_as_wide_as_the_screen() -> None:
    for width in (10, 40, 80, 120, 200):
        app = TableApp(5)
        async with app.run_test(size=(width, 10)) as pilot:
            await pilot.pause()
            assert {cell_len(line) for line in screen_lines(app)} == {width}


async def test_a_click_moves_the_cursor_and_a_second_one_opens() -> None:
    app = TableApp(200)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#lines", offset=(5, 3))
        assert app.table.cursor == 2
        assert app.heard == []
        await pilot.click("#lines", offset=(5, 3))
        assert app.heard == [2]


async def test_an_empty_table_says_so() -> None:
    app = TableApp(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "end", "enter", "pageup")
        assert any("Nothing is open." in line for line in screen_lines(app))
        assert app.heard == []
