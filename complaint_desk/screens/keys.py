"""Every key of the desk in one table: the bindings, the bottom line, the palette and the help are made from it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.binding import Binding

from complaint_desk.locale import N_, _
from complaint_desk.widgets.key_line import KeyHint


class DeskKey(NamedTuple):
    """A key, a second one where terminals may take the first, and what it does."""

    id: str
    keys: str
    action: str
    shown: str
    """How the keys are written for people; the first word of it stands in the bottom line."""
    label: str
    """The word in the bottom line; empty to leave it out there."""
    does: str
    """What it does, as a sentence, for the help and the palette."""
    rank: int = 5
    """The lower, the longer it stays in a narrow bottom line."""

    def binding(self) -> Binding:
        """The binding; priority, so that no text field takes the key for itself."""
        return Binding(
            self.keys,
            self.action,
            self.label or self.does,
            show=False,
            key_display=self.shown,
            priority=True,
            id=self.id,
            tooltip=self.does,
        )


HEAT_KEYS = (
    DeskKey(
        "heat.hear",
        "f5",
        "heat('hear')",
        "F5",
        "",
        N_("Mark that you heard the caller out; again takes the mark back."),
        2,
    ),
    DeskKey(
        "heat.empathise",
        "f6",
        "heat('empathise')",
        "F6",
        "",
        N_("Mark that you showed understanding; again takes the mark back."),
        2,
    ),
    DeskKey(
        "heat.apologise",
        "f7",
        "heat('apologise')",
        "F7",
        "",
        N_("Mark that you apologised; again takes the mark back."),
        2,
    ),
    DeskKey(
        "heat.take_action",
        "f8",
        "heat('take_action')",
        "F8",
        "",
        N_("Mark that you said what will be done; again takes the mark back."),
        2,
    ),
    DeskKey(
        "heat.thank",
        "f9",
        "heat('thank')",
        "F9",
        "",
        N_("Mark that you thanked the caller; again takes the mark back."),
        2,
    ),
)
"""The steps of HEAT, in their order."""

CALL_KEYS = (
    *HEAT_KEYS,
    DeskKey(
        "call.save",
        "ctrl+s",
        "save",
        "Ctrl+S",
        N_("Save"),
        N_("Save the complaint as a ticket; again saves it with what is missing."),
        0,
    ),
    DeskKey(
        "call.park", "ctrl+n", "park", "Ctrl+N", N_("Next call"), N_("Park this call and take the next."), 3
    ),
    DeskKey(
        "call.type",
        "f10,ctrl+l",
        "choose_type",
        "F10 Ctrl+L",
        N_("Type"),
        N_("Say what kind of caller this is: then 1 to 5; the same key again shows why."),
        4,
    ),
    DeskKey(
        "call.read_back",
        "ctrl+r",
        "read_back",
        "Ctrl+R",
        N_("Read back"),
        N_("Read what was taken down to the caller, who confirms it; or go to what is missing."),
        5,
    ),
    DeskKey(
        "call.cause",
        "ctrl+e",
        "take_cause",
        "Ctrl+E",
        "",
        N_("Take the cause that is proposed in its field."),
    ),
    DeskKey(
        "call.promise",
        "ctrl+t",
        "promise",
        "Ctrl+T",
        N_("Promise"),
        N_("One more promise to the caller: what, by when, who keeps it."),
        5,
    ),
    DeskKey(
        "call.caller",
        "ctrl+o",
        "caller",
        "Ctrl+O",
        "",
        N_("Show who is calling, the caller's open tickets, and who told the same lately."),
    ),
    DeskKey(
        "call.situation",
        "ctrl+k",
        "situation",
        "Ctrl+K",
        N_("Cards"),
        N_("Show the cards for calls that need another way: abuse, silence, danger, illness, press."),
        7,
    ),
    DeskKey(
        "call.playbook",
        "f11,ctrl+b",
        "playbook",
        "F11 Ctrl+B",
        N_("Playbook"),
        N_("Read and search the playbook; the call stays as it is."),
        7,
    ),
    DeskKey(
        "call.coach",
        "ctrl+f",
        "unfold",
        "Ctrl+F",
        N_("Coach"),
        N_("Unfold or fold the coach: more to say, and what to avoid."),
        6,
    ),
)
"""What works on the call screen."""

APP_KEYS = (
    DeskKey("desk.help", "f1,ctrl+g", "help", "F1 Ctrl+G", N_("Keys"), N_("Show every key."), 1),
    DeskKey(
        "desk.call", "f2", "call", "F2", "", N_("Go to the call; on the call screen: the calls that wait.")
    ),
    DeskKey("desk.queue", "f3", "queue", "F3", N_("Queue"), N_("Go to the queue."), 5),
    DeskKey(
        "desk.search", "f4", "search", "F4", N_("Search"), N_("Search everything ever said in a ticket."), 6
    ),
    DeskKey(
        "desk.language",
        "f12",
        "language",
        "F12",
        "中/EN",
        N_("Switch between Chinese and English; no letter is lost."),
        8,
    ),
    DeskKey(
        "desk.person",
        "ctrl+u",
        "switch_person",
        "Ctrl+U",
        "",
        N_("Another person sits down here; the call stays."),
    ),
    DeskKey("desk.quit", "ctrl+q", "quit", "Ctrl+Q", "", N_("Leave; the call is kept as a draft.")),
)
"""What works everywhere."""

PALETTE = DeskKey(
    "desk.palette", "ctrl+p", "command_palette", "Ctrl+P", "", N_("Find any command by its name.")
)

MOVING = (
    ("Tab  Shift+Tab", N_("To the next field, to the one before.")),
    ("Enter", N_("To the next field; in a field of several lines a new line.")),
    ("↓  ↑", N_("In cause and channel: open the list and move in it; digits and letters choose too.")),
    ("Ctrl+Z  Ctrl+Y", N_("In a field of several lines: undo and redo typing.")),
    ("Esc", N_("Close what is open. It never takes text away.")),
)
"""What the fields themselves do."""


def bindings(keys: Iterable[DeskKey]) -> list[Binding]:
    """The bindings of these keys."""
    return [key.binding() for key in keys]


def hints(keys: Sequence[DeskKey]) -> list[KeyHint]:
    """The bottom line for these keys, in the language in use."""
    heat = [KeyHint("F5…F9", "HEAT", 1)] if CALL_KEYS[0] in keys else []
    return heat + [
        KeyHint(key.shown.split()[0].replace("Ctrl+", "^"), _(key.label), key.rank)
        for key in keys
        if key.label
    ]


MOVES = (
    Binding("tab", "app.focus_next", priority=True, show=False),
    Binding("shift+tab", "app.focus_previous", priority=True, show=False),
)
"""From field to field, before any field sees the key: letters that come in the same breath as a Tab, from a quick
typist or a busy machine, belong to the field after it."""
