"""Salvaging: what can still be read of a damaged file, in a new one that a desk can be opened on."""

import json
import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from complaint_desk.desk.base import Clock
from complaint_desk.desk.customers import customer_rows
from complaint_desk.desk.desk import Desk
from complaint_desk.desk.finding import search_index
from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import StoreFault
from complaint_desk.rules.lifecycle import fold
from complaint_desk.settings import Settings
from complaint_desk.store import checking, finding, history, salvaging, staff_checking
from complaint_desk.store.checking import FaultKind
from complaint_desk.store.engine import open_store
from complaint_desk.store.faults import as_store_faults
from complaint_desk.store.leftovers import salvage_folder
from complaint_desk.store.salvaging import TableRead
from complaint_desk.store.whereabouts import whole_path

_SCRAPS = ".scraps.jsonl"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved, and what was not."""

    file: Path
    tickets: int
    events: int
    missing_events: int
    """Places in the chain where events should be and are not."""
    lost_words: int
    """Events whose words are gone, and were not erased."""
    lost_tickets: tuple[str, ...]
    """The numbers of tickets that cannot be made from what is left of their history."""
    scraps: Path | None
    """Where the rows lie that were read and fit nowhere; None where there are none."""

    @property
    def whole(self) -> bool:
        """Whether nothing was lost."""
        return not (self.missing_events or self.lost_words or self.lost_tickets or self.scraps)


def salvage_file(settings: Settings, to: Path | None, *, as_name: str, clock: Clock) -> Salvaged:
    """Read what can be read of the file into a new one, and make tickets, clocks and index anew from its history.

    The damaged file is only copied. Raises StoreFault where there is none, the new one's name is taken, or nothing
    can be read.
    """
    path = whole_path(settings.db)
    if not path.is_file():
        raise StoreFault(_("There is no file {file}. Nothing was done.").format(file=path))
    moment = clock().astimezone(settings.zone)
    new = whole_path(
        to or path.with_name(f"{path.stem}-salvaged-{moment:%Y-%m-%dT%H%M%S}{path.suffix or '.db'}")
    )
    salvaging.unused(new)
    with as_store_faults(str(new)), salvage_folder(new) as folder:
        damaged = salvaging.copy_as_it_lies(path, folder)
        made = folder / f"saved{new.suffix}"
        open_store(made).close()
        read = salvaging.read_over(damaged, made)
        done = _rebuilt(settings, made, damaged, read, as_name, clock)
        return _handed_out(done, new)


def _handed_out(done: Salvaged, new: Path) -> Salvaged:
    """Give what was saved its name, the scraps first: who finds the file finds them too."""
    scraps = new.with_suffix(_SCRAPS) if done.scraps is not None else None
    if done.scraps is not None and scraps is not None:
        done.scraps.replace(scraps)
    salvaging.give_name(done.file, new)
    return replace(done, file=new, scraps=scraps)


def _rebuilt(
    settings: Settings, new: Path, damaged: Path, read: list[TableRead], as_name: str, clock: Clock
) -> Salvaged:
    desk = Desk(open_store(new), clock, settings.model_copy(update={"db": str(new)}), as_name)
    try:
        orphans: list[str] = []
        with desk.store.writing() as connection:
            checking.rebuild(connection, fold, orphans)
            customer_rows.rebuild(connection)
            staff_checking.rebuild(connection)
            seen = finding.ticket_ids(connection)
            lost_words = history.count_without_words(connection)
            broken = list(checking.broken_links(connection))
        search_index.rebuild(desk.store)
        missing = sum(fault.kind is FaultKind.EVENT_MISSING for fault in broken)
        scraps = [{"table": table.name, **row} for table in read for row in table.refused]
        lost = [row for row in salvaging.rows_of(damaged, "ticket") if row["id"] not in seen]
        scraps += [{"table": "ticket", **row} for row in lost]
        events = next((table.rows for table in read if table.name == "event"), 0)
        named = {row["id"] for row in lost}
        numbers = [str(row["number"]) for row in lost]
        numbers += [f"? {orphan[-6:]}" for orphan in orphans if orphan not in named]
        desk._begin_new_origin(
            Act.FILE_SALVAGED,
            {
                "events": events,
                "missing": missing,
                "lost_words": lost_words,
                "lost_tickets": len(numbers),
                "gaps": dict(Counter({table.name: table.gaps for table in read if table.gaps})),
            },
            [given for number in numbers if (given := _given(number))],
        )
    finally:
        desk.close()
    return Salvaged(
        new,
        len(seen),
        events,
        missing,
        lost_words,
        tuple(numbers),
        _keep_scraps(new, scraps) if scraps else None,
    )


def _given(number: str) -> tuple[str, str, int] | None:
    """Store, day and running number of a ticket's number, so that it is not given again; None for what is none."""
    store, _sign, rest = number.rpartition("-")[0].rpartition("-")
    running = number.rpartition("-")[2]
    return (store, rest, int(running)) if store and running.isdecimal() else None


def _keep_scraps(new: Path, scraps: list[dict[str, Any]]) -> Path:
    """Write the rows that fit nowhere as JSON, one a line, for a person to read; nobody else may."""
    target = new.with_suffix(_SCRAPS)
    with os.fdopen(
        os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        for scrap in scraps:
            file.write(json.dumps(scrap, ensure_ascii=True, default=_readable) + "\n")
    return target


def _readable(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
