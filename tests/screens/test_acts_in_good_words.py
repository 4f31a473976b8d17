"""The agent's words about an act are looked at quietly; when it is settled, the type at the end is kept."""

from pathlib import Path

import pytest
from textual.widgets import Static

from complaint_desk.models.enums import Act, ComplainantType
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.act_line import ActDone, ActLine
from complaint_desk.widgets.choice_field import ChoiceField
from tests.screens.seat import Seat, seat
from tests.support import HOSTILE, MONDAY_MORNING


async def card_for(at: Seat, act: Act) -> tuple[ActLine, list[ActDone | None]]:
    from complaint_desk.models.forms import ComplaintForm

    assert at.app.desk is not None
    ticket = at.app.desk.register(
        ComplaintForm.model_validate({"what": "规定就是这样,你们的人冷静点都不会说"}),
        received_at=MONDAY_MORNING,
    )
    done: list[ActDone | None] = []
    card = ActLine(ticket.number, act, ticket)
    at.app.push_screen(card, done.append)
    await at.settle()
    return card, done


def lint(card: ActLine) -> str:
    return str(card.query_one("#lint", Static).render())


def after(done: list[ActDone | None]) -> Ticket:
    assert done
    assert done[0] is not None
    return done[0].after


@pytest.mark.parametrize(
    ("language", "words", "span"),
    [("zh_CN", "规定就是这样，没办法", "规定就是这样"), ("en", "calm down, it is our policy", "calm down")],
)
async def test_words_to_avoid_are_shown_under_the_text_and_never_block(
    tmp_path: Path, language: str, words: str, span: str
) -> None:
    async with seat(tmp_path, language=language) as at:
        card, done = await card_for(at, Act.RESOLVED)
        await at.type(words)
        await at.until(lambda: span in lint(card))
        assert card.text.words == words
        assert at.app.focused is card.text
        await at.press("enter")
        line = after(done).history[-1]
        assert line.text == words
        assert span in [words[found.start : found.end] for found in line.avoid]


async def test_good_words_are_left_alone(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        card, done = await card_for(at, Act.ACKNOWLEDGED)
        await at.type("Rang Mrs Wang, said it was our mistake and that I am sorry")
        await at.settle()
        assert lint(card) == ""
        await at.press("enter")
        assert after(done).history[-1].avoid == ()


async def test_the_callers_own_words_are_never_judged(tmp_path: Path) -> None:
    async with seat(tmp_path, language="zh_CN") as at:
        card, _done = await card_for(at, Act.NOTED)
        assert card.ticket is not None
        assert "规定就是这样" in card.ticket.what
        assert lint(card) == ""


async def test_hostile_words_about_an_act_stay_words(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        card, done = await card_for(at, Act.ACKNOWLEDGED)
        await at.paste("calm down [/] " + " ".join(HOSTILE))
        await at.until(lambda: "calm down" in lint(card))
        kept = card.text.words
        await at.press("enter")
        assert after(done).history[-1].text == kept.strip()


async def test_when_it_is_settled_the_kind_the_caller_had_become_is_kept(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        card, done = await card_for(at, Act.RESOLVED)
        await at.type("Rang back on time; she will tell her friends")
        card.query_one(ChoiceField).focus()
        await at.pilot.pause()
        await at.type("5")
        await at.press("enter")
        assert after(done).type_end is ComplainantType.LOYAL_ADVOCATE


async def test_the_kind_at_the_end_may_stay_empty_and_is_asked_for_only_when_it_is_settled(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path) as at:
        card, done = await card_for(at, Act.RESOLVED)
        await at.type("Money paid back")
        await at.press("enter")
        assert after(done).type_end is None
        card, _done = await card_for(at, Act.NOTED)
        assert not card.query(ChoiceField)
