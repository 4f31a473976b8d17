"""The people of the desk: who works here, and who sits at this seat."""

from datetime import datetime

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.staff.permissions import Right, may, rank
from complaint_desk.desk.staff.working_here import working_here
from complaint_desk.locale import _
from complaint_desk.models.enums import Act, Role
from complaint_desk.models.errors import ActNotAllowed, FieldRefused, NotPermitted
from complaint_desk.models.event import NewEvent
from complaint_desk.models.staff import StaffMember
from complaint_desk.store import history, pins, staff

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
    """The verbs of staff. Those that change it raise NotPermitted unless the person at this seat leads the staff;

    where PINs are in use nobody is moved by somebody who stands lower.
    """

    def everybody(self, *, left_too: bool = False) -> list[StaffMember]:
        """All who work here, by name; those who left as well where asked for."""
        with self.store.reading() as connection:
            return staff.everybody(connection, left_too=left_too)

    def take_seat(self) -> StaffMember:
        """Who sits at this seat, joining the staff when new: the first person as supervisor, others as agents."""
        with self.store.writing() as connection:
            return self._me(connection)

    def join(self, name: str, role: Role) -> StaffMember:
        """Add a member of staff, or take back one who left. Raises ActNotAllowed, FieldRefused for the name."""
        name = seat_name(name)
        with self.store.writing() as connection:
            me = self._leader(connection)
            known = staff.by_name(connection, name)
            if known is not None and not known.left:
                raise ActNotAllowed(_("{name} works here already. Nothing was changed.").format(name=name))
            self._may_give(connection, me, role)
            if known is None:
                return self._join(connection, name, role, by=me)
            staff.set_left(connection, known.id, None)
            staff.set_role(connection, known.id, role)
            self._staff_event(connection, Act.STAFF_CAME_BACK, known, by=me, role=role.value)
            return self._again(connection, name)

    def change_role(self, name: str, role: Role) -> StaffMember:
        """Give somebody another role. Raises ActNotAllowed where it is the same, or nobody would lead the staff."""
        with self.store.writing() as connection:
            me = self._leader(connection)
            person = working_here(connection, name)
            if person.role is role:
                raise ActNotAllowed(
                    _("{name} has that role already. Nothing was changed.").format(name=person.name)
                )
            self._not_above(me, person.role)
            self._may_give(connection, me, role)
            if not may(role, Right.LEAD_STAFF):
                self._others_must_lead(connection, person)
            staff.set_role(connection, person.id, role)
            self._staff_event(
                connection, Act.STAFF_ROLE_CHANGED, person, by=me, role=role.value, previous=person.role.value
            )
            return self._again(connection, person.name)

    def leave(self, name: str) -> int:
        """Note that somebody works here no more; the PIN goes, the name stays on what was done.

        Returns how many open tickets the person still owns. Raises ActNotAllowed where nobody would lead the
        staff then.
        """
        with self.store.writing() as connection:
            me = self._leader(connection)
            person = working_here(connection, name)
            self._not_above(me, person.role)
            self._others_must_lead(connection, person)
            pins.forget(connection, person.id)
            left_at = self._staff_event(connection, Act.STAFF_LEFT, person, by=me)
            staff.set_left(connection, person.id, left_at)
            return staff.open_tickets_of(connection, person.id)

    def _leader(self, connection: Connection) -> StaffMember:
        me = self._me(connection)
        self._may(me, Right.LEAD_STAFF)
        return me

    def _others_must_lead(self, connection: Connection, person: StaffMember) -> None:
        """Raise ActNotAllowed where nobody else leads the staff, with a PIN where PINs are in use."""
        if not any(
            may(member.role, Right.LEAD_STAFF) and (member.has_pin or not self._asks)
            for member in staff.everybody(connection)
            if member.id != person.id
        ):
            raise ActNotAllowed(
                _(
                    "Nobody else leads the staff: give {name}'s work to another supervisor first. "
                    "Nothing was changed."
                ).format(name=person.name)
            )

    def _may_give(self, connection: Connection, me: StaffMember, role: Role) -> None:
        """Where PINs are in use: a role no higher than one's own, unless nobody stands above one."""
        if self._asks and any(rank(member.role) > rank(me.role) for member in staff.everybody(connection)):
            self._not_above(me, role)

    @staticmethod
    def _again(connection: Connection, name: str) -> StaffMember:
        member = staff.by_name(connection, name)
        assert member is not None
        return member

    def _not_above(self, me: StaffMember, role: Role) -> None:
        """Raise NotPermitted where PINs are in use and this role stands higher than the person at this seat."""
        if self._asks and rank(role) > rank(me.role):
            raise NotPermitted(
                _("Only somebody of that rank may do this, and {name} is not. Nothing was changed.").format(
                    name=me.name
                )
            )

    def _staff_event(
        self, connection: Connection, act: Act, person: StaffMember, *, by: StaffMember, **fields: object
    ) -> datetime:
        now = self.clock()
        event = NewEvent(act, now, {"staff": person.id, **fields})
        history.append(connection, [event], ticket_id=None, by=by.id, recorded_at=now)
        return now
