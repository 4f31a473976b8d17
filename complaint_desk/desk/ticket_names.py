"""What the fields of a complaint, its statuses and its alarms are called. Standard library only."""

from complaint_desk.locale import N_
from complaint_desk.models.enums import SafetyFlag, TicketStatus

FIELD_NAMES = {
    "phone": N_("Phone"),
    "caller": N_("Name"),
    "when": N_("When"),
    "where": N_("Where"),
    "who": N_("Who"),
    "what": N_("What"),
    "how": N_("How"),
    "remedy_wanted": N_("Wants"),
    "cause": N_("Cause"),
}
"""What is asked of a caller, in the order of the form."""

STATUS_NAMES = {
    TicketStatus.OPEN: N_("open"),
    TicketStatus.RESOLVED: N_("resolved"),
    TicketStatus.CLOSED: N_("closed"),
}
SAFETY_NAMES = {
    SafetyFlag.FOOD_SAFETY: N_("food safety"),
    SafetyFlag.INJURY: N_("injury"),
    SafetyFlag.DANGER: N_("danger"),
    SafetyFlag.MEDIA_OR_REGULATOR: N_("media or regulator"),
}
