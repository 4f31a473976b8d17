"""A throw-away desk full of believable tickets, late and early, in both languages."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from complaint_desk.desk.base import Clock
from complaint_desk.desk.desk import Desk
from complaint_desk.desk.opening import utc_now
from complaint_desk.models.enums import Act, HeatStep
from complaint_desk.models.forms import ComplaintForm
from complaint_desk.models.settling import PromiseMade, RemedyKind
from complaint_desk.settings import Settings

_CALLS = Path(__file__).with_name("demo.toml")

_AT_THE_SEAT = "陈静"
_BETWEEN_MARKS = timedelta(seconds=75)
_FORM = frozenset(ComplaintForm.model_fields)


def open_demo(
    folder: Path, settings: Settings, *, as_name: str | None = None, clock: Clock = utc_now
) -> Desk:
    """Open a desk on a new file in this folder, with the demo's calls taken and acted upon."""
    with_file = settings.model_copy(
        update={"db": str(folder / "demo.db"), "store_code": settings.store_code or "S01"}
    )
    fill(with_file, clock())
    return Desk.open(with_file, as_name=as_name or _AT_THE_SEAT, clock=clock)


@contextmanager
def demo_desk(settings: Settings, *, as_name: str | None = None, clock: Clock = utc_now) -> Iterator[Desk]:
    """A desk full of tickets on a file that is gone when it closes."""
    with TemporaryDirectory(prefix="complaint-desk-demo-") as folder:
        desk = open_demo(Path(folder), settings, as_name=as_name, clock=clock)
        try:
            yield desk
        finally:
            desk.close()


def fill(settings: Settings, now: datetime) -> None:
    """Take the demo's calls into the file the settings name, as if they had come in the hours before `now`."""
    moment = now
    with _CALLS.open("rb") as file:
        calls = tomllib.load(file)["call"]
    desk = Desk.open(settings, clock=lambda: moment)
    try:
        for at, act in sorted(_moments(calls, now), key=lambda step: step[0]):
            moment = at
            act(desk)
    finally:
        desk.close()


def _moments(calls: list[dict[str, Any]], now: datetime) -> Iterator[tuple[datetime, Any]]:
    """Everything that is done, each with its moment, so that it is recorded in the order it happened."""
    for call in calls:
        received = now - timedelta(hours=call["hours_ago"])
        told = _Call(call, received)
        yield received + timedelta(minutes=8), told.take
        for act, hours, by, words in call["acts"]:
            yield received + timedelta(hours=hours, minutes=9), told.acting(Act(act), by, words)


class _Call:
    """One call of the demo, and the number it was given."""

    def __init__(self, call: Mapping[str, Any], received: datetime) -> None:
        self._call = call
        self._received = received
        self._number = ""

    def take(self, desk: Desk) -> None:
        desk.as_name = self._call["by"]
        marks = {
            HeatStep(step): self._received + _BETWEEN_MARKS * count
            for count, step in enumerate(self._call["heat"], start=1)
        }
        told = {name: value for name, value in self._call.items() if name in _FORM}
        promises = [
            PromiseMade(what, self._received + timedelta(hours=hours))
            for what, hours in self._call.get("promises", ())
        ]
        ticket = desk.register(
            ComplaintForm.model_validate(told), received_at=self._received, heat=marks, promises=promises
        )
        self._number = ticket.number
        for kind, amount, words in self._call.get("remedies", ()):
            desk.offer_remedy(self._number, RemedyKind(kind), desk.money(amount), words)

    def acting(self, act: Act, by: str, words: str) -> Any:
        def record(desk: Desk) -> None:
            desk.as_name = by
            desk.act(self._number, act, words)

        return record
