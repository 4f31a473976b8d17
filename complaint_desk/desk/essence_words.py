"""The words in which a ticket's essence tells why a clock is due when it is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from complaint_desk.desk.deadlines.explain import length_in_words
from complaint_desk.locale import _, n_
from complaint_desk.models.enums import ClockKind
from complaint_desk.models.ticket import Clock
from complaint_desk.rules.sla_targets import Target, TargetUnit


def why_line(clock: Clock, zone: ZoneInfo) -> str:
    """Why a clock is due when it is: a sum (`11-20 07:16 + 24 h = 11-21 07:16`), or when what was promised."""
    if clock.kind is ClockKind.PROMISE:
        return _("promised {moment} for {due}").format(
            moment=short_moment(clock.started_at, zone), due=short_moment(clock.due_at, zone)
        )
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
