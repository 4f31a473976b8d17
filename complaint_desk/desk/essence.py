"""The essence of a ticket, for whoever moves through the queue: why it is due, what was promised, and granted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.explain import length_in_words
from complaint_desk.locale import _, n_
from complaint_desk.models.settling import PaidBefore, Promise, Remedy, RemedyState
from complaint_desk.models.ticket import Clock, Escalation, Ticket
from complaint_desk.rules.sla_targets import Target, TargetUnit
from complaint_desk.store import settling

GOODWILL_DAYS = 90
"""Over so many days it is added up what a caller was granted."""


@dataclass(frozen=True, slots=True)
class Essence:
    """What is told of a ticket beside its line in the queue."""

    number: str
    version: int
    clock: Clock | None
    """The next clock."""
    promises: tuple[Promise, ...]
    """Those that are neither kept nor broken, the first due first."""
    waiting: tuple[Remedy, ...]
    """The remedies that wait for approval."""
    paid: PaidBefore
    """What the caller was granted in the last `GOODWILL_DAYS`, over all tickets."""
    escalation: Escalation | None


class TellingTheEssence(DeskBase):
    """The verb of telling what matters of a ticket in a glance."""

    def essence(self, number: str) -> Essence:
        """What matters of a ticket besides its line in the queue. Raises TicketNotFound."""
        now = self.clock()
        with self.store.reading() as connection:
            ticket = self._fold(connection, self._events(connection, number))
            since = now - timedelta(days=GOODWILL_DAYS)
            paid = settling.paid_before(connection, ticket, since, GOODWILL_DAYS)
        return essence_of(ticket, paid)


def essence_of(ticket: Ticket, paid: PaidBefore) -> Essence:
    """The essence of a ticket as it stands."""
    return Essence(
        number=ticket.number,
        version=ticket.version,
        clock=ticket.next_clock,
        promises=tuple(
            sorted((each for each in ticket.promises if each.is_waiting), key=lambda each: each.due_at)
        ),
        waiting=tuple(each for each in ticket.remedies if each.state is RemedyState.WAITING),
        paid=paid,
        escalation=ticket.escalation,
    )


def why_line(clock: Clock, zone: ZoneInfo) -> str:
    """Why a clock is due when it is, as one sum: `11-20 07:16 + 24 h = 11-21 07:16`."""
    parts = [short_moment(clock.started_at, zone), "+ " + _allowed(clock)]
    for pause in clock.pauses:
        length = length_in_words(pause.until - pause.started_at)
        parts.append("+ " + _("paused {length}").format(length=length))
    return " ".join([*parts, "=", short_moment(clock.due_at, zone)])


def short_moment(at: datetime, zone: ZoneInfo) -> str:
    """The day of the month and the time on the wall: `11-20 07:16`."""
    return f"{at.astimezone(zone):%m-%d %H:%M}"


def _allowed(clock: Clock) -> str:
    """The time allowed, in short words; the length itself where no target was kept."""
    try:
        target = Target.parse(clock.target)
    except ValueError:
        return length_in_words((clock.unpaused_due_at or clock.due_at) - clock.started_at)
    match target.unit:
        case TargetUnit.HOURS:
            words = n_("{number} hour", "{number} hours", target.number)
        case TargetUnit.DAYS:
            words = n_("{number} day", "{number} days", target.number)
        case TargetUnit.WORKING_HOURS:
            words = n_("{number} working hour", "{number} working hours", target.number)
        case TargetUnit.WORKING_DAYS:
            words = n_("{number} working day", "{number} working days", target.number)
    return words.format(number=target.number)
