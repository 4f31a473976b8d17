"""What can be done with a customer's card besides correcting it: each act asks, then says what it did."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from complaint_desk.desk.customers.customer_text import step_words
from complaint_desk.locale import _, listed, n_
from complaint_desk.models.customer import CARD_FIELDS, CallerCard, Consent, ContactWay, CustomerCard
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.erasure import ErasureDone, ErasurePlan, ErasureStep
from complaint_desk.rules.masks import is_masked
from complaint_desk.screens.act_words import status_word
from complaint_desk.screens.ask_line import AskLine
from complaint_desk.screens.caller_page import CONSENTS, WAYS
from complaint_desk.screens.confirm import Confirm
from complaint_desk.screens.customer_form import LABELS
from complaint_desk.screens.find_customer import FindCustomer
from complaint_desk.screens.mark_card import MarkCard
from complaint_desk.screens.time_words import day_words
from complaint_desk.widgets.pick_list import Pick

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.screens.customer import CustomerScreen

Done = Coroutine[Any, Any, str]
"""What an act says in the end; empty where it was left."""
_MOST = 40


async def complaints(screen: CustomerScreen, desk: Desk, caller: CallerCard) -> str:
    """Every complaint as a list; Enter opens one."""
    from complaint_desk.screens.pick_card import PickCard
    from complaint_desk.screens.ticket import TicketScreen

    picks = await _complaints(desk, caller)
    if not picks:
        return _("No complaint stands on this card.")
    chosen = await screen.app.push_screen_wait(
        PickCard(_("Complaints, the newest first"), "", picks, does=_("Open"))
    )
    if chosen is not None:
        await screen.app.push_screen_wait(TicketScreen(chosen))
    return ""


async def _complaints(desk: Desk, caller: CallerCard) -> list[Pick]:
    now, zone = desk.clock(), desk.settings.zone
    every = await asyncio.to_thread(desk.complaints_of, caller.card.id, _MOST)
    return [
        Pick(
            ticket.number,
            "  ".join(
                (
                    ticket.number,
                    day_words(ticket.received_at, now, zone),
                    status_word(TicketStatus(ticket.status)),
                )
            ),
            ticket.what.replace("\n", " "),
        )
        for ticket in every
    ]


async def merge(screen: CustomerScreen, desk: Desk, caller: CallerCard) -> str:
    """Find the other card, choose which of its values win, and let both be one."""
    card = caller.card
    question = _("Which card is the same person as {name}? It is merged into this one.").format(
        name=_named(card)
    )
    other_id = await screen.app.push_screen_wait(FindCustomer(desk, question, card.id))
    if other_id is None:
        return ""
    other = await asyncio.to_thread(desk.customer, other_id)
    differing = [
        name
        for name in CARD_FIELDS
        if getattr(card, name) and getattr(other, name) and getattr(card, name) != getattr(other, name)
    ]
    picks = [
        Pick(
            name,
            f"{_(LABELS[name])}: {_value(name, getattr(other, name))}",
            _("in place of {value}").format(value=_value(name, getattr(card, name))),
        )
        for name in differing
    ]
    picks = picks or [Pick("", _("Nothing differs: numbers, names and complaints come together."))]
    asked = _(
        "All names, numbers and complaints of {other} stand on the card of {name} from then on; it can be "
        "taken back.\n"
        "Mark the values that {other}'s card is right about."
    ).format(other=_named(other), name=_named(card))
    take = await screen.app.push_screen_wait(MarkCard(asked, picks, _("Merge")))
    if take is None:
        return ""
    chosen = [name for name in take if name]
    await asyncio.to_thread(desk.merge_customers, card.id, other.id, chosen, version=card.version)
    return _("Merged: {other} stands on this card now.").format(other=_named(other))


async def split(screen: CustomerScreen, desk: Desk, caller: CallerCard) -> str:
    """Mark the complaints of the other person; none marked takes the last merge apart."""
    picks = await _complaints(desk, caller)
    asked = _(
        "Mark the complaints that are another person's: they go to a card of their own, with the names and numbers "
        "told in them. With none marked, the last merge is taken apart."
    )
    chosen = await screen.app.push_screen_wait(MarkCard(asked, picks, _("Split")))
    if chosen is None:
        return ""
    parted = await asyncio.to_thread(desk.split_customer, caller.card.id, chosen)
    return _("Split: {name} has a card again.").format(name=_named(parted))


async def see(screen: CustomerScreen, desk: Desk, caller: CallerCard) -> str:
    """Show a masked card whole; the desk records it."""
    card = caller.card
    if not is_masked(card.name, card.numbers[0] if card.numbers else None):
        return _("Nothing is masked here.")
    await asyncio.to_thread(desk.see_customer, card.id)
    return _("Name and number are shown whole; that is recorded.")


async def take_back(screen: CustomerScreen, desk: Desk, caller: CallerCard) -> str:
    """Take back the last change or merge, after a question."""
    if not await screen.app.push_screen_wait(Confirm(_("Take back the last change or merge on this card?"))):
        return ""
    await asyncio.to_thread(desk.undo_customer, caller.card.id, version=caller.card.version)
    return _("Taken back.")


async def hold(screen: CustomerScreen, desk: Desk, caller: CallerCard) -> str:
    """Set a legal hold with its reason, or release the one that stands."""
    card = caller.card
    if card.hold is None:
        question = _("Why must this card be kept? Until the hold is released nobody can erase it.")
        reason = await screen.app.push_screen_wait(AskLine(question, _("Hold")))
        if reason is None:
            return ""
        await asyncio.to_thread(desk.hold_customer, card.id, reason)
        return _("A legal hold stands on this card now.")
    question = _("{name} set a legal hold: {reason}\nWhy is it released?").format(
        name=card.hold.by, reason=card.hold.reason
    )
    reason = await screen.app.push_screen_wait(AskLine(question, _("Release")))
    if reason is None:
        return ""
    await asyncio.to_thread(desk.release_customer, card.id, reason)
    return _("The legal hold is released.")


async def erase(screen: CustomerScreen, desk: Desk, caller: CallerCard) -> str:
    """Say what would go, ask why and once more, then erase."""
    plan = await asyncio.to_thread(desk.plan_erasure, caller.card.id)
    reason = await screen.app.push_screen_wait(AskLine(_planned(plan), _("Go on")))
    if reason is None:
        return ""
    also = await _also(screen, desk, plan)
    if also is None:
        return ""
    question = _("Erase {name} for good? This cannot be taken back.").format(name=_named(caller.card))
    if not await screen.app.push_screen_wait(Confirm(question)):
        return ""
    later = plan.takes_long and not await screen.app.push_screen_wait(
        Confirm(
            _(
                "Write the file of {size} MB anew now? For some minutes no desk can save. No: the words go now, "
                "their traces when somebody runs customer erase --finish after hours."
            ).format(size=plan.size // 10**6)
        )
    )
    screen.said.say(_("Erasing…"))

    def told(step: ErasureStep, seconds: int) -> None:
        screen.app.call_from_thread(screen.said.say, step_words(step, seconds))

    return _erased(
        await asyncio.to_thread(
            desk.erase_customer, caller.card.id, reason, also=also, later=later, told=told
        )
    )


async def _also(screen: CustomerScreen, desk: Desk, plan: ErasurePlan) -> tuple[str, ...] | None:
    """The complaints of others in which the mere name means this person; None where it was left."""
    by_name = [one.number for one in plan.mentions if not one.by_number][:_MOST]
    if not by_name:
        return ()
    tickets = [await asyncio.to_thread(desk.ticket, number) for number in by_name]
    picks = [Pick(one.number, one.number, one.what.replace("\n", " ")) for one in tickets]
    question = _(
        "The name alone stands in these complaints of others. Mark those in which it means this person."
    )
    return await screen.app.push_screen_wait(MarkCard(question, picks, _("Go on")))


def _planned(plan: ErasurePlan) -> str:
    lines = [
        _(
            "Erase {name}: name, numbers, address, notes and what was said of the person go; the figures stay."
        ).format(name=_named(plan.card)),
        n_("{count} complaint", "{count} complaints", len(plan.tickets)).format(count=len(plan.tickets))
        + " · "
        + n_("{count} text changes", "{count} texts change", plan.texts).format(count=plan.texts),
    ]
    if by_name := [one.number for one in plan.mentions if not one.by_number]:
        lines.append(
            _(
                "Only the name stands in others' complaints: {numbers}. You are asked which mean this person."
            ).format(numbers=listed(by_name[:6]))
        )
    if plan.drafts:
        lines.append(
            n_("{count} waiting call holds it.", "{count} waiting calls hold it.", plan.drafts).format(
                count=plan.drafts
            )
        )
    if plan.copies:
        days = [copy.last_day for copy in plan.copies if copy.last_day]
        last = max(days).isoformat() if days else "—"
        lines.append(
            n_(
                "{count} backup still holds the person; the last goes on {day}.",
                "{count} backups still hold the person; the last goes on {day}.",
                len(plan.copies),
            ).format(count=len(plan.copies), day=last)
        )
    lines.append(_("Why is the person erased?"))
    return "\n".join(lines)


def _erased(done: ErasureDone) -> str:
    if done.trouble:
        return done.trouble
    if done.traces:
        where = listed(str(path) for path, _count in done.traces)
        return _("Erased; but the name or a number can still be read in {files}.").format(files=where)
    return _("Erased; the file was read for what is left, and nothing is.")


def _named(card: CustomerCard) -> str:
    return card.name or (card.numbers[0] if card.numbers else _("no name"))


def _value(name: str, value: str) -> str:
    if name == "contact_way":
        return _(WAYS[ContactWay(value)])
    if name == "consent":
        return _(CONSENTS[Consent(value)])
    return value
