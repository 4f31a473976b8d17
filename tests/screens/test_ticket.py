"""A ticket on the screen, on a real file."""

from pathlib import Path

import pytest

from complaint_desk.models.enums import Act, HeatStep, TicketStatus
from complaint_desk.models.errors import StoreFault
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.act_line import ActLine
from complaint_desk.screens.call import CallScreen
from complaint_desk.screens.queue import QueueScreen
from complaint_desk.screens.ticket import TicketScreen
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat
from tests.screens.tickets import HOSTILE, desk_at, take, take_a_few

WANG_FANG = 4
"""The place in the queue of the ticket of which everything was told."""


async def open_ticket(at: Seat, place: int = WANG_FANG) -> TicketScreen:
    await at.press("f3", *["down"] * place, "enter")
    return ticket_screen(at)


def ticket_screen(at: Seat) -> TicketScreen:
    screen = next(screen for screen in reversed(at.app.screen_stack) if isinstance(screen, TicketScreen))
    assert isinstance(screen, TicketScreen)
    return screen


def shown(at: Seat) -> Ticket:
    ticket = ticket_screen(at).ticket
    assert ticket is not None
    return ticket


def said(at: Seat) -> str:
    return ticket_screen(at).said.sentence


async def tell(at: Seat, words: str, when: str = "") -> None:
    """Fill in the card of an act and press Enter."""
    await at.type(words)
    if when:
        await at.press("tab")
        await at.type(when)
    await at.press("enter")


async def test_everything_told_stands_on_the_page(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, size=(120, 40)) as at:
        await open_ticket(at)
        page = text_of(at.app)
        for words in (
            "Wang Fang",
            "138 0013 8000 ext. 801",
            "yesterday 3pm",
            "Sun 22 Nov 15:00 (to the hour)",
            "Nanshan store, till 2",
            "cashier Xiao Li",
            "Has the receipt.",
            "money back and an apology",
            "B3 Cashier error",
            "Rational",
            "✔ Hear today 09:30",
        ):
            assert words in page
        assert "due tomorrow 09:28" in page
        assert "23 h left" in page


async def test_resolving_says_which_clocks_it_met(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("r")
        await tell(at, "Chen paid back 38 yuan, Mrs Wang said that is fine")
        assert said(at).endswith("Resolved. Met: Admit, Own, Solve.")
        assert shown(at).status is TicketStatus.RESOLVED
        assert "resolved" in text_of(at.app).splitlines()[0]


async def test_an_act_told_at_two_for_ten_is_recorded_late(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        at.clock.forward(hours=4)
        await at.press("a")
        await at.type("Chen rang and said sorry")
        await at.press("tab")
        await at.type("10:00")
        card = at.app.screen
        assert isinstance(card, ActLine)
        await at.settle()
        assert "→ Mon 23 Nov 10:00" in text_of(at.app)
        await at.press("enter")
        admit = shown(at).clocks[0]
        assert admit.met_at is not None
        assert admit.met_at.hour == 2
        assert admit.recorded_late
        assert "recorded late" in text_of(at.app)


async def test_a_disputed_act_stands_so_until_a_supervisor_confirms_it(tmp_path: Path) -> None:
    late = take_a_few(tmp_path)[1]
    async with seat(tmp_path) as at:
        await open_ticket(at, 1)
        assert shown(at).number == late
        await at.press("a")
        await tell(at, "Chen rang and said sorry", "yesterday 15:30")
        assert "Disputed until a supervisor confirms it: Admit." in said(at)
        assert "disputed" in text_of(at.app)
        await at.press("c")
        await tell(at, "the telephone's list shows it")
        assert not shown(at).clocks[0].disputed
        assert said(at).endswith("Confirmed.")


async def test_an_agent_who_is_no_supervisor_is_told_so_and_keeps_the_text(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, as_name="young agent") as at:
        await open_ticket(at, 1)
        await at.press("a")
        await tell(at, "rang and said sorry", "yesterday 15:30")
        await at.press("c")
        await tell(at, "I was there")
        card = at.app.screen
        assert isinstance(card, ActLine)
        assert "Only a supervisor" in card._said
        assert card.text.words == "I was there"


async def test_undo_makes_the_clock_unmet_again(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("a")
        await tell(at, "rang")
        await at.press("u", "enter")
        assert said(at).endswith("Taken back: acknowledged. Unmet again: Admit.")
        assert shown(at).clocks[0].met_at is None


async def test_reopening_starts_a_clock_and_leaves_the_old_ones(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("r")
        await tell(at, "settled")
        met = shown(at).clocks
        await at.press("p")
        await tell(at, "the money did not come")
        assert shown(at).clocks[:3] == met
        assert "Reopened: due Wed 25 Nov 10:28." in said(at)


async def test_an_act_that_does_not_fit_is_refused_on_the_card_with_the_text_kept(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("u")
        await tell(at, "she rang again")
        assert isinstance(at.app.screen, ActLine)
        assert "There is no act on ticket" in " ".join(text_of(at.app).split())
        assert at.app.screen.text.words == "she rang again"


async def test_escape_keeps_the_text_for_the_next_time(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("n")
        await at.type("half a th")
        await at.press("escape", "a")
        assert isinstance(at.app.screen, ActLine)
        assert at.app.screen.text.words == ""
        await at.press("escape", "n")
        assert isinstance(at.app.screen, ActLine)
        assert at.app.screen.text.words == "half a th"
        await at.type("ought")
        await at.press("enter", "n")
        assert isinstance(at.app.screen, ActLine)
        assert at.app.screen.text.words == ""
        assert shown(at).history[-1].text == "half a thought"


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("once upon a time", "? not read as a time"),
        ("last week", "? say the hour as well"),
        ("yesterday", "? say the hour as well"),
    ],
)
async def test_an_unclear_time_is_asked_for_again(tmp_path: Path, when: str, why: str) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("a")
        await tell(at, "rang", when)
        assert isinstance(at.app.screen, ActLine)
        assert why in text_of(at.app)
        assert (at.app.screen.text.words, at.app.screen.at.words) == ("rang", when)
        assert shown(at).clocks[0].met_at is None


async def test_what_another_desk_did_meanwhile_is_told_before_anything_is_written(tmp_path: Path) -> None:
    number = take_a_few(tmp_path)[WANG_FANG]
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("o")
        with desk_at(tmp_path, as_name="刘洋") as other:
            other.act(number, Act.ACKNOWLEDGED, "rang first")
        await tell(at, "I take it")
        card = at.app.screen
        assert isinstance(card, ActLine)
        assert "刘洋 acknowledged" in card._said
        assert card.text.words == "I take it"
        await at.press("enter")
        assert isinstance(at.app.screen, TicketScreen)
        assert [line.text for line in shown(at).history[-2:]] == ["rang first", "I take it"]


async def test_a_note_does_not_conflict(tmp_path: Path) -> None:
    number = take_a_few(tmp_path)[WANG_FANG]
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("n")
        with desk_at(tmp_path, as_name="刘洋") as other:
            other.act(number, Act.ACKNOWLEDGED, "rang first")
        await tell(at, "the caller will be in on Tuesday")
        assert isinstance(at.app.screen, TicketScreen)
        assert shown(at).history[-1].act is Act.NOTED


async def test_a_fault_of_the_file_leaves_the_text_on_the_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)

        def full(*_given: object, **_named: object) -> Ticket:
            raise StoreFault("The disk is full. Free some space, then try again.")

        await at.press("n")
        monkeypatch.setattr(at.app.desk, "act", full)
        await tell(at, "words that matter")
        card = at.app.screen
        assert isinstance(card, ActLine)
        assert "The disk is full." in text_of(at.app)
        assert card.text.words == "words that matter"
        monkeypatch.undo()
        await at.press("enter")
        assert shown(at).history[-1].text == "words that matter"


async def test_enter_pressed_twice_records_once(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("n")
        await at.type("once")
        await at.pilot.press("enter", "enter")
        await at.settle()
        assert [line.text for line in shown(at).history].count("once") == 1


async def test_heat_marks_are_set_and_taken_back_on_a_saved_ticket(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("f9")
        assert HeatStep.THANK in shown(at).heat
        assert said(at) == "Thank: done."
        await at.press("f9")
        assert HeatStep.THANK not in shown(at).heat
        assert said(at) == "Thank: mark taken back."


async def test_what_another_desk_does_appears_by_itself(tmp_path: Path) -> None:
    number = take_a_few(tmp_path)[WANG_FANG]
    async with seat(tmp_path) as at:
        await open_ticket(at)
        with desk_at(tmp_path, as_name="刘洋") as other:
            other.act(number, Act.RESOLVED, "settled at the till")
        ticket_screen(at).look()
        await at.settle()
        assert shown(at).status is TicketStatus.RESOLVED


async def test_correcting_opens_the_form_and_comes_back_with_the_change_in_the_history(
    tmp_path: Path,
) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("e")
        form = at.app.screen
        assert isinstance(form, CallScreen)
        form.form.fields["where"].words = "Nanshan store, till 3"
        await at.press("ctrl+s")
        if at.app.screen is form:
            await at.press("ctrl+s")
        assert isinstance(at.app.screen, TicketScreen)
        assert shown(at).where == "Nanshan store, till 3"
        await at.press("end")
        assert "Where: Nanshan store, till 2 → Nanshan store, till 3" in " ".join(text_of(at.app).split())


async def test_a_menu_of_digits_does_what_the_letters_do(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("m", "4")
        assert isinstance(at.app.screen, ActLine)
        assert at.app.screen.act is Act.NOTED


async def test_an_attached_text_is_shown_at_its_beginning_and_whole_when_asked(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        ticket = take(desk, hours_ago=1)
        long = "x" * 300_000 + "THE END"
        from complaint_desk.models.forms import ComplaintForm

        desk.register(
            ComplaintForm(what="a long letter"), received_at=ticket.received_at, attachments={"what-1": long}
        )
    async with seat(tmp_path) as at:
        await open_ticket(at, 1)
        await at.press("end")
        assert "more characters: W shows the whole text." in text_of(at.app)
        await at.press("w", "end")
        assert "THE END" in text_of(at.app)


async def test_hostile_words_stand_on_the_page_as_they_are(tmp_path: Path) -> None:
    told = dict.fromkeys(
        ("caller", "phone", "extension", "when", "where", "who", "how", "remedy_wanted"), HOSTILE
    )
    with desk_at(tmp_path, as_name="[/] chen") as desk:
        number = take(desk, hours_ago=1, what=HOSTILE, **told).number
        desk.act(number, Act.NOTED, HOSTILE)
    for size in ((80, 24), (120, 40)):
        async with seat(tmp_path, size=size, as_name="[/] chen") as at:
            await open_ticket(at, 0)
            for _page in range(4):
                page = text_of(at.app)
                assert "\x1b" not in page
                assert "\u202e" not in page
                assert "[@click=app.quit]x" in page
                await at.pilot.click("#told", offset=(20, 6))
                await at.press("pagedown")
            await at.press("r", "escape", "m", "escape")
            assert at.app.is_running


async def test_escape_leads_back_to_the_queue(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await open_ticket(at)
        await at.press("escape")
        assert isinstance(at.app.screen, QueueScreen)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_ticket_looks_as_it_was_approved(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, size=size, language=language) as at:
        await open_ticket(at)
        at.clock.forward(minutes=30)
        await at.press("a")
        await at.type("陈静 rang Mrs Wang, said it was our error and sorry")
        await at.press("tab")
        await at.type("10:40")
        await at.settle()
        compare(at.app, f"act_{size[0]}x{size[1]}_{language}")
        await at.press("enter")
        compare(at.app, f"ticket_{size[0]}x{size[1]}_{language}")
