"""What the form's parts are called, in the language in use. Standard library only: needed for the first paint."""

from complaint_desk.desk.ticket_names import FIELD_NAMES
from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Channel, ClockKind, ComplainantType, HeatStep

_FIELDS = FIELD_NAMES | {
    "channel": N_("Channel"),
    "received_at": N_("Received"),
    "store": N_("Store"),
    "extension": N_("Ext."),
    "promise": N_("Promise"),
    "type": N_("Type"),
    "severity": N_("Severity"),
}
_STEPS = {
    HeatStep.HEAR: N_("Hear"),
    HeatStep.EMPATHISE: N_("Empathise"),
    HeatStep.APOLOGISE: N_("Apologise"),
    HeatStep.TAKE_ACTION: N_("Take action"),
    HeatStep.THANK: N_("Thank"),
}
_CHANNELS = {
    Channel.PHONE: N_("Phone"),
    Channel.LETTER: N_("Letter"),
    Channel.IN_STORE: N_("In store"),
    Channel.MEDIA: N_("Media"),
    Channel.CONSUMERS_ASSOCIATION: N_("Consumers' association"),
}
_CLOCKS = {
    ClockKind.ADMIT: N_("Admit the mistake"),
    ClockKind.OWN: N_("Take responsibility"),
    ClockKind.SOLVE: N_("Solve"),
    ClockKind.REOPENED: N_("Answer after reopening"),
    ClockKind.FEEDBACK: N_("First feedback"),
    ClockKind.OUTSIDE: N_("Outside deadline"),
    ClockKind.PROMISE: N_("Promise"),
    ClockKind.APPROVAL: N_("Approval"),
}
_TYPES = {
    ComplainantType.QUALITY_MONITOR: N_("Quality monitor"),
    ComplainantType.RATIONAL: N_("Rational"),
    ComplainantType.NEGOTIATOR: N_("Negotiator"),
    ComplainantType.VICTIM: N_("Victim"),
    ComplainantType.LOYAL_ADVOCATE: N_("Loyal advocate"),
}


def field_name(name: str) -> str:
    """The field's label."""
    return _(_FIELDS[name])


def field_names() -> dict[str, str]:
    """All labels by field."""
    return {name: _(label) for name, label in _FIELDS.items()}


def step_name(step: HeatStep) -> str:
    """The HEAT step, the added thanks included."""
    return _(_STEPS[step])


def channel_name(channel: Channel) -> str:
    """How the complaint reached us."""
    return _(_CHANNELS[channel])


def type_name(kind: ComplainantType) -> str:
    """What the caller wishes to have at the end of the call."""
    return _(_TYPES[kind])


def clock_name(kind: ClockKind) -> str:
    """What the clock waits for."""
    return _(_CLOCKS[kind])
