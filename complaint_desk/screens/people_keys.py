"""The keys of the staff's screen, and the one that leads to it."""

from complaint_desk.locale import N_
from complaint_desk.screens.keys import DeskKey

PEOPLE_KEY = DeskKey(
    "queue.people", "ctrl+e", "app.staff", "Ctrl+E", "",
    N_("Staff: roles and authority, who left, PINs; for whoever leads the staff."), 7,
)  # fmt: skip
"""From the queue to the staff."""

PEOPLE_KEYS = (
    DeskKey(
        "people.role", "r,R", "role", "R", N_("Role"),
        N_("Give this person another role."), 1,
    ),
    DeskKey(
        "people.reset", "p,P", "reset", "P", N_("One-time PIN"),
        N_("Give this person a one-time PIN, for a forgotten one or the first."), 2,
    ),
    DeskKey(
        "people.leave", "l,L", "leave_or_return", "L", N_("Leave, return"),
        N_("This person works here no more; or works here again."), 2,
    ),
    DeskKey(
        "people.add", "a,A", "add", "A", N_("Add"),
        N_("Somebody new, as an agent; with a one-time PIN where PINs are in use."), 2,
    ),
    DeskKey(
        "people.code", "c,C", "code", "C", N_("Recovery code"),
        N_("Make a new recovery code in place of the old one."), 4,
    ),
    DeskKey(
        "people.log", "h,H", "log", "H", N_("History"),
        N_("What the staff did among themselves, and who looked at masked callers."), 5,
    ),
    DeskKey(
        "list.menu", "enter,m,M,ctrl+k", "menu", "Enter Ctrl+K", N_("Menu"),
        N_("The same by digits, for when an input method swallows letters."), 3,
    ),
    DeskKey(
        "people.back", "escape", "back", "Esc", N_("Back"),
        N_("Back to where you came from."), 0,
    ),
)  # fmt: skip
"""What works on the staff's screen."""

PEOPLE_MENU = tuple(key for key in PEOPLE_KEYS if key.id not in ("list.menu", "people.back"))
"""What its menu does."""
