"""The faults of a store's own playbook files as sentences, for the screens and for `playbook check`."""

from complaint_desk.locale import N_, _, n_
from complaint_desk.playbook.faults import Fault, FaultCode
from complaint_desk.playbook.template import SLOTS

_SENTENCES = {
    FaultCode.UNREADABLE_FILE: N_("The file cannot be read."),
    FaultCode.NOT_UTF8: N_("The file is not UTF-8 text. Save it again as UTF-8."),
    FaultCode.BAD_TOML: N_("This is not valid TOML: {detail}. The whole file is left out."),
    FaultCode.UNKNOWN_FILE: N_("The playbook has no topic {detail}, so this file is left out."),
    FaultCode.UNKNOWN_ENTRY: N_("The playbook has no entry {detail}."),
    FaultCode.UNKNOWN_KEY: N_("An entry of this topic has no part {detail}."),
    FaultCode.MISSING_LANGUAGE: N_("The text is missing in {detail}; give both languages."),
    FaultCode.MISSING_KEY: N_("The part {detail} is missing."),
    FaultCode.WRONG_TYPE: N_("{detail} is not of the kind that belongs here."),
    FaultCode.WRONG_VALUE: N_("{detail} is not a value that belongs here."),
    FaultCode.WRONG_COUNT: N_("{detail} has too few or too many items."),
    FaultCode.EMPTY_TEXT: N_("The text is empty."),
    FaultCode.CONTROL_CHARACTER: N_("The text holds the control character {detail}."),
    FaultCode.UNKNOWN_SLOT: N_("There is no slot {{{detail}}}; the slots are {slots}."),
    FaultCode.SLOT_OUTSIDE_GROUP: N_("A slot stands outside square brackets: {detail}"),
    FaultCode.SLOT_IN_PLAIN_TEXT: N_(
        "This text is not said to a caller, so the slot {{{detail}}} is never filled."
    ),
    FaultCode.UNBALANCED_BRACKETS: N_(
        "A bracket is opened and not closed, or closed and not opened: {detail}"
    ),
}


def fault_sentence(fault: Fault) -> str:
    """What is wrong, as a sentence; the place is `fault_place`. The detail is a store's own text: show it plain."""
    slots = ", ".join(f"{{{slot}}}" for slot in SLOTS)
    return _(_SENTENCES[fault.code]).format(detail=fault.detail, slots=slots)


def fault_place(fault: Fault) -> str:
    """Where it is wrong: file, line and entry, as editors write it."""
    place = fault.file if fault.line is None else f"{fault.file}:{fault.line}"
    return f"{place} {fault.entry}".rstrip()


def faults_summary(faults: tuple[Fault, ...]) -> str:
    """One line for the screen: that built-in entries serve in place of faulty ones; empty when there are none."""
    if not faults:
        return ""
    return n_(
        "One entry of your own playbook is faulty; the built-in one serves. `playbook check` says why.",
        "{count} faults in your own playbook; the built-in entries serve. `playbook check` says why.",
        len(faults),
    ).format(count=len(faults))
