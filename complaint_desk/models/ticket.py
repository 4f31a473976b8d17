"""What a person sees of a complaint: the ticket, its clocks, its history, a line of the queue.

Read models, standard library only, so that widgets can show them without loading the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from complaint_desk.models.call_marks import AvoidFound, TypeReading
from complaint_desk.models.clock import OUTLIVES_RESOLVING as OUTLIVES_RESOLVING
from complaint_desk.models.clock import Clock as Clock
from complaint_desk.models.clock import ClockPause as ClockPause
from complaint_desk.models.customer import LinkedBy
from complaint_desk.models.enums import (
    Act,
    Cause,
    Channel,
    ClockKind,
    ComplainantType,
    HeatStep,
    Precision,
    SafetyFlag,
    Severity,
    TicketStatus,
)
from complaint_desk.models.queue_view import QueueView
from complaint_desk.models.settling import FollowUp, Outcome, Promise, Remedy, SettlingAct


@dataclass(frozen=True, slots=True)
class When:
    """When it happened, as the caller said it and as the desk understood it."""

    said: str
    at: datetime | None = None
    """The start of what was meant, UTC; None when it could not be read or lies after receipt."""
    precision: Precision | None = None
    doubt: str | None = None
    """Why the reading is doubtful, as a stable code; None when it is not."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """To whom a ticket was taken up the line, by whom and why."""

    level: int
    to: str
    """The name of the person it went to."""
    to_id: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Brought:
    """Where a ticket that another program kept came from, and what stood there."""

    file: str
    """The name of the file, without its folder."""
    key: str
    """Tells the record, so that it never comes in twice."""
    record: str | None = None
    """What the other program called the record."""
    status: str | None = None
    """The status as it stood there."""
    texts: tuple[tuple[str, str], ...] = ()
    """What else stood in its line, as it was written: heading and text."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a ticket as a person reads it."""

    event_id: str
    act: Act
    by: str
    happened_at: datetime
    recorded_at: datetime
    text: str | None = None
    field_name: str | None = None
    """For a correction: which field it changed."""
    old: str | None = None
    new: str | None = None
    about: str | None = None
    """Whom it went to: the name of the new owner, or of the one it was escalated to."""
    until: datetime | None = None
    """For a pause: its expected return."""
    clocks: tuple[ClockKind, ...] = ()
    """For a pause: the clocks it stops; for new targets: the clocks they began."""
    step: HeatStep | None = None
    """For a HEAT mark: which step."""
    type: ComplainantType | None = None
    """For a reading: the kind proposed; for an end: the kind the caller had become."""
    situation: str | None = None
    """For a card that was used: which."""
    avoid: tuple[AvoidFound, ...] = ()
    """For an act told in the agent's words: what in them should be said otherwise."""
    settling: SettlingAct | None = None
    """For an act about a promise, a remedy or the end: the values it sets."""
    undone: bool = False
    """A later event took this act back."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A complaint as it stands now: what was said, who owns it, its clocks, and everything that was done."""

    id: str
    number: str
    version: int
    status: TicketStatus
    store: str
    channel: Channel
    received_at: datetime
    what: str
    caller: str | None = None
    phone: str | None = None
    """E.164 where it is a telephone number, else as typed."""
    extension: str | None = None
    when: When | None = None
    where: str | None = None
    who: str | None = None
    how: str | None = None
    remedy_wanted: str | None = None
    cause: Cause | None = None
    type: ComplainantType | None = None
    severity: Severity = Severity.ORDINARY
    safety: tuple[SafetyFlag, ...] = ()
    owner: str | None = None
    """The owner's name."""
    owner_id: str | None = None
    missing: tuple[str, ...] = ()
    heat: Mapping[HeatStep, datetime] = field(default_factory=dict)
    clocks: tuple[Clock, ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()
    """Texts too long for their field, kept whole: field name and text."""
    history: tuple[HistoryLine, ...] = ()
    type_reading: TypeReading | None = None
    type_end: ComplainantType | None = None
    """The kind the caller had become when it was settled (training text 003: help them change type)."""
    read_back_confirmed_at: datetime | None = None
    """When the caller said that what was taken down is right."""
    pauses: tuple[ClockPause, ...] = ()
    """Every pause that was not taken back, in the order they began."""
    escalation: Escalation | None = None
    """The last time it was taken up the line."""
    promises: tuple[Promise, ...] = ()
    """Every promise that was not taken back, in the order they were made."""
    remedies: tuple[Remedy, ...] = ()
    outcome: Outcome | None = None
    """How it ended; None while it is open, and for what was resolved before outcomes were kept."""
    recourse: str | None = None
    """For a rejected complaint: the outside recourse the caller was told of."""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    """Every time the caller was followed up."""
    customer_id: str | None = None
    """Who complains; the customer may stand on another's card by now."""
    linked_by: LinkedBy | None = None
    """How the customer was found."""
    brought: Brought | None = None
    """Where it came from, when another program kept it before."""

    @property
    def brought_along(self) -> bool:
        """Whether it came from another program and no clock of ours runs on it."""
        return self.brought is not None and self.next_clock is None

    @property
    def queue_rank(self) -> int:
        """0 where it comes before all others in the queue (severity 4 or a safety flag), else 1."""
        return 0 if self.severity == Severity.GRAVE or self.safety else 1

    def met_by(self, event_id: str) -> tuple[Clock, ...]:
        """The clocks that this event met."""
        return tuple(clock for clock in self.clocks if clock.met_by == event_id)

    @property
    def next_clock(self) -> Clock | None:
        """The unmet clock that is due first; of a settled ticket only a promise or an approval still waits."""
        unmet = (clock for clock in self.clocks if clock.is_waiting)
        if self.status is not TicketStatus.OPEN:
            unmet = (clock for clock in unmet if clock.kind in OUTLIVES_RESOLVING)
        return min(unmet, key=lambda clock: clock.due_at, default=None)

    def next_of(self, kind: ClockKind) -> Clock | None:
        """The unmet clock of this kind that is due first."""
        unmet = (clock for clock in self.clocks if clock.is_waiting and clock.kind is kind)
        return min(unmet, key=lambda clock: clock.due_at, default=None)


class QueueKey(NamedTuple):
    """Where a line stands in the queue: flagged, running, paused; in each by the next due time, then by id."""

    rank: int
    """0 for the flagged, 1 for the running, 2 for those whose next clock stands still, 3 without a clock of ours."""
    next_due_at: datetime
    """When the next clock is due; where there is none, when the ticket was received."""
    ticket_id: str


class QueueRow(NamedTuple):
    """One line of the queue."""

    key: QueueKey
    number: str
    clock: ClockKind | None
    """None for a ticket brought along from another program, on which no clock of ours runs."""
    caller: str | None
    phone: str | None
    type: ComplainantType | None
    cause: Cause | None
    severity: Severity
    safety: tuple[SafetyFlag, ...]
    owner: str | None
    store: str
    channel: Channel
    received_at: datetime
    what: str
    """The first words of the complaint, at most 200 characters."""
    remedy_wanted: str | None = None
    """The first words of what the caller wants, at most 200 characters."""
    started_at: datetime | None = None
    """When the next clock began."""
    paused_until: datetime | None = None
    """Until when the next clock stands still; a moment gone by when it runs again."""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many tickets are open, and how many of them are past their next due time."""

    open: int
    late: int
    flagged: int
    paused: int = 0
    views: Mapping[QueueView, int] = field(default_factory=dict, hash=False)
    """How many lines each view has."""
    total: int = 0
    """How many lines the view that was asked about has."""
