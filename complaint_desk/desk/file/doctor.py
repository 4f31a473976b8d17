"""The doctor: what a helper needs to know of a desk, and nothing that a customer said."""

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from complaint_desk import __version__, startup
from complaint_desk.desk.file.backing_up import all_backups
from complaint_desk.desk.file.file_words import age_in_words, size_in_words
from complaint_desk.locale import _, language
from complaint_desk.settings import Settings
from complaint_desk.store.copies import copies_folder
from complaint_desk.store.examining import SQLITE, FileExamined, examine, free_bytes, mode_of
from complaint_desk.store.whereabouts import SCHEMA, whole_path

_LIBRARIES = ("textual", "sqlmodel", "sqlalchemy", "alembic", "pydantic", "typer", "cryptography")
_LITTLE_ROOM = 500 * 10**6
_OLD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    code: str
    """Stable, for programs."""
    well: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything the doctor tells."""

    facts: Mapping[str, Any]
    findings: tuple[Finding, ...]


def examine_desk(settings: Settings, now: datetime, terminal: Mapping[str, Any]) -> Examination:
    """Look at versions, places, sizes, room, rights and backups; the file is only read. Never raises for a fault."""
    path = whole_path(settings.db)
    found = examine(path)
    local = now.astimezone(settings.zone)
    backups = all_backups(path, settings.backup_folder, local)
    newest = next((backup for backup in backups if backup.made_at <= local), None)
    places = {
        "file": path,
        "settings": startup.settings_file(),
        "drafts": startup.drafts_folder(str(path)),
        "backups": copies_folder(path),
        "second_backups": settings.backup_folder,
        "reports": startup.reports_folder(str(path)),
        "playbook": settings.playbook_folder,
    }
    free = free_bytes(path.parent)
    facts = {
        "program": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "sqlite": SQLITE,
        "tables_known": SCHEMA,
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "language": language(),
        "time_zone": settings.time_zone,
        "now": local.isoformat(timespec="seconds"),
        "places": {name: str(place) if place else None for name, place in places.items()},
        "file": {
            "bytes": found.bytes,
            "journal_bytes": found.journal_bytes,
            "mode": found.mode,
            "tables": found.tables,
            "journal": found.journal,
            "page_bytes": found.page_bytes,
            **{f"{name}s": count for name, count in found.rows},
        },
        "drafts": _count(places["drafts"], "*.json"),
        "reports": _count(places["reports"], "*.txt"),
        "backups": len(backups),
        "backups_bytes": sum(backup.size for backup in backups),
        "last_backup": newest.made_at.isoformat() if newest else None,
        "free_bytes": free,
        "terminal": dict(terminal),
    }
    findings = (
        _file_finding(found),
        _rights_finding(found, [place for place in places.values() if place is not None]),
        _room_finding(free),
        _backup_finding(
            bool(found.rows and dict(found.rows)["event"]), newest.made_at if newest else None, local
        ),
        _second_folder_finding(settings.backup_folder),
        _terminal_finding(terminal),
    )
    return Examination(facts, tuple(finding for finding in findings if finding))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _count(folder: Path | None, pattern: str) -> int:
    return sum(1 for _found in folder.glob(pattern)) if folder and folder.is_dir() else 0


def _file_finding(found: FileExamined) -> Finding:
    if found.fault is not None:
        return Finding("file", False, found.fault)
    if not found.bytes:
        return Finding("file", True, _("There is no file yet; the first opening makes it."))
    return Finding(
        "file", True, _("The file can be read; every page is sound. `check` proves its history too.")
    )


def _rights_finding(found: FileExamined, places: list[Path]) -> Finding:
    open_to_others = [
        str(place) for place in places if (mode_of(place) or "00")[-2:] != "00" and _is_ours(place)
    ]
    if open_to_others and sys.platform != "win32":
        return Finding(
            "rights",
            False,
            _("Other accounts of this PC can look into: {places}").format(places=", ".join(open_to_others)),
        )
    return Finding("rights", True, _("Only this account can look into the file and what lies beside it."))


def _is_ours(place: Path) -> bool:
    """Whether a place holds customers' words: the settings and the store's playbook do not."""
    return place.name != "playbook" and place.suffix != ".toml"


def _room_finding(free: int | None) -> Finding | None:
    if free is None:
        return None
    told = _("{size} are free on its disk.").format(size=size_in_words(free))
    return Finding("room", free >= _LITTLE_ROOM, told)


def _backup_finding(needed: bool, newest: datetime | None, now: datetime) -> Finding:
    if newest is None:
        return Finding("backup", not needed, _("There is no backup yet."))
    age = now - newest
    return Finding("backup", age < _OLD, _("Last good backup: {age}.").format(age=age_in_words(age)))


def _second_folder_finding(folder: Path | None) -> Finding | None:
    if folder is None:
        return Finding(
            "second_folder", True, _("No second folder for backups is named; a disk can fail whole.")
        )
    if folder.is_dir():
        return Finding("second_folder", True, _("The second folder for backups is there."))
    return Finding(
        "second_folder",
        False,
        _("The second folder for backups is not there: {folder}").format(folder=folder),
    )


def _terminal_finding(terminal: Mapping[str, Any]) -> Finding | None:
    if not terminal.get("is_terminal"):
        return None
    fits = (terminal.get("columns") or 0) >= 40 and (terminal.get("rows") or 0) >= 10
    utf8 = str(terminal.get("encoding", "")).lower().replace("-", "") == "utf8"
    if fits and utf8:
        return Finding("terminal", True, _("The terminal has room and speaks UTF-8."))
    return Finding("terminal", False, _("The terminal is smaller than 40×10 or does not speak UTF-8."))
