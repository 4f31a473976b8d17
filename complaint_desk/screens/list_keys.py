"""The keys of the queue and of a ticket, in the same tables as those of the call."""

from complaint_desk.locale import N_
from complaint_desk.screens.customer_keys import CALLER_KEY
from complaint_desk.screens.keys import HEAT_KEYS, DeskKey
from complaint_desk.screens.people_keys import PEOPLE_KEY

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

SUPERVISING_KEYS = (
    DeskKey(
        "act.take", "g,G", "take", "G", N_("Take"),
        N_("Take the ticket on yourself."), 3,
    ),
    DeskKey(
        "act.hand_over", "h,H", "supervise('hand_over')", "H", N_("Hand over"),
        N_("Hand the ticket over to a colleague, with a warm summary."), 3,
    ),
    DeskKey(
        "act.assign", "i,I", "supervise('assign')", "I", "",
        N_("Give the ticket to somebody, without a summary."), 6,
    ),
    DeskKey(
        "act.severity", "v,V", "supervise('severity')", "V", N_("Severity"),
        N_("Change how grave the matter is, with a reason."), 5,
    ),
)  # fmt: skip
"""Acts of a supervisor that the list and the ticket have on the same keys."""

SETTLING_KEYS = (
    DeskKey(
        "settle.promise", "t,T", "promise", "T", N_("Promise"),
        N_("One more promise to the caller: what, by when, who keeps it."), 3,
    ),
    DeskKey(
        "settle.end_promise", "k,K", "end_promise", "K", N_("Kept"),
        N_("Record that a promise was kept or is not kept, or have somebody else keep it."), 3,
    ),
    DeskKey(
        "settle.remedy", "d,D", "remedy", "D", N_("Remedy"),
        N_("Grant a remedy; or approve, change, refuse or withdraw the one that waits."), 3,
    ),
    DeskKey(
        "settle.carry_out", "j,J", "carry_out", "J", "",
        N_("Record that a remedy was carried out."), 6,
    ),
    DeskKey(
        "settle.follow_up", "f,F", "follow_up", "F", "",
        N_("Record that the caller was followed up: rung, written to, visited."), 6,
    ),
    DeskKey(
        "settle.close", "z,Z", "close_ticket", "Z", N_("Close"),
        N_("Close what is settled: the caller thanked, followed up, every promise kept."), 5,
    ),
)  # fmt: skip
"""Promises, remedies and the end, on the same keys in the list and on a ticket."""

WHY_KEY = DeskKey(
    "ticket.why", "y,Y", "why", "Y", N_("Why"),
    N_("Say why the deadlines are what they are, every addend on a line of its own."), 4,
)  # fmt: skip

ESCALATE_KEY = DeskKey(
    "ticket.escalate", "l,L", "supervise('escalate')", "L", N_("Escalate"),
    N_("Take the ticket up the line to a named person; its owner stays."), 5,
)  # fmt: skip

COPY_KEY = DeskKey(
    "ticket.copy", "b,B", "copy", "B", "",
    N_("Copy the number."),
)  # fmt: skip

MENU_KEY = DeskKey(
    "list.menu", "m,M,ctrl+k", "menu", "M Ctrl+K", N_("Menu"),
    N_("The same by digits, for when an input method swallows letters."), 1,
)  # fmt: skip

EXPORT_KEY = DeskKey(
    "list.export", "x,X", "export", "X", N_("Export"),
    N_("Write what is on the screen to a file: CSV, a workbook, JSON."), 6,
)  # fmt: skip

QUEUE_KEYS = (
    DeskKey(
        "queue.open", "enter", "open", "Enter", N_("Open"),
        N_("Open the ticket under the cursor."), 1,
    ),
    *ACT_KEYS,
    *SUPERVISING_KEYS,
    ESCALATE_KEY._replace(id="queue.escalate", keys="e,E,l,L", shown="E L", rank=4),
    DeskKey(
        "queue.pause", "p,P", "supervise('pause')", "P", N_("Pause"),
        N_("Let clocks stand still, with a reason and a return; paused ones run again."), 4,
    ),
    WHY_KEY,
    *SETTLING_KEYS,
    DeskKey(
        "queue.undo", "u,U", "act('undo')", "U", "",
        N_("Take the last act back."), 6,
    ),
    DeskKey(
        "queue.mark", "space", "mark", "Space", N_("Mark"),
        N_("Mark the ticket, or take the mark away: acts are then about every marked one."), 3,
    ),
    DeskKey(
        "queue.mark_all", "ctrl+a", "mark_all", "Ctrl+A", "",
        N_("Mark every ticket of the view, or take all marks away."), 6,
    ),
    DeskKey(
        "queue.filter", "slash,ideographic_comma,fullwidth_solidus", "filter", "/", N_("Filter"),
        N_("Narrow the list by a number, a name, a telephone number's last digits, any words (、 is the same key)."),
        2,
    ),
    DeskKey(
        "queue.shift", "s,S", "shift_sheet", "S", N_("Shift sheet"),
        N_("Show the shift sheet, and save it to a file."), 5,
    ),
    DeskKey(
        "queue.store", "w,W", "choose_store", "W", "",
        N_("Show the tickets of one store, or of all."), 6,
    ),
    EXPORT_KEY,
    DeskKey(
        "queue.bring_in", "ctrl+o", "bring_in", "Ctrl+O", "",
        N_("Bring in the records of another program from a file."), 7,
    ),
    COPY_KEY._replace(id="queue.copy", rank=7),
    CALLER_KEY._replace(id="queue.customer", keys="c,C", shown="C"),
    PEOPLE_KEY,
    MENU_KEY,
)  # fmt: skip
"""What works in the queue."""

QUEUE_VIEW_KEYS = (
    ("1…9", N_("The views, in the order in which they stand above the list.")),
    ("←  →", N_("The view before, the view after.")),
    ("Esc", N_("Out of the filter; then no filter; then no marks.")),
)
"""What else works in the queue."""

SEARCH_KEYS = (
    DeskKey(
        "search.open", "enter", "open", "Enter", N_("Open"),
        N_("Open the ticket under the cursor; Esc comes back to the search as it was."), 1,
    ),
    DeskKey(
        "search.complete", "tab", "complete", "Tab", N_("Complete"),
        N_("Complete the field or the value that is being written."), 3,
    ),
    DeskKey(
        "search.back", "escape", "back", "Esc", N_("Back"),
        N_("Back to where you came from; the search stays as it is."), 0,
    ),
    DeskKey(
        "search.again", "f4", "new_search", "F4", "",
        N_("Mark what is written, so that the next key begins another search."), 6,
    ),
    DeskKey(
        "search.export", "ctrl+x", "export", "Ctrl+X", N_("Export"),
        N_("Write what was found to a file: CSV, a workbook, JSON."), 6,
    ),
    CALLER_KEY,
    DeskKey(
        "list.menu", "ctrl+k", "menu", "Ctrl+K", N_("Menu"),
        N_("Open or act on the ticket under the cursor, by digits."), 4,
    ),
)  # fmt: skip
"""What works in the search, where letters are written."""

SEARCH_MENU = (SEARCH_KEYS[0], *ACT_KEYS, CALLER_KEY, EXPORT_KEY)
"""What the menu of the search does with the ticket under the cursor."""

TICKET_KEYS = (
    *ACT_KEYS,
    DeskKey(
        "ticket.reopen", "p,P", "pause_or_reopen", "P", N_("Pause"),
        N_("Let clocks stand still or run again; a settled ticket is reopened, which starts a clock of 48 h."), 4,
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
    *SUPERVISING_KEYS,
    ESCALATE_KEY,
    WHY_KEY,
    *SETTLING_KEYS,
    *(key._replace(id=key.id.replace("heat.", "ticket."), rank=5) for key in HEAT_KEYS),
    DeskKey(
        "ticket.see", "s,S", "see_caller", "S", N_("See caller"),
        N_("Show a masked caller's name and number whole; that is recorded."), 2,
    ),
    DeskKey(
        "ticket.whole", "w,W", "whole", "W", "",
        N_("Show the attached texts whole, or only their beginning."),
    ),
    COPY_KEY,
    DeskKey(
        "ticket.out", "x,X", "take_out", "X", N_("Copy, save"),
        N_("Copy the ticket, or save it to a file: as text, Markdown or JSON."), 6,
    ),
    CALLER_KEY,
    MENU_KEY,
    DeskKey(
        "ticket.back", "escape", "back", "Esc", N_("Back"),
        N_("Back to where you came from."), 0,
    ),
)  # fmt: skip
"""What works on a ticket."""

BRING_IN_KEYS = (
    DeskKey(
        "bring_in.choose", "enter", "enter", "Enter", "",
        N_("Look at the file; on a column: choose what it becomes."), 1,
    ),
    DeskKey(
        "bring_in.order", "d,D", "order", "D", N_("Dates"),
        N_("Read the dates of this column in another order of day, month and year."), 2,
    ),
    DeskKey(
        "bring_in.clocks", "c,C", "clocks", "C", N_("Clocks"),
        N_("Start our clocks for open tickets from now on, or start none."), 4,
    ),
    DeskKey(
        "bring_in.keep", "k,K", "keep", "K", N_("Keep mapping"),
        N_("Keep what the columns become as a file for `import --map`."), 5,
    ),
    DeskKey(
        "bring_in.try", "t,T", "try_it", "T", N_("Try"),
        N_("Go through all lines without writing any, and tell the faulty ones."), 1,
    ),
    DeskKey(
        "bring_in.go", "g,G", "go", "G", N_("Bring in"),
        N_("Bring the lines in, after a trial and a question."), 0,
    ),
    DeskKey(
        "bring_in.leave", "escape", "leave", "Esc", N_("Back"),
        N_("Stop what is going on; else back, nothing written."), 2,
    ),
)  # fmt: skip
"""What works on the import screen."""

BRING_IN_MOVES = (
    ("←  →", N_("Let the column under the bar become something else.")),
    ("Tab", N_("Between the line of the file and the columns.")),
)
"""What else works there."""
