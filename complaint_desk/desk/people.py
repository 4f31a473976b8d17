"""The people of the desk: who works here, and who sits at this seat."""

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.permissions import Right
from complaint_desk.locale import _
from complaint_desk.models.enums import Role
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.staff import StaffMember
from complaint_desk.store import staff

_LONGEST_NAME = 100


def seat_name(name: str) -> str:
    """A person's name as it is kept, spaces tidied. Raises FieldRefused for what is no name."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > _LONGEST_NAME or not tidy.isprintable():
        raise FieldRefused(
            "name",
            _("A name has from 1 to {limit} characters, all of them visible.").format(limit=_LONGEST_NAME),
        )
    return tidy


class People(DeskBase):
    """The verbs of staff."""

    def everybody(self) -> list[StaffMember]:
        """All members of staff, by name."""
        with self.store.reading() as connection:
            return staff.everybody(connection)

    def take_seat(self) -> StaffMember:
        """Who sits at this seat, joining the staff when new: the first person as supervisor, others as agents."""
        with self.store.writing() as connection:
            return self._me(connection)

    def join(self, name: str, role: Role) -> StaffMember:
        """Add a member of staff. Raises ActNotAllowed unless a supervisor asks, FieldRefused for the name."""
        name = seat_name(name)
        with self.store.writing() as connection:
            me = self._me(connection)
            self._may(me, Right.LEAD_STAFF)
            if staff.by_name(connection, name) is not None:
                raise ActNotAllowed(_("{name} works here already. Nothing was changed.").format(name=name))
            return self._join(connection, name, role, by=me)
