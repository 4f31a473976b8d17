"""Where calls are kept until they are tickets: one small JSON file a call, beside the database, never in it.

A file is written to a temporary name, synced and renamed, so that a power cut leaves the old one or the new one.
A live call is locked by its process; the lock ends with the process, however it ends.
"""

import errno
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from complaint_desk.models.draft import FORM_FIELDS, Draft
from complaint_desk.store.file_lock import FileLock

KEPT_FOR = timedelta(days=30)
"""How long a discarded call stays in `kept/`."""

_NAME = re.compile(r"^[0-9a-z][0-9a-z_-]{0,63}$")
_STRING = r'"((?:[^"\\]|\\.)*)'


class DraftNotKept(Exception):
    """The draft could not be written: `reason` is `disk_full`, `not_writable` or `failed`."""

    def __init__(self, reason: str, cause: OSError) -> None:
        super().__init__(f"{reason}: {cause}")
        self.reason = reason

    @classmethod
    def because(cls, error: OSError) -> "DraftNotKept":
        """Name the reason of this fault of the operating system."""
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            return cls("disk_full", error)
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return cls("not_writable", error)
        return cls("failed", error)


class DraftFolder:
    """The drafts beside one database. Every method blocks; none waits for the database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[str, FileLock] = {}
        self._attached: dict[str, set[str]] = {}

    def write(self, draft: Draft) -> None:
        """Put the draft on the disk, durably. Raises DraftNotKept; the last good file then still stands."""
        try:
            self._make_room()
            self.hold(draft.id)
            done = self._attached.setdefault(draft.id, set())
            for name, text in draft.attached.items():
                if name not in done:
                    self._replace(self._attachment(draft.id, name), text)
                    done.add(name)
            self._replace(self._file(draft.id), json.dumps(draft.as_json(), ensure_ascii=False, indent=1))
        except OSError as error:
            raise DraftNotKept.because(error) from error

    def hold(self, draft_id: str) -> bool:
        """Take the draft for this process; False when another living process has it."""
        if draft_id in self._held:
            return True
        lock = FileLock(self.folder / f"{draft_id}.lock")
        if lock.take():
            self._held[draft_id] = lock
            return True
        return False

    def let_go(self, draft_id: str) -> None:
        """Leave the draft to whoever asks next."""
        if lock := self._held.pop(draft_id, None):
            lock.give_back()

    def let_go_of_all(self) -> None:
        """Leave every draft held here to whoever asks next."""
        for draft_id in list(self._held):
            self.let_go(draft_id)

    def waiting(self) -> list[Draft]:
        """The drafts that no living process holds, and those held here, oldest first; nothing is locked by looking.

        A damaged file is set aside in `damaged/`, and what can be read of it stands in its place.
        """
        found = []
        for path in self._files():
            if path.stem not in self._held:
                lock = FileLock(path.with_suffix(".lock"))
                with suppress(OSError):
                    if not lock.take():
                        continue
                    lock.give_back()
            with suppress(FileNotFoundError):
                found.append(self._read(path))
        return sorted(found, key=lambda draft: (draft.opened_at, draft.id))

    def take(self, draft_id: str) -> Draft | None:
        """Hold the draft and read it; None when it is gone or another process has it by now."""
        path = self._file(draft_id)
        with suppress(FileNotFoundError):
            if self.hold(draft_id):
                return self._read(path)
        self.let_go(draft_id)
        return None

    def remove(self, draft_id: str) -> None:
        """Forget the draft: it is a ticket now."""
        for path in (self._file(draft_id), *self.folder.glob(f"{draft_id}.*.txt")):
            path.unlink(missing_ok=True)
        self._forget(draft_id)

    def put_away(self, draft_id: str, now: datetime) -> None:
        """Discard the draft: its files stay in `kept/` for thirty days."""
        kept = self.folder / "kept"
        self._folder(kept)
        for path in (self._file(draft_id), *self.folder.glob(f"{draft_id}.*.txt")):
            with suppress(FileNotFoundError):
                target = kept / path.name
                path.replace(target)
                os.utime(target, (now.timestamp(), now.timestamp()))
        self._forget(draft_id)

    def sweep(self, now: datetime) -> None:
        """Remove discarded drafts older than thirty days, and half-written files of processes that died."""
        before = (now - KEPT_FOR).timestamp()
        for path in [*self.folder.glob("kept/*"), *self.folder.glob("damaged/*")]:
            with suppress(OSError):
                if path.stat().st_mtime < before:
                    path.unlink()
        for path in self.folder.glob("*.lock"):
            if not self._file(path.stem).exists() and path.stem not in self._held:
                lock = FileLock(path)
                with suppress(OSError):
                    if lock.take():
                        path.with_suffix(".part").unlink(missing_ok=True)
                        lock.give_back(remove=True)

    def _read(self, path: Path) -> Draft:
        raw = path.read_bytes()
        attached = {
            found.name[len(path.stem) + 1 : -len(".txt")]: found.read_bytes().decode("utf-8", "replace")
            for found in self.folder.glob(f"{path.stem}.*.txt")
        }
        self._attached[path.stem] = set(attached)
        try:
            draft = Draft.from_json(json.loads(raw.decode("utf-8", "surrogatepass")), attached)
            if draft.id != path.stem:
                raise ValueError(draft.id)
        except (ValueError, TypeError, KeyError, AttributeError):
            draft = _salvaged(path, raw, attached)
            with suppress(OSError):
                self._folder(self.folder / "damaged")
                aside = self.folder / "damaged" / f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
                self._replace(aside, raw)
                self._replace(path, json.dumps(draft.as_json(), ensure_ascii=False, indent=1))
        return draft

    def _files(self) -> Iterator[Path]:
        for path in self.folder.glob("*.json"):
            if _NAME.match(path.stem):
                yield path

    def _file(self, draft_id: str) -> Path:
        if not _NAME.match(draft_id):
            raise ValueError(draft_id)
        return self.folder / f"{draft_id}.json"

    def _attachment(self, draft_id: str, name: str) -> Path:
        if not _NAME.match(name):
            raise ValueError(name)
        return self.folder / f"{draft_id}.{name}.txt"

    def _make_room(self) -> None:
        if not self.folder.is_dir():
            self._folder(self.folder)

    @staticmethod
    def _folder(folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(OSError):
            folder.chmod(0o700)

    def _forget(self, draft_id: str) -> None:
        self._attached.pop(draft_id, None)
        if lock := self._held.pop(draft_id, None):
            lock.give_back(remove=True)

    @staticmethod
    def _replace(path: Path, content: str | bytes) -> None:
        part = path.with_suffix(".part")
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _salvaged(path: Path, raw: bytes, attached: dict[str, str]) -> Draft:
    text = raw.decode("utf-8", "replace")

    def string(name: str) -> str | None:
        found = re.search(rf'"{name}":\s*{_STRING}', text)
        if found is None:
            return None
        words = found[1]
        for end in (len(words), words.rfind("\\")):
            with suppress(ValueError):
                return str(json.loads(f'"{words[:end]}"', strict=False))
        return words

    opened = string("opened_at")
    try:
        opened_at = datetime.fromisoformat(opened or "")
        if opened_at.tzinfo is None:
            raise ValueError(opened)
    except ValueError:
        opened_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    fields = {name: words for name in FORM_FIELDS if (words := string(name))}
    return Draft(
        path.stem,
        string("seat") or "",
        opened_at,
        string("language") or "en",
        fields,
        attached,
        number=string("number"),
        ticket_id=string("ticket_id"),
    )
