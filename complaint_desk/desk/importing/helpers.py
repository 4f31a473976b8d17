"""Processes that read lines beside the one that writes: a long file comes in about twice as quickly.

They are started afresh (spawned), as a screen with threads must not be forked, and only where a file is long enough
to be worth the second that takes. Where the system gives no processes, or takes them away, the work is done without.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from complaint_desk.desk.importing.convert import Around, Converter
from complaint_desk.desk.importing.lines import LineRefused, ReadyLine
from complaint_desk.desk.importing.rows import SourceRow
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.importing import ImportPlan

WORTH_IT = 5_000
"""Lines from which helpers are started."""
_MOST_HELPERS = 3
MADE_BETWEEN_CLEARINGS = 20_000
"""Objects made before the interpreter looks for those that nobody holds: a line makes hundreds, all soon gone."""

Batch = Sequence[tuple[SourceRow, str]]
Answers = Sequence[ReadyLine | LineRefused]


@dataclass(frozen=True, slots=True)
class Told:
    """What a helper must know to read lines as the desk does."""

    now: datetime
    zone: str
    region: str
    language: str
    playbook_folder: Path | None
    store_code: str | None
    staff: Mapping[str, str]
    status: TicketStatus

    def around(self) -> Around:
        """The same, ready to be used."""
        from zoneinfo import ZoneInfo

        from complaint_desk.desk.importing.names import known_names
        from complaint_desk.playbook.loader import load_playbook
        from complaint_desk.rules.severity_signs import compile_signs
        from complaint_desk.rules.spoken_time import read_spoken_time

        zone, playbook = ZoneInfo(self.zone), load_playbook(self.playbook_folder)
        return Around(
            now=self.now,
            zone=zone,
            region=self.region,
            signs=compile_signs(playbook.severity_words),
            names=known_names(playbook),
            read_when=lambda said, received: read_spoken_time(said, received, zone),
            staff=self.staff,
            status=self.status,
        )


class Helpers:
    """Some processes, each with its own reader of the file's lines."""

    def __init__(self, plan: ImportPlan, told: Told) -> None:
        """Raises OSError where the system gives no processes."""
        count = max(1, min(_MOST_HELPERS, (os.cpu_count() or 2) - 1))
        self.ahead = count * 2
        """How many batches may be under way before the first is waited for."""
        self._pool = ProcessPoolExecutor(
            count, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(plan, told)
        )

    def begin(self, batch: Batch, otherwise: Callable[[], Answers]) -> Callable[[], Answers]:
        """Have a batch read; what is given back waits for it, or reads it itself where the helpers are gone."""
        try:
            answer = self._pool.submit(_read, list(batch))
        except (OSError, RuntimeError):
            return otherwise

        def wait() -> Answers:
            try:
                return [_refusal(one) if isinstance(one, tuple) else one for one in answer.result()]
            except BrokenExecutor:
                return otherwise()

        return wait

    def close(self) -> None:
        """Send them home."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class _Helper:
    """What stands ready in a helper's process."""

    converter: Converter
    store_code: str | None


def _begin(plan: ImportPlan, told: Told) -> None:
    """Make ready in a new process, which leaves Ctrl+C to the one that started it."""
    from complaint_desk import locale

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    locale.use(told.language)
    _Helper.converter = Converter(plan, told.around())
    _Helper.store_code = told.store_code
    gc.freeze()
    gc.set_threshold(MADE_BETWEEN_CLEARINGS)


def _read(batch: Batch) -> list[Any]:
    """The lines ready to be written, with their tokens; a refusal as its sentence and its column."""
    from complaint_desk.desk.importing.writing import words_held

    answers: list[Any] = []
    for row, key in batch:
        try:
            line = _Helper.converter.ready(row, key)
            line.held = words_held(line, _Helper.store_code)
            answers.append(line)
        except LineRefused as refused:
            answers.append((str(refused), refused.column))
    return answers


def _refusal(told: tuple[str, str]) -> LineRefused:
    return LineRefused(*told)
