"""The keys of the queue and of a ticket, in the same tables as those of the call."""

from complaint_desk.locale import N_
from complaint_desk.screens.keys import DeskKey

ACT_KEYS = (
    DeskKey(
        "act.acknowledge", "a,A", "act('acknowledge')", "A", N_("Acknowledge"),
        N_("Record that the mistake was admitted to the caller: meets the 24 h clock."), 2,
    ),
    DeskKey(
        "act.own", "o,O", "act('own')", "O", N_("Own"),
        N_("Record that somebody took responsibility: meets the 48 h clock, and an unmet 24 h clock."), 2,
    ),
    DeskKey(
        "act.resolve", "r,R", "act('resolve')", "R", N_("Resolve"),
        N_("Record that it is settled: meets the 30 d clock, and every earlier unmet one."), 2,
    ),
    DeskKey(
        "act.note", "n,N", "act('note')", "N", N_("Note"),
        N_("Add a note."), 3,
    ),
)  # fmt: skip
"""Acts on a ticket, from the list and from the ticket itself."""

QUEUE_KEYS = (
    DeskKey(
        "queue.open", "enter", "open", "Enter", N_("Open"),
        N_("Open the ticket under the cursor."), 1,
    ),
    *ACT_KEYS,
    DeskKey(
        "queue.undo", "u,U", "act('undo')", "U", "",
        N_("Take the last act back."), 6,
    ),
    DeskKey(
        "list.menu", "m,M,ctrl+k", "menu", "M Ctrl+K", N_("Menu"),
        N_("The same by digits, for when an input method swallows letters."), 4,
    ),
)  # fmt: skip
"""What works in the queue."""

TICKET_KEYS = (
    *ACT_KEYS,
    DeskKey(
        "ticket.reopen", "p,P", "act('reopen')", "P", N_("Reopen"),
        N_("Reopen the ticket, with a reason: starts a clock of 48 h."), 4,
    ),
    DeskKey(
        "ticket.undo", "u,U", "act('undo')", "U", N_("Undo"),
        N_("Take the last act back."), 6,
    ),
    DeskKey(
        "ticket.correct", "e,E", "correct", "E", N_("Correct"),
        N_("Open the form again to correct what was taken down."), 4,
    ),
    DeskKey(
        "ticket.confirm", "c,C", "act('confirm')", "C", N_("Confirm"),
        N_("Confirm a disputed act, as a supervisor."), 1,
    ),
    DeskKey(
        "ticket.hear", "f5", "heat('hear')", "F5", "",
        N_("Mark that you heard the caller out; again takes the mark back."),
    ),
    DeskKey(
        "ticket.empathise", "f6", "heat('empathise')", "F6", "",
        N_("Mark that you showed understanding; again takes the mark back."),
    ),
    DeskKey(
        "ticket.apologise", "f7", "heat('apologise')", "F7", "",
        N_("Mark that you apologised; again takes the mark back."),
    ),
    DeskKey(
        "ticket.take_action", "f8", "heat('take_action')", "F8", "",
        N_("Mark that you said what will be done; again takes the mark back."),
    ),
    DeskKey(
        "ticket.thank", "f9", "heat('thank')", "F9", "",
        N_("Mark that you thanked the caller; again takes the mark back."),
    ),
    DeskKey(
        "ticket.whole", "t,T", "whole", "T", "",
        N_("Show the attached texts whole, or only their beginning."),
    ),
    DeskKey(
        "ticket.copy", "y,Y", "copy", "Y", "",
        N_("Copy the number."),
    ),
    DeskKey(
        "list.menu", "m,M,ctrl+k", "menu", "M Ctrl+K", N_("Menu"),
        N_("The same by digits, for when an input method swallows letters."), 3,
    ),
    DeskKey(
        "ticket.back", "escape", "back", "Esc", N_("Back"),
        N_("Back to where you came from."), 0,
    ),
)  # fmt: skip
"""What works on a ticket."""
