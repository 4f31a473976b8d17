"""Customers: their cards corrected, merged and split, and whose a complaint is."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.customers import customer_rows
from complaint_desk.desk.customers.customer_cards import card_id_called, read_card
from complaint_desk.desk.customers.customer_values import card_changes
from complaint_desk.locale import _
from complaint_desk.models.customer import CARD_FIELDS, CustomerCard, LinkedBy
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import ActNotAllowed, ChangedMeanwhile, FieldRefused
from complaint_desk.models.event import Event, NewEvent
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.customers import UNDOABLE_ON_CARD
from complaint_desk.store import customer_tickets, customers, history


class Customers(DeskBase):
    """The verbs of customers' cards."""

    def customer(self, called: str) -> CustomerCard:
        """The card of a customer, called by id, by the id's end, or by a complaint's number.

        Raises CustomerNotFound.
        """
        with self.store.reading() as connection:
            return read_card(connection, called)

    def edit_customer(
        self, called: str, changes: Mapping[str, str | None], *, version: int | None = None
    ) -> CustomerCard:
        """Change a card: an event for each field that differs; None or blank empties a field.

        Fields are those of the card, and `number_added`, `number_removed`, `name_added`, `name_removed`. `version` is
        the one the person saw. Raises FieldRefused, CustomerNotFound, ActNotAllowed for an erased customer, and
        ChangedMeanwhile; then nothing is written.
        """
        with self.store.writing() as connection:
            card = self._live_card(connection, called)
            _unchanged(card, version)
            if (veil := self._veil()) is not None:
                veil.refuse_what_is_hidden(card, changes)
            now, me = self.clock(), self._me(connection)
            new = [
                NewEvent(
                    Act.CUSTOMER_CHANGED,
                    now,
                    {"customer": card.id, "field": name},
                    {"old": old, "new": value},
                )
                for name, old, value in card_changes(card, changes, self.settings.region)
            ]
            self._on_cards(connection, new, me, now)
            return read_card(connection, card.id)

    def merge_customers(
        self, into: str, other: str, take: Collection[str] = (), *, version: int | None = None
    ) -> CustomerCard:
        """Let two cards be one: all names, numbers and complaints of `other` stand on `into` from now on.

        Of the fields with one value, those in `take` come from `other`; so do those that are empty on `into`. It can
        be taken back with `undo_customer`. Raises FieldRefused, CustomerNotFound, ActNotAllowed, ChangedMeanwhile.
        """
        if unknown := sorted(set(take) - set(CARD_FIELDS)):
            raise FieldRefused(
                "take",
                _("A card has no field {field}. It has: {fields}. Nothing was written.").format(
                    field=unknown[0], fields=", ".join(CARD_FIELDS)
                ),
            )
        with self.store.writing() as connection:
            card, merged = self._live_card(connection, into), self._live_card(connection, other)
            _unchanged(card, version)
            if card.id == merged.id:
                raise ActNotAllowed(_("That is one and the same card. Nothing was changed."))
            values = {
                name: getattr(merged, name)
                for name in CARD_FIELDS
                if getattr(merged, name) is not None and (name in take or getattr(card, name) is None)
            }
            if card.name is not None:
                values.setdefault("name", card.name)
            now, me = self.clock(), self._me(connection)
            fields = {"customer": card.id, "merged": merged.id, "takes": sorted(values)}
            new = NewEvent(Act.CUSTOMER_MERGED, now, fields, {"values": values} if values else None)
            self._on_cards(connection, [new], me, now)
            return read_card(connection, card.id)

    def undo_customer(self, called: str, *, version: int | None = None) -> CustomerCard:
        """Take back the last change or merge on a card, whoever made it; the card is then as it was before.

        Raises ActNotAllowed where there is none, CustomerNotFound, ChangedMeanwhile.
        """
        with self.store.writing() as connection:
            card = self._live_card(connection, called)
            _unchanged(card, version)
            self._take_back(connection, card, UNDOABLE_ON_CARD)
            return read_card(connection, card.id)

    def split_customer(
        self, called: str, tickets: Sequence[str] = (), numbers: Sequence[str] = ()
    ) -> CustomerCard:
        """Part what stands on one card; returns the card that was parted from it.

        Without tickets the last merge is taken back. Else these complaints go to a card of their own, with the names
        and numbers told in them; `numbers` that were written on the card itself go along. Raises FieldRefused,
        ActNotAllowed, CustomerNotFound, TicketNotFound; then nothing is written.
        """
        with self.store.writing() as connection:
            card = self._live_card(connection, called)
            if not tickets:
                undone = self._take_back(connection, card, frozenset({Act.CUSTOMER_MERGED}))
                return read_card(connection, undone.fields["merged"])
            whole = {one.id for one in customer_tickets.every_ticket_of(connection, card.members)}
            chosen = {number: self._events(connection, number) for number in dict.fromkeys(tickets)}
            for number, events in chosen.items():
                if events[0].ticket_id not in whole:
                    raise FieldRefused(
                        "tickets",
                        _("Ticket {number} is not this customer's. Nothing was changed.").format(
                            number=number
                        ),
                    )
            if len({events[0].ticket_id for events in chosen.values()}) == len(whole):
                raise FieldRefused(
                    "tickets", _("Nothing would be left on the card. Leave one complaint at least.")
                )
            new_id, now, me = history.new_id(), self.clock(), self._me(connection)
            for events in chosen.values():
                self._link(connection, events, new_id, LinkedBy.SPLIT, me, now)
            moved = [
                NewEvent(
                    Act.CUSTOMER_CHANGED, now, {"customer": whose, "field": name}, {"old": None, "new": kept}
                )
                for told in numbers
                for _name, _old, kept in card_changes(card, {"number_removed": told}, self.settings.region)
                for whose, name in ((card.id, "number_removed"), (new_id, "number_added"))
            ]
            self._on_cards(connection, moved, me, now)
            customer_rows.refresh(connection, [*card.members, new_id])
            return read_card(connection, new_id)

    def relink(self, number: str, customer: str | None) -> Ticket:
        """Say whose a complaint is: a customer's, called as in `customer`; None for somebody new.

        Raises TicketNotFound, CustomerNotFound, ActNotAllowed for an erased customer.
        """
        with self.store.writing() as connection:
            events = self._events(connection, number)
            before = self._fold(connection, events)
            target = self._live_card(connection, customer).id if customer else history.new_id()
            was = before.customer_id and customers.card_id_of(connection, before.customer_id)
            if target == was:
                return before
            now, me = self.clock(), self._me(connection)
            ticket = self._link(connection, events, target, LinkedBy.BY_HAND, me, now)
            customer_rows.refresh(connection, [one for one in (before.customer_id, target) if one])
            return ticket

    def _link(
        self,
        connection: Connection,
        events: list[Event],
        customer_id: str,
        by: LinkedBy,
        me: StaffMember,
        now: datetime,
    ) -> Ticket:
        fields = {"customer": customer_id, "linked_by": by.value}
        new = NewEvent(Act.CUSTOMER_LINKED, now, fields)
        return self._record(connection, events, [new], by=me, recorded_at=now)

    def _take_back(self, connection: Connection, card: CustomerCard, acts: Collection[Act]) -> Event:
        last = next((line for line in reversed(card.history) if line.act in acts and not line.undone), None)
        if last is None:
            raise ActNotAllowed(_("There is nothing on this card to take back. Nothing was changed."))
        event = next(
            one
            for member in card.members
            for one in customers.events_on(connection, member)
            if one.id == last.event_id
        )
        fields: dict[str, Any] = {"customer": event.fields["customer"], "undoes": event.id}
        if "merged" in event.fields:
            fields["merged"] = event.fields["merged"]
        now = self.clock()
        self._on_cards(connection, [NewEvent(Act.CUSTOMER_UNDONE, now, fields)], self._me(connection), now)
        return event

    def _on_cards(
        self, connection: Connection, new: Sequence[NewEvent], me: StaffMember, now: datetime
    ) -> list[Event]:
        """Record acts on cards and bring the cards to what they then amount to."""
        if not new:
            return []
        written = history.append(connection, new, ticket_id=None, by=me.id, recorded_at=now)
        for event in written:
            customers.remember(connection, event, customer_rows.concerned(event))
        customer_rows.refresh(
            connection, dict.fromkeys(one for event in written for one in customer_rows.concerned(event))
        )
        return written

    def _live_card(self, connection: Connection, called: str) -> CustomerCard:
        card = read_card(connection, card_id_called(connection, called))
        if card.erased_at is not None:
            raise ActNotAllowed(
                _("This customer was erased: there is no card any more. Nothing was changed.")
            )
        return card


def _unchanged(card: CustomerCard, version: int | None) -> None:
    """Raise ChangedMeanwhile where somebody changed the card after this version of it was read."""
    if version is not None and version != card.version:
        raise ChangedMeanwhile(
            _(
                "{name} changed this card while you had it open. Nothing of yours was written. Look at what "
                "changed, then save again."
            ).format(name=card.history[-1].by if card.history else "")
        )
