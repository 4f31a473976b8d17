"""Pausing: a clock stands still for a reason, by somebody's word, until a moment that is named beforehand."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.words_told import told_words
from complaint_desk.locale import _, n_
from complaint_desk.models.enums import Act, ClockKind, ClockState, TicketStatus
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.policy import RESPONSE_CLOCKS
from complaint_desk.models.ticket import Clock, Ticket
from complaint_desk.rules.sla import clock_state


class Pausing(DeskBase):
    """The verbs of pausing."""

    def pause(
        self,
        number: str,
        reason: str,
        until: datetime,
        *,
        clocks: Collection[ClockKind] = (),
        version: int | None = None,
    ) -> Ticket:
        """Let clocks of a ticket stand still from now to `until`, where the pause ends by itself.

        `clocks` are all that run and may pause unless named; clocks of answering the caller never may. Raises
        FieldRefused for a missing reason or return, ActNotAllowed beyond the policy's caps or where no clock
        could pause, ChangedMeanwhile; then nothing is written.
        """
        words = told_words("text", reason, _("Say in a line why it has to wait. Nothing was written yet."))
        with self.store.writing() as connection:
            self._policy_changed(connection)
            events = self._events(connection, number)
            ticket = self._fold(connection, events)
            self._unchanged_since(ticket, version)
            now = self.clock()
            self._may_last(ticket, until.astimezone(UTC), now)
            stopped = self._clocks_to_stop(ticket, clocks, now)
            fields = {
                "stops": [clock.position for clock in stopped],
                "kinds": list(dict.fromkeys(clock.kind.value for clock in stopped)),
                "expected_at": until.astimezone(UTC).isoformat(),
            }
            new = NewEvent(Act.PAUSED, now, fields, {"text": words})
            return self._record(connection, events, [new], by=self._me(connection), recorded_at=now)

    def resume(self, number: str, text: str = "", *, version: int | None = None) -> Ticket:
        """Let every paused clock of a ticket run again from now. Raises ActNotAllowed where none is paused."""
        words = told_words("text", text)
        with self.store.writing() as connection:
            events = self._events(connection, number)
            ticket = self._fold(connection, events)
            self._unchanged_since(ticket, version)
            now = self.clock()
            ended = [pause.event_id for pause in ticket.pauses if pause.is_open(now)]
            if not ended:
                raise ActNotAllowed(
                    _("No clock of ticket {number} stands still. Nothing was changed.").format(
                        number=ticket.number
                    )
                )
            new = NewEvent(Act.RESUMED, now, {"ends": ended}, {"text": words} if words else None)
            return self._record(connection, events, [new], by=self._me(connection), recorded_at=now)

    def _may_last(self, ticket: Ticket, until: datetime, now: datetime) -> None:
        rule = self.policy.pauses
        if until <= now:
            raise FieldRefused("until", _("The expected return must lie in the future. Nothing was written."))
        if until - now > timedelta(days=rule.longest_days):
            raise ActNotAllowed(
                n_(
                    "A pause lasts at most {number} day. Name an earlier return. Nothing was written.",
                    "A pause lasts at most {number} days. Name an earlier return. Nothing was written.",
                    rule.longest_days,
                ).format(number=rule.longest_days)
            )
        if len(ticket.pauses) >= rule.most:
            raise ActNotAllowed(
                n_(
                    "Ticket {ticket} was paused {number} time already, as often as the rules allow. "
                    "Nothing was written.",
                    "Ticket {ticket} was paused {number} times already, as often as the rules allow. "
                    "Nothing was written.",
                    len(ticket.pauses),
                ).format(ticket=ticket.number, number=len(ticket.pauses))
            )

    def _clocks_to_stop(self, ticket: Ticket, asked: Collection[ClockKind], now: datetime) -> list[Clock]:
        for kind in asked:
            name = self.playbook.clock_name(kind, self.settings.language)
            if kind in RESPONSE_CLOCKS:
                raise ActNotAllowed(
                    _(
                        "{clock} waits for an answer to the caller: it never pauses. Nothing was written."
                    ).format(clock=name)
                )
            if kind not in self.policy.pauses.clocks:
                raise ActNotAllowed(
                    _("By the store's rules {clock} does not pause. Nothing was written.").format(clock=name)
                )
        kinds = set(asked or self.policy.pauses.clocks) - RESPONSE_CLOCKS
        could = [clock for clock in ticket.clocks if clock.kind in kinds and clock.is_waiting]
        if ticket.status is not TicketStatus.OPEN or not could:
            raise ActNotAllowed(
                _("No clock of ticket {number} that may pause is waiting. Nothing was written.").format(
                    number=ticket.number
                )
            )
        for clock in could:
            if pause := clock.pause_at(now):
                raise ActNotAllowed(
                    _(
                        "Ticket {number} is paused until {time} already. Resume it first. Nothing was written."
                    ).format(number=ticket.number, time=self._shown(pause.until))
                )
        running = [clock for clock in could if clock_state(clock.due_at, None, now) is ClockState.RUNNING]
        if not running:
            raise ActNotAllowed(
                _(
                    "The time of ticket {number} is up already: a pause takes nothing back. Nothing was written."
                ).format(number=ticket.number)
            )
        return running

    def _shown(self, at: datetime) -> str:
        return at.astimezone(self.settings.zone).strftime("%Y-%m-%d %H:%M")
