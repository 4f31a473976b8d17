"""A call that is not saved yet is never lost: parked, left, crashed, refused by the disk."""

import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from complaint_desk.models.enums import HeatStep
from complaint_desk.screens.call_keeping import PAUSE_SECONDS
from complaint_desk.screens.confirm import Confirm
from complaint_desk.screens.drafts_waiting import DraftsWaiting
from tests.screens.golden import text_of
from tests.screens.seat import seat


async def test_the_text_is_on_the_disk_soon_after_a_key(tmp_path: Path) -> None:
    assert PAUSE_SECONDS < 0.6
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        assert at.call.keeping.unwritten
        await at.until(lambda: not at.call.keeping.unwritten)
        (path,) = (tmp_path / "desk.drafts").glob("*.json")
        assert "charged twice" in path.read_text("utf-8")


async def test_an_empty_call_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.press("tab", "tab", "f12", "f12", "ctrl+n")
        assert "empty" in at.notice
    assert list((tmp_path / "desk.drafts").glob("*.json")) == []


async def test_a_call_left_by_quitting_comes_back_with_a_question(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await at.pilot.press("f5")
        await at.pilot.press("ctrl+q")
    async with seat(tmp_path) as at:
        assert isinstance(at.app.screen, DraftsWaiting)
        assert "Take one up?" in text_of(at.app)
        assert "charged twice" in text_of(at.app)
        await at.press("enter")
        assert at.words("what") == "charged twice"
        assert list(at.call.call.heat) == [HeatStep.HEAR]


async def test_typing_goes_on_under_the_question(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await at.pilot.press("ctrl+q")
    async with seat(tmp_path) as at:
        await at.type("139")
        await at.settle()
        assert at.words("phone") == "139"
        assert "1 waiting" in text_of(at.app)


async def test_a_parked_call_waits_while_the_next_is_taken(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("first")
        first = at.call.call.id
        at.clock.forward(minutes=9)
        await at.press("ctrl+n")
        assert at.words("what") == ""
        assert at.call.other_calls == 1
        await at.go_to("what")
        await at.type("second")
        await at.press("f2")
        assert isinstance(at.app.screen, DraftsWaiting)
        await at.press("enter")
        assert at.words("what") == "first"
        assert at.call.call.id == first
        assert at.call.other_calls == 1
        await at.press("f2", "enter")
        assert at.words("what") == "second"


async def test_discarding_asks_and_keeps_the_file(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("first")
        await at.press("ctrl+n")
        await at.pilot.press("f2")
        await at.until(lambda: isinstance(at.app.screen, DraftsWaiting))
        await at.pilot.press("delete")
        await at.until(lambda: isinstance(at.app.screen, Confirm))
        await at.pilot.press("escape")
        await at.until(lambda: isinstance(at.app.screen, DraftsWaiting))
        assert len(list((tmp_path / "desk.drafts").glob("*.json"))) == 1
        await at.pilot.press("delete")
        await at.until(lambda: isinstance(at.app.screen, Confirm))
        await at.pilot.press("enter")
        await at.until(lambda: at.app.screen is at.call)
        assert list((tmp_path / "desk.drafts").glob("*.json")) == []
        assert len(list((tmp_path / "desk.drafts" / "kept").glob("*.json"))) == 1


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "The disk is full"), (errno.EROFS, "cannot be written")]
)
async def test_a_disk_that_refuses_is_told_and_the_text_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    monkeypatch.setattr("complaint_desk.desk.receive.RETRY_SECONDS", 0.01)
    async with seat(tmp_path) as at:
        with monkeypatch.context() as refusing:
            refusing.setattr(os, "fsync", lambda _fd: (_ for _ in ()).throw(OSError(number, "no")))
            await at.go_to("what")
            await at.type("charged twice")
            await at.until(lambda: at.call.keeping.trouble)
            assert said in at.notice
            assert "NOT on disk" in text_of(at.app)
            assert at.words("what") == "charged twice"
        await at.until(lambda: not at.call.keeping.trouble)
        await at.until(lambda: "draft kept" in text_of(at.app))


async def test_a_draft_is_kept_while_the_database_is_locked(tmp_path: Path) -> None:
    import sqlite3

    async with seat(tmp_path) as at:
        with sqlite3.connect(tmp_path / "desk.db", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            await at.go_to("what")
            await at.type("while it is locked")
            await at.until(lambda: not at.call.keeping.unwritten)
            (path,) = (tmp_path / "desk.drafts").glob("*.json")
            assert "while it is locked" in path.read_text("utf-8")
            other.execute("ROLLBACK")


async def test_a_correction_left_half_done_comes_back_as_a_correction(tmp_path: Path) -> None:
    from complaint_desk.screens.call import CallScreen

    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await at.press("ctrl+s", "ctrl+s")
        await at.press("enter")
        assert at.app.desk is not None
        number = at.app.desk.queue(1)[0].number
        at.app.push_screen(CallScreen.correcting(at.app.desk.ticket(number)))
        await at.settle()
        await at.go_to("who")
        await at.type("Xiao Li")
        await at.press("escape")
        assert at.call.ticket is None
        await at.press("f2")
        assert f"corrects {number}" in text_of(at.app)
        await at.press("enter")
        assert at.call.ticket is not None
        assert at.words("who") == "Xiao Li"
        await at.press("ctrl+s", "ctrl+s")
        assert at.app.desk.ticket(number).who == "Xiao Li"


def test_the_call_of_a_desk_killed_in_mid_word_comes_back(tmp_path: Path) -> None:
    """A real process, killed as by a power cut, a second after its last key."""
    script = textwrap.dedent(
        """
        import asyncio, sys, time
        from pathlib import Path
        from tests.screens.seat import seat
        async def main():
            async with seat(Path(sys.argv[1])) as at:
                await at.go_to("what")
                n = 0
                while True:
                    n += 1
                    await at.type(f"w{n} ")
                    print(n, time.monotonic(), flush=True)
        asyncio.run(main())
        """
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        assert process.stdout is not None
        typed: list[tuple[int, float]] = []
        while len(typed) < 2 or typed[-1][1] - typed[0][1] < 2.5:
            number, at = process.stdout.readline().split()
            typed.append((int(number), float(at)))
        process.send_signal(signal.SIGKILL)
        rest = [line.split() for line in process.stdout if line.endswith("\n")]
        typed += [(int(number), float(at)) for number, at in rest]
    safe = [number for number, at in typed if at < typed[-1][1] - 1.0]
    from complaint_desk.desk.receive import CallDrafts

    (waiting,) = CallDrafts(tmp_path / "desk.drafts", "chen").waiting()
    assert f"w{safe[-1]} " in waiting.fields["what"]
