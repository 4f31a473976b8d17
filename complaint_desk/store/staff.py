"""Keeps who works at the desk."""

from sqlalchemy import Connection, bindparam, func, insert, select

from complaint_desk.models.enums import Role
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.tables import StaffRow, table_of

_staff = table_of(StaffRow)
_BY_NAME = select(_staff).where(_staff.c.name == bindparam("called"))
_NAMES = select(_staff.c.id, _staff.c.name)


def by_name(connection: Connection, name: str) -> StaffMember | None:
    """The member of staff of this name, if there is one."""
    row = connection.execute(_BY_NAME, {"called": name}).one_or_none()
    return StaffMember(row.id, row.name, Role(row.role)) if row else None


def everybody(connection: Connection) -> list[StaffMember]:
    """All members of staff, by name."""
    rows = connection.execute(select(_staff).order_by(_staff.c.name))
    return [StaffMember(row.id, row.name, Role(row.role)) for row in rows]


def names(connection: Connection) -> dict[str, str]:
    """The name of each member of staff, by id."""
    return {row.id: row.name for row in connection.execute(_NAMES)}


def is_empty(connection: Connection) -> bool:
    """Whether nobody works here yet."""
    return connection.execute(select(func.count()).select_from(_staff)).scalar_one() == 0


def add(connection: Connection, member: StaffMember) -> None:
    """Add a member of staff."""
    connection.execute(insert(_staff).values(id=member.id, name=member.name, role=member.role.value))
