"""Measures the screen through a real pseudo-terminal, beside bare Textual programs in the same run."""

import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from _bench_table import Reading
from _terminal import Condition, Terminal

_HERE = Path(__file__).resolve().parent
_DESK = (sys.executable, "-m", "complaint_desk", "--lang", "zh_CN")
_SIZE = (120, 40)
_STARTS = 5
_KEYS = 80
_ANYTHING = re.compile(r"\S")
_FIELD = "电话"
_CALLERS = 40
_WHO_SECONDS = 0.05


def _bare(kind: str) -> Sequence[str]:
    return (sys.executable, str(_HERE / "_bench_bare.py"), kind)


def _desk(path: Path) -> Sequence[str]:
    return (*_DESK, "--db", str(path))


def first_paint(path: Path) -> Iterator[Reading]:
    """From the command to the first frame with anything on it, beside an empty Textual app."""
    ours, limit = _starts(_desk(path), _ANYTHING), _starts(_bare("empty"), _ANYTHING)
    yield Reading("command to first paint", ours, limit, 1.2)


def form_takes_keys(path: Path) -> Iterator[Reading]:
    """From the command to a letter on the screen that was typed as soon as the form stood there."""
    ours = [_first_letter(_desk(path), _FIELD) for _ in range(_STARTS)]
    limit = [_first_letter(_bare("form"), "field 0") for _ in range(_STARTS)]
    yield Reading("command to a form that takes keys", ours, limit, 1.3)


def key_in_form(path: Path) -> Iterator[Reading]:
    """From a key to its letter, in the call form and in the bare one."""
    ours, limit = _letters(_desk(path), _FIELD), _letters(_bare("form"), "field 0")
    yield Reading("key to painted letter in the form", ours, limit, 1.3)


def who_is_shown(path: Path) -> Iterator[Reading]:
    """From the last digit of a caller's number to the name in the top line, beside the fifty milliseconds allowed."""
    spent = []
    with Terminal(_desk(path), _SIZE) as desk:
        desk.wait_for(_FIELD)
        desk.settle(1.5)
        for number, name in _some_callers(path):
            for digit in number[:-1]:
                desk.send(digit)
                desk.read(0.05)
            desk.settle(0.1)
            if name not in _top(desk):
                spent.append(desk.key_to_paint(number[-1], _names(name)))
            desk.send(*["backspace"] * len(number))
            desk.settle(0.15)
    yield Reading("last digit to who is calling, of 50 ms", spent, [_WHO_SECONDS], 1.0)


def _some_callers(path: Path) -> list[tuple[str, str]]:
    """National number and name of callers all through the file."""
    asked = (
        "SELECT n.number, c.name FROM customer c JOIN customer_number n ON n.customer = c.row_id "
        "WHERE c.row_id % (SELECT max(1, max(row_id) / ?) FROM customer) = 1 LIMIT ?"
    )
    with closing(sqlite3.connect(path)) as file:
        return [(number[3:], name) for number, name in file.execute(asked, (_CALLERS, _CALLERS))]


def _top(screen: Terminal) -> str:
    return screen.text.partition("\n")[0]


def _names(name: str) -> Callable[[Terminal], bool]:
    return lambda screen: name in _top(screen)


def key_in_queue(path: Path) -> Iterator[Reading]:
    """From the down key to the moved cursor, in the queue and in a bare virtual table of fifty rows."""
    ours = _moves(_desk(path), _to_the_queue)
    limit = _moves(_bare("table"), lambda _: None)
    yield Reading("a key in the queue", ours, limit, 1.5)


def at_rest(path: Path) -> Iterator[Reading]:
    """The share of one core that the queue takes with its countdowns running and nobody at the keys."""
    with Terminal(_desk(path), _SIZE) as desk:
        desk.wait_for(_FIELD)
        desk.settle(1.0)
        desk.send("f3")
        desk.settle(2.0)
        used, begun = desk.processor_seconds(), time.perf_counter()
        while time.perf_counter() - begun < 20:
            desk.read(0.5)
        share = 100 * (desk.processor_seconds() - used) / (time.perf_counter() - begun)
    yield Reading("queue at rest, share of a core", [share], [1.0], 1.5, unit="%")


def tabs(path: Path) -> Iterator[Reading]:
    """The last fifty of five hundred tab presses, beside the first fifty."""
    spent = []
    with Terminal(_desk(path), _SIZE) as desk:
        desk.wait_for(_FIELD)
        desk.settle(1.0)
        for _ in range(500):
            begun = time.perf_counter()
            desk.send("tab")
            desk.read(1.0)
            desk.settle(0.03)
            spent.append(desk.last_byte_at - begun)
    yield Reading("500 tabs: the last 50 beside the first", spent[-50:], spent[:50], 1.3)


def _to_the_queue(desk: Terminal) -> None:
    desk.wait_for(_FIELD)
    desk.settle(1.0)
    desk.send("f3")


def _starts(command: Sequence[str], wanted: Condition) -> list[float]:
    spent = []
    for _ in range(_STARTS):
        with Terminal(command, _SIZE) as program:
            spent.append(program.wait_for(wanted) - program.started_at)
    return spent


def _first_letter(command: Sequence[str], field: str) -> float:
    with Terminal(command, _SIZE) as program:
        program.wait_for(field)
        program.send("7")
        return program.wait_for(lambda screen: "7" in screen.text.replace("F7", "")) - program.started_at


def _letters(command: Sequence[str], field: str) -> list[float]:
    spent = []
    with Terminal(command, _SIZE) as program:
        program.wait_for(field)
        program.settle(2.0)
        for count in range(_KEYS):
            letter = "xz"[count % 2]
            before = program.text.count(letter)
            spent.append(program.key_to_paint(letter, _more(letter, before)))
            if count % 10 == 9:
                program.send(*["backspace"] * 10)
                program.wait_for(lambda screen: "x" not in screen.text and "z" not in screen.text)
    return spent


def _more(letter: str, before: int) -> Callable[[Terminal], bool]:
    return lambda screen: screen.text.count(letter) > before


def _moves(command: Sequence[str], go: Callable[[Terminal], object]) -> list[float]:
    spent = []
    with Terminal(command, _SIZE) as program:
        go(program)
        program.settle(2.0)
        for _ in range(40):
            program.settle(0.02)
            pressed = time.perf_counter()
            program.send("down")
            if program.read(2.0):
                spent.append(program.last_byte_at - pressed)
    return spent
