"""Promises in the call and on a ticket, remedies, outcomes and closing: every one by keys."""

from pathlib import Path

import pytest

from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.settling import Outcome, PromiseState, RemedyKind, RemedyState
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.saved_card import SavedCard
from complaint_desk.screens.settling_card import SettlingCard
from complaint_desk.screens.shift_card import ShiftCard
from complaint_desk.screens.ticket import TicketScreen
from complaint_desk.widgets.form import Reading
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat

SIZES = [(80, 24), (120, 40)]


async def tell(at: Seat, what: str = "结账多收了两瓶酱油的钱") -> None:
    await at.type("138 0013 8000")
    await at.go_to("caller")
    await at.type("王芳")
    await at.go_to("what")
    await at.type(what)


async def save(at: Seat) -> Ticket:
    await at.press("ctrl+s", "ctrl+s")
    card = at.app.screen
    assert isinstance(card, SavedCard), at.notice
    return card.ticket


async def open_ticket(at: Seat) -> TicketScreen:
    await at.press("escape", "f3", "enter")
    screen = at.app.screen
    assert isinstance(screen, TicketScreen)
    await at.until(lambda: screen.ticket is not None)
    return screen


async def settle(at: Seat, key: str) -> SettlingCard:
    await at.press(key)
    await at.until(lambda: isinstance(at.app.screen, SettlingCard))
    card = at.app.screen
    assert isinstance(card, SettlingCard)
    await at.settle()
    return card


def now(at: Seat) -> Ticket:
    assert at.app.desk is not None
    return at.app.desk.ticket(at.app.desk.promises(ended_too=True)[0].ticket)


async def test_what_stands_in_the_promise_field_is_a_promise_when_the_call_is_saved(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("今天18:00前回电告知结果")
        await at.until(lambda: at.call.form.readings.get("promise"))
        assert at.call.form.readings["promise"].words == "→ today 18:00"
        ticket = await save(at)
        (promise,) = ticket.promises
        assert (promise.what, promise.by_said) == ("今天18:00前回电告知结果",) * 2
        assert promise.made_at == at.clock()


async def test_one_more_promise_is_taken_down_with_ctrl_t_and_kept_in_the_draft(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("经理回电")
        card = await settle(at, "ctrl+t")
        assert card.words.words == "经理回电"
        await at.press("enter")
        await at.until(lambda: "no time to come" in text_of(at.app))
        await at.type("明天下午五点前")
        await at.press("enter")
        await at.until(lambda: not isinstance(at.app.screen, SettlingCard))
        assert at.words("promise") == ""
        await at.press("ctrl+n", "f2", "enter")
        assert [made.what for made in at.call.call.promises] == ["经理回电"]
        ticket = await save(at)
        (promise,) = ticket.promises
        assert (promise.what, promise.by_said) == ("经理回电", "明天下午五点前")


async def test_what_was_typed_on_the_card_waits_for_its_own_call_only(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await settle(at, "ctrl+t")
        await at.type("给王芳回电")
        await at.press("escape")
        assert (await settle(at, "ctrl+t")).words.words == "给王芳回电"
        await at.press("escape", "ctrl+n")
        assert (await settle(at, "ctrl+t")).words.words == ""


async def test_a_promise_that_names_no_time_is_asked_about_and_never_lost(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("尽快处理")
        await at.press("ctrl+s")
        assert "does not say by when" in at.notice
        ticket = await save(at)
        assert ticket.promises == ()
        assert any("尽快处理" in (line.text or "") for line in ticket.history)


async def test_words_to_avoid_in_a_promise_are_shown_beside_it(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("明天肯定能退")
        await at.until(lambda: "“" in at.call.form.readings.get("promise", Reading("")).words)
        assert at.call.form.readings["promise"].doubtful


async def test_a_promise_is_told_from_the_moment_it_was_typed(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("今天18:00前回电")
        await at.settle()
        made_at = at.clock()
        at.clock.forward(hours=20)
        ticket = await save(at)
        (promise,) = ticket.promises
        assert promise.made_at == made_at
        assert promise.state(at.clock()) is PromiseState.LATE


async def test_on_a_ticket_a_promise_is_made_and_kept_by_keys(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await save(at)
        screen = await open_ticket(at)
        await settle(at, "t")
        await at.type("寄出赠品")
        await at.press("tab")
        await at.type("周五")
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert "Promised, by Fri 27 Nov 18:00: 寄出赠品" in screen.said.sentence
        await settle(at, "k")
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert now(at).promises[0].state(at.clock()) is PromiseState.KEPT
        await at.press("k")
        assert "No promise" in screen.said.sentence


async def test_a_promise_made_while_correcting_a_ticket_is_saved_with_the_correction(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await save(at)
        screen = await open_ticket(at)
        await at.press("e")
        await at.until(lambda: at.call.ticket is not None and at.call.before)
        await settle(at, "ctrl+t")
        await at.type("明天回电")
        await at.press("enter")
        await at.until(lambda: not isinstance(at.app.screen, SettlingCard))
        await at.go_to("promise")
        await at.type("周五前寄出")
        await at.press("ctrl+s", "ctrl+s")
        await at.until(lambda: at.app.screen is screen)
        assert [each.what for each in now(at).promises] == ["明天回电", "周五前寄出"]


async def test_a_broken_promise_needs_its_reason_and_the_text_survives_esc(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("明天回电")
        await save(at)
        screen = await open_ticket(at)
        card = await settle(at, "k")
        card.fields["end"].words = "broken"
        await at.press("enter")
        await at.until(lambda: "why it is not kept" in text_of(at.app))
        await at.type("货还没到")
        await at.press("escape")
        card = await settle(at, "k")
        assert card.words.words == "货还没到"
        card.fields["end"].words = "broken"
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert now(at).promises[0].state(at.clock()) is PromiseState.BROKEN


async def test_a_remedy_is_offered_decided_and_carried_out_by_keys(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("明天回电")
        await save(at)
        screen = await open_ticket(at)
        card = await settle(at, "d")
        await at.type("退差价")
        card.fields["kind"].words = "price_adjustment"
        card.fields["amount"].words = "3000"
        await at.until(lambda: "needs approval" in text_of(at.app))
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert "waits for approval" in screen.said.sentence
        card = await settle(at, "d")
        card.fields["amount"].words = "300"
        await at.press("enter")
        await at.until(lambda: "why another remedy" in text_of(at.app))
        card.words.words = "按标价计"
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert now(at).remedies[0].state is RemedyState.GRANTED
        await settle(at, "j")
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert now(at).remedies[0].state is RemedyState.CARRIED_OUT


async def test_resolving_asks_for_the_outcome_and_closing_for_thanks_and_a_follow_up(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("明天回电")
        await save(at)
        screen = await open_ticket(at)
        await settle(at, "k")
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        await at.press("z")
        assert "not resolved" in screen.said.sentence
        await at.press("r")
        await at.type("查无此事")
        at.app.screen.query_one("#outcome").words = "rejected"  # type: ignore[attr-defined]
        await at.press("enter")
        await at.until(lambda: "12315" in text_of(at.app))
        focused = at.app.focused
        assert focused is not None
        assert focused.name == "recourse"
        await at.type("12315")
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert (now(at).outcome, now(at).recourse) == (Outcome.REJECTED, "12315")
        card = await settle(at, "z")
        assert card.fields["thanked"].words == "yes"
        await at.press("enter")
        await at.until(lambda: "followed up" in text_of(at.app))
        await at.type("能接受")
        await at.press("enter")
        await at.until(lambda: at.app.screen is screen)
        assert now(at).status is TicketStatus.CLOSED


async def test_hostile_words_in_a_promise_are_shown_plain(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.paste("[@click=app.quit]x[/] \x1b[2J 明天回电 [bold]")
        await save(at)
        await open_ticket(at)
        card = await settle(at, "k")
        assert "[@click=app.quit]x[/]" in text_of(at.app)
        assert card.is_attached


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", SIZES)
async def test_promises_and_remedies_look_as_they_were_approved(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    shape = f"{size[0]}x{size[1]}_{language}"
    async with seat(tmp_path, size=size, language=language) as at:
        await tell(at, "多收钱")
        await at.go_to("promise")
        await at.type("今天18:00前回电告知结果")
        await at.until(lambda: at.call.form.readings.get("promise"))
        await at.settle()
        card = await settle(at, "ctrl+t")
        await at.until(lambda: "18:00" in str(card.query_one("#read-by").render()))
        compare(at.app, f"promise_{shape}")
        await at.press("enter")
        await at.until(lambda: not isinstance(at.app.screen, SettlingCard))
        await save(at)
        assert at.app.desk is not None
        number = at.app.desk.promises()[0].ticket
        at.app.desk.offer_remedy(number, RemedyKind.PRICE, at.app.desk.money("3000"), "退差价")
        await open_ticket(at)
        card = await settle(at, "d")
        await at.until(lambda: "90" in str(card.query_one("#before").render()))
        compare(at.app, f"remedy_{shape}")


async def test_the_shift_sheet_is_saved_as_a_word_file_where_its_name_says_so(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at)
        await at.go_to("promise")
        await at.type("今天18:00前回电")
        await save(at)
        await at.press("escape", "f3", "s")
        card = at.app.screen
        assert isinstance(card, ShiftCard)
        await at.until(lambda: card.lines)
        await at.press("s")
        card.path.words = str(tmp_path / "sheet.docx")
        await at.press("enter")
        await at.until(lambda: at.app.screen is not card)
        assert (tmp_path / "sheet.docx").read_bytes().startswith(b"PK")
