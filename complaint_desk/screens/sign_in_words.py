"""What is asked of whoever sits down, step by step, and the keys that answer."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from complaint_desk.locale import N_, _
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pick_list import Pick

if TYPE_CHECKING:
    from complaint_desk.models.staff import StaffMember


class Why(Enum):
    """Why somebody is asked who they are."""

    START = N_("Who sits here?")
    LOCKED = N_("Locked. The call is kept as it was.")
    SWITCH = N_("Who sits here now? The call stays as it is.")
    OWN_PIN = N_("Another PIN of your own")


class Step(Enum):
    """What is asked just now."""

    WHO = "who"
    NAME = "name"
    PIN = "pin"
    OWN = "own"


def pick_of(number: int, member: StaffMember) -> Pick:
    """A member of staff as a line of the list; the first nine have a digit."""
    from complaint_desk.desk.staff.role_names import role_name

    digit = str(number) if number <= 9 else " "
    return Pick(member.name, f"{digit}  {member.name}  {role_name(member.role)}")


def hints(
    step: Step, why: Why, *, fault: bool, asks: bool, signed_in: bool, may_leave: bool
) -> list[KeyHint]:
    """The keys that work at this step."""
    match step:
        case _ if fault:
            found = [KeyHint("Enter", _("Try again"), 0), KeyHint("Esc", _("Go on without"), 1)]
        case Step.WHO:
            found = [KeyHint("1…9 ↓ ↑ Enter", _("Choose"), 0)]
            if not asks:
                found.append(KeyHint("0", _("Another name"), 2))
            elif why is Why.SWITCH and signed_in:
                found.append(KeyHint("0", _("Lock"), 2))
            if may_leave:
                found.append(KeyHint("Esc", _("Back"), 1))
        case Step.NAME:
            found = [KeyHint("Enter", _("Sit down"), 0), KeyHint("Esc", _("Back"), 1)]
        case Step.PIN:
            back = _("Back") if why is Why.OWN_PIN else _("Somebody else")
            found = [KeyHint("Enter", _("Sign in"), 0), KeyHint("Esc", back, 1)]
        case Step.OWN:
            found = [KeyHint("Enter", _("Next"), 0), KeyHint("Esc", _("Back"), 1)]
    return [*found, KeyHint("F12", "中/EN", 3), KeyHint("^Q", _("Leave"), 4)]
