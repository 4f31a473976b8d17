"""A ticket as a page: its clocks, its 5W, its HEAT record, its history, in the language in use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from complaint_desk.desk.brought_text import brought_text
from complaint_desk.desk.call_words import about_words, type_words
from complaint_desk.desk.deadlines.countdown import (
    Urgency,
    countdown_words,
    length_words,
    paused_words,
    urgency,
)
from complaint_desk.desk.settling.settling_words import act_words
from complaint_desk.locale import _, language
from complaint_desk.models.enums import Cause, Channel, HeatStep, TicketStatus
from complaint_desk.models.ticket import OUTLIVES_RESOLVING, Clock, HistoryLine, Ticket, When
from complaint_desk.rules.clock_acts import RECORDED_LATE_AFTER, UNDOABLE, breach_of
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens.act_words import act_done
from complaint_desk.screens.names import field_name
from complaint_desk.screens.settling_page import settling_blocks
from complaint_desk.screens.time_words import moment_words, when_words
from complaint_desk.widgets.sheet import Block, Heading, Row, Told

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.playbook.loader import Playbook

SHOWN_OF_A_TEXT = 2_000
"""Characters of an attached text that are shown until it is asked for whole."""

_TONES = {Urgency.LATE: "late", Urgency.SOON: "soon", Urgency.RUNNING: "", Urgency.PAUSED: "quiet"}


class TicketPage:
    """Makes the blocks of one ticket's page at one moment."""

    def __init__(self, ticket: Ticket, desk: Desk, *, whole: bool = False) -> None:
        self._ticket = ticket
        self._playbook: Playbook = desk.playbook
        self._region = desk.settings.region
        self._zone: tzinfo = desk.settings.zone
        self._now: datetime = desk.clock()
        self._whole = whole

    def clocks(self) -> Iterator[Block]:
        """Each clock: how it stands by a sign and a word, when it is due, and when it was met and by whom."""
        if self._ticket.brought_along and not self._ticket.clocks:
            return
        yield Heading(_("Clocks"))
        acts = {line.event_id: line for line in self._ticket.history}
        for clock in self._ticket.clocks:
            sign, words, kind = self._standing(clock)
            name = self._playbook.clock_name(clock.kind, language())
            due = _("due {moment}").format(moment=self._moment(clock.due_at))
            by = acts[clock.met_by].by if clock.met_by in acts else ""
            more = self._remarks(clock)
            yield Row(
                (
                    (sign, kind),
                    (name, ""),
                    (due, "quiet"),
                    ("  ".join(part for part in (words, by and f"({by})", more) if part), kind),
                )
            )

    def _standing(self, clock: Clock) -> tuple[str, str, str]:
        if clock.met_at is None:
            if clock.broken_at is not None:
                return "!", _("not kept"), "late"
            if self._ticket.status is not TicketStatus.OPEN and clock.kind not in OUTLIVES_RESOLVING:
                return "·", _("unmet"), "quiet"
            if clock.superseded_at is not None:
                return "·", _("replaced"), "quiet"
            if pause := clock.pause_at(self._now):
                words = f"{paused_words(pause.until, self._now)}  {pause.reason}"
                return Urgency.PAUSED.sign, words, "quiet"
            how = urgency(clock.started_at, clock.due_at, self._now)
            return how.sign or "·", countdown_words(clock.due_at, self._now), _TONES[how]
        met = _("met {moment}").format(moment=self._moment(clock.met_at))
        if clock.disputed:
            return "?", met, "soon"
        if breach_of(clock, self._now):
            late = _("{length} late").format(length=length_words(clock.met_at - clock.due_at))
            return "!", f"{met}  {late}", "late"
        return "✔", met, "good"

    def _remarks(self, clock: Clock) -> str:
        if clock.disputed:
            return _("disputed: written down after the due time")
        return _("recorded late") if clock.recorded_late else ""

    def settling(self) -> Iterator[Block]:
        """What was promised, what the caller gets, how it ended."""
        return settling_blocks(self._ticket, self._playbook, self._now, self._zone)

    def told(self) -> Iterator[Block]:
        """Who called, the 5W with the reading of the time, the remedy wanted, and what was made of it."""
        ticket, speech = self._ticket, language()
        yield Heading(_("The complaint"))
        phone = show_phone(ticket.phone, self._region) if ticket.phone else ""
        if phone and ticket.extension:
            phone += _(" ext. {extension}").format(extension=ticket.extension)
        yield self._field("caller", "  ".join(part for part in (ticket.caller, phone) if part))
        yield self._field("when", self._when(ticket.when))
        for name in ("where", "who", "what", "how", "remedy_wanted"):
            yield self._field(name, getattr(ticket, name))
        cause = (
            f"{ticket.cause.code} {self._playbook.cause_name(ticket.cause, speech)}" if ticket.cause else ""
        )
        yield self._field("cause", cause)
        yield self._field("type", type_words(ticket, self._playbook))
        channel = self._playbook.channel_name(ticket.channel, speech)
        yield self._field("channel", f"{channel}  {self._moment(ticket.received_at)}")
        yield self._field("store", ticket.store)

    def _field(self, name: str, text: str | None) -> Told:
        return Told(field_name(name), text or _("not told"), "" if text else "quiet")

    def _when(self, when: When | None) -> str:
        if when is None:
            return ""
        if when.at is None:
            doubt = _("after receipt") if when.doubt == "after_receipt" else _("not read as a time")
            return f"{when.said}\n? {doubt}"
        reading = when_words(when.at, when.precision, self._now, self._zone)
        doubt = " ? " + _("may mean another time") if when.doubt else ""
        return f"{when.said}\n→ {reading}{doubt}"

    def heat(self) -> Iterator[Block]:
        """The steps of the call and when each was done."""
        yield Heading("HEAT")
        done, left = [], []
        for step in HeatStep:
            name = self._playbook.step_name(step, language())
            if at := self._ticket.heat.get(step):
                done.append(f"✔ {name} {self._moment(at)}")
            else:
                left.append(f"· {name}")
        if done:
            yield Told("", "   ".join(done))
        if left:
            yield Told("", "   ".join(left), "quiet")
        if at := self._ticket.read_back_confirmed_at:
            yield Told("", "✔ " + _("caller confirmed the read-back") + f" {self._moment(at)}")

    def history(self) -> Iterator[Block]:
        """Everything that was done, the latest first."""
        yield Heading(_("History"))
        for line in reversed(self._ticket.history):
            kind = "quiet" if line.undone else ""
            when = self._moment(line.happened_at)
            yield Row(((when, "quiet"), (line.by, kind), (self._history_words(line), kind)))

    def _history_words(self, line: HistoryLine) -> str:
        parts = [act_done(line.act)]
        if line.step is not None:
            parts.append(self._playbook.step_name(line.step, language()))
        if line.field_name is not None:
            old, new = (self._value(line.field_name, value) for value in (line.old, line.new))
            parts.append(f"{field_name(line.field_name)}: {old} → {new}")
        if about := about_words(line, self._playbook):
            parts.append(about)
        if line.settling is not None:
            parts.append(act_words(line.settling, self._playbook))
        if line.until is not None:
            parts.append(_("until {moment}").format(moment=self._moment(line.until)))
        if line.text:
            parts.append(line.text)
        if line.act in UNDOABLE and line.recorded_at - line.happened_at > RECORDED_LATE_AFTER:
            parts.append(_("(written down {moment})").format(moment=self._moment(line.recorded_at)))
        if line.undone:
            parts.append(_("(taken back)"))
        return "  ".join(parts)

    def _value(self, name: str, value: str | None) -> str:
        """A corrected value by its name in the language in use."""
        speech = language()
        if value is None:
            return _("not told")
        if name == "cause" and value in set(Cause):
            return self._playbook.cause_name(Cause(value), speech)
        if name == "channel" and value in set(Channel):
            return self._playbook.channel_name(Channel(value), speech)
        if name == "type" and value in self._playbook.types:
            return self._playbook.types[value].name[speech]
        return value

    def attached(self) -> Iterator[Block]:
        """Where it came from, when another program kept it; texts too long for a field, begun or whole."""
        if self._ticket.brought is not None:
            yield Heading(_("Brought along"))
            yield from (Told(label, text) for label, text in brought_text(self._ticket))
        for name, text in self._ticket.attachments:
            shown = text if self._whole else text[:SHOWN_OF_A_TEXT]
            yield Heading(_("Attached text {name}").format(name=name))
            yield Told("", shown)
            if len(shown) < len(text):
                rest = f"{len(text) - len(shown):,}"
                yield Told(
                    "",
                    _("… and {count} more characters: W shows the whole text.").format(count=rest),
                    "quiet",
                )

    def _moment(self, at: datetime) -> str:
        return moment_words(at, self._now, self._zone)
