"""Several desks on one file with random acts: nothing is lost, and no error is met that a retry would solve."""

import random
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act, HeatStep
from complaint_desk.models.errors import ActNotAllowed, ChangedMeanwhile
from complaint_desk.settings import Settings
from tests.processes import together
from tests.support import HOSTILE, complaint

NAMES = "甲乙丙丁戊己庚辛"


@dataclass
class Together:
    """What several desks did, and what went wrong."""

    done: Counter[str] = field(default_factory=Counter)
    """How often each verb was answered."""
    refused: int = 0
    """How often somebody else had been first, and said so."""
    wrong: list[str] = field(default_factory=list)
    """Errors that nobody can act on, things lost, faults of the file."""


def work_together(file: Path, desks: int, seconds: float, seed: int) -> Together:
    """Let so many desks work on the file, which must be closed here, for so long; then prove what they left."""
    first = _open(file, "甲")
    shared = [first.register(complaint(f"shared {count}")).number for count in range(5)]
    first.close()
    found = Together()
    with together(
        *(
            lambda name=name, at=at: _work(file, name, shared, seconds, seed + at)
            for at, name in enumerate(NAMES[:desks])
        )
    ) as children:
        lines = [line for child in children for line in child.read_all().decode().splitlines()]
        codes = [child.end() for child in children]
    found.wrong += [f"a desk ended with {code}" for code in codes if code]
    _prove(file, shared, lines, found)
    return found


def _open(file: Path, name: str) -> Desk:
    return Desk.open(Settings(db=str(file), store_code="S01"), as_name=name, back_up=False)


def _work(file: Path, name: str, shared: list[str], seconds: float, seed: int) -> int:
    chance, desk, end, mine = random.Random(seed), _open(file, name), time.monotonic() + seconds, 0
    numbers = list(shared)
    while time.monotonic() < end:
        mine += 1
        token, number, verb = f"{name}{mine}", chance.choice(numbers), chance.random()
        try:
            if verb < 0.3:
                number = desk.register(complaint(f"{token} {chance.choice(HOSTILE)}")).number
                numbers.append(number)
                print(f"registered {number}", flush=True)
            elif verb < 0.6:
                desk.act(chance.choice(shared), Act.NOTED, f"note-{token};")
                print(f"noted note-{token};", flush=True)
            elif verb < 0.7:
                version = desk.ticket(number).version
                desk.amend(number, {"who": token}, version=version)
                print("amended", flush=True)
            elif verb < 0.8:
                desk.mark_heat(number, chance.choice(tuple(HeatStep)))
                print("marked", flush=True)
            elif verb < 0.9:
                desk.queue()
                print("queue", flush=True)
            elif verb < 0.98:
                desk.act(number, Act.ACKNOWLEDGED, f"rang {token}")
                print("acknowledged", flush=True)
            else:
                desk.keep_backup_if_due()
                print("backup", flush=True)
        except (ChangedMeanwhile, ActNotAllowed):
            print("refused", flush=True)
        except Exception as error:
            print(f"wrong {name}: {type(error).__name__}: {error}".replace("\n", " "), flush=True)
        if mine % 20 == 0:
            time.sleep(0.002)
    with suppress(Exception):
        desk.close()
    return 0


def _prove(file: Path, shared: list[str], lines: list[str], found: Together) -> None:
    for line in lines:
        verb, _sign, rest = line.partition(" ")
        if verb == "wrong":
            found.wrong.append(rest)
        elif verb == "refused":
            found.refused += 1
        else:
            found.done[verb] += 1
    desk = _open(file, "甲")
    found.wrong += [f"{fault.kind} {fault.about}" for fault in desk.check()]
    numbers = [line.split()[1] for line in lines if line.startswith("registered")]
    if len(numbers) != len(set(numbers)):
        found.wrong.append("a number was given twice")
    with desk.store.reading() as connection:
        kept = set(connection.exec_driver_sql("SELECT number FROM ticket").scalars())
    found.wrong += [f"{number} is lost" for number in numbers if number not in kept]
    notes = {line.text for number in shared for line in desk.ticket(number).history}
    told = {line.split(" ", 1)[1] for line in lines if line.startswith("noted")}
    found.wrong += [f"{note} is lost" for note in sorted(told - notes)]
    desk.close()
