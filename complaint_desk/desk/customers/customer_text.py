"""Customers as plain text, for the command line and for copying."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from complaint_desk.desk.act_names import DONE
from complaint_desk.desk.ticket_names import STATUS_NAMES
from complaint_desk.locale import N_, _, listed, n_
from complaint_desk.models.customer import (
    CallerCard,
    CallerFound,
    CallerTicket,
    Consent,
    ContactWay,
    CustomerCard,
    FoundBy,
)
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.erasure import ErasureDone, ErasurePlan, ErasureStep, KeptCopy
from complaint_desk.models.money import Money
from complaint_desk.rules.phone import show_phone
from complaint_desk.rules.plain_text import spelt_out

FIELD_NAMES = {
    "name": N_("name"),
    "names": N_("also told as"),
    "numbers": N_("numbers"),
    "address": N_("address"),
    "contact_way": N_("to be reached by"),
    "contact_time": N_("best time"),
    "consent": N_("consent"),
    "level": N_("level"),
    "notes": N_("notes"),
    "number_added": N_("number added"),
    "number_removed": N_("number removed"),
    "name_added": N_("name added"),
    "name_removed": N_("name removed"),
}
"""What the fields of a card are called; marked for the catalogue, to be translated when shown."""
CHOICE_NAMES = {
    ContactWay.PHONE: N_("telephone"),
    ContactWay.MESSAGE: N_("text message"),
    ContactWay.EMAIL: N_("email"),
    ContactWay.LETTER: N_("letter"),
    ContactWay.VISIT: N_("visit"),
    Consent.GIVEN: N_("agreed"),
    Consent.REFUSED: N_("did not agree"),
    Consent.WITHDRAWN: N_("took the consent back"),
}
FOUND_BY = {
    FoundBy.NUMBER: N_("number"),
    FoundBy.TAIL: N_("last digits"),
    FoundBy.BEGINNING: N_("first digits"),
    FoundBy.NAME: N_("name"),
    FoundBy.SOUND: N_("sounds so"),
    FoundBy.NEARLY: N_("but for one sign"),
}


def found_text(found: CallerFound, zone: tzinfo, region: str) -> str:
    """Somebody whom the words typed may mean, on a line."""
    numbers = listed(show_phone(number, region) for number in found.numbers)
    still = (
        n_("{count} open complaint", "{count} open complaints", found.open_tickets).format(
            count=found.open_tickets
        )
        if found.open_tickets
        else ""
    )
    parts = (
        found.customer_id,
        found.name or _("(no name)"),
        numbers,
        found.level or "",
        still,
        _time(found.last_at, zone),
        f"({_(FOUND_BY[found.by])})",
    )
    return "  ".join(_line(part) for part in parts if part)


def card_text(card: CustomerCard, zone: tzinfo, region: str) -> str:
    """A card, a field a line."""
    return "\n".join(_card_lines(card, zone, region))


def caller_text(caller: CallerCard, zone: tzinfo, region: str) -> str:
    """What an agent should know about a caller."""
    return "\n".join(_caller_lines(caller, zone, region))


def _card_lines(card: CustomerCard, zone: tzinfo, region: str) -> Iterator[str]:
    if card.erased_at:
        yield _("(erased)") + f"  {card.id}"
        yield _("Erased on {day}.").format(day=_time(card.erased_at, zone)[:10])
        return
    yield _line(card.name or _("(no name)")) + f"  {card.id}"
    if card.hold:
        yield _("Legal hold since {day}, by {name}: {reason}").format(
            day=_time(card.hold.at, zone)[:10], name=_line(card.hold.by), reason=_line(card.hold.reason)
        )
    others = [name for name in card.names if name != card.name]
    values = {
        "names": listed(others),
        "numbers": listed(show_phone(number, region) for number in card.numbers),
        "address": card.address,
        "contact_way": card.contact_way and _(CHOICE_NAMES[card.contact_way]),
        "contact_time": card.contact_time,
        "consent": card.consent and _(CHOICE_NAMES[card.consent]),
        "level": card.level,
        "notes": card.notes,
    }
    for name, value in values.items():
        if value:
            yield f"  {_(FIELD_NAMES[name])}: {_line(value)}"
    if len(card.members) > 1:
        merged = len(card.members) - 1
        yield "  " + n_(
            "{count} other card was merged into this one.",
            "{count} other cards were merged into this one.",
            merged,
        ).format(count=merged)


def _caller_lines(caller: CallerCard, zone: tzinfo, region: str) -> Iterator[str]:
    yield from _card_lines(caller.card, zone, region)
    yield n_("{count} complaint in all", "{count} complaints in all", caller.complaints).format(
        count=caller.complaints
    )
    if caller.open_tickets:
        yield _("Open:")
        yield from (f"  {_ticket(ticket, zone)}" for ticket in caller.open_tickets)
    if caller.promises_due:
        yield _("Promised:")
        for promise in caller.promises_due:
            told = (_time(promise.due_at, zone), promise.number, promise.what, promise.owner or "")
            yield "  " + "  ".join(_line(part) for part in told if part)
    for one in caller.goodwill:
        yield n_(
            "Granted in 90 days: {amount}, {count} time",
            "Granted in 90 days: {amount}, {count} times",
            one.times,
        ).format(amount=Money(one.amount, one.currency), count=one.times)
    if caller.last_ended:
        yield _("Ended last: {ticket}").format(ticket=_ticket(caller.last_ended, zone))
        if caller.last_end_text:
            yield f"  {_line(caller.last_end_text)}"
    if caller.last_contacts:
        yield _("Last contacts:")
        for contact in caller.last_contacts:
            done = (_time(contact.at, zone), contact.number, _(DONE[contact.act]), contact.by, contact.text)
            yield "  " + "  ".join(_line(part) for part in done if part)


def plan_text(plan: ErasurePlan, zone: tzinfo, region: str) -> str:
    """What erasing a customer would do, and that nothing was done yet."""
    return "\n".join(
        [*_card_lines(plan.card, zone, region), *_plan_lines(plan, region), *_copies(plan.copies)]
    )


def _plan_lines(plan: ErasurePlan, region: str) -> Iterator[str]:
    yield _(
        "This would go: name, numbers, address and notes; in {texts} records what names the person."
    ).format(texts=plan.texts)
    yield n_(
        "{count} complaint stays, without the person: {numbers}",
        "{count} complaints stay, without the person: {numbers}",
        len(plan.tickets),
    ).format(count=len(plan.tickets), numbers=listed(plan.tickets))
    if plan.drafts:
        yield n_(
            "{count} call that is no complaint yet names the person, and is gone through.",
            "{count} calls that are no complaints yet name the person, and are gone through.",
            plan.drafts,
        ).format(count=plan.drafts)
    meant = [one.number for one in plan.mentions if one.by_number]
    maybe = [one.number for one in plan.mentions if not one.by_number]
    if meant:
        yield _("In complaints of others the number or address goes too: {numbers}").format(
            numbers=listed(meant)
        )
    if maybe:
        yield _(
            "The name alone stands in complaints of others, and others may bear it: {numbers}. "
            "Look at them, and name those that mean this person with --also."
        ).format(numbers=listed(maybe))
    if plan.shared_numbers:
        yield _("On somebody else's card too, where it stays: {numbers}").format(
            numbers=listed(show_phone(number, region) for number in plan.shared_numbers)
        )
    if plan.takes_long:
        yield _(
            "The file of {size} MB is written anew: for some minutes no desk can save. Say --later to erase now and "
            "to write it anew after hours (customer erase --finish)."
        ).format(size=plan.size // 10**6)
    yield _("What was exported, printed or sent is not reached: look for it yourself.")
    if plan.card.hold:
        yield _("The legal hold forbids it.")


def done_text(done: ErasureDone) -> str:
    """What an erasure did, and what is left to do."""
    return "\n".join(_done_lines(done))


def _done_lines(done: ErasureDone) -> Iterator[str]:
    yield _("Erased: {texts} records of what was said, {drafts} calls that were no complaints yet.").format(
        texts=done.texts, drafts=len(done.drafts)
    )
    if done.left_in:
        yield _(
            "The name alone still stands in: {numbers}. Erase it there with --also, if it is the same person."
        ).format(numbers=listed(one.number for one in done.left_in))
    if done.trouble:
        yield done.trouble
    if done.traces:
        for path, times in done.traces:
            yield n_(
                "{file}: the name or number can still be read {count} time, as others bear it or a desk holds it.",
                "{file}: the name or number can still be read {count} times, as others bear it or a desk holds it.",
                times,
            ).format(file=path, count=times)
    elif not done.trouble:
        yield _("The file and the drafts were read for name and numbers: nothing is left.")
    yield from _copies(done.copies)


STEPS = {
    ErasureStep.MERGING: N_("Merging the index of words …"),
    ErasureStep.WRITING_ANEW: N_("Writing the file anew: no desk can save meanwhile …"),
    ErasureStep.READING: N_("Reading the file for what is left …"),
}


def step_words(step: ErasureStep, seconds: int) -> str:
    """What is going on while a person is erased, and for how long by now."""
    return _(STEPS[step]) + (" " + _("{seconds} s").format(seconds=seconds) if seconds else "")


def _copies(copies: tuple[KeptCopy, ...]) -> Iterator[str]:
    if not copies:
        return
    yield _("Copies of the file still hold the person:")
    for kept in copies:
        until = (
            _("until {day} at the latest").format(day=kept.last_day.isoformat())
            if kept.last_day
            else _("until you delete it")
        )
        yield f"  {spelt_out(str(kept.path))}  {until}"


def _ticket(ticket: CallerTicket, zone: tzinfo) -> str:
    parts = (
        ticket.number,
        _time(ticket.received_at, zone),
        _(STATUS_NAMES[TicketStatus(ticket.status)]),
        ticket.owner or "",
        ticket.what[:60],
    )
    return "  ".join(_line(part) for part in parts if part)


def _time(at: datetime | None, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""


def _line(text: str) -> str:
    return spelt_out(text).replace("\n", " ")
