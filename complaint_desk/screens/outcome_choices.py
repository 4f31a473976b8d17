"""How a complaint can end, as the cards on which it is resolved offer it."""

from complaint_desk.locale import N_, _
from complaint_desk.models.settling import Outcome
from complaint_desk.widgets.choice_field import Choice

RECOURSE_HINT = N_("when rejected: 12315, the consumers' association …")
_OUTCOMES = {
    Outcome.REMEDY: N_("by a remedy that was granted"),
    Outcome.EXPLAINED: N_("explained"),
    Outcome.REJECTED: N_("rejected; say where else to turn"),
    Outcome.WITHDRAWN: N_("withdrawn by the caller"),
}


def outcome_choices() -> list[Choice]:
    """The outcomes in the language in use."""
    return [Choice(each.value, _(label)) for each, label in _OUTCOMES.items()]
