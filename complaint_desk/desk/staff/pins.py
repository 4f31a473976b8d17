"""PINs: chosen, reset by a supervisor, and brought back with the recovery code when no supervisor can."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from complaint_desk.desk.staff.people import People
from complaint_desk.desk.staff.permissions import Right
from complaint_desk.desk.staff.sign_in import SigningIn, together
from complaint_desk.desk.staff.working_here import working_here
from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import ActNotAllowed, NotSignedIn, SignInRefused
from complaint_desk.models.staff import StaffMember
from complaint_desk.store import pins, staff


class KeepingPins(SigningIn, People):
    """The verbs of PINs. No event and no sentence holds a PIN or a code."""

    def set_pin(self, secret: str, old: str = "") -> StaffMember:
        """Have the person at this seat choose a PIN or passphrase; `old` is the one it replaces.

        The first PIN of a desk is one of a person who leads the staff: from then on everybody signs in. Raises
        FieldRefused for a weak one, SignInRefused for a wrong old one, NotPermitted, NotSignedIn.
        """
        from complaint_desk.desk.staff.secrets import checked_pin, hashed

        with self.store.reading() as connection:
            me = self._look_who(connection)
        if self._asks and (me is None or self._signed_in is None or self._signed_in.id != me.id):
            raise NotSignedIn(_("Sign in first; then choose another PIN. Nothing was changed."))
        if me is not None and me.has_pin:
            self._prove(me, old)
        chosen = hashed(checked_pin(secret, self.as_name))
        now = self.clock()
        with self.store.writing() as connection:
            latest = self._look_who(connection)
            if latest is None:
                latest = self._me(connection)
            if not self._asks:
                self._may(latest, Right.LEAD_STAFF)
            elif self._signed_in is None:
                raise NotSignedIn(_("Sign in first; then choose another PIN. Nothing was changed."))
            pins.put(connection, latest.id, chosen, now, one_time=False)
            self._staff_event(connection, Act.PIN_SET, latest, by=latest)
            self._signed_in = staff.by_name(connection, self.as_name)
            self._asks = True
        assert self._signed_in is not None
        return self._signed_in

    def reset_pin(self, name: str) -> str:
        """Give somebody a one-time PIN, with which they choose one of their own; the only time it is told.

        A lock after wrong PINs is lifted by it. Raises NotPermitted unless the person at this seat leads the
        staff and stands no lower, ActNotAllowed where nobody of this name works here.
        """
        from complaint_desk.desk.staff.secrets import hashed, one_time_pin

        given = one_time_pin()
        kept = hashed(given)
        with self.store.writing() as connection:
            me = self._me(connection)
            self._may(me, Right.LEAD_STAFF)
            self._pins_are_in_use()
            person = working_here(connection, name)
            if person.has_pin:
                self._not_above(me, person.role)
            if person.id == me.id:
                raise ActNotAllowed(_("Choose your own PIN with: staff pin. Nothing was changed."))
            pins.put(connection, person.id, kept, self.clock(), one_time=True)
            self._staff_event(connection, Act.PIN_RESET, person, by=me)
        return given

    def make_recovery_code(self) -> str:
        """A new recovery code in place of the old one; the only time it is told. Only its hash is kept."""
        from complaint_desk.desk.staff.secrets import hashed, recovery_code, tidy_code

        code = recovery_code()
        kept = hashed(tidy_code(code))
        with self.store.writing() as connection:
            me = self._me(connection)
            self._may(me, Right.LEAD_STAFF)
            self._pins_are_in_use()
            self._keep_code(connection, kept, me)
        return code

    def recover(self, name: str, code: str, secret: str) -> str:
        """Set somebody's PIN with the recovery code; returns the next code, for this one is used up.

        The person sits at this seat then. Raises SignInRefused for a wrong code or one that comes too early,
        FieldRefused for a weak PIN, ActNotAllowed where nobody of this name works here or there is no code.
        """
        from complaint_desk.desk.staff.secrets import checked_pin, hashed, recovery_code, tidy_code

        with self.store.reading() as connection:
            person = working_here(connection, name)
            if pins.recovery(connection) is None:
                raise ActNotAllowed(_("This desk has no recovery code. Nothing was changed."))
        chosen = checked_pin(secret, person.name)
        result = self._attempt(_RecoveryCode(), tidy_code(code))
        if not result.right:
            said = (
                _("That is not the recovery code.")
                if result.looked_at
                else _("Too many wrong recovery codes.")
            )
            raise SignInRefused(together(said, self._what_next(result.failures, result.left, self.clock())))
        following = recovery_code()
        kept, kept_code = hashed(chosen), hashed(tidy_code(following))
        with self.store.writing() as connection:
            pins.put(connection, person.id, kept, self.clock(), one_time=False)
            self._staff_event(connection, Act.PIN_SET, person, by=person, recovered=True)
            self._keep_code(connection, kept_code, person)
            self.as_name, self._asks = person.name, True
            self._signed_in = staff.by_name(connection, person.name)
        return following

    def remove_pins(self) -> None:
        """Take everybody's PIN and the recovery code away: from now on nobody is asked for one.

        Raises NotPermitted unless the person at this seat leads the staff and nobody with a PIN stands higher.
        """
        with self.store.writing() as connection:
            me = self._me(connection)
            self._may(me, Right.LEAD_STAFF)
            self._pins_are_in_use()
            for person in staff.everybody(connection):
                if person.has_pin:
                    self._not_above(me, person.role)
            pins.forget(connection)
            pins.put_recovery(connection, None, self.clock())
            self._staff_event(connection, Act.PINS_REMOVED, me, by=me)
            self._signed_in, self._asks = None, False

    def _keep_code(self, connection: Connection, kept: str, by: StaffMember) -> None:
        pins.put_recovery(connection, kept, self.clock())
        self._staff_event(connection, Act.RECOVERY_CODE_MADE, by, by=by)

    def _pins_are_in_use(self) -> None:
        if not self._asks:
            raise ActNotAllowed(
                _(
                    "Nobody has a PIN here. A supervisor sets the first one with: staff pin. Nothing was changed."
                )
            )


@dataclass(frozen=True, slots=True)
class _RecoveryCode:
    def kept(self, connection: Connection) -> pins.KeptSecret | None:
        return pins.recovery(connection)

    def note(self, connection: Connection, failures: int, at: datetime | None) -> None:
        pins.recovery_attempted(connection, failures, at)
