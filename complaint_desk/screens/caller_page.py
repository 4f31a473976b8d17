"""What to know about a caller before the second sentence, as a page; and about others who told the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from complaint_desk.desk.finding.radar_words import radar_lines
from complaint_desk.locale import N_, _, listed, n_
from complaint_desk.models.customer import CallerCard, Consent, ContactWay, CustomerCard
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.money import Money
from complaint_desk.models.radar import Radar
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens.act_words import act_done, status_word
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.sheet import Block, Heading, Row, Told

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

WAYS = {
    ContactWay.PHONE: N_("by telephone"),
    ContactWay.MESSAGE: N_("by message"),
    ContactWay.EMAIL: N_("by e-mail"),
    ContactWay.LETTER: N_("by letter"),
    ContactWay.VISIT: N_("in the store"),
}
CONSENTS = {
    Consent.GIVEN: N_("consent given"),
    Consent.REFUSED: N_("consent refused"),
    Consent.WITHDRAWN: N_("consent withdrawn"),
}


def numbers_shown(card: CustomerCard, region: str) -> str:
    """The numbers as their country writes them."""
    return " / ".join(show_phone(number, region) for number in card.numbers)


def caller_blocks(caller: CallerCard, desk: Desk, *, with_card: bool = True) -> Iterator[Block]:
    """What to know, the most pressing first: what was promised, what was granted, how it ended, what was last said.

    `with_card`: what stands on the card itself as well.
    """
    now, zone, card = desk.clock(), desk.settings.zone, caller.card
    if with_card:
        yield Heading(card.name or _("no name"))
        yield from card_facts(card, desk)
    complaints = n_("{count} complaint so far", "{count} complaints so far", caller.complaints)
    last = _("the last {moment}").format(moment=moment_words(card.last_at, now, zone)) if card.last_at else ""
    yield Told(_("Before"), listed([complaints.format(count=caller.complaints), *([last] if last else [])]))
    for promise in caller.promises_due:
        late = promise.due_at < now
        due = moment_words(promise.due_at, now, zone)
        told = _("{what}, by {due} ({owner}) · {number}").format(
            what=promise.what, due=due, owner=promise.owner or "—", number=promise.number
        )
        yield Told(_("Promised"), ("! " if late else "") + told, "late" if late else "")
    granted = [
        n_("{money} once", "{money} in {count} times", each.times).format(
            money=Money(each.amount, each.currency), count=each.times
        )
        for each in caller.goodwill
    ]
    yield Told(_("Goodwill 90 d"), listed(granted) if granted else _("none"), "" if granted else "quiet")
    if (ended := caller.last_ended) is not None:
        end = (ended.number, status_word(TicketStatus(ended.status)), caller.last_end_text or "")
        yield Told(_("Last ended"), "  ".join(word for word in end if word))
    if caller.last_contacts:
        yield Heading(_("Last contacts"))
        for contact in caller.last_contacts:
            words = "  ".join(part for part in (act_done(contact.act), contact.text or "") if part)
            yield Row(((moment_words(contact.at, now, zone), "quiet"), (contact.by, ""), (words, "")))


def card_facts(card: CustomerCard, desk: Desk) -> Iterator[Block]:
    """What stands on the card itself."""
    if card.numbers:
        yield Told(_("Numbers"), numbers_shown(card, desk.settings.region))
    if others := [name for name in card.names if name != card.name]:
        yield Told(_("Also"), listed(others))
    way = _(WAYS[card.contact_way]) if card.contact_way else ""
    if prefers := [part for part in (way, card.contact_time or "") if part]:
        yield Told(_("Prefers"), listed(prefers))
    facts = [
        _("level {level}").format(level=card.level) if card.level else "",
        _(CONSENTS[card.consent]) if card.consent else "",
        _("legal hold: {reason}").format(reason=card.hold.reason) if card.hold else "",
    ]
    if told := [fact for fact in facts if fact]:
        yield Told(_("Card"), listed(told))
    if card.address:
        yield Told(_("Address"), card.address)
    if card.notes:
        yield Told(_("Notes"), card.notes)


def radar_blocks(radar: Radar) -> Iterator[Block]:
    """What others told like it."""
    if not radar.quiet:
        yield Heading(_("Others told the same"))
        for line in radar_lines(radar):
            yield Row(((line, ""),))
