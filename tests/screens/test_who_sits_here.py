"""Signing in, the locked screen, another person at one seat, and the first start: by keys, with the call kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from complaint_desk import locale
from complaint_desk.app import ComplaintDeskApp
from complaint_desk.desk.desk import Desk
from complaint_desk.desk.receive import CallDrafts
from complaint_desk.desk.staff import secrets
from complaint_desk.models.enums import Role
from complaint_desk.models.errors import StoreFault
from complaint_desk.screens.call import CallScreen
from complaint_desk.screens.setup import SetupScreen
from complaint_desk.screens.sign_in import SignInScreen
from complaint_desk.screens.sign_in_words import Step
from complaint_desk.startup import StartOptions
from tests.screens.golden import compare, text_of
from tests.screens.seat import FrozenClock, Seat, seat
from tests.screens.tickets import desk_at, take_a_few

PIN, OTHER = "482913", "70518264"
SIZES = [(80, 24), (120, 40)]
LANGUAGES = ["zh_CN", "en"]
CODE = "7K3MF-9QW2X-B4TZ1-R8HNC"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2 hashes that cost little."""
    from argon2 import PasswordHasher

    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A settings file of the test's own, which is not there yet."""
    monkeypatch.setenv("COMPLAINT_DESK_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.delenv("COMPLAINT_DESK_STORE_CODE", raising=False)


def staff(folder: Path, *, pins: bool = True) -> None:
    """chen leads the staff, 李娜 is an agent; each with a PIN where there are any; a few tickets of chen."""
    take_a_few(folder)
    with desk_at(folder) as desk:
        desk.join("李娜", Role.AGENT)
        if pins:
            desk.set_pin(PIN)
            given = desk.reset_pin("李娜")
            with desk_at(folder, as_name="李娜") as agent:
                agent.sign_in("李娜", given)
                agent.set_pin(OTHER, given)


async def sign_in(at: Seat, pin: str) -> None:
    await at.type(pin)
    await at.press("enter")


def asking(at: Seat) -> SignInScreen:
    screen = at.app.screen
    assert isinstance(screen, SignInScreen)
    return screen


async def test_a_desk_without_pins_opens_as_ever(tmp_path: Path) -> None:
    staff(tmp_path, pins=False)
    async with seat(tmp_path) as at:
        assert isinstance(at.app.screen, CallScreen)
        await at.app.seat.look()
        at.clock.forward(hours=5)
        await at.app.seat.look()
        await at.settle()
        assert isinstance(at.app.screen, CallScreen)


async def test_before_signing_in_nothing_of_the_desk_can_be_seen_or_reached(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        before = text_of(at.app)
        for key in ("f2", "f3", "f4", "f1", "ctrl+p", "ctrl+u", "ctrl+s", "ctrl+n", "f10"):
            await at.press(key)
        assert text_of(at.app) == before
        await at.press("escape", "escape", "escape")
        assert asking(at).step is Step.WHO
        assert "赵婷" not in text_of(at.app)


async def test_a_wrong_pin_is_told_and_the_right_one_opens_the_desk(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        await sign_in(at, "999111")
        assert "not the PIN of chen" in asking(at).notice.sentence
        assert "999111" not in text_of(at.app)
        await sign_in(at, PIN)
        assert at.notice == "chen sits here now."
        await at.press("f3")
        assert "赵婷" in text_of(at.app)


async def test_another_person_sits_down_in_two_keys_and_the_call_is_kept(tmp_path: Path) -> None:
    staff(tmp_path, pins=False)
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await at.press("ctrl+u", "2")
        assert isinstance(at.app.screen, CallScreen)
        assert at.words("what") == "charged twice"
        await at.press("ctrl+s", "ctrl+s")
        with desk_at(tmp_path) as desk:
            (taken,) = [row for row in desk.queue() if row.what == "charged twice"]
        assert taken.owner == "李娜"


async def test_where_nobody_has_a_pin_somebody_new_sits_down_by_name(tmp_path: Path) -> None:
    staff(tmp_path, pins=False)
    async with seat(tmp_path) as at:
        await at.press("ctrl+u", "0")
        await at.type("赵强")
        await at.press("enter")
        assert at.notice == "赵强 sits here now."
        with desk_at(tmp_path) as desk:
            assert "赵强" in {member.name for member in desk.everybody()}


async def test_esc_leaves_the_person_where_they_are(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        await sign_in(at, PIN)
        await at.press("ctrl+u", "2", "escape", "escape")
        assert isinstance(at.app.screen, CallScreen)
        assert at.app.desk is not None
        assert at.app.desk.signed_in is not None


async def test_the_next_person_finds_the_call_and_not_what_the_one_before_had_open(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        await sign_in(at, PIN)
        await at.go_to("what")
        await at.type("charged twice")
        await at.press("f3", "enter")
        assert "13622223333" in text_of(at.app).replace(" ", "").replace("-", "")
        await at.press("ctrl+u", "2")
        await sign_in(at, OTHER)
        assert isinstance(at.app.screen, CallScreen)
        assert at.words("what") == "charged twice"
        await at.press("f3")
        shown = text_of(at.app)
        assert "赵婷" not in shown
        assert "赵**" in shown


async def test_a_masked_caller_is_shown_whole_by_a_key_and_that_is_recorded(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path, as_name="李娜", size=(120, 40)) as at:
        await sign_in(at, OTHER)
        await at.press("f3", "enter")
        assert "赵**" in text_of(at.app)
        assert "See caller" in text_of(at.app)
        await at.press("s")
        shown = text_of(at.app)
        assert "赵婷" in shown
        assert "See caller" not in shown
        assert "looked at the masked caller" in shown
        await at.press("s")
        assert "Nothing is masked" in text_of(at.app)


async def test_a_seat_left_alone_locks_and_the_call_comes_back(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        await sign_in(at, PIN)
        await at.go_to("caller")
        await at.type("王芳")
        at.clock.forward(minutes=9)
        await at.app.seat.look()
        assert isinstance(at.app.screen, CallScreen)
        at.clock.forward(minutes=1)
        await at.app.seat.look()
        await at.settle()
        assert asking(at).step is Step.PIN
        assert "王芳" not in text_of(at.app)
        await asyncio.to_thread(at.app.drafts.flush)
        assert any("王芳" in path.read_text("utf-8") for path in (tmp_path / "desk.drafts").glob("*.json*"))
        await at.press("f3")
        assert asking(at)
        await sign_in(at, PIN)
        assert isinstance(at.app.screen, CallScreen)
        assert at.words("caller") == "王芳"


async def test_a_key_says_that_the_seat_was_not_left(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        await sign_in(at, PIN)
        at.clock.forward(minutes=9)
        await at.press("tab")
        at.clock.forward(minutes=9)
        await at.app.seat.look()
        assert isinstance(at.app.screen, CallScreen)


async def test_the_line_being_written_about_an_act_survives_the_lock(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        await sign_in(at, PIN)
        await at.press("f3", "n")
        await at.type("rang back at noon")
        at.clock.forward(minutes=11)
        await at.app.seat.look()
        await at.settle()
        assert "rang back" not in text_of(at.app)
        await sign_in(at, PIN)
        assert "rang back at noon" in text_of(at.app)


async def test_somebody_let_go_elsewhere_is_asked_again_here(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path, as_name="李娜") as at:
        await sign_in(at, OTHER)
        with desk_at(tmp_path) as desk:
            desk.sign_in("chen", PIN)
            desk.leave("李娜")
        await at.app.seat.look()
        await at.settle()
        assert asking(at)
        await at.press("escape")
        assert [member.name for member in asking(at)._staff] == ["chen"]


async def test_a_first_pin_set_at_another_seat_is_asked_for_here(tmp_path: Path) -> None:
    staff(tmp_path, pins=False)
    async with seat(tmp_path) as at:
        with desk_at(tmp_path) as desk:
            desk.set_pin(PIN)
        await at.app.seat.look()
        await at.settle()
        await sign_in(at, PIN)
        assert isinstance(at.app.screen, CallScreen)


async def test_with_a_one_time_pin_one_of_ones_own_is_chosen(tmp_path: Path) -> None:
    staff(tmp_path)
    with desk_at(tmp_path) as desk:
        desk.sign_in("chen", PIN)
        given = desk.reset_pin("李娜")
    async with seat(tmp_path, as_name="李娜") as at:
        await sign_in(at, given)
        assert asking(at).step is Step.OWN
        await sign_in(at, "123456")
        await sign_in(at, "123456")
        assert "guessed first" in asking(at).notice.sentence
        await sign_in(at, "blue kettle on it")
        await sign_in(at, "blue kettle on the")
        assert "not the same" in asking(at).notice.sentence
        await sign_in(at, "blue kettle on it")
        await sign_in(at, "blue kettle on it")
        assert isinstance(at.app.screen, CallScreen)


async def test_ones_own_pin_is_changed_from_the_palette(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        await sign_in(at, PIN)
        await at.app.run_action("own_pin")
        await at.settle()
        await sign_in(at, PIN)
        await sign_in(at, "395027")
        await sign_in(at, "395027")
        assert isinstance(at.app.screen, CallScreen)
        await at.app.run_action("lock")
        await at.settle()
        await sign_in(at, "395027")
        assert isinstance(at.app.screen, CallScreen)


async def test_the_first_pin_is_set_from_the_palette_and_the_recovery_code_told_once(tmp_path: Path) -> None:
    staff(tmp_path, pins=False)
    async with seat(tmp_path) as at:
        await at.app.run_action("own_pin")
        await at.settle()
        await sign_in(at, PIN)
        await sign_in(at, PIN)
        assert "recovery code" in text_of(at.app)
        await at.press("escape")
        assert "recovery code" in text_of(at.app)
        await at.press("enter")
        assert isinstance(at.app.screen, CallScreen)


async def test_the_locked_screen_speaks_the_other_language(tmp_path: Path) -> None:
    staff(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f12")
        assert "Who sits here" not in text_of(at.app)
        await sign_in(at, PIN)
        assert isinstance(at.app.screen, CallScreen)


async def test_where_the_file_cannot_be_opened_a_call_is_taken_down_all_the_same(tmp_path: Path) -> None:
    staff(tmp_path)
    tries: list[int] = []

    def refuse() -> Desk:
        tries.append(len(tries))
        raise StoreFault("Another program holds the file.")

    async with seat(tmp_path, open_desk=refuse) as at:
        assert asking(at).notice.sentence == "Another program holds the file."
        before = len(tries)
        await at.press("enter")
        assert len(tries) == before + 1
        assert asking(at).notice.sentence == "Another program holds the file."
        await at.press("escape")
        await at.go_to("what")
        await at.type("charged twice")
        assert at.words("what") == "charged twice"


# The first start


@asynccontextmanager
async def first_start(
    folder: Path, *, size: tuple[int, int] = (80, 24), language: str = "en"
) -> AsyncIterator[Seat]:
    """A desk opened for the first time, as the program itself does."""
    locale.use(language)
    clock = FrozenClock()
    app = ComplaintDeskApp(
        StartOptions(db=str(folder / "desk.db"), lang=language),
        drafts=CallDrafts(folder / "desk.drafts", "chen", clock=clock),
        offer_setup=True,
    )
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            at = Seat(app, pilot, clock, folder)
            await at.settle()
            yield at
        assert app.unforeseen == []
    finally:
        locale.use("en")


async def fill_in(at: Seat, pin: str) -> None:
    await at.type("s01")
    await at.press("tab")
    await at.type("Nanshan")
    await at.press("tab", "tab", "tab", "tab")
    await at.type(pin)
    await at.press("enter")
    await at.type(pin)


@pytest.mark.usefixtures("own_settings")
async def test_a_new_desk_is_set_up_in_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "recovery_code", lambda: CODE)
    async with first_start(tmp_path) as at:
        assert isinstance(at.app.screen, SetupScreen)
        await fill_in(at, PIN)
        await at.press("ctrl+s")
        assert CODE in text_of(at.app)
        assert PIN not in text_of(at.app)
        await at.press("escape")
        assert CODE in text_of(at.app)
        await at.press("enter")
        assert isinstance(at.app.screen, CallScreen)
        assert CODE not in text_of(at.app)
        assert at.app.desk is not None
        assert at.app.desk.settings.store_code == "S01"
        assert at.app.desk.signed_in is not None
    async with first_start(tmp_path) as at:
        assert asking(at)


@pytest.mark.usefixtures("own_settings")
async def test_esc_goes_on_without_and_it_is_never_offered_again(tmp_path: Path) -> None:
    async with first_start(tmp_path) as at:
        await at.press("escape")
        await at.settle()
        assert isinstance(at.app.screen, CallScreen)
        await at.type("13800138000")
        assert at.words("phone") == "13800138000"
    async with first_start(tmp_path) as at:
        assert not isinstance(at.app.screen, SetupScreen)
    assert not (tmp_path / "settings.toml").exists()


@pytest.mark.usefixtures("own_settings")
async def test_a_store_whose_code_is_set_is_offered_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_STORE_CODE", "S01")
    async with first_start(tmp_path) as at:
        assert isinstance(at.app.screen, CallScreen)


@pytest.mark.usefixtures("own_settings")
async def test_what_cannot_be_is_marked_and_nothing_is_lost(tmp_path: Path) -> None:
    async with first_start(tmp_path) as at:
        await fill_in(at, "123456")
        await at.press("enter")
        screen = at.app.screen
        assert isinstance(screen, SetupScreen)
        assert "guessed first" in screen.notice.sentence
        assert set(screen.form.marks) == {"pin"}
        assert screen._fields["store_name"].value == "Nanshan"
        screen._fields["region"].value = "China"
        await at.press("ctrl+s")
        assert set(screen.form.marks) == {"region"}
        assert not (tmp_path / "settings.toml").exists()


# As a person sees it


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_signing_in_looks_as_approved(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    staff(tmp_path)
    name = f"{size[0]}x{size[1]}_{language}"
    async with seat(tmp_path, size=size, language=language) as at:
        await sign_in(at, "999111")
        compare(at.app, f"sign_in_pin_{name}")
        await sign_in(at, PIN)
        await at.press("ctrl+u")
        compare(at.app, f"sign_in_switch_{name}")
        await at.press("0")
        compare(at.app, f"sign_in_locked_{name}")


@pytest.mark.usefixtures("own_settings")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_setting_up_looks_as_approved(
    tmp_path: Path, size: tuple[int, int], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "recovery_code", lambda: CODE)
    name = f"{size[0]}x{size[1]}_{language}"
    async with first_start(tmp_path, size=size, language=language) as at:
        compare(at.app, f"setup_{name}")
        await fill_in(at, PIN)
        await at.press("enter")
        compare(at.app, f"setup_code_{name}")
