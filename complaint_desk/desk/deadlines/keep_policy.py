"""Keeping the rules: what is in force, what another version would move, and putting it in force."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.deadlines.policy_rows import PolicyPreview, ask, ask_history
from complaint_desk.desk.staff.permissions import Right
from complaint_desk.desk.words_told import told_words
from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import ChangedMeanwhile
from complaint_desk.models.event import NewEvent
from complaint_desk.models.policy import WARN_AT, Policy
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import QueueRow
from complaint_desk.rules.calendar import Calendar
from complaint_desk.rules.calendar_values import calendar_from
from complaint_desk.rules.policy_values import policy_values
from complaint_desk.rules.retiming import Retiming
from complaint_desk.rules.warnings import Mark, raised, warning_marks
from complaint_desk.store import finding, history, policies, retiming, staff
from complaint_desk.store.retimed_rows import LaidReady, RetimedTicket

Told = Callable[[int, int], None]
"""Hears how many open tickets were looked at, and of how many; raising stops the work, and nothing is written."""

_TELL_EVERY = 1_000
_TIMES_CHAINED = 5
"""How often the new events are chained again because another desk wrote meanwhile, before the file is held for it."""
_UNKNOWN_YEAR_AHEAD_DAYS = 21
"""How many days before a year begins the desk says that its holidays are not known: as far as ten working days
reach across a long holiday."""


@dataclass(frozen=True, slots=True)
class PolicyApplied:
    """The version now in force, and what it moved (all nought where it is for new tickets only)."""

    policy: Policy
    preview: PolicyPreview


class KeepingPolicy(DeskBase):
    """The verbs of the rules."""

    _calendars: tuple[Policy | None, dict[str, Calendar]] = (None, {})
    """Calendars by store, and the rules they belong to."""

    def policy_in_force(self) -> Policy:
        """The rules as the file holds them now."""
        with self.store.reading() as connection:
            self._policy_changed(connection)
        return self.policy

    def policy_versions(self) -> list[tuple[int, datetime, str]]:
        """Every version that was put in force: its number, when, and by whom; the latest first."""
        with self.store.reading() as connection:
            names = staff.names(connection)
            return [
                (event.fields["policy"]["version"], event.recorded_at, names.get(event.by, ""))
                for event in policies.events(connection)
            ]

    def unknown_years(self) -> list[tuple[str, int]]:
        """The calendars (by store) and years whose public holidays are not announced yet, this year or soon."""
        today = self._today()
        years = sorted({today.year, (today + timedelta(days=_UNKNOWN_YEAR_AHEAD_DAYS)).year})
        policy = self.policy_in_force()
        return [
            (store, year)
            for store, values in policy.calendars.items()
            for year in years
            if not calendar_from(values).knows(year)
        ]

    def calendar_warnings(self) -> list[str]:
        """What to say on opening the desk about years whose holidays are not known; empty when all is known."""
        return [
            _(
                "The public holidays of {year} are not announced yet: working days of {year} are counted by the "
                "weekday. Add the notice to the store's rules when it is out."
            ).format(year=year)
            for year in sorted({year for _store, year in self.unknown_years()})
        ]

    def warnings_reached(self, row: QueueRow) -> tuple[float, ...]:
        """Which marks the next clock of a line of the queue has raised, in percent of its time, in store hours.

        Follows from the line, the rules in force as last read, and now; 100 is the due time itself.
        """
        return raised(self.warning_marks(row), self.clock())

    def warning_marks(self, row: QueueRow) -> tuple[Mark, ...]:
        """When the next clock of a line of the queue warns, by the rules in force as last read; none without one."""
        if row.clock is None:
            return ()
        rule = self.policy.rule(row.clock, row.channel, row.severity, row.store)
        return warning_marks(
            row.started_at or row.received_at,
            row.key.next_due_at,
            rule.warn_at if rule else WARN_AT,
            self._known_calendar(row.store),
            self.settings.zone,
        )

    def _known_calendar(self, store: str) -> Calendar:
        """The calendar of a store by the rules in force, made once for each version of them."""
        if self._calendars[0] is not self.policy:
            self._calendars = (self.policy, {})
        known = self._calendars[1]
        if store not in known:
            known[store] = calendar_from(self.policy.calendar(store))
        return known[store]

    def preview_policy(self, policy: Policy, told: Told = lambda done, count: None) -> PolicyPreview:
        """What these rules would move, were they applied to open tickets too; nothing is written."""
        return self._look(policy, self.clock(), told, None)[0]

    def apply_policy(
        self,
        policy: Policy,
        text: str = "",
        *,
        open_too: bool = False,
        told: Told = lambda done, count: None,
    ) -> PolicyApplied:
        """Put these rules in force as the next version: for new tickets, and for open ones where chosen.

        What open tickets get is worked out without holding the file, then written in one transaction; tickets
        that changed meanwhile are looked at again in it. Raises ActNotAllowed unless a supervisor asks.
        """
        words = told_words("text", text)
        with self.store.writing() as connection:
            me = self._me(connection)
            self._may(me, Right.SET_RULES)
            self._policy_changed(connection)
        new = replace(policy, version=self.policy.version + 1)
        now = self.clock()
        preview = self._apply_to_open(new, words, me, now, told) if open_too else PolicyPreview()
        if not open_too:
            with self.store.writing() as connection:
                self._refuse_overtaken(connection)
                self._put_in_force(connection, new, words, me, now, open_too=False)
        return PolicyApplied(new, preview)

    def _apply_to_open(
        self, new: Policy, words: str | None, me: StaffMember, now: datetime, told: Told
    ) -> PolicyPreview:
        """Work everything out and lay it ready beside the file, then take it over in one short transaction."""
        with self.store.one_connection() as own:
            ready = LaidReady(own, me.id, now)
            preview, found, seen = self._look(new, now, told, own)
            with self.store.reading(own) as connection:
                ready.lay(connection, found)
            for _time in range(_TIMES_CHAINED):
                with self.store.reading(own) as connection:
                    seen = self._catch_up(connection, ready, new, seen, now)
                    ready.chain(connection)
                with self.store.reading(own) as connection:
                    if ready.fits(connection):
                        break
            with self.store.writing(own) as connection:
                self._refuse_overtaken(connection)
                if not ready.fits(connection):
                    self._catch_up(connection, ready, new, seen, now)
                    ready.chain(connection)
                ready.take_over(connection)
                self._put_in_force(connection, new, words, me, now, open_too=True)
        return preview

    def _put_in_force(
        self,
        connection: Connection,
        new: Policy,
        words: str | None,
        me: StaffMember,
        now: datetime,
        *,
        open_too: bool,
    ) -> None:
        event = NewEvent(
            Act.POLICY_CHANGED,
            now,
            {"policy": policy_values(new), "open_too": open_too},
            {"text": words} if words else None,
        )
        written = history.append(connection, [event], ticket_id=None, by=me.id, recorded_at=now)
        self._policy_event, self.policy = written[0].id, new

    def _look(
        self, policy: Policy, now: datetime, told: Told, on: Connection | None
    ) -> tuple[PolicyPreview, list[RetimedTicket], int]:
        preview, found, asked = PolicyPreview(), [], Retiming(policy, self.settings.zone, now)
        with self.store.reading(on) as connection:
            seen = finding.last_seq(connection)
            preview.open = retiming.count_open(connection)
            names = staff.names(connection)
            special = retiming.with_undone_acts(connection)
            for done, ticket in enumerate(retiming.open_tickets(connection), start=1):
                if ticket.id in special or any(clock.was_paused for clock in ticket.waiting):
                    changed = ask_history(connection, ticket, asked, now, names, preview)
                else:
                    changed = ask(ticket, asked, now, preview)
                if changed is not None:
                    found.append(changed)
                if done % _TELL_EVERY == 0:
                    told(done, preview.open)
        told(preview.open, preview.open)
        return preview, found, seen

    def _catch_up(
        self, connection: Connection, ready: LaidReady, policy: Policy, seen: int, now: datetime
    ) -> int:
        """Look again at the tickets that changed since they were looked at; returns what is seen then."""
        changed, seen = retiming.changed_since(connection, seen), finding.last_seq(connection)
        names, asked = staff.names(connection), Retiming(policy, self.settings.zone, now)
        ready.take_back(connection, changed)
        for ticket_id in changed:
            ticket = retiming.open_ticket(connection, ticket_id)
            if ticket is not None:
                again = ask_history(connection, ticket, asked, now, names, PolicyPreview())
                ready.lay(connection, [again] if again is not None else [])
        return seen

    def _refuse_overtaken(self, connection: Connection) -> None:
        """Raise where another desk changed the rules meanwhile, or who asks may set them no more."""
        self._may(self._me(connection), Right.SET_RULES)
        if self._policy_changed(connection):
            raise ChangedMeanwhile(
                _(
                    "Somebody put version {version} of the rules in force meanwhile. Nothing of yours was written. "
                    "Look at it, then apply yours again."
                ).format(version=self.policy.version)
            )

    def _today(self) -> date:
        return self.clock().astimezone(self.settings.zone).date()
