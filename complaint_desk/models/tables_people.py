"""The tables of how people sign in. What they hold is in no event: secrets are not part of the history."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class SignInRow(SQLModel, table=True):
    """How one member of staff signs in, and how often that failed since it last succeeded."""

    __tablename__ = "sign_in"

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    secret_hash: str
    """The PIN or passphrase as argon2 keeps it, its salt and cost within."""
    set_at: datetime
    one_time: bool = False
    """Given by somebody else: good for choosing one's own, and for nothing more."""
    failures: int = 0
    """Attempts since the last one that succeeded; an attempt counts before it is looked at."""
    failed_at: datetime | None = None
    """When the last of them was made, by the desk's clock."""


class RecoveryRow(SQLModel, table=True):
    """The recovery code that is in force; one row, or none."""

    __tablename__ = "recovery"

    id: int = Field(primary_key=True)
    secret_hash: str
    made_at: datetime
    failures: int = 0
    failed_at: datetime | None = None
