"""Signing in: a person proves to be the one at this seat. Where nobody has a PIN, nobody is asked for one.

An attempt counts before the PIN is looked at, in a transaction of its own, so that neither a cut of the power nor
many desks at once give more guesses than one patient person has.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.locale import _, language, n_
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import ActNotAllowed, SignInRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.staff import StaffMember
from complaint_desk.rules.pin_delay import is_locked, wait_after, wait_left
from complaint_desk.store import history, pins, staff


class SigningIn(DeskBase):
    """The verbs of sitting down and getting up."""

    def asks_for_pin(self) -> bool:
        """Whether anybody who works here has a PIN, so that everybody must sign in."""
        with self.store.reading() as connection:
            self._look_who(connection)
        return bool(self._asks)

    @property
    def signed_in(self) -> StaffMember | None:
        """Who has proven to be at this seat, as last looked; None before, and where nobody has a PIN."""
        return self._signed_in

    @property
    def hides_customers(self) -> bool:
        """Whether the person at this seat may not see the customers of others."""
        return self._veil() is not None

    def may_go_on(self) -> bool:
        """Whether the person at this seat may go on working here: nothing is asked, or they have signed in."""
        return not self.asks_for_pin() or (
            self._signed_in is not None
            and self._signed_in.name == self.as_name
            and not self._signed_in.one_time
        )

    def sign_in(self, name: str, secret: str) -> StaffMember:
        """Have this person at this seat, by name and PIN or passphrase; the one before gets up.

        Where nobody has a PIN the name is enough. Whoever comes with a one-time PIN chooses one of their own
        next, with `set_pin`. Raises SignInRefused for a wrong PIN or one that comes too early, ActNotAllowed
        for somebody who does not work here or has no PIN yet.
        """
        tidy = " ".join(name.split())
        with self.store.reading() as connection:
            asks = staff.asks_for_pin(connection)
        self._looked_at.clear()
        if not asks:
            self.as_name, self._signed_in, self._asks = tidy, None, False
            with self.store.writing() as connection:
                return self._me(connection)
        self._prove(self._who_signs_in(tidy), secret)
        with self.store.reading() as connection:
            member = staff.by_name(connection, tidy)
        assert member is not None
        self.as_name, self._signed_in, self._asks = tidy, member, True
        return member

    def sign_out(self) -> None:
        """Nobody sits here any more; where PINs are asked for, nothing works until somebody signs in."""
        self._signed_in = None
        self._looked_at.clear()

    def _who_signs_in(self, name: str) -> StaffMember:
        with self.store.reading() as connection:
            member = staff.by_name(connection, name)
        if member is None or member.left:
            raise ActNotAllowed(
                _("Nobody called {name} works here. A supervisor can add the name.").format(name=name)
            )
        if not member.has_pin:
            raise ActNotAllowed(
                _("{name} has no PIN yet. A supervisor gives a one-time PIN: staff reset.").format(name=name)
            )
        return member

    def _prove(self, member: StaffMember, secret: str) -> None:
        """Compare the person's PIN with what was typed. Raises SignInRefused."""
        result = self._attempt(_PinOf(member.id), secret)
        if result.right:
            return
        now = self.clock()
        if result.looked_at and is_locked(result.failures):
            with self.store.writing() as connection:
                locked = NewEvent(Act.SIGN_IN_LOCKED, now, {"staff": member.id})
                history.append(connection, [locked], ticket_id=None, by=member.id, recorded_at=now)
        said = (
            _("That is not the PIN of {name}.") if result.looked_at else _("Too many wrong PINs for {name}.")
        )
        following = self._what_next(result.failures, result.left, now)
        raise SignInRefused(together(said.format(name=member.name), following))

    def _attempt(self, lock: "Lock", secret: str) -> "Attempt":
        """Compare what was typed with what is kept, unless it is too early; counted before it is looked at."""
        from complaint_desk.desk.staff.secrets import fits

        now = self.clock()
        with self.store.writing() as connection:
            kept = lock.kept(connection)
            if kept is None:
                raise ActNotAllowed(_("There is nothing to sign in with. Nothing was changed."))
            left = wait_left(kept.failures, kept.failed_at, now)
            if not left:
                lock.note(connection, kept.failures + 1, now)
            elif kept.failed_at is not None and kept.failed_at > now:
                lock.note(connection, kept.failures, now)
        if left:
            return Attempt(False, False, kept.failures, left)
        if fits(kept.secret_hash, secret):
            with self.store.writing() as connection:
                latest = lock.kept(connection)
                if latest is not None and latest.secret_hash == kept.secret_hash:
                    lock.note(connection, 0, None)
                    return Attempt(True, True, 0, timedelta())
        return Attempt(False, True, kept.failures + 1, wait_after(kept.failures + 1))

    def _what_next(self, failures: int, left: timedelta, now: datetime) -> str:
        if is_locked(failures):
            until = (now + left).astimezone(self.settings.zone).strftime("%Y-%m-%d %H:%M")
            return _("No more is taken until {time}. A supervisor can give a one-time PIN.").format(
                time=until
            )
        return wait_in_words(left) if left else _("Try again.")


class Lock(Protocol):
    """What a secret opens: where it is kept, and where wrong attempts are counted."""

    def kept(self, connection: Connection) -> pins.KeptSecret | None:
        """The secret's hash and the attempts so far; None where there is no secret."""

    def note(self, connection: Connection, failures: int, at: datetime | None) -> None:
        """Count so many attempts, the last at this moment."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one attempt."""

    right: bool
    looked_at: bool
    """It did not come too early."""
    failures: int
    left: timedelta
    """How long to wait for the next one."""


@dataclass(frozen=True, slots=True)
class _PinOf:
    staff_id: str

    def kept(self, connection: Connection) -> pins.KeptSecret | None:
        return pins.of(connection, self.staff_id)

    def note(self, connection: Connection, failures: int, at: datetime | None) -> None:
        pins.attempted(connection, self.staff_id, failures, at)


def together(*sentences: str) -> str:
    """Sentences in a row, as the language sets them."""
    return ("" if language() == "zh_CN" else " ").join(sentences)


def wait_in_words(left: timedelta) -> str:
    """When to try again."""
    seconds = max(1, round(left.total_seconds()))
    if seconds < 60:
        return n_("Try again in {count} second.", "Try again in {count} seconds.", seconds).format(
            count=seconds
        )
    minutes = -(-seconds // 60)
    return n_("Try again in {count} minute.", "Try again in {count} minutes.", minutes).format(count=minutes)
