"""Keeps who works at the desk."""

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select, update

from complaint_desk.models.enums import Role, TicketStatus
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.tables import SignInRow, StaffRow, TicketRow, table_of

_staff, _sign_in, _ticket = table_of(StaffRow), table_of(SignInRow), table_of(TicketRow)
_PEOPLE = select(_staff, _sign_in.c.set_at, _sign_in.c.one_time).join_from(
    _staff, _sign_in, _sign_in.c.staff_id == _staff.c.id, isouter=True
)
_ASKS = (
    exists()
    .select_from(_sign_in.join(_staff, _sign_in.c.staff_id == _staff.c.id))
    .where(_staff.c.left_at.is_(None))
)
_BY_NAME = _PEOPLE.where(_staff.c.name == bindparam("called"))
_AT_SEAT = _BY_NAME.add_columns(_ASKS.label("asks"))
_NAMES = select(_staff.c.id, _staff.c.name)


def by_name(connection: Connection, name: str) -> StaffMember | None:
    """The member of staff of this name, if there is or was one."""
    row = connection.execute(_BY_NAME, {"called": name}).one_or_none()
    return _member(row) if row else None


def at_seat(connection: Connection, name: str) -> tuple[StaffMember | None, bool]:
    """The member of staff of this name, and whether this desk asks for PINs."""
    row = connection.execute(_AT_SEAT, {"called": name}).one_or_none()
    return (_member(row), bool(row.asks)) if row else (None, asks_for_pin(connection))


def asks_for_pin(connection: Connection) -> bool:
    """Whether anybody who works here has a PIN."""
    return bool(connection.execute(select(_ASKS)).scalar_one())


def everybody(connection: Connection, *, left_too: bool = False) -> list[StaffMember]:
    """All who work here, by name; those who left as well where asked for."""
    chosen = _PEOPLE if left_too else _PEOPLE.where(_staff.c.left_at.is_(None))
    return [_member(row) for row in connection.execute(chosen.order_by(_staff.c.name))]


def names(connection: Connection) -> dict[str, str]:
    """The name of everybody who works or worked here, by id."""
    return {row.id: row.name for row in connection.execute(_NAMES)}


def is_empty(connection: Connection) -> bool:
    """Whether nobody works here yet."""
    return connection.execute(select(func.count()).select_from(_staff)).scalar_one() == 0


def add(connection: Connection, member: StaffMember) -> None:
    """Add a member of staff."""
    connection.execute(insert(_staff).values(id=member.id, name=member.name, role=member.role.value))


def set_role(connection: Connection, staff_id: str, role: Role) -> None:
    """Give somebody another role."""
    connection.execute(update(_staff).where(_staff.c.id == staff_id).values(role=role.value))


def set_left(connection: Connection, staff_id: str, at: datetime | None) -> None:
    """Note when somebody stopped working here; None where they work here again."""
    connection.execute(update(_staff).where(_staff.c.id == staff_id).values(left_at=at))


def open_tickets_of(connection: Connection, staff_id: str) -> int:
    """How many open tickets somebody owns."""
    owned = (_ticket.c.owner_id == staff_id) & (_ticket.c.status == TicketStatus.OPEN.value)
    return connection.execute(select(func.count()).select_from(_ticket).where(owned)).scalar_one()


def _member(row: Row[*tuple[object, ...]]) -> StaffMember:
    return StaffMember(
        row.id,
        row.name,
        Role(row.role),
        pin_set_at=row.set_at,
        one_time=bool(row.one_time),
        left=row.left_at is not None,
    )
