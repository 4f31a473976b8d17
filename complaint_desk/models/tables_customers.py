"""The tables of customers and of what was erased. Only `store` and `desk` may import this.

All but `erasure` follow from the history: from the tickets' own words and from the acts on a customer's card.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Integer, Text
from sqlmodel import Field, SQLModel


class CustomerRow(SQLModel, table=True):
    """A customer's card as it stands. A card that was merged into another keeps only whose it is now."""

    __tablename__ = "customer"

    row_id: int | None = Field(
        default=None, sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    )
    id: str = Field(unique=True)
    card_id: str = Field(index=True)
    """The card it is found under: itself, or the one it was merged into."""
    name: str | None = None
    """The name it is shown by."""
    names: str = Field(sa_type=Text)
    """Every name it was told under, as a JSON list."""
    address: str | None = None
    contact_way: str | None = None
    contact_time: str | None = None
    consent: str | None = None
    level: str | None = None
    notes: str | None = Field(default=None, sa_type=Text)
    held: bool = False
    """A legal hold stands: nothing of it may be erased."""
    last_at: datetime | None = None
    """When its last complaint was received."""
    erased_at: datetime | None = None


class CustomerNumberRow(SQLModel, table=True):
    """A telephone number on a card; one may stand on several cards."""

    __tablename__ = "customer_number"

    number: str = Field(primary_key=True)
    """E.164 where it is a telephone number in service, else its digits."""
    customer: int = Field(sa_type=BigInteger, primary_key=True, index=True)
    """The card's `row_id`."""


class CustomerKeyRow(SQLModel, table=True):
    """What a card is found by while somebody types, as `rules/caller_keys.py` spells it."""

    __tablename__ = "customer_key"
    __table_args__ = {"sqlite_with_rowid": False}

    key: str = Field(primary_key=True)
    customer: int = Field(sa_type=BigInteger, primary_key=True, index=True)
    """The card's `row_id`."""


class CustomerEventRow(SQLModel, table=True):
    """Which acts concern which customer."""

    __tablename__ = "customer_event"
    __table_args__ = {"sqlite_with_rowid": False}

    customer_id: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True, foreign_key="event.id")


class ErasureRow(SQLModel, table=True):
    """Whose words were erased, by which act: the guard of `said` lets only these go. Rows never change."""

    __tablename__ = "erasure"

    event_id: str = Field(primary_key=True, foreign_key="event.id")
    erased_by: str = Field(foreign_key="event.id")
