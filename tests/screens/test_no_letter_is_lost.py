"""Whatever key is pressed in whatever field: the caller's words stay as they were typed."""

from pathlib import Path

import pytest
from textual.widgets import Input

from complaint_desk.models.draft import FORM_FIELDS
from complaint_desk.models.enums import HeatStep
from complaint_desk.screens.call import CallScreen
from complaint_desk.screens.keys import APP_KEYS, CALL_KEYS
from complaint_desk.widgets.text_field import TextField
from complaint_desk.widgets.too_long import FIELD_CHARACTERS, LINE_CHARACTERS
from tests.screens.seat import Seat, seat

FIELDS = [name for name in FORM_FIELDS if name != "received_at"]
WORDS = {name: f"words in {name}" for name in FIELDS} | {"channel": "letter", "cause": "cashier_error"}
HOSTILE = [
    "[/]",
    "[urgent] refund [/INV-33]",
    "[link=http://x]here[/link]",
    "[@click=app.quit]x",
    "'); DROP TABLE ticket; --",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
    "\x9b31mred\x85",
    "abc\u202egnp.exe\u2066x",
    "zero\u200bwidth\ufeff",
    "👨‍👩‍👧‍👦 é 王芳",
    "half \ud83d a pair",
    "=cmd|' /C calc'!A0",
    "x" * 10_000,
]


async def fill(at: Seat) -> dict[str, str]:
    at.call.form.put(WORDS, {})
    await at.settle()
    return at.call.form.words()


@pytest.mark.parametrize("name", FIELDS)
async def test_every_desk_key_works_from_inside_this_field_and_leaves_the_text_alone(
    tmp_path: Path, name: str
) -> None:
    async with seat(tmp_path) as at:
        before = await fill(at)
        for key in (key for each in (*CALL_KEYS, *APP_KEYS) for key in each.keys.split(",")):
            if key in ("ctrl+q", "ctrl+n", "f3", "f2"):
                continue
            await at.go_to(name)
            await at.press(key)
            while not isinstance(at.app.screen, CallScreen):
                await at.press("escape")
            assert at.call.form.words() == before, key


@pytest.mark.parametrize("name", FIELDS)
async def test_heat_keys_mark_and_unmark_from_inside_this_field(tmp_path: Path, name: str) -> None:
    async with seat(tmp_path) as at:
        before = await fill(at)
        await at.go_to(name)
        await at.press("f5", "f6", "f7", "f8", "f9")
        assert set(at.call.call.heat) == set(HeatStep)
        await at.press("f6", "f7")
        assert set(at.call.call.heat) == set(HeatStep) - {HeatStep.EMPATHISE, HeatStep.APOLOGISE}
        assert at.call.form.words() == before
        assert at.app.focused is at.call.form.fields[name]


@pytest.mark.parametrize("name", [name for name in FIELDS if name not in ("cause", "channel")])
async def test_hostile_text_in_this_field_is_shown_plain_and_obeyed_in_nothing(
    tmp_path: Path, name: str
) -> None:
    async with seat(tmp_path) as at:
        for text in HOSTILE:
            await at.go_to(name)
            at.call.form.fields[name].words = ""
            await at.paste(text)
            await at.press("tab", "f5", "f5")
            shown = at.app.export_screenshot()
            assert "\x1b" not in shown
            assert "\u202e" not in shown
            assert "\x1b" not in at.words(name)
            assert "\u202e" not in at.words(name)
            assert not any("\ud800" <= character <= "\udfff" for character in at.words(name))
            if text.isprintable() and len(text) < 200:
                assert at.words(name) == text
        assert at.app.is_running


async def test_hostile_text_can_be_saved_parked_and_taken_up_again(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        for name in ("caller", "what", "how", "cause"):
            await at.go_to(name)
            await at.paste("[@click=app.quit]x [/] \x1b[2J ‮")
        before = at.call.form.words()
        await at.press("ctrl+n")
        assert at.words("what") == ""
        await at.press("f2", "enter")
        assert at.call.form.words() == before
        await at.press("ctrl+s", "ctrl+s")
        assert at.app.desk is not None
        assert at.app.desk.queue(1)[0].what.startswith("[@click=app.quit]x [/] ")


async def test_pasted_lines_are_joined_in_a_short_field_and_kept_in_a_long_one(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("where")
        await at.paste("Nanshan store\r\ntill 2\nby the door")
        await at.go_to("what")
        await at.paste("first line\r\nsecond line\n\nfourth")
        assert at.words("where") == "Nanshan store till 2 by the door"
        assert at.words("what") == "first line\nsecond line\n\nfourth"


@pytest.mark.parametrize("name", ["what", "where"])
async def test_a_megabyte_pasted_is_kept_whole_beside_the_field(tmp_path: Path, name: str) -> None:
    story = "投诉 " * 333_333
    async with seat(tmp_path) as at:
        await at.go_to(name)
        await at.type("before ")
        await at.paste(story)
        await at.type(" after")
        assert at.words(name) == f"before ⟦{name}-1: 999,999 characters, kept whole⟧ after"
        assert at.call.form.attached == {f"{name}-1": story}
        await at.go_to("what")
        await at.type(".")
        await at.press("ctrl+n")
    async with seat(tmp_path) as at:
        await at.press("enter")
        assert at.call.form.attached == {f"{name}-1": story}
        await at.press("ctrl+s", "ctrl+s")
        assert at.app.desk is not None
        assert len(at.app.desk.queue(9)) == 1


async def test_taking_the_mark_away_takes_the_attached_text_away(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.paste("x" * 30_000)
        assert at.call.form.attached_in_use()
        at.call.form.fields["what"].words = "short"
        assert at.call.form.attached_in_use() == {}


async def test_a_field_that_is_full_goes_on_with_its_text_attached(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        full = "\n".join(["y" * 999] * 20)
        await at.paste(full)
        assert at.words("what") == full
        await at.type("zzz")
        assert at.call.form.attached["what-1"].startswith("y" * 999)
        assert at.words("what").endswith("\nzzz") or at.words("what").endswith("z")
        assert len(at.words("what")) < FIELD_CHARACTERS


async def test_no_line_grows_beyond_what_stays_quick(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("how")
        await at.paste("y" * LINE_CHARACTERS)
        await at.type("zzz")
        assert at.words("how") == "y" * LINE_CHARACTERS + "\nzzz"


async def test_the_language_changes_in_mid_call_with_every_letter_kept(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        before = await fill(at)
        cause = at.call.form.fields["cause"]
        assert isinstance(cause, Input)
        assert cause.value == "B3 Cashier error"
        await at.press("f12")
        assert cause.value == "B3 收银差错"
        assert at.call.form.labels["where"] == "何地"
        assert at.call.form.words() == before
        await at.press("f12")
        assert at.call.form.words() == before
        assert cause.value == "B3 Cashier error"


async def test_a_terminal_shrunk_to_nothing_and_back_keeps_the_form(tmp_path: Path) -> None:
    async with seat(tmp_path, size=(120, 40)) as at:
        before = await fill(at)
        await at.go_to("how")
        for width, height in ((40, 10), (20, 5), (3, 2), (200, 60), (80, 24)):
            await at.pilot.resize_terminal(width, height)
            await at.type("!")
        assert at.words("how") == before["how"] + "!" * 5
        assert at.app.focused is at.call.form.fields["how"]


async def test_at_forty_by_ten_every_field_can_be_reached_and_seen(tmp_path: Path) -> None:
    async with seat(tmp_path, size=(40, 10)) as at:
        for name in FIELDS:
            await at.settle()
            focused = at.app.focused
            assert focused is not None
            assert focused.name == name
            assert at.call.form.region.overlaps(focused.region)
            await at.pilot.press("tab")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_field_is_on_the_screen_without_scrolling(tmp_path: Path, size: tuple[int, int]) -> None:
    async with seat(tmp_path, size=size) as at:
        for channel in ("phone", "letter"):
            at.call.form.fields["channel"].words = channel
            await at.until(lambda: at.call.form.asks_received == (channel == "letter"))  # noqa: B023
            await at.settle()
            shown = [field for field in at.call.form.fields.values() if field.display]
            assert all(at.call.form.region.contains_region(field.region) for field in shown)
            assert len(shown) == len(FIELDS) + (channel == "letter")


async def test_undo_brings_typing_back_in_a_long_field(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.paste("keep this")
        await at.press("shift+home", "backspace")
        assert at.words("what") == ""
        await at.press("ctrl+z")
        assert at.words("what") == "keep this"
        assert isinstance(at.call.form.fields["what"], TextField)


@pytest.mark.parametrize("name", FIELDS)
async def test_escape_takes_no_text_away(tmp_path: Path, name: str) -> None:
    async with seat(tmp_path) as at:
        before = await fill(at)
        await at.go_to(name)
        await at.press("escape", "escape", "escape")
        assert at.call.form.words() == before
