"""Customers as JSON objects: what is found, a card, what an agent should know, an erasure."""

from datetime import date, tzinfo
from typing import Any

from complaint_desk.models.customer import CallerCard, CallerFound, CallerTicket, CardLine, CustomerCard
from complaint_desk.models.erasure import DueForErasure, ErasureDone, ErasurePlan, KeptCopy
from complaint_desk.rules.local_time import iso


def found_values(found: CallerFound, zone: tzinfo) -> dict[str, Any]:
    """Somebody whom the words typed may mean."""
    return {
        "customer": found.customer_id,
        "name": found.name,
        "numbers": list(found.numbers),
        "level": found.level,
        "last_contact_at": iso(found.last_at, zone),
        "open_tickets": found.open_tickets,
        "found_by": found.by,
    }


def card_values(card: CustomerCard, zone: tzinfo) -> dict[str, Any]:
    """A customer's card, with every act on it."""
    return {
        "customer": card.id,
        "name": card.name,
        "names": list(card.names),
        "numbers": list(card.numbers),
        "address": card.address,
        "contact_way": card.contact_way,
        "contact_time": card.contact_time,
        "consent": card.consent,
        "level": card.level,
        "notes": card.notes,
        "members": list(card.members),
        "hold": card.hold
        and {"reason": card.hold.reason, "by": card.hold.by, "since": iso(card.hold.at, zone)},
        "last_contact_at": iso(card.last_at, zone),
        "erased_at": iso(card.erased_at, zone),
        "version": card.version,
        "history": [_line(line, zone) for line in card.history],
    }


def caller_values(caller: CallerCard, zone: tzinfo) -> dict[str, Any]:
    """What an agent should know about a caller."""
    return card_values(caller.card, zone) | {
        "complaints": caller.complaints,
        "open_tickets": [_ticket(ticket, zone) for ticket in caller.open_tickets],
        "last_contacts": [
            {
                "number": contact.number,
                "act": contact.act,
                "by": contact.by,
                "at": iso(contact.at, zone),
                "text": contact.text,
            }
            for contact in caller.last_contacts
        ],
        "promises_due": [
            {
                "number": promise.number,
                "what": promise.what,
                "due_at": iso(promise.due_at, zone),
                "owner": promise.owner,
            }
            for promise in caller.promises_due
        ],
        "goodwill": [
            {"currency": one.currency, "minor_units": one.amount, "times": one.times}
            for one in caller.goodwill
        ],
        "last_ended": caller.last_ended and _ticket(caller.last_ended, zone),
        "last_end_text": caller.last_end_text,
        "last_outcome": caller.last_outcome,
    }


def plan_values(plan: ErasurePlan, zone: tzinfo) -> dict[str, Any]:
    """What erasing a customer would do."""
    return {
        "customer": plan.card.id,
        "name": plan.card.name,
        "erased": False,
        "held": plan.card.hold is not None,
        "tickets": list(plan.tickets),
        "texts": plan.texts,
        "mentions": [{"number": one.number, "means_this_person": one.by_number} for one in plan.mentions],
        "shared_numbers": list(plan.shared_numbers),
        "drafts": plan.drafts,
        "copies": [_copy(one, zone) for one in plan.copies],
    }


def done_values(done: ErasureDone, zone: tzinfo) -> dict[str, Any]:
    """What an erasure did."""
    return {
        "customer": done.customer_id,
        "erased": True,
        "tickets": list(done.tickets),
        "texts": done.texts,
        "left_in": [one.number for one in done.left_in],
        "drafts": len(done.drafts),
        "copies": [_copy(one, zone) for one in done.copies],
        "traces": [{"file": str(path), "times": times} for path, times in done.traces],
        "trouble": done.trouble,
    }


def due_values(due: DueForErasure, zone: tzinfo) -> dict[str, Any]:
    """A customer whom the retention period proposes to erase."""
    return {"customer": due.customer_id, "name": due.name, "last_contact_at": iso(due.last_at, zone)}


def _ticket(ticket: CallerTicket, zone: tzinfo) -> dict[str, Any]:
    times = {name: iso(getattr(ticket, name), zone) for name in ("received_at", "next_due_at")}
    return ticket._asdict() | times


def _line(line: CardLine, zone: tzinfo) -> dict[str, Any]:
    return {
        "event": line.event_id,
        "act": line.act,
        "by": line.by,
        "at": iso(line.at, zone),
        "field": line.field_name,
        "old": line.old,
        "new": line.new,
        "text": line.text,
        "other": line.other,
        "undone": line.undone,
    }


def _copy(kept: KeptCopy, zone: tzinfo) -> dict[str, Any]:
    return {"file": str(kept.path), "made_at": iso(kept.made_at, zone), "last_day": _day(kept.last_day)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
