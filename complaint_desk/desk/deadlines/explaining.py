"""Why a ticket's clocks are due when they are, each addend in words a caller could be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.deadlines.explain import explained, length_in_words, moment_in_words
from complaint_desk.desk.settling.settling_text import about_clock
from complaint_desk.locale import N_, _, listed
from complaint_desk.models.enums import Act, ClockKind, ClockState
from complaint_desk.models.event import Event
from complaint_desk.models.policy import ClockRule, Policy
from complaint_desk.models.ticket import Clock, ClockPause, HistoryLine, Ticket
from complaint_desk.rules.addends import Addend, AddendCode
from complaint_desk.rules.clock_acts import breach_of
from complaint_desk.rules.policy_values import policy_from
from complaint_desk.rules.sla import clock_state
from complaint_desk.rules.ticket_clocks import due_if_resumed_now, hidden_breach, why_due
from complaint_desk.store import pausing, policies

_DOES = {
    Act.ACKNOWLEDGED: N_("the mistake was admitted to the caller"),
    Act.OWNED: N_("somebody took responsibility"),
    Act.RESOLVED: N_("the matter was settled"),
    Act.PROMISE_KEPT: N_("the promise was kept"),
    Act.REMEDY_APPROVED: N_("the remedy was approved"),
    Act.REMEDY_CHANGED: N_("another remedy was approved"),
    Act.REMEDY_REFUSED: N_("the remedy was refused"),
}
_OUR_SOURCES = (
    N_("training text 003"),
    N_("12315 platform, ODR companies: settle with the consumer within 10 working days"),
    N_("From secondary pages; not legal advice. Check it with the authority that sent the complaint."),
    N_("12h, warned of after 2 h, where a store wants it"),
)
"""What the rules that come with the desk say of themselves; a store's own words are told as they stand."""


@dataclass(frozen=True, slots=True)
class ClockExplained:
    """One clock of a ticket at one moment, and why it is due when it is, line by line."""

    clock: Clock
    state: ClockState
    breached_at: datetime | None
    paused_until: datetime | None
    due_if_resumed_now: datetime | None
    """Only while it stands still."""
    met_by: HistoryLine | None
    lines: tuple[str, ...]
    """Sentences in the language in use."""


@dataclass(frozen=True, slots=True)
class TicketExplained:
    """A ticket with all its clocks explained."""

    ticket: Ticket
    clocks: tuple[ClockExplained, ...]


@dataclass(frozen=True, slots=True)
class HiddenBreach:
    """A clock that would have been late had it not been paused."""

    number: str
    owner: str | None
    kind: ClockKind
    due_at: datetime
    due_without_pauses: datetime
    met_at: datetime | None
    pauses: tuple[ClockPause, ...]


class Explaining(DeskBase):
    """The verbs of saying why."""

    def explain(self, number: str) -> TicketExplained:
        """Every clock of a ticket with every addend of its due time. Raises TicketNotFound."""
        with self.store.reading() as connection:
            ticket = self._fold(connection, self._events(connection, number))
            versions = self._policies(policies.events(connection))
        now = self.clock()
        return TicketExplained(
            ticket, tuple(self._explained(ticket, clock, versions, now) for clock in ticket.clocks)
        )

    def hidden_breaches(self) -> tuple[HiddenBreach, ...]:
        """The clocks that are not late only because they were paused, by ticket number."""
        now, found = self.clock(), []
        with self.store.reading() as connection:
            for number in pausing.paused_numbers(connection):
                ticket = self._fold(connection, self._events(connection, number))
                found += [
                    HiddenBreach(
                        ticket.number,
                        ticket.owner,
                        clock.kind,
                        clock.due_at,
                        without,
                        clock.met_at,
                        clock.pauses,
                    )
                    for clock in ticket.clocks
                    if (without := hidden_breach(clock, now))
                ]
        return tuple(found)

    @staticmethod
    def _policies(written: list[Event]) -> dict[int, Policy]:
        return {1: Policy()} | {
            event.fields["policy"]["version"]: policy_from(event.fields["policy"]) for event in written
        }

    def _explained(
        self, ticket: Ticket, clock: Clock, versions: dict[int, Policy], now: datetime
    ) -> ClockExplained:
        policy = versions.get(clock.policy_version)
        rule = policy.rule(clock.kind, ticket.channel, ticket.severity, ticket.store) if policy else None
        met = next((line for line in ticket.history if line.event_id == clock.met_by), None)
        pause = clock.pause_at(now)
        telling = _Telling(ticket, clock, rule, met, now, self.settings.zone)
        return ClockExplained(
            clock=clock,
            state=clock_state(clock.due_at, clock.met_at, now),
            breached_at=breach_of(clock, now),
            paused_until=pause.until if pause else None,
            due_if_resumed_now=due_if_resumed_now(clock, now) if pause else None,
            met_by=met,
            lines=tuple(telling.lines()),
        )


@dataclass(frozen=True, slots=True)
class _Telling:
    """What there is to tell about one clock."""

    ticket: Ticket
    clock: Clock
    rule: ClockRule | None
    met: HistoryLine | None
    now: datetime
    zone: ZoneInfo

    def lines(self) -> Iterator[str]:
        due = why_due(self.clock, self.zone)
        why = [*due.why[:-1], Addend(AddendCode.RESULT, at=self.clock.due_at)]
        pauses = {pause.started_at: pause for pause in self.clock.pauses}
        for addend, sentence in zip(why, explained(why, self.zone), strict=True):
            match addend:
                case Addend(code=AddendCode.RECEIPT):
                    yield self._start(sentence)
                case Addend(code=AddendCode.TARGET):
                    yield sentence
                    yield from self._policy()
                case Addend(code=AddendCode.RESULT):
                    yield from self._open_pause()
                    yield sentence
                    if due.at != self.clock.due_at:
                        yield _(
                            "By what is known of holidays today it would be {moment}; what was told stands."
                        ).format(moment=self._moment(due.at))
                case Addend(at=datetime() as at) if at in pauses:
                    yield sentence
                    yield _("The reason, told by {name}: {reason}").format(
                        name=pauses[at].by, reason=pauses[at].reason
                    )
                case _:
                    yield sentence
        yield from self._end()

    def _start(self, sentence: str) -> str:
        began = next((line for line in self.ticket.history if line.event_id == self.clock.started_by), None)
        moment = self._moment(self.clock.started_at)
        match began.act if began else None:
            case Act.REOPENED:
                return _("The complaint was reopened on {moment}.").format(moment=moment)
            case Act.PROMISED:
                return self._promised(moment)
            case Act.REMEDY_OFFERED:
                return _("On {moment} a remedy was asked for that needs approval: {remedy}").format(
                    moment=moment, remedy=about_clock(self.clock, self.ticket)
                )
        return sentence

    def _promised(self, moment: str) -> str:
        promise = next(each for each in self.ticket.promises if each.position == self.clock.position)
        told = _("On {moment} {name} promised: {what}").format(
            moment=moment, name=promise.made_by, what=promise.what
        )
        if promise.by_said in ("", promise.what):
            return told
        return told + " " + _("(told as: {said})").format(said=promise.by_said)

    def _policy(self) -> Iterator[str]:
        yield _("That is the store's rule, version {version}.").format(version=self.clock.policy_version)
        if self.rule is not None and self.rule.target == self.clock.target:
            if self.rule.source:
                source = (_(self.rule.source), self.rule.source_date)
                yield _("It goes back to: {source}.").format(source=listed(filter(None, source)))
            if self.rule.note:
                yield _(self.rule.note)
        if self.clock.kind is ClockKind.OUTSIDE:
            yield _("The figure is the store's own reading and not legal advice.")

    def _open_pause(self) -> Iterator[str]:
        if pause := self.clock.pause_at(self.now):
            yield _(
                "The clock stands still now and goes on by itself on {until}; were it resumed now, it would be due "
                "on {due}."
            ).format(
                until=self._moment(pause.until), due=self._moment(due_if_resumed_now(self.clock, self.now))
            )

    def _end(self) -> Iterator[str]:
        clock, breach = self.clock, breach_of(self.clock, self.now)
        if clock.broken_at is not None:
            yield _("On {moment} it was said that the promise is not kept; it counts as missed.").format(
                moment=self._moment(clock.broken_at)
            )
            return
        if clock.superseded_at is not None and clock.kind is ClockKind.APPROVAL:
            yield _("On {moment} the remedy was withdrawn.").format(moment=self._moment(clock.superseded_at))
        elif clock.superseded_at is not None:
            yield _("On {moment} another time limit took its place.").format(
                moment=self._moment(clock.superseded_at)
            )
        if clock.met_at is not None and self.met is not None:
            does = _(_DOES[self.met.act]) if self.met.act in _DOES else _("the caller was spoken to")
            yield _("It was met on {moment}: {what}, by {name}.").format(
                moment=self._moment(clock.met_at), what=does, name=self.met.by
            )
        if clock.disputed and self.met is not None:
            yield _(
                "That was written down only on {moment}, after the due time: it is disputed until a supervisor "
                "confirms it."
            ).format(moment=self._moment(self.met.recorded_at))
        elif breach is not None:
            last = clock.met_at or clock.superseded_at or self.now
            yield _("It was missed by {length}, and nothing done later takes that back.").format(
                length=length_in_words(last - breach)
            )
        if without := hidden_breach(clock, self.now):
            yield _("Without its pauses it would have been missed on {moment}.").format(
                moment=self._moment(without)
            )

    def _moment(self, at: datetime) -> str:
        return moment_in_words(at, self.zone)
