"""How a ticket ended, as its history leaves it: the outcome, the follow-ups, the closing. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from complaint_desk.models.enums import Act, HeatStep, TicketStatus
from complaint_desk.models.event import Event
from complaint_desk.models.settling import FollowUp, FollowUpKind, Outcome, RemedyState
from complaint_desk.models.ticket import Ticket


@dataclass(slots=True)
class Ending:
    """The end of a ticket while its events are being read."""

    outcome: Outcome | None = None
    recourse: str | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    follow_ups: list[FollowUp] = field(default_factory=list)


def ending_of(events: Sequence[Event], undone: Collection[str], names: Mapping[str, str]) -> Ending:
    """How it ended; what was resolved and reopened since has no outcome, but keeps its follow-ups."""
    ending = Ending()
    for event in events:
        if event.id in undone:
            continue
        words = event.words or {}
        match event.act:
            case Act.RESOLVED:
                told = event.fields.get("outcome")
                ending.outcome = Outcome(told) if told else None
                ending.recourse, ending.resolved_at = words.get("recourse"), event.happened_at
            case Act.REOPENED:
                ending.outcome = ending.recourse = ending.resolved_at = ending.closed_at = None
            case Act.CLOSED:
                ending.closed_at = event.happened_at
            case Act.FOLLOWED_UP:
                kind, by = FollowUpKind(event.fields["kind"]), names.get(event.by, "")
                ending.follow_ups.append(
                    FollowUp(event.id, kind, event.happened_at, by, words.get("text", ""))
                )
    return ending


@dataclass(frozen=True, slots=True)
class MissingToClose:
    """What a ticket still lacks to be closed (training text 001: thank the customer and follow up)."""

    resolved: bool
    thanked: bool
    followed_up: bool
    promises: tuple[int, ...]
    """The numbers of promises neither kept nor broken."""
    remedies: tuple[int, ...]
    """The numbers of remedies granted and not carried out, or not decided."""

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return not (self.resolved and self.thanked and self.followed_up) or bool(
            self.promises or self.remedies
        )


def missing_to_close(ticket: Ticket, *, thanked: bool = False, followed_up: bool = False) -> MissingToClose:
    """What is missing; `thanked` and `followed_up` tell what is recorded along with the closing.

    A follow-up counts from the resolution on: before it there is nothing to follow up.
    """
    since = ticket.resolved_at
    return MissingToClose(
        resolved=ticket.status is not TicketStatus.OPEN,
        thanked=thanked or HeatStep.THANK in ticket.heat,
        followed_up=followed_up or any(since is None or each.at >= since for each in ticket.follow_ups),
        promises=tuple(each.number for each in ticket.promises if each.is_waiting),
        remedies=tuple(
            each.number
            for each in ticket.remedies
            if each.state in (RemedyState.WAITING, RemedyState.GRANTED)
        ),
    )
