"""For tests of the history: a desk on which much was done, and hands that tamper with its file."""

import random
import sqlite3
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from complaint_desk.models.enums import COMMAND_ACTS, HeatStep
from complaint_desk.models.errors import DeskError
from tests.support import EVERY_WORD, HOSTILE, FrozenClock, complaint

PEOPLE = ("陈静", "李敏", "O'Brien")


def live_a_week(desk: Any, clock: FrozenClock, chance: random.Random, steps: int) -> list[str]:
    """Do whatever a desk does, at random but the same for the same chance; returns the tickets' numbers."""
    numbers: list[str] = []
    for _step in range(steps):
        clock.forward(minutes=chance.choice((1, 7, 90, 1500)))
        desk.as_name = chance.choice(PEOPLE)
        if not numbers or chance.random() < 0.2:
            numbers.append(_take(desk, clock, chance))
            continue
        with suppress(DeskError):
            _do_something(desk, clock, chance, chance.choice(numbers))
    return numbers


def _take(desk: Any, clock: FrozenClock, chance: random.Random) -> str:
    told = {name: value for name, value in EVERY_WORD.items() if chance.random() < 0.5 and name != "what"}
    heat = {step: clock.now for step in HeatStep if chance.random() < 0.3}
    received = clock.now - timedelta(hours=chance.choice((0, 0, 5, 40)))
    attachments = {"how": "长" * 100} if chance.random() < 0.1 else {}
    form = complaint(chance.choice(HOSTILE) + "!", **told)
    ticket = desk.register(form, received_at=received, heat=heat, attachments=attachments)
    return str(ticket.number)


def _do_something(desk: Any, clock: FrozenClock, chance: random.Random, number: str) -> None:
    what = chance.random()
    if what < 0.2:
        changes = {name: chance.choice((None, "改", value)) for name, value in EVERY_WORD.items()}
        fit = ("cause", "channel", "type")
        desk.amend(
            number,
            {n: (EVERY_WORD[n] if n in fit else v) for n, v in changes.items() if chance.random() < 0.3},
        )
    elif what < 0.35:
        desk.mark_heat(number, chance.choice(tuple(HeatStep)))
    elif what < 0.4:
        desk.unmark_heat(number, chance.choice(tuple(HeatStep)))
    else:
        happened = clock.now - timedelta(hours=chance.choice((1, 10, 30))) if chance.random() < 0.4 else None
        desk.act(number, chance.choice(COMMAND_ACTS), chance.choice(HOSTILE) + "?", happened_at=happened)


def tamper(file: Path, *statements: str) -> None:
    """Change the file as somebody would who takes the guards off first and puts them back."""
    connection = sqlite3.connect(file, isolation_level=None)
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _text in guards:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, statement
    for _name, text in guards:
        connection.execute(text)
    connection.close()
