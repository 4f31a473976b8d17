"""A promise is passed on to a colleague from the list; the queue's own view then has it at the colleague's seat."""

from datetime import timedelta
from pathlib import Path

from complaint_desk.models.enums import Role
from complaint_desk.models.settling import PromiseMade
from complaint_desk.screens.queue import QueueScreen
from complaint_desk.screens.settling_card import SettlingCard
from complaint_desk.widgets.choice_field import ChoiceField
from tests.screens.golden import text_of
from tests.screens.seat import seat
from tests.screens.tickets import desk_at, take_a_few


async def test_a_promise_is_passed_on_to_a_colleague_from_the_list(tmp_path: Path) -> None:
    number = take_a_few(tmp_path)[0]
    with desk_at(tmp_path) as desk:
        desk.join("Liu Min", Role.AGENT)
        desk.promise(number, PromiseMade("ring back", desk.clock() + timedelta(hours=3)))
    async with seat(tmp_path) as at:
        await at.press("f3", "k")
        await at.until(lambda: isinstance(at.app.screen, SettlingCard))
        card = at.app.screen
        assert isinstance(card, SettlingCard)
        keeper = card.fields["keeper"]
        assert isinstance(keeper, ChoiceField)
        await at.until(lambda: bool(keeper.choices))
        await at.type("I am away this afternoon")
        await at.press("tab", "tab")
        await at.type("3")
        await at.press("enter")
        await at.until(lambda: keeper.has_focus)
        await at.type("liu")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, QueueScreen))
        await at.settle()
        assert "Promise 1: Liu Min keeps it from now on." in text_of(at.app)
    with desk_at(tmp_path) as desk:
        ticket = desk.ticket(number)
        assert (ticket.promises[0].owner, ticket.history[-1].text) == ("Liu Min", "I am away this afternoon")
