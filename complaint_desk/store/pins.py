"""Keeps how people sign in: hashes, and how often it failed. Read and written one row at a time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from complaint_desk.models.tables import RecoveryRow, SignInRow, table_of

_sign_in, _recovery = table_of(SignInRow), table_of(RecoveryRow)
_THE_ROW = 1


@dataclass(frozen=True, slots=True)
class KeptSecret:
    """A secret's hash, and the wrong attempts since the last right one."""

    secret_hash: str
    failures: int
    failed_at: datetime | None

    def __repr__(self) -> str:
        """Without the hash: it must not stand in any log."""
        return f"KeptSecret(failures={self.failures})"


def of(connection: Connection, staff_id: str) -> KeptSecret | None:
    """How this person signs in; None where there is no PIN."""
    row = connection.execute(select(_sign_in).where(_sign_in.c.staff_id == staff_id)).one_or_none()
    return KeptSecret(row.secret_hash, row.failures, row.failed_at) if row else None


def put(connection: Connection, staff_id: str, secret_hash: str, at: datetime, *, one_time: bool) -> None:
    """Keep a person's new PIN; wrong attempts are forgotten."""
    connection.execute(delete(_sign_in).where(_sign_in.c.staff_id == staff_id))
    connection.execute(
        insert(_sign_in).values(
            staff_id=staff_id, secret_hash=secret_hash, set_at=at, one_time=one_time, failures=0
        )
    )


def attempted(connection: Connection, staff_id: str, failures: int, at: datetime | None) -> None:
    """Note so many attempts, the last at this moment; none after one that succeeded."""
    connection.execute(
        update(_sign_in).where(_sign_in.c.staff_id == staff_id).values(failures=failures, failed_at=at)
    )


def forget(connection: Connection, staff_id: str | None = None) -> None:
    """Forget a person's PIN, or everybody's."""
    chosen = delete(_sign_in)
    connection.execute(chosen if staff_id is None else chosen.where(_sign_in.c.staff_id == staff_id))


def recovery(connection: Connection) -> KeptSecret | None:
    """The recovery code in force; None where there is none."""
    row = connection.execute(select(_recovery)).one_or_none()
    return KeptSecret(row.secret_hash, row.failures, row.failed_at) if row else None


def put_recovery(connection: Connection, secret_hash: str | None, at: datetime) -> None:
    """Keep a new recovery code in place of the old one; None only forgets it."""
    connection.execute(delete(_recovery))
    if secret_hash is not None:
        connection.execute(
            insert(_recovery).values(id=_THE_ROW, secret_hash=secret_hash, made_at=at, failures=0)
        )


def recovery_attempted(connection: Connection, failures: int, at: datetime | None) -> None:
    """Note so many wrong codes, the last at this moment."""
    connection.execute(update(_recovery).values(failures=failures, failed_at=at))
