"""Makes words gone for good: out of the history, the index, the file's free pages, the drafts; and proves it."""

import contextlib
import json
import mmap
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import StoreFault
from complaint_desk.models.tables import CustomerRow, ErasureRow, EventRow, SaidRow, TicketRow, table_of
from complaint_desk.store.copies import copies_folder
from complaint_desk.store.full_text import LIVE

_said, _erasure, _event = table_of(SaidRow), table_of(ErasureRow), table_of(EventRow)
_customer, _ticket = table_of(CustomerRow), table_of(TicketRow)
_AT_ONCE = 500
_PAGES_A_TURN = 400
"""So many pages of the index are merged in one transaction, so that no desk waits long."""
_MOST_TURNS = 100_000


def forget(connection: Connection, event_ids: Iterable[str], erased_by: str) -> None:
    """Delete what was said in these events, in the caller's transaction; their digests stay in the chain.

    `erased_by` is the act of erasing that was recorded in the same transaction; the file's guards let only such words
    go.
    """
    ids = list(dict.fromkeys(event_ids))
    connection.exec_driver_sql("PRAGMA secure_delete=ON")
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        there = set(
            connection.execute(select(_erasure.c.event_id).where(_erasure.c.event_id.in_(some))).scalars()
        )
        if new := [{"event_id": one, "erased_by": erased_by} for one in some if one not in there]:
            connection.execute(insert(_erasure), new)
        connection.execute(delete(_said).where(_said.c.event_id.in_(some)))


@dataclass(frozen=True, slots=True)
class ErasedIds:
    """Who and what was erased, by id: enough to find them in an older copy, and nobody's name."""

    customers: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()
    """Events by which the erased customers' own complaints were received."""
    words: tuple[str, ...] = ()
    """Other events that lost words."""

    @classmethod
    def read(cls, ids: Iterable[str]) -> "ErasedIds":
        """Sort ids as they are listed; what is no such id is passed over."""
        sorted_out: dict[str, list[str]] = {kind: [] for kind in ("customer", "receipt", "words")}
        for one in dict.fromkeys(ids):
            kind, _sign, which = one.partition(":")
            if which and kind in sorted_out:
                sorted_out[kind].append(which)
        return cls(*(tuple(found) for found in sorted_out.values()))


def erased_here(connection: Connection, customer_ids: Collection[str] | None = None) -> list[str]:
    """Who and what was erased in this file, as ids that tell what they are; or of these customers only."""
    gone = select(_customer.c.id).where(_customer.c.erased_at.is_not(None))
    events = (
        select(_erasure.c.event_id, _event.c.act, _customer.c.erased_at)
        .join_from(_erasure, _event, _event.c.id == _erasure.c.event_id)
        .join(_ticket, _ticket.c.id == _event.c.ticket_id, isouter=True)
        .join(_customer, _customer.c.id == _ticket.c.customer_id, isouter=True)
    )
    if customer_ids is not None:
        gone = gone.where(_customer.c.id.in_(list(customer_ids)))
        events = events.where(_customer.c.id.in_(list(customer_ids)))
    found = [f"customer:{one}" for one in connection.execute(gone.order_by(_customer.c.id)).scalars()]
    for row in connection.execute(events.order_by(_erasure.c.event_id)):
        own = row.act == Act.RECEIVED.value and row.erased_at is not None
        found.append(f"{'receipt' if own else 'words'}:{row.event_id}")
    return found


def left_to_erase(connection: Connection, event_ids: Collection[str]) -> list[str]:
    """Which of these events are in this file and still have their words."""
    found: list[str] = []
    ids = list(event_ids)
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        found += connection.execute(select(_said.c.event_id).where(_said.c.event_id.in_(some))).scalars()
    return found


def settle_index(writing: Callable[[], contextlib.AbstractContextManager[Connection]]) -> None:
    """Merge the index of words to its end, a little at a time: only then the tokens of deleted words are gone."""
    pages = -_PAGES_A_TURN
    for _turn in range(_MOST_TURNS):
        with writing() as connection:
            before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
            connection.exec_driver_sql(
                f"INSERT INTO {LIVE.words}({LIVE.words}, rank) VALUES ('merge', ?)", (pages,)
            )
            after = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
        if after - before < 2:
            return
        pages = _PAGES_A_TURN


@dataclass(frozen=True, slots=True)
class Trace:
    """Where bytes of an erased person still stand."""

    path: Path
    times: int


def traces(paths: Iterable[Path], sought: Collection[bytes]) -> list[Trace]:
    """In which of these files any of these bytes stand, and how often; files that are not there are passed over."""
    found = []
    for path in paths:
        with suppress(FileNotFoundError):
            if times := _count(path, sought):
                found.append(Trace(path, times))
    return found


def _count(path: Path, sought: Collection[bytes]) -> int:
    if path.stat().st_size == 0:
        return 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return sum(_times(content, one) for one in sought if one)


def _times(content: mmap.mmap, one: bytes) -> int:
    times, at = 0, content.find(one)
    while at != -1:
        times, at = times + 1, content.find(one, at + len(one))
    return times


def files_of(path: Path) -> list[Path]:
    """The file and its journal."""
    return [path, path.with_name(path.name + "-wal")]


def older_files(path: Path, second: Path | None) -> list[Path]:
    """Every copy of the file that is kept: backups, copies before a migration, files that a restored one replaced."""
    places = [copies_folder(path), *([second] if second else [])]
    ending = escape(path.suffix or ".db")
    found = [
        one for place in places for one in place.glob(f"{escape(path.stem)}-*{ending}*") if one.is_file()
    ]
    return sorted([*found, *path.parent.glob(f"{escape(path.stem)}-replaced-*{ending}*")])


def drafts_with(folders: Iterable[Path], redact: Callable[[Any], Any]) -> list[Path]:
    """The calls that wait, and the discarded ones, in which the person stands."""
    found = []
    for path in files_in(folders):
        with suppress(OSError):
            text = path.read_bytes().decode("utf-8", "surrogatepass")
            if _redacted(text, path.suffix, redact) != text:
                found.append(path)
    return found


def files_in(folders: Iterable[Path]) -> list[Path]:
    """Every file in these folders that may hold what was typed."""
    found = (one for folder in folders for one in folder.rglob("*"))
    return sorted(one for one in found if one.is_file() and one.suffix in (".json", ".txt", ".part"))


def redact_drafts(folders: Iterable[Path], redact: Callable[[Any], Any]) -> list[Path]:
    """Take a person out of the calls that wait and out of discarded ones; returns the files that were changed.

    `redact` gives a value back with the person taken out. What cannot be read as a draft is redacted as a text.
    """
    changed = []
    for path in drafts_with(folders, redact):
        with suppress(OSError):
            text = path.read_bytes().decode("utf-8", "surrogatepass")
            _replace(path, _redacted(text, path.suffix, redact))
            changed.append(path)
    return changed


def _redacted(text: str, suffix: str, redact: Callable[[Any], Any]) -> str:
    if suffix == ".json":
        try:
            values = json.loads(text)
        except ValueError:
            return str(redact(text))
        new = redact(values)
        return text if new == values else json.dumps(new, ensure_ascii=False, indent=1)
    return str(redact(text))


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123
            file.write(text.encode("utf-8", "surrogatepass"))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def erased_list(path: Path) -> Path:
    """Where the ids of what was erased are kept, beside the file, so that a restored backup can be erased again."""
    return path.with_suffix(".erased")


def note_erased(path: Path, ids: Iterable[str], now: datetime) -> None:
    """Add ids, as `erased_here` gives them, to the list. Raises StoreFault where it cannot be written."""
    target = erased_list(path)
    day = now.astimezone(UTC).date().isoformat()
    try:
        unfinished(path).touch(mode=0o600)
        descriptor = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with open(descriptor, "a", encoding="ascii") as file:  # noqa: PTH123
            file.writelines(f"{day} {one}\n" for one in ids)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreFault(
            _(
                "The list of what was erased, {file}, cannot be written ({reason}). Nothing was erased: "
                "without it a restored backup would bring the person back."
            ).format(file=target, reason=error.strerror or error)
        ) from error


def unfinished(path: Path) -> Path:
    """Lies beside the file from before an erasure is committed until the file was written anew after it."""
    return path.with_suffix(".erasing")


def noted_as_erased(path: Path) -> list[str]:
    """The ids on the list beside a file, in their order; nothing where there is none, whatever it holds."""
    return list(dict.fromkeys(_noted(path)))


def _noted(path: Path) -> Iterator[str]:
    with suppress(OSError):
        for line in erased_list(path).read_text("ascii", "replace").splitlines():
            _day, _sign, one = line.partition(" ")
            if one.strip():
                yield one.strip()
