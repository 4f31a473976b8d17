"""Receiving: the calls of this seat that are not tickets yet, kept while they are typed. Standard library only.

The screen hands over a copy and goes on; one thread writes it. Nothing here waits for the database.
"""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from complaint_desk.models.draft import Draft
from complaint_desk.store.drafts import DraftFolder, DraftNotKept

RETRY_SECONDS = 5.0
"""How long after a refusal the same text is tried again."""


@dataclass(frozen=True, slots=True)
class DraftKept:
    """What became of the last copy handed over: `trouble` is None, or the reason as `DraftNotKept` names it."""

    draft_id: str
    trouble: str | None = None


__all__ = ["CallDrafts", "DraftKept", "DraftNotKept"]

Told = Callable[[DraftKept], object]


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class CallDrafts:
    """The drafts of one seat: begun, kept, parked, taken up again, finished or discarded."""

    def __init__(
        self,
        folder: Path,
        seat: str,
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.seat = seat
        self.clock = clock
        self._folder = DraftFolder(folder)
        self._disk = threading.Lock()
        self._news = threading.Condition()
        self._pending: OrderedDict[str, tuple[Draft, Told]] = OrderedDict()
        self._busy = False
        self._closing = False
        self._writer: threading.Thread | None = None

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._folder.folder

    def begin(self, language: str) -> Draft:
        """A new call, opened now. Nothing is written before there is something to keep."""
        return Draft(uuid.uuid4().hex, self.seat, self.clock(), language)

    def keep(self, draft: Draft, told: Told = lambda kept: None) -> None:
        """Have this draft written soon; returns at once. A later copy replaces one that still waits.

        `told` is called from the writing thread after each attempt.
        """
        copy = draft.snapshot()
        with self._news:
            self._pending[copy.id] = (copy, told)
            self._pending.move_to_end(copy.id)
            self._start()
            self._news.notify_all()

    def keep_now(self, draft: Draft) -> None:
        """Write the draft before returning. Raises DraftNotKept."""
        with self._news:
            self._pending.pop(draft.id, None)
        self._write(draft.snapshot())

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until everything handed over was tried; False when that took too long."""
        with self._news:
            return self._news.wait_for(lambda: not self._pending and not self._busy, seconds)

    def waiting(self) -> list[Draft]:
        """The calls that wait to be taken up, this seat's first, then by age."""
        with self._disk:
            found = self._folder.waiting()
        return sorted(found, key=lambda draft: draft.seat != self.seat)

    def take(self, draft_id: str) -> Draft | None:
        """Take up a waiting call; None when it is gone or another desk has it by now."""
        with self._disk:
            draft = self._folder.take(draft_id)
        if draft is not None:
            draft.seat = self.seat
        return draft

    def finish(self, draft_id: str) -> None:
        """The call is a ticket: forget its draft. A fault is left to the next start, which will ask."""
        self._drop(draft_id)
        with self._disk, suppress(OSError):
            self._folder.remove(draft_id)

    def discard(self, draft_id: str) -> None:
        """Put the call away into `kept/`. Raises DraftNotKept when the disk refuses."""
        self._drop(draft_id)
        with self._disk:
            try:
                self._folder.put_away(draft_id, self.clock())
            except OSError as error:
                raise DraftNotKept.because(error) from error

    def sweep(self) -> None:
        """Tidy away what is older than thirty days."""
        with self._disk, suppress(OSError):
            self._folder.sweep(self.clock())

    def close(self) -> None:
        """Write what still waits, end the thread, and leave the drafts to the next desk."""
        self.flush(2.0)
        with self._news:
            self._closing = True
            self._news.notify_all()
        if self._writer is not None:
            self._writer.join(1.0)
        with self._disk:
            self._folder.let_go_of_all()

    def _drop(self, draft_id: str) -> None:
        with self._news:
            self._pending.pop(draft_id, None)
            self._news.wait_for(lambda: not self._busy, 5.0)

    def _start(self) -> None:
        if self._writer is None:
            self._writer = threading.Thread(target=self._run, name="drafts", daemon=True)
            self._writer.start()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._pending or self._closing)
                if not self._pending:
                    return
                _, waiting = self._pending.popitem(last=False)
                self._busy = True
            refused: DraftKept | None = None
            try:
                self._write(waiting[0])
            except DraftNotKept as error:
                refused = DraftKept(waiting[0].id, error.reason)
            with self._news:
                self._busy = False
                if refused and not self._closing:
                    self._pending.setdefault(waiting[0].id, waiting)
                self._news.notify_all()
            waiting[1](refused or DraftKept(waiting[0].id))
            if refused:
                self._wait_for_news(waiting[0])

    def _wait_for_news(self, refused: Draft) -> None:
        """Wait for another text than the refused one, or for the time to try it again."""
        with self._news:
            self._news.wait_for(
                lambda: self._closing or any(draft is not refused for draft, _ in self._pending.values()),
                RETRY_SECONDS,
            )

    def _write(self, draft: Draft) -> None:
        draft.written_at = self.clock()
        with self._disk:
            self._folder.write(draft)
