"""The tables of the file. Only `store` and `desk` may import this.

`event` and `said` are the history and only grow; `ticket` and `clock` are projections of it that can be
rebuilt. Enum values are kept as their stable identifiers, times in UTC.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from complaint_desk.models.forms import ComplaintWords
from complaint_desk.models.tables_customers import CustomerEventRow as CustomerEventRow
from complaint_desk.models.tables_customers import CustomerKeyRow as CustomerKeyRow
from complaint_desk.models.tables_customers import CustomerNumberRow as CustomerNumberRow
from complaint_desk.models.tables_customers import CustomerRow as CustomerRow
from complaint_desk.models.tables_customers import ErasureRow as ErasureRow
from complaint_desk.models.tables_index import partial_index
from complaint_desk.models.tables_people import RecoveryRow as RecoveryRow
from complaint_desk.models.tables_people import SignInRow as SignInRow
from complaint_desk.models.tables_settling import PromiseRow as PromiseRow
from complaint_desk.models.tables_settling import RemedyRow as RemedyRow


class OriginRow(SQLModel, table=True):
    """A source of events: this file since its making or its last restore, or another store's."""

    __tablename__ = "origin"

    id: str = Field(primary_key=True)
    created_at: datetime
    parent_id: str | None = Field(default=None, foreign_key="origin.id")
    parent_head: str | None = None
    """The hash of the last event of the parent that this origin goes on from."""
    in_use: bool = True
    """Whether this file writes to it."""


class StaffRow(SQLModel, table=True):
    """Who works at the desk."""

    __tablename__ = "staff"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    role: str
    left_at: datetime | None = None
    """When the person stopped working here; None while they do."""


class EventRow(SQLModel, table=True):
    """One thing that happened. Rows are added and never changed."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("origin", "seq"),
        Index("event_of_ticket", "ticket_id", "seq"),
        partial_index(
            "event_pause",
            "ticket_id",
            where="act = 'pause'",
        ),
        partial_index(
            "event_policy",
            "seq",
            where="act = 'policy'",
        ),
    )

    id: str = Field(primary_key=True)
    origin: str = Field(foreign_key="origin.id")
    seq: int
    ticket_id: str | None = None
    act: str
    schema_version: int
    happened_at: datetime
    recorded_at: datetime
    by: str = Field(foreign_key="staff.id")
    fields: str = Field(sa_type=Text)
    words_digest: str | None = None
    previous_hash: str
    hash: str


class SaidRow(SQLModel, table=True):
    """What a person said in an event, and personal values; erasable without breaking the chain."""

    __tablename__ = "said"

    event_id: str = Field(primary_key=True, foreign_key="event.id")
    salt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    words: str = Field(sa_type=Text)


class CounterRow(SQLModel, table=True):
    """The last running number given out for a store on a local day."""

    __tablename__ = "counter"

    store: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    last: int


class TicketRow(ComplaintWords, SQLModel, table=True):
    """A ticket as it stands: a projection of its events."""

    __tablename__ = "ticket"
    __table_args__ = (
        partial_index(
            "ticket_queue",
            "queue_rank",
            "next_due_at",
            "id",
            "paused_until",
            where="next_due_at IS NOT NULL",
        ),
        partial_index(
            "ticket_owner",
            "owner_id",
            "queue_rank",
            "next_due_at",
            "id",
            "paused_until",
            "store",
            where="next_due_at IS NOT NULL",
        ),
        partial_index(
            "ticket_stands",
            "paused_until",
            "id",
            where="paused_until IS NOT NULL",
        ),
        partial_index(
            "ticket_store",
            "store",
            "queue_rank",
            "next_due_at",
            "id",
            "paused_until",
            where="next_due_at IS NOT NULL",
        ),
        partial_index(
            "ticket_waiting",
            "received_at",
            "next_due_at",
            where="next_due_at IS NOT NULL",
        ),
        partial_index(
            "ticket_paused",
            "next_due_at",
            "id",
            "paused_until",
            where="next_due_at IS NOT NULL AND paused_until IS NOT NULL AND queue_rank = 1",
        ),
        partial_index(
            "ticket_promised",
            "promise_due_at",
            "id",
            where="promise_due_at IS NOT NULL",
        ),
        partial_index(
            "ticket_approval",
            "queue_rank",
            "approval_due_at",
            "id",
            where="approval_due_at IS NOT NULL",
        ),
        Index("ticket_customer", "customer_id", "received_at"),
        partial_index(
            "ticket_brought_along",
            "received_at",
            "id",
            where="status = 'open' AND brought_along",
        ),
        partial_index(
            "ticket_brought_key",
            "brought_key",
            unique=True,
            where="brought_key IS NOT NULL",
        ),
    )

    id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    version: int
    status: str
    store: str
    channel: str
    received_at: datetime
    when_said: str | None = None
    when_at: datetime | None = None
    when_precision: str | None = None
    when_doubt: str | None = None
    cause: str | None = None
    type: str | None = None
    severity: int
    safety: str
    """Safety flags, separated by spaces."""
    queue_rank: int
    """0 where the ticket comes before all others (severity 4 or a safety flag), else 1."""
    owner_id: str | None = Field(default=None, foreign_key="staff.id")
    missing: str
    """Names of the fields that were asked for and not told, separated by spaces."""
    heat: str = Field(sa_type=Text)
    """When each HEAT step was marked, as JSON."""
    next_clock: str | None = None
    next_due_at: datetime | None = None
    next_started_at: datetime | None = None
    """When the next clock began."""
    paused_until: datetime | None = None
    """Until when the next clock stands still; it runs again from then on, without anything being written."""
    promise_due_at: datetime | None = None
    """When the first promise is due that is neither kept nor broken, whatever the ticket's status."""
    approval_due_at: datetime | None = None
    """By when the first remedy is to be decided that waits for approval."""
    outcome: str | None = None
    """How it ended; None while it is open, and for what was resolved before outcomes were kept."""
    brought_along: bool = False
    """It came from another program, and no clock of ours runs on it: it stands in a view of its own, not in the
    queue."""
    brought_key: str | None = None
    """Tells its record in the file it came from, so that the same record never comes in twice."""
    customer_id: str | None = None
    """Who complains: the customer it was linked to, whatever card that one stands on by now."""


class ClockRow(SQLModel, table=True):
    """One deadline of a ticket: a projection of its events."""

    __tablename__ = "clock"
    __table_args__ = (
        partial_index(
            "clock_met",
            "met_at",
            where="met_at IS NOT NULL",
        ),
    )

    ticket_id: str = Field(primary_key=True, foreign_key="ticket.id")
    position: int = Field(primary_key=True)
    kind: str
    target: str
    policy_version: int
    started_at: datetime
    due_at: datetime
    met_at: datetime | None = None
    met_by: str | None = Field(default=None, foreign_key="event.id")
    recorded_late: bool = False
    disputed: bool = False
    superseded: bool = False
    """Another target took its place."""
    broken_at: datetime | None = None
    """For a promise: when it was said that it is not kept."""
    paused_until: datetime | None = None


class IndexedTicketRow(SQLModel, table=True):
    """Which row of the index of words is a ticket's: a projection of its events. The index itself is no table."""

    __tablename__ = "search_row"

    row_id: int = Field(sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True))
    ticket_id: str = Field(foreign_key="ticket.id", unique=True, ondelete="CASCADE")
    digest: int = Field(sa_type=BigInteger)
    """Tells what was put in from anything else."""


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row class, for queries that read columns and not entities."""
    table: Table = row.__table__  # type: ignore[attr-defined]
    return table
