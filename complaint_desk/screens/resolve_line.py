"""The card on which a complaint is resolved: what was said, and how it ended; never without an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.settling import Outcome
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.act_line import ActLine
from complaint_desk.screens.outcome_choices import RECOURSE_HINT, outcome_choices
from complaint_desk.widgets.choice_field import ChoiceField
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from complaint_desk.desk.settling.resolve import ResolvedBy


class ResolveLine(ActLine):
    """Records a resolution with its outcome."""

    def _type_end(self) -> list[Widget]:
        outcome = ChoiceField("outcome")
        outcome.offer(outcome_choices())
        outcome.words = self._usual().value
        recourse = LineField("recourse")
        recourse.placeholder = _(RECOURSE_HINT)
        return [
            Horizontal(Static(plain(_("Outcome")), classes="end-label"), outcome, classes="end-row"),
            Horizontal(Static(plain(_("Way outside")), classes="end-label"), recourse, classes="end-row"),
            *super()._type_end(),
        ]

    def _usual(self) -> Outcome:
        granted = self.ticket is not None and any(each.is_granted for each in self.ticket.remedies)
        return Outcome.REMEDY if granted else Outcome.EXPLAINED

    @property
    def _recourse(self) -> LineField:
        return self.query_one("#recourse", LineField)

    def prepare(self) -> None:
        """Put back the way outside that was typed here before."""
        super().prepare()
        self._recourse.words = self.kept().get("recourse", "")

    def ticket_read(self, ticket: Ticket) -> None:
        """The ticket was read only now: a remedy granted on it is the usual outcome, unless another was chosen."""
        outcome = self.query_one("#outcome", ChoiceField)
        if outcome.chosen == Outcome.EXPLAINED:
            outcome.words = self._usual().value

    def ended(self) -> ResolvedBy:
        """The outcome that was chosen, with the way outside."""
        from complaint_desk.desk.settling.resolve import ResolvedBy

        chosen = self.query_one("#outcome", ChoiceField).chosen
        return ResolvedBy(Outcome(chosen) if chosen else None, self._recourse.words)

    def field_at_fault(self, name: str) -> Widget:
        """The field that a refusal is about."""
        return self._recourse if name == "recourse" else super().field_at_fault(name)

    def typed(self) -> dict[str, str]:
        """The words, the time and the way outside."""
        return {**super().typed(), "recourse": self._recourse.words}
