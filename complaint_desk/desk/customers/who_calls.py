"""Who rings, from the number and the name typed so far: one person, several to choose from, or nobody known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from complaint_desk.desk.finding.radar_words import ordinal
from complaint_desk.locale import N_, _, n_
from complaint_desk.models.customer import CallerCard, CallerFound, FoundBy
from complaint_desk.models.errors import DeskError

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class WhoCalls:
    """Who it may be that rings."""

    found: tuple[CallerFound, ...] = ()
    """The likeliest first."""
    card: CallerCard | None = None
    """What to know about the first of them, where it is likely that one."""
    sure: bool = False
    """The whole number was typed and is one person's, or the name typed is that of one on this number."""
    on_number: bool = False
    """The number typed is known."""


NOBODY = WhoCalls()


def who_calls(desk: Desk, phone: str, caller: str) -> WhoCalls:
    """Who may be meant by a number and a name, either of them empty or only begun. Waits for the desk."""
    by_number = desk.who_is(phone) if phone.strip() else []
    by_name = desk.who_is(caller) if caller.strip() else []
    named = {one.customer_id for one in by_name}
    both = [one for one in by_number if one.customer_id in named]
    whole = [one for one in by_number if one.by is FoundBy.NUMBER]
    on_number = bool(whole)
    if both:
        found, sure = both, len(both) == 1 and both[0].by is FoundBy.NUMBER
    elif whole and caller.strip():
        found, sure = whole, False
    elif by_number:
        found, sure = by_number, len(by_number) == 1 and on_number
    else:
        found, sure = by_name, False
    every = tuple({one.customer_id: one for one in (*found, *by_number, *by_name)}.values())
    card = None
    if len(found) == 1:
        try:
            card = desk.caller_card(found[0].customer_id)
        except DeskError:  # merged or erased a moment ago
            return NOBODY
    return WhoCalls(every, card, sure, on_number)


def known_line(who: WhoCalls, name_typed: bool) -> tuple[str, ...]:
    """Who it is for the line over a call, in two lengths, the longer first; empty where nobody is known."""
    if not who.found:
        return ()
    if who.card is None:
        count = len(who.found)
        return (n_("{count} person may be meant", "{count} people may be meant", count).format(count=count),)
    first, complaint = who.found[0], ordinal(who.card.complaints + 1)
    forms = [_(form).format(ordinal=complaint) for form in (N_("{ordinal} complaint"), N_("{ordinal} time"))]
    if first.open_tickets:
        not_ended = n_("{count} open", "{count} open", first.open_tickets).format(count=first.open_tickets)
        forms = [_("{complaint}, {open}").format(complaint=form, open=not_ended) for form in forms]
    if who.sure and name_typed:
        return tuple(forms)
    named = _("{name} · {about}") if who.sure else _("perhaps {name} · {about}")
    return tuple(named.format(name=first.name or _("no name"), about=form) for form in forms)
