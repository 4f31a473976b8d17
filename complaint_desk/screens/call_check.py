"""What is missing or doubtful in a call before it is saved, and the sentence that says so."""

from collections.abc import Mapping
from typing import NamedTuple

from complaint_desk.locale import N_, _, listed
from complaint_desk.models.draft import FORM_FIELDS
from complaint_desk.models.enums import Channel
from complaint_desk.screens.names import field_name
from complaint_desk.widgets.form import Mark

FIVE_W = ("when", "where", "who", "what", "how")
"""The five questions of training text 001."""
_ASKED = ("phone", "caller", *FIVE_W, "remedy_wanted", "cause")

_DOUBTS = {
    "unreadable": N_("{field} cannot be read as a time"),
    "after_receipt": N_("{field} lies after receipt"),
    "in_future": N_("{field} lies in the future"),
    "ambiguous": N_("{field} can be read in two ways"),
    "no_time": N_("{field} does not say by when: it would be kept as a note only"),
    "no_time_to_come": N_("{field} names a time gone by: it would be kept as a note only"),
    "undecided": N_("{field} is none of the list"),
}


class Fault(NamedTuple):
    """One field and what is the matter: `needed`, `missing`, or one of the doubts."""

    field: str
    kind: str

    @property
    def mark(self) -> Mark:
        """The sign beside the field."""
        return Mark("!", "missing") if self.kind in ("needed", "missing") else Mark("?", "doubt")


def faults_of(
    words: Mapping[str, str], undecided: list[str], doubts: Mapping[str, str], *, receipt_known: bool
) -> list[Fault]:
    """What an agent should look at again, in the order of Tab; `doubts` are those of the readings, by field.

    `receipt_known` says that the time of receipt needs no asking: it is a call, or a saved ticket.
    """
    absent = {name for name in _ASKED if not words.get(name, "").strip()}
    if not receipt_known and words.get("channel") not in ("", Channel.PHONE):
        absent |= {"received_at"} - {name for name, said in words.items() if said.strip()}
    faults = []
    for name in FORM_FIELDS:
        if name in absent:
            faults.append(Fault(name, "needed" if name == "what" else "missing"))
        elif name in undecided:
            faults.append(Fault(name, "undecided"))
        elif name in doubts:
            faults.append(Fault(name, doubts[name]))
    return faults


def sentence(faults: list[Fault]) -> str:
    """Name each faulty field, and what a second press will do."""
    if any(fault.kind == "needed" for fault in faults):
        return _("{field} is needed: one sentence is enough to save.").format(field=field_name("what"))
    missing = [field_name(fault.field) for fault in faults if fault.kind == "missing"]
    doubtful = [
        _(_DOUBTS[fault.kind]).format(field=field_name(fault.field))
        for fault in faults
        if fault.kind in _DOUBTS
    ]
    parts = [_("Ctrl+S again saves it as it is.")]
    if missing:
        parts.append(_("Missing: {fields}.").format(fields=listed(missing)))
    if doubtful:
        parts.append(_("Doubtful: {reasons}.").format(reasons=listed(doubtful)))
    return " ".join(parts)


def kept_of_five(words: Mapping[str, str]) -> int:
    """How many of the 5W have an answer."""
    return sum(bool(words.get(name, "").strip()) for name in FIVE_W)
