"""The staff as whoever leads it sees it: role, authority, PIN, open tickets, locked names, and those who left."""

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.staff.permissions import Right, may
from complaint_desk.models.staff import StaffStanding
from complaint_desk.rules.authority import authority_of
from complaint_desk.rules.pin_delay import is_locked, wait_left
from complaint_desk.store import pins, staff


class LookingAtTheTeam(DeskBase):
    """The verb of looking at the staff."""

    @property
    def leads_staff(self) -> bool:
        """Whether the person at this seat may change who works here; blocks. The verbs ask for themselves."""
        with self.store.reading() as connection:
            me = self._look_who(connection)
            role = me.role if me else self._role_when_new(connection)
        return may(role, Right.LEAD_STAFF)

    def team(self) -> tuple[StaffStanding, ...]:
        """Everybody who works here, by name, then those who left. Raises NotPermitted, NotSignedIn."""
        now = self.clock()
        with self.store.reading() as connection:
            self._policy_changed(connection)
            standings = []
            for member in staff.everybody(connection, left_too=True):
                kept = pins.of(connection, member.id)
                left = wait_left(kept.failures, kept.failed_at, now) if kept else None
                standings.append(
                    StaffStanding(
                        member,
                        authority_of(self.policy.authority, member.role),
                        staff.open_tickets_of(connection, member.id),
                        now + left if kept and left and is_locked(kept.failures) else None,
                    )
                )
        return tuple(sorted(standings, key=lambda each: each.member.left))
