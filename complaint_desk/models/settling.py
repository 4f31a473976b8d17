"""How a complaint is settled: what was promised, what the caller gets and by whose leave, and how it ended.

Closed lists and read models, standard library only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from complaint_desk.models.call_marks import AvoidFound
from complaint_desk.models.enums import Precision, Role
from complaint_desk.models.money import Money


class PromiseState(StrEnum):
    """How a promise stands at a moment; follows from its time, the acts and now."""

    OPEN = "open"
    LATE = "late"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"


class RemedyKind(StrEnum):
    """The five ways to settle a complaint (training text 001), as the playbook names them."""

    RETURN = "return_goods"
    EXCHANGE = "exchange"
    PRICE = "price_adjustment"
    SERVICE = "change_service"
    RELATIONSHIP = "build_relationship"


class RemedyState(StrEnum):
    """How far a remedy has come."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CARRIED_OUT = "carried_out"


class Outcome(StrEnum):
    """How a complaint ended: no complaint is resolved without one."""

    REMEDY = "remedy"
    EXPLAINED = "explained"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class FollowUpKind(StrEnum):
    """How the caller was followed up (training text 004: ring, write, visit)."""

    CALL = "call"
    LETTER = "letter"
    VISIT = "visit"


class AuthorityLevel(StrEnum):
    """How far a role may decide on remedies (training text 003): in all, up to amounts, or in nothing."""

    FULL = "full"
    PARTLY_LIMITED = "partly_limited"
    FULLY_LIMITED = "fully_limited"


@dataclass(frozen=True, slots=True)
class RoleAuthority:
    """What one role may grant by itself."""

    role: Role
    level: AuthorityLevel
    amounts: Mapping[RemedyKind, Decimal] = field(default_factory=dict, hash=False)
    """Where it is partly limited: up to which amount, in the store's currency; a kind not named is not granted."""


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """A promise about to be recorded: what, by when, by whom, to whom, within whose authority."""

    what: str
    by: datetime
    by_said: str = ""
    """The words it was told in."""
    owner: str | None = None
    """The name of who keeps it; whoever records it unless told."""
    to: str | None = None
    """To whom; the caller unless told."""
    authority: str | None = None
    """The name of the person in whose authority it lies; whoever records it unless told."""
    made_at: datetime | None = None
    """When it was made; when it is recorded unless told."""
    avoid: tuple[AvoidFound, ...] = ()
    """What in its words should be said otherwise, kept for coaching; the desk looks when it is recorded."""


@dataclass(frozen=True, slots=True)
class DueRead:
    """By when a promise is due, as it was said and as the desk understood it."""

    said: str
    at: datetime | None
    """When it is due, UTC; None where it could not be read or has passed."""
    precision: Precision | None
    doubt: str | None
    """Why not, as a stable code: `unreadable` or `already_past`."""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise as a list over all tickets shows it."""

    ticket: str
    """The ticket's number."""
    number: int
    what: str
    to: str | None
    owner: str
    caller: str | None
    made_at: datetime
    due_at: datetime
    state: PromiseState
    kept_at: datetime | None = None
    broken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as its ticket's history leaves it."""

    event_id: str
    number: int
    """Its number on the ticket, from 1; people name it by this."""
    position: int
    """Its clock, by `Clock.position`."""
    what: str
    owner: str
    owner_id: str
    authority: str
    made_by: str
    made_at: datetime
    due_at: datetime
    by_said: str = ""
    to: str | None = None
    """To whom; None for the caller."""
    kept_at: datetime | None = None
    kept_by: str | None = None
    broken_at: datetime | None = None
    broken_by: str | None = None
    disputed: bool = False
    """It is said to have been kept in time, was written down only afterwards, and nobody has confirmed it."""
    end_text: str | None = None
    """What was said when it was kept or broken."""

    def state(self, now: datetime) -> PromiseState:
        """How it stands at this moment; a word that is disputed counts as late."""
        return promise_state(self.due_at, self.kept_at, self.broken_at, now, disputed=self.disputed)

    @property
    def is_waiting(self) -> bool:
        """Whether it is neither kept nor broken."""
        return self.kept_at is None and self.broken_at is None


def promise_state(
    due: datetime, kept_at: datetime | None, broken_at: datetime | None, now: datetime, *, disputed: bool
) -> PromiseState:
    """How a promise stands: late while unmet after its due time, not at it."""
    if broken_at is not None:
        return PromiseState.BROKEN
    if kept_at is not None:
        return PromiseState.KEPT_LATE if disputed or kept_at > due else PromiseState.KEPT
    return PromiseState.LATE if now > due else PromiseState.OPEN


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the caller is to get, as the ticket's history leaves it."""

    event_id: str
    number: int
    """Its number on the ticket, from 1."""
    kind: RemedyKind
    amount: Money | None
    """What it is worth in money; None where it costs none."""
    text: str
    state: RemedyState
    offered_by: str
    offered_by_id: str
    offered_at: datetime
    position: int | None = None
    """The clock of its approval, by `Clock.position`; None where it needed none."""
    approval_due_at: datetime | None = None
    decided_by: str | None = None
    """Who approved, changed, refused or withdrew it; None where nobody had to."""
    decided_at: datetime | None = None
    decided_text: str | None = None
    asked_kind: RemedyKind | None = None
    """What was asked for, where something else was approved."""
    asked_amount: Money | None = None
    granted_at: datetime | None = None
    carried_out_at: datetime | None = None
    carried_out_by: str | None = None

    @property
    def is_granted(self) -> bool:
        """Whether the caller gets it or has got it."""
        return self.state in (RemedyState.GRANTED, RemedyState.CARRIED_OUT)


@dataclass(frozen=True, slots=True)
class SettlingAct:
    """What one act of the history set about a promise, a remedy or the end."""

    number: int | None = None
    """The number of the promise or remedy on its ticket."""
    remedy: RemedyKind | None = None
    amount: Money | None = None
    outcome: Outcome | None = None
    follow_up: FollowUpKind | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One time the caller was followed up."""

    event_id: str
    kind: FollowUpKind
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """What a caller was granted in the last 90 days, over all tickets."""

    days: int
    count: int
    totals: tuple[Money, ...] = ()
    """By currency; usually one."""
