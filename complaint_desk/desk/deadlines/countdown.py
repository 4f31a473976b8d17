"""How long a clock still has, or by how much it is late, in the words of the language in use."""

from datetime import datetime, timedelta
from enum import StrEnum

from complaint_desk.locale import _
from complaint_desk.models.enums import ClockState
from complaint_desk.models.ticket import QueueRow
from complaint_desk.rules.sla import clock_state

WARN_SHARE = 0.75
"""From this share of a clock's time on it counts as soon due."""

_DAYS_FROM = timedelta(hours=72)


class Urgency(StrEnum):
    """How pressing a clock is; each has a sign that is seen before any colour."""

    LATE = "late"
    SOON = "soon"
    RUNNING = "running"
    PAUSED = "paused"

    @property
    def sign(self) -> str:
        """`!` for late, `▲` for soon due, `‖` while it stands still, nothing while there is time."""
        return {"late": "!", "soon": "▲", "running": "", "paused": "‖"}[self.value]


FLAG = "⚑"
"""The sign of what comes before all others: severity 4, or a safety flag."""


def urgency(started_at: datetime, due_at: datetime, now: datetime) -> Urgency:
    """Late after the due time (not at it); soon from three quarters of the time on."""
    if clock_state(due_at, None, now) is ClockState.LATE:
        return Urgency.LATE
    gone, allowed = now - started_at, due_at - started_at
    return Urgency.SOON if gone >= allowed * WARN_SHARE else Urgency.RUNNING


def countdown_words(due_at: datetime, now: datetime) -> str:
    """`2 h 14 min left`, `27 h late`: the two largest units, rounded down to whole ones.

    Minutes under an hour, hours and minutes up to 72 hours, days and hours beyond.
    """
    if clock_state(due_at, None, now) is ClockState.LATE:
        return _("{length} late").format(length=length_words(now - due_at))
    return _("{length} left").format(length=length_words(due_at - now))


def length_words(length: timedelta) -> str:
    """A length of time in at most two units, such as `2 h 14 min` or `12 d 4 h`."""
    minutes = int(length.total_seconds()) // 60
    hours, minutes_over = divmod(minutes, 60)
    if minutes < 1:
        return _("under 1 min")
    if hours < 1:
        return _("{minutes} min").format(minutes=minutes)
    if length < _DAYS_FROM:
        if minutes_over:
            return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes_over)
        return _("{hours} h").format(hours=hours)
    days, hours_over = divmod(hours, 24)
    if hours_over:
        return _("{days} d {hours} h").format(days=days, hours=hours_over)
    return _("{days} d").format(days=days)


def paused_words(until: datetime, now: datetime) -> str:
    """`paused 2 h 14 min`: how long it still stands still."""
    return _("paused {length}").format(length=length_words(until - now))


def row_urgency(row: QueueRow, now: datetime) -> Urgency:
    """How pressing the next clock of a line of the queue is."""
    if row.clock is None:
        return Urgency.RUNNING
    if row.paused_until is not None and row.paused_until > now:
        return Urgency.PAUSED
    return urgency(row.started_at or row.received_at, row.key.next_due_at, now)


def row_words(row: QueueRow, now: datetime) -> str:
    """How long its next clock has left, by how much it is late, or how long it still stands still."""
    if row.clock is None:
        return _("no clock")
    if row.paused_until is not None and row.paused_until > now:
        return paused_words(row.paused_until, now)
    return countdown_words(row.key.next_due_at, now)


def signs(row: QueueRow, how: Urgency) -> str:
    """The two places for signs before a line of the queue: flagged, then late or soon."""
    return (FLAG if row.key.rank == 0 else " ") + (how.sign or " ")
