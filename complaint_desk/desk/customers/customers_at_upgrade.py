"""The callers of tickets from before customers had cards: each gets one, and the history says so."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from complaint_desk.desk.customers import customer_rows
from complaint_desk.models.customer import LinkedBy
from complaint_desk.models.enums import Act
from complaint_desk.rules.customers import Known, number_key, told_name, whose
from complaint_desk.store import bring_in, customer_checks, history
from complaint_desk.store.bring_in import ReadyEvent

_AT_ONCE = 1_000


def give_cards(connection: Connection) -> int:
    """Link every ticket that tells a name or a number and names no customer; returns how many.

    They are taken in the order they were received, by the rule that new ones are linked by, in the transaction of the
    migration. The link stands in the history as recorded now, by whoever took the complaint down.
    """
    on_number: dict[str, list[Known]] = {}
    now, linked = datetime.now(UTC), 0
    head, waiting = history.head(connection, now), list[ReadyEvent]()
    for ticket in customer_checks.tickets_without_customer(connection):
        name, number = told_name(ticket.caller), number_key(ticket.phone)
        known = on_number.get(number, []) if number else []
        match = whose(name, number, known)
        if match is None:
            continue
        customer_id = match.customer_id or history.new_id()
        if number:
            on_number[number] = _with(known, customer_id, name)
        waiting.append(_link(ticket.id, ticket.by, customer_id, now))
        linked += 1
        if len(waiting) == _AT_ONCE:
            head = _write(connection, waiting, head)
    _write(connection, waiting, head)
    if linked:
        customer_rows.rebuild(connection)
    return linked


def _link(ticket_id: str, by: str, customer_id: str, now: datetime) -> ReadyEvent:
    return ReadyEvent(
        id=history.new_id(),
        ticket_id=ticket_id,
        act=Act.CUSTOMER_LINKED,
        happened_at=now,
        recorded_at=now,
        by=by,
        fields={"customer": customer_id, "linked_by": LinkedBy.AT_UPGRADE.value},
    )


def _write(connection: Connection, waiting: list[ReadyEvent], head: history.Head) -> history.Head:
    """Write what waits; returns where the history then goes on."""
    if not waiting:
        return head
    head = bring_in.append(connection, waiting, head)
    customer_checks.set_customers(
        connection, [(event.ticket_id, event.fields["customer"]) for event in waiting]
    )
    waiting.clear()
    return head


def _with(known: list[Known], customer_id: str, name: str | None) -> list[Known]:
    """Who is known on a number, with a name that was told by one of them, or by somebody new."""
    names = {one.id: one.names for one in known}
    had = names.get(customer_id, ())
    names[customer_id] = had if name is None or name in had else (*had, name)
    return [Known(*one) for one in names.items()]
