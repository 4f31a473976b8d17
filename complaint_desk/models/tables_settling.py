"""The tables of promises and remedies: projections of the history, like `ticket` and `clock`."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from complaint_desk.models.tables_index import partial_index


class PromiseRow(SQLModel, table=True):
    """One promise; its clock is the ticket's clock at `position`."""

    __tablename__ = "promise"
    __table_args__ = (
        partial_index(
            "promise_waiting",
            "due_at",
            "ticket_id",
            where="kept_at IS NULL AND broken_at IS NULL",
        ),
        partial_index(
            "promise_kept",
            "kept_at",
            where="kept_at IS NOT NULL",
        ),
    )

    ticket_id: str = Field(primary_key=True, foreign_key="ticket.id")
    number: int = Field(primary_key=True)
    """Its number on the ticket."""
    event_id: str = Field(foreign_key="event.id")
    position: int
    what: str
    to_whom: str | None = None
    owner_id: str = Field(foreign_key="staff.id")
    made_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    broken_at: datetime | None = None
    disputed: bool = False


class RemedyRow(SQLModel, table=True):
    """What a caller is to get; an amount in minor units of its currency."""

    __tablename__ = "remedy"
    __table_args__ = (
        partial_index(
            "remedy_granted",
            "granted_at",
            "ticket_id",
            where="granted_at IS NOT NULL",
        ),
    )

    ticket_id: str = Field(primary_key=True, foreign_key="ticket.id")
    number: int = Field(primary_key=True)
    event_id: str = Field(foreign_key="event.id")
    position: int | None = None
    kind: str
    amount: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    state: str
    offered_by: str = Field(foreign_key="staff.id")
    offered_at: datetime
    granted_at: datetime | None = None
    """Since when the caller may count on it; None where it waits, was refused or withdrawn."""
    carried_out_at: datetime | None = None
