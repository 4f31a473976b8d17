"""Another program holds the file: the desk refuses in a sentence, goes on reading, and works once it lets go."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.models.errors import StoreFault
from complaint_desk.settings import Settings
from tests.processes import start
from tests.support import complaint


@dataclass
class Locked:
    """What happened while another program held the file, and after."""

    refused: int = 0
    """Writings that were refused in a sentence."""
    read: int = 0
    """Readings that were served meanwhile."""
    kept: int = 0
    """Writings that were done once it had let go."""
    wrong: list[str] = field(default_factory=list)


def hold_for(file: Path, seconds: float) -> Locked:
    """Have another program hold the file's lock for so long while a desk tries to work on it."""
    found, settings = Locked(), Settings(db=str(file), store_code="S01")
    desk = Desk.open(settings, as_name="chen", back_up=False)
    number = desk.register(complaint("before")).number
    desk.close()

    def hold() -> int:
        import sqlite3

        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE counter SET last = last + 100")
        print("held", flush=True)
        time.sleep(seconds)
        connection.execute("ROLLBACK")
        connection.close()
        print("let go", flush=True)
        return 0

    holder = start(hold)
    if holder.read_line() != b"held\n":
        found.wrong.append("the file could not be held")
    begun = time.monotonic()
    desk = Desk.open(settings, as_name="chen", back_up=False)
    tried = 0
    while time.monotonic() - begun < seconds - 6:
        tried += 1
        try:
            desk.register(complaint(f"meanwhile {tried}"))
            found.wrong.append("a ticket was saved while another program held the file")
        except StoreFault as fault:
            found.refused += "did not let go" in str(fault)
            if "did not let go" not in str(fault):
                found.wrong.append(str(fault))
        if desk.ticket(number).what == "before" and len(desk.queue()) == 1:
            found.read += 1
    if holder.read_line() != b"let go\n" or holder.end() != 0:
        found.wrong.append("the file was not held to the end")
    for count in range(tried):
        desk.register(complaint(f"meanwhile {count}"))
        found.kept += 1
    found.wrong += [f"{fault.kind} {fault.about}" for fault in desk.check()]
    if len(desk.queue(1_000)) != found.kept + 1:
        found.wrong.append("tickets are missing, or there are too many")
    desk.close()
    return found
