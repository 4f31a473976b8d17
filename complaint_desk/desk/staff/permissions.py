"""Who may do what: every verb of the desk needs a right, and every right is held by some of the roles.

This is the one table. `docs/PERMISSIONS.md` is made from it by `scripts/permissions.py`, and a test calls every verb
as every role. A new verb gets a line in `VERBS`; without one it asks for no more than being signed in, and a test
names it. Screens ask nothing of this: whoever calls a verb without its right is refused by the verb.
"""

from collections.abc import Mapping
from enum import StrEnum

from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Role
from complaint_desk.models.errors import NotPermitted
from complaint_desk.models.staff import StaffMember


class Right(StrEnum):
    """What may be permitted."""

    ENTER = "enter"
    """What is open before anybody has signed in: it shows nothing of a customer and changes no complaint."""
    LOOK = "look"
    """To read tickets, queue, search, reports and rules."""
    WORK = "work"
    """To take complaints and to act on them."""
    REASSIGN = "reassign"
    """To take or give away what somebody else owns."""
    CONFIRM = "confirm"
    """To confirm an act that was written down late."""
    DECIDE = "decide"
    """To decide on remedies that wait for approval, each within the authority that the store's rules give."""
    LESSEN = "lessen"
    """To make a grave matter less grave."""
    SET_RULES = "set_rules"
    """To put time limits and other rules of the store in force."""
    KEEP_FILE = "keep_file"
    """To copy the whole file elsewhere, and to put a backup in its place."""
    LEAD_STAFF = "lead_staff"
    """To add people, change roles, let people go, and reset a forgotten PIN."""
    ERASE = "erase"
    """To erase a customer by the law on personal data, or to hold the card against that."""
    BRING_IN = "bring_in"
    """To bring in the records of another program, or tickets with a history written elsewhere."""
    SEE_CALLERS = "see_callers"
    """To see names and numbers of all customers unmasked, in lists and exports too."""


_RANKS = (Role.AGENT, Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
EVERYBODY = frozenset(Role)
_LEADING = EVERYBODY - {Role.AGENT}

HOLDERS: Mapping[Right, frozenset[Role]] = {
    Right.ENTER: EVERYBODY,
    Right.LOOK: EVERYBODY,
    Right.WORK: EVERYBODY,
    Right.REASSIGN: _LEADING,
    Right.CONFIRM: _LEADING,
    Right.DECIDE: _LEADING,
    Right.LESSEN: _LEADING,
    Right.SET_RULES: _LEADING,
    Right.KEEP_FILE: _LEADING,
    Right.LEAD_STAFF: _LEADING,
    Right.ERASE: _LEADING,
    Right.BRING_IN: _LEADING,
    Right.SEE_CALLERS: frozenset({Role.SUPERVISOR, Role.MANAGER}),
}
"""The roles that hold each right. Who looks after the PC (administrator) need not see who complained."""

VERBS: Mapping[str, Right] = {
    # receive, listen
    "understand_when": Right.ENTER,
    "read_phone": Right.ENTER,
    "register": Right.WORK,
    "amend": Right.WORK,
    # coach
    "hear": Right.ENTER,
    "read_back": Right.ENTER,
    "next_question": Right.ENTER,
    "summary_for": Right.ENTER,
    "lint": Right.ENTER,
    # answer
    "act": Right.WORK,
    "mark_heat": Right.WORK,
    "unmark_heat": Right.WORK,
    "confirm_read_back": Right.WORK,
    "meet_situation": Right.WORK,
    "keep_type_reading": Right.WORK,
    "end_type": Right.WORK,
    "pause": Right.WORK,
    "resume": Right.WORK,
    # promise, resolve
    "understand_due": Right.ENTER,
    "due_told": Right.ENTER,
    "promise": Right.WORK,
    "keep_promise": Right.WORK,
    "break_promise": Right.WORK,
    "pass_promise_on": Right.WORK,
    "promises": Right.LOOK,
    "money": Right.ENTER,
    "offer_remedy": Right.WORK,
    "approve_remedy": Right.DECIDE,
    "refuse_remedy": Right.DECIDE,
    "withdraw_remedy": Right.WORK,
    "carry_out_remedy": Right.WORK,
    "paid_before": Right.LOOK,
    "within_authority": Right.LOOK,
    "follow_up": Right.WORK,
    "close_ticket": Right.WORK,
    # hand over
    "assign": Right.WORK,
    "take": Right.WORK,
    "hand_over": Right.WORK,
    "escalate": Right.WORK,
    "change_severity": Right.WORK,
    "warm_summary": Right.LOOK,
    "shift_sheet": Right.LOOK,
    "next_shift_ends": Right.LOOK,
    # watch
    "queue": Right.LOOK,
    "queue_end": Right.LOOK,
    "queue_row": Right.LOOK,
    "queue_position": Right.LOOK,
    "queue_at": Right.LOOK,
    "queue_counts": Right.LOOK,
    "queue_stores": Right.LOOK,
    "filter_queue": Right.LOOK,
    "changes_seen": Right.ENTER,
    "warnings_reached": Right.LOOK,
    "warning_marks": Right.LOOK,
    "warned": Right.LOOK,
    # find
    "ticket": Right.LOOK,
    "search": Right.LOOK,
    "search_offers": Right.LOOK,
    "radar": Right.LOOK,
    "add_call": Right.WORK,
    "take_call_back": Right.WORK,
    "radar_of": Right.LOOK,
    "see_caller": Right.LOOK,
    "see_customer": Right.LOOK,
    "explain": Right.LOOK,
    "essence": Right.LOOK,
    # callers
    "who_is": Right.LOOK,
    "caller_card": Right.LOOK,
    "complaints_of": Right.LOOK,
    "customer": Right.LOOK,
    "edit_customer": Right.WORK,
    "merge_customers": Right.WORK,
    "undo_customer": Right.WORK,
    "split_customer": Right.WORK,
    "relink": Right.WORK,
    "hold_customer": Right.ERASE,
    "release_customer": Right.ERASE,
    "customers_due": Right.ERASE,
    "plan_erasure": Right.ERASE,
    "erase_customer": Right.ERASE,
    "finish_erasure": Right.ERASE,
    "erasure_words": Right.ENTER,
    "erased_ids": Right.ERASE,
    "apply_erasures": Right.ERASE,
    "hidden_breaches": Right.LOOK,
    "clock_report": Right.LOOK,
    # rules of the store
    "policy_in_force": Right.ENTER,
    "policy_versions": Right.LOOK,
    "preview_policy": Right.LOOK,
    "apply_policy": Right.SET_RULES,
    "unknown_years": Right.ENTER,
    "calendar_warnings": Right.ENTER,
    "opening_words": Right.ENTER,
    # in and out
    "look_at_file": Right.BRING_IN,
    "plan_import": Right.BRING_IN,
    "try_import": Right.BRING_IN,
    "bring_in": Right.BRING_IN,
    "export": Right.LOOK,
    "whole_ticket": Right.LOOK,
    "ticket_page": Right.LOOK,
    "save_ticket": Right.LOOK,
    # people
    "everybody": Right.ENTER,
    "team": Right.LEAD_STAFF,
    "take_seat": Right.WORK,
    "join": Right.LEAD_STAFF,
    "change_role": Right.LEAD_STAFF,
    "staff_log": Right.LEAD_STAFF,
    "leave": Right.LEAD_STAFF,
    # PINs: a person proves to be somebody, so these ask for themselves
    "is_new": Right.ENTER,
    "set_up": Right.ENTER,
    "asks_for_pin": Right.ENTER,
    "may_go_on": Right.ENTER,
    "sign_in": Right.ENTER,
    "sign_out": Right.ENTER,
    "set_pin": Right.ENTER,
    "recover": Right.ENTER,
    "reset_pin": Right.LEAD_STAFF,
    "make_recovery_code": Right.LEAD_STAFF,
    "remove_pins": Right.LEAD_STAFF,
    # the file: whoever may touch it may look after it
    "keep_copy": Right.ENTER,
    "keep_backup_if_due": Right.ENTER,
    "back_up_here": Right.ENTER,
    "backups": Right.ENTER,
    "last_backup": Right.ENTER,
    "backup_words": Right.ENTER,
    "back_up": Right.KEEP_FILE,
    "may_restore": Right.KEEP_FILE,
    "head": Right.ENTER,
    "event_with_hash": Right.ENTER,
    "check": Right.ENTER,
    "rebuild": Right.ENTER,
    "rebuild_search": Right.ENTER,
    "search_faults": Right.ENTER,
}
"""The right that each verb needs, by the verb's name. What else a verb asks for, it asks where it knows the ticket:
`REASSIGN`, `CONFIRM` and `LESSEN`."""

_ONLY = {
    Role.SUPERVISOR: N_("Only a supervisor may do this, and {name} is not one. Nothing was changed."),
    Role.MANAGER: N_("Only a manager may do this, and {name} is not one. Nothing was changed."),
    Role.ADMINISTRATOR: N_("Only an administrator may do this, and {name} is not one. Nothing was changed."),
}


def rank(role: Role) -> int:
    """How high a role stands in the line: 0 for an agent."""
    return _RANKS.index(role)


def may(role: Role, right: Right) -> bool:
    """Whether this role holds the right."""
    return role in HOLDERS[right]


def demand(me: StaffMember, right: Right) -> None:
    """Raise NotPermitted where this person's role does not hold the right."""
    if not may(me.role, right):
        lowest = min(HOLDERS[right], key=rank)
        raise NotPermitted(_(_ONLY[lowest]).format(name=me.name))


def right_for(verb: str) -> Right:
    """The right that a verb needs."""
    return VERBS.get(verb, Right.LOOK)
