"""Erasing a customer by the law on personal data: the words go, the figures and the chain of the history stay."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from complaint_desk.desk.customers import customer_rows
from complaint_desk.desk.customers.customer_cards import card_id_called, read_card
from complaint_desk.desk.customers.erase_finishing import FinishingErasures, Told, untold
from complaint_desk.desk.customers.erase_terms import person_terms
from complaint_desk.desk.customers.erase_words import (
    A_PAGE,
    Scope,
    beside,
    changed_words,
    left_of,
    redacted_words,
    searches,
    spoken_of,
)
from complaint_desk.desk.customers.retain import Retaining
from complaint_desk.desk.finding.find import Finding
from complaint_desk.desk.words_told import told_words
from complaint_desk.locale import _
from complaint_desk.models.customer import CustomerCard
from complaint_desk.models.enums import Act
from complaint_desk.models.erasure import ErasureDone, ErasurePlan, Mention
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.search import SearchKey
from complaint_desk.models.staff import StaffMember
from complaint_desk.rules.customers import CARD_ACTS
from complaint_desk.rules.erased_words import as_erased
from complaint_desk.rules.erasing import PersonTerms, Redactor
from complaint_desk.store import customer_checks, customer_tickets, customers, erasing, history


class Erasing(FinishingErasures, Retaining, Finding):
    """The verbs of erasing."""

    def plan_erasure(self, called: str) -> ErasurePlan:
        """What `erase_customer` would do; nothing is changed. Raises CustomerNotFound, ActNotAllowed."""
        with self.store.reading() as connection:
            scope = self._scope(connection, called)
        mentions = self._mentions(scope)
        near = Redactor(scope.terms)
        texts = sum(len(changed_words(events, near, own=True)) for events in scope.tickets.values())
        return ErasurePlan(
            card=scope.card,
            tickets=tuple(scope.tickets),
            texts=texts + sum(event.words is not None for event in scope.acts),
            mentions=mentions,
            shared_numbers=scope.shared,
            drafts=len(erasing.drafts_with(self._beside(), beside(scope))),
            copies=self._copies(),
            size=self.store.path.stat().st_size if self.store.path else 0,
        )

    def erase_customer(
        self,
        called: str,
        reason: str = "",
        *,
        also: Sequence[str] = (),
        later: bool = False,
        told: Told = untold,
    ) -> ErasureDone:
        """Erase a person: names, numbers, address, notes and what free texts say of them; figures and dates stay.

        The card and every complaint of theirs lose them, and so do complaints of others that hold a number of theirs;
        where only the name stands, the ticket must be named in `also`, as others may bear it. That it was done, when,
        by whom and why stays, without the name. Waiting calls are gone through, the index is merged, the file is
        written anew and then read for what is left; `later` leaves the last two to `finish_erasure`, as meanwhile no
        desk can save. `told` hears how far it is. Raises ActNotAllowed under a legal hold, CustomerNotFound,
        TicketNotFound for `also`, StoreFault; then nothing is erased.
        """
        why = told_words("text", reason)
        with self.store.reading() as connection:
            scope = self._scope(connection, called)
            if scope.card.hold is not None:
                raise ActNotAllowed(
                    _(
                        "A legal hold of {name} forbids it: {reason}. Nothing was erased. Release it first."
                    ).format(name=scope.card.hold.by, reason=scope.card.hold.reason)
                )
            chosen = [self._fold(connection, self._events(connection, number)).number for number in also]
        mentions = self._mentions(scope)
        others = [one.number for one in mentions if one.by_number] + chosen
        texts = self._take_words(scope, others, why, noted=True)
        left = tuple(one for one in mentions if one.number not in others)
        return self._finished(scope, texts, left, later, told)

    def erased_ids(self) -> list[str]:
        """What `apply_erasures` needs to erase again in an older copy whoever was erased here: ids, and no names."""
        with self.store.reading() as connection:
            ids = erasing.erased_here(connection)
        if self.store.path is not None:
            ids += erasing.noted_as_erased(self.store.path)
        return list(dict.fromkeys(ids))

    def apply_erasures(self, ids: Iterable[str]) -> int:
        """Erase again in this file, an older copy, whoever was erased since; returns how many persons.

        `ids` are those of `erased_ids`, of the newer file or of the list beside it. A person is found by the
        customer's id, or by the receipt of a complaint of theirs where the copy is from before customers had cards. A
        legal hold of then no longer counts: it was released since.
        """
        asked = erasing.ErasedIds.read(ids)
        with self.store.reading() as connection:
            receipts = customer_tickets.tickets_of_events(connection, asked.receipts)
            cards = {found for one in asked.customers if (found := customers.card_id_of(connection, one))}
            cards |= {one.card_id for one in receipts if one.card_id}
            whom = [one for one in sorted(cards) if read_card(connection, one).erased_at is None]
            still = erasing.left_to_erase(connection, asked.words)
            elsewhere = [one.number for one in customer_tickets.tickets_of_events(connection, still)]
        for card_id in whom:
            with self.store.reading() as connection:
                scope = self._scope(connection, card_id)
            others = [one.number for one in self._mentions(scope) if one.by_number]
            self._take_words(scope, [*others, *elsewhere], "", noted=False)
        if whom:
            self.finish_erasure()
        return len(whom)

    def _scope(self, connection: Connection, called: str) -> Scope:
        card = self._live_card(connection, card_id_called(connection, called))
        rows = customer_tickets.every_ticket_of(connection, card.members)
        tickets = {row.number: history.events_of(connection, row.id) for row in rows}
        acts = {event.id: event for one in card.members for event in customers.events_on(connection, one)}
        told = [event for events in tickets.values() for event in as_erased(events)]
        terms = person_terms(card, [*told, *acts.values()])
        shared = tuple(
            number
            for number in card.numbers
            if any(one != card.id for one, _names in customers.on_number(connection, number))
        )
        kept = {spelt for number in shared for spelt in person_terms(_numbered(number), ()).numbers}
        far = PersonTerms(terms.names, terms.numbers - kept, terms.addresses)
        return Scope(card, tickets, list(acts.values()), terms, far, shared)

    def _mentions(self, scope: Scope) -> tuple[Mention, ...]:
        """Complaints of others in which the person stands, as the index of words finds them."""
        found: dict[str, Mention] = {}
        numbers = Redactor(
            PersonTerms(numbers=scope.far.numbers, addresses=scope.far.addresses), closely=False
        )
        whole = Redactor(scope.far, closely=False)
        for number in self._every_found(scope.far):
            if number in scope.tickets or number in found:
                continue
            with self.store.reading() as connection:
                events = self._events(connection, number)
            if changed_words(events, numbers, own=False):
                found[number] = Mention(number, True)
            elif spoken_of(events, whole):
                found[number] = Mention(number, False)
        return tuple(found[number] for number in sorted(found))

    def _every_found(self, terms: PersonTerms) -> Iterator[str]:
        """The numbers of the complaints that the index finds for what a person is known by."""
        for text, pages in searches(terms):
            after: SearchKey | None = None
            for _page in range(pages):
                try:
                    page = self.search(text, A_PAGE, after)
                except FieldRefused:
                    break
                yield from (row.number for row in page.rows)
                after = page.next_key
                if after is None:
                    break

    def _take_words(self, scope: Scope, others: Sequence[str], reason: str, *, noted: bool) -> int:
        """The erasing itself, in one transaction; returns how many records of what was said it changed."""
        near, far = Redactor(scope.terms), Redactor(scope.far, closely=False)
        with self.store.writing() as connection:
            card = self._live_card(connection, scope.card.id)
            if card.hold is not None and noted:
                raise ActNotAllowed(_("A legal hold was set just now. Nothing was erased."))
            now, me = self.clock(), self._me(connection)
            gone: list[str] = []
            whole = {row.number for row in customer_tickets.every_ticket_of(connection, card.members)}
            for number in dict.fromkeys((*sorted(whole), *others)):
                redactor, own = (near, True) if number in whole else (far, False)
                gone += self._redact_ticket(connection, number, redactor, own, card.id, me)
            gone += self._redact_other_cards(connection, card, far, me)
            events = [event for one in card.members for event in customers.events_on(connection, one)]
            lost = [event.id for event in events if event.words is not None]
            fields = {"customer": card.id, "members": list(card.members), "tickets": len(whole)}
            why = {"text": near.redact(reason)} if reason else None
            (act,) = self._on_cards(connection, [NewEvent(Act.CUSTOMER_ERASED, now, fields, why)], me, now)
            erasing.forget(connection, lost, act.id)
            customer_rows.refresh(connection, card.members)
            if noted and self.store.path is not None:
                ids = erasing.erased_here(connection, card.members)
                named = {one.partition(":")[2] for one in ids}
                ids += [f"words:{one}" for one in (*gone, *lost) if one not in named]
                erasing.note_erased(self.store.path, ids, now)
            return len(gone) + len(lost)

    def _redact_ticket(
        self,
        connection: Connection,
        number: str,
        redactor: Redactor,
        own: bool,
        card_id: str,
        me: StaffMember,
    ) -> list[str]:
        events = self._events(connection, number)
        found = left_of(events, redactor, own)
        if found is None:
            return []
        left, lost = found
        new = NewEvent(
            Act.WORDS_ERASED,
            self.clock(),
            {"customer": card_id, "erased": lost},
            {"left": left} if left else None,
        )
        ticket = self._record(connection, events, [new], by=me, recorded_at=self.clock())
        erasing.forget(connection, lost, ticket.history[-1].event_id)
        return lost

    def _redact_other_cards(
        self, connection: Connection, card: CustomerCard, far: Redactor, me: StaffMember
    ) -> list[str]:
        """Take the person's numbers out of what stands on the cards of others."""
        numbers = Redactor(PersonTerms(numbers=far.terms.numbers), closely=False)
        held: dict[str, None] = {}
        for event in customer_checks.acts_on_cards(connection, CARD_ACTS):
            whose = event.fields["customer"]
            if (
                whose not in card.members
                and event.words
                and redacted_words(event, numbers, False) != event.words
            ):
                held[whose] = None
        gone: list[str] = []
        for whose in held:
            found = left_of(customers.events_on(connection, whose), far, False)
            if found is not None:
                left, lost = found
                new = NewEvent(
                    Act.WORDS_ERASED, self.clock(), {"customer": whose, "erased": lost}, {"left": left}
                )
                (act,) = self._on_cards(connection, [new], me, self.clock())
                erasing.forget(connection, lost, act.id)
                customer_rows.refresh(connection, [whose])
                gone += lost
        return gone


def _numbered(number: str) -> CustomerCard:
    return CustomerCard("", numbers=(number,))
