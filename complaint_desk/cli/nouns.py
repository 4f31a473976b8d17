"""The commands by noun, each loaded when it is called: `--help` and `queue` stay fast."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from complaint_desk.locale import N_, _

NOUNS = {
    "ticket": ("ticket", N_("Take a complaint, show it, correct it, record what was done.")),
    "queue": ("queue", N_("List the open tickets: flagged first, then by the next unmet clock.")),
    "promise": ("promise", N_("What was promised to callers: add, list, keep, break, pass on.")),
    "remedy": ("remedy", N_("What callers get: add, approve, refuse, withdraw, done, authority.")),
    "customer": ("customer", N_("Who calls: find, show, edit, merge, split, link, hold, erase.")),
    "search": ("search", N_("Find tickets by anything said in them.")),
    "import": ("bring_in", N_("Bring in the records of another program, looked at first.")),
    "export": (
        "export",
        N_("Write tickets to a file: CSV, a workbook, or JSON that can be brought in again."),
    ),
    "radar": ("radar", N_("Say what other complaints a ticket repeats.")),
    "db": ("database", N_("Where the complaints and the settings lie.")),
    "check": ("check", N_("Prove the file sound, or name every fault by its ticket and event.")),
    "backup": ("backup", N_("Make a backup now, read it back, and say where it lies.")),
    "restore": ("backup", N_("Put a backup in the place of the file; the old file is kept beside.")),
    "salvage": ("backup", N_("Save what can be read of a damaged file into a new one.")),
    "doctor": (
        "doctor",
        N_("Print what a helper needs: versions, places, sizes, checks. No customer's words."),
    ),
    "setup": ("setup", N_("Set the desk up: language, store, the first supervisor. Never needed.")),
    "staff": ("staff", N_("Who works at the desk.")),
    "sla": ("sla", N_("What the clocks say: try a policy, explain a deadline.")),
    "handover": (
        "handover",
        N_("The shift sheet: what was kept today, what is hot, late, due, paused, and whose."),
    ),
    "policy": (
        "policy",
        N_("The store's time limits: show them, check a file, see what it moves, put it in force."),
    ),
    "playbook": ("playbook", N_("What the training teaches: read it, search it, check your own words.")),
    "classify": ("classify", N_("Say what kind of complainant speaks.")),
    "avoid": ("avoid", N_("Name the words to avoid in what an agent says.")),
}
"""Name, module in this room, and the line that `--help` shows."""


class Nouns(TyperGroup):
    """A command line that knows its nouns by name and loads the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Put the real command in the place of its line of help."""
        if args and args[0] in NOUNS:
            self.commands[args[0]] = load(args[0])
        return super().resolve_command(ctx, args)


def announce(app: typer.Typer) -> None:
    """Give the command line every noun with its line of help."""
    for name, (_module, line) in NOUNS.items():
        app.command(name, help=_(line))(_announced)


def load(name: str) -> Any:
    """The commands of a noun, with their help in the language in use."""
    module: Any = import_module(f"complaint_desk.cli.{NOUNS[name][0]}")
    room = typer.Typer()
    if hasattr(module, "register"):
        module.register(room)
    else:
        room.add_typer(module.build() if hasattr(module, "build") else module.app, name=name)
    return get_group(room).commands[name]


def _announced() -> None:
    """Stand for a command until it is called."""
