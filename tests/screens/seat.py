"""For the tests of the screens: a seat at a desk on a real file, with a clock that stands still until it is moved."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.events import Key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from complaint_desk import locale
from complaint_desk.app import ComplaintDeskApp
from complaint_desk.desk.desk import Desk
from complaint_desk.desk.receive import CallDrafts
from complaint_desk.screens.call import CallScreen
from complaint_desk.settings import Settings
from complaint_desk.startup import StartOptions

MONDAY_MORNING = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)
"""Monday 23 November 2026, 10:28 in Shanghai."""


class FrozenClock:
    """Tells the time it was set to."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **passed: float) -> None:
        self.now += timedelta(**passed)


class Seat:
    """What a test does at the call screen."""

    def __init__(self, app: ComplaintDeskApp, pilot: Pilot[None], clock: FrozenClock, folder: Path) -> None:
        self.app, self.pilot, self.clock, self.folder = app, pilot, clock, folder

    @property
    def call(self) -> CallScreen:
        screen = next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, CallScreen))
        assert isinstance(screen, CallScreen)
        return screen

    @property
    def notice(self) -> str:
        return self.call.notice.sentence

    def words(self, name: str) -> str:
        return self.call.form.fields[name].words

    async def type(self, text: str) -> None:
        """Type letter by letter, as an input method hands them over."""
        for character in text:
            if character == "\n":
                await self.pilot.press("enter")
            else:
                focused = self.app.focused
                assert focused is not None
                focused.post_message(
                    Key("space" if character == " " else f"letter_{ord(character)}", character)
                )
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        from textual.events import Paste

        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def go_to(self, name: str) -> None:
        field = self.call.form.fields[name]
        field.focus()
        await self.until(lambda: self.app.focused is field)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    def in_one_breath(self, *keys: str) -> None:
        """Press keys faster than the desk answers."""
        for key in keys:
            self.app.post_message(Key(key, key if len(key) == 1 else None))

    async def settle(self) -> None:
        """Until no worker runs and every message was heard, twice over: a message may start another worker."""
        quiet = 0
        while quiet < 2:
            await self.pilot.pause()
            running = [worker for worker in self.app.workers if not worker.is_finished]
            unheard = any(node.message_queue_size for node in (self.app, *self.app.screen_stack))
            quiet = 0 if running or unheard else quiet + 1
            if running:
                with suppress(WorkerCancelled):
                    await self.app.workers.wait_for_complete(running)

    async def until(self, condition: Callable[[], object]) -> None:
        """Until the condition holds; a test that waits in vain fails by its own words."""
        async with asyncio.timeout(20):
            while not condition():
                await asyncio.sleep(0.01)
                await self.pilot.pause()


@asynccontextmanager
async def seat(
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    language: str = "en",
    clock: FrozenClock | None = None,
    open_desk: Callable[[], Desk] | None = None,
    as_name: str = "chen",
) -> AsyncIterator[Seat]:
    """A desk opened by an agent; closed at the end, whatever happens."""
    clock = clock or FrozenClock()
    locale.use(language)
    database = folder / "desk.db"

    def open_here() -> Desk:
        settings = Settings(db=str(database), language=language, store_code="S01", store_name="")
        return Desk.open(settings, as_name=as_name, clock=clock)

    drafts = CallDrafts(folder / "desk.drafts", as_name, clock=clock)
    app = ComplaintDeskApp(StartOptions(db=str(database)), open_desk=open_desk or open_here, drafts=drafts)
    try:
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            at = Seat(app, pilot, clock, folder)
            await at.settle()
            yield at
        assert app.unforeseen == [], "work in the background failed"
    finally:
        locale.use("en")
