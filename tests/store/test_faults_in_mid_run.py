"""A full disk, a file that is read-only, gone, locked or torn, a clock that jumps: a sentence, and nothing lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act
from complaint_desk.models.errors import DeskError, FileDamaged, StoreFault
from complaint_desk.store import engine
from tests.processes import needs_fork, start
from tests.support import FrozenClock, complaint

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65_534

FULL_DISK = """
import sys, os
from pathlib import Path
sys.path.insert(0, {root!r})
from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import DeskError
from complaint_desk.models.draft import Draft
from complaint_desk.settings import Settings
from complaint_desk.store import copies
from complaint_desk.store.drafts import DraftFolder, DraftNotKept
from datetime import datetime, UTC
from tests.support import complaint

copies.ROOM_LEFT = 0
folder = Path({folder!r})
settings = Settings(db=str(folder / "desk.db"), store_code="S01")
desk = Desk.open(settings, as_name="chen", back_up=False)
numbers, refused = [desk.register(complaint("first")).number], dict()
desk.back_up_here()
backups = len(list(copies.copies_folder(folder / "desk.db").glob("*.db")))

def sentence(name, verb):
    try:
        verb()
    except DeskError as error:
        refused[name] = str(error)
    except DraftNotKept as error:
        refused[name] = error.reason

with (folder / "ballast").open("wb", buffering=0) as ballast:
    try:
        while True:
            ballast.write(b"x" * 4096)
    except OSError:
        pass
for count in range(400):
    try:
        numbers.append(desk.register(complaint("x" * 3000)).number)
    except DeskError as error:
        refused["save"] = str(error)
        break
sentence("act", lambda: [desk.act(numbers[0], Act.NOTED, "y" * 3000) for _ in range(40)])
sentence("backup", desk.back_up_here)
sentence("draft", lambda: DraftFolder(folder / "desk.drafts").write(
    Draft("a" * 8, "chen", datetime.now(UTC), "en", {{"what": "z" * 200_000}})))
import shutil
try:
    shutil.copyfile({old!r}, folder / "old.db")
except OSError:
    pass
sentence("migration", lambda: Desk.open(Settings(db=str(folder / "new.db")), as_name="chen"))
os.unlink(folder / "ballast")
numbers.append(desk.register(complaint("room again")).number)
kept = [desk.ticket(number).number for number in numbers]
faults = desk.check()
assert kept == numbers
assert faults == [], faults
assert len(list(copies.copies_folder(folder / "desk.db").glob("*.db"))) == backups
assert not [p.name for p in folder.rglob("*.new")]
for name in ("save", "act", "backup", "draft", "migration"):
    print(name, refused.get(name, "NOT REFUSED"))
"""


def in_a_file_system_of_its_own(
    tmp_path: Path, script: str, folder: Path, megabytes: int
) -> subprocess.CompletedProcess[str]:
    """Run a script on a small file system made for it; skips where that cannot be made."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here: a small file system cannot be made without rights")
    folder.mkdir()
    written = tmp_path / "script.py"
    written.write_text(script)
    inside = f'mount -t tmpfs -o size={megabytes}m tmpfs "{folder}" || exit 99; exec "{sys.executable}" "{written}"'
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", inside],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COMPLAINT_DESK_SETTINGS": str(tmp_path / "settings.toml")},
        timeout=120,
    )
    if ran.returncode == 99 or "unshare" in ran.stderr:
        pytest.skip("this system lets nobody mount a small file system in a namespace")
    return ran


def test_on_a_full_disk_everything_is_refused_in_a_sentence_and_goes_on_when_there_is_room(
    tmp_path: Path,
) -> None:
    old = ROOT / "tests" / "data" / "files" / "schema-1.db"
    folder = tmp_path / "small"
    script = FULL_DISK.format(root=str(ROOT), folder=str(folder), old=str(old))
    ran = in_a_file_system_of_its_own(tmp_path, script, folder, 12)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = dict(line.split(" ", 1) for line in ran.stdout.splitlines())
    assert "full" in told["save"]
    assert "full" in told["act"]
    assert "backup could not be made" in told["backup"] or "No backup was made" in told["backup"]
    assert told["draft"] == "disk_full"
    assert "full" in told["migration"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other ones there")
@needs_fork
def test_a_right_lost_in_mid_run_is_told_and_what_was_written_stays(
    tmp_path: Path, empty_file: Path, no_settings: None
) -> None:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o777)
    file = folder / "desk.db"
    shutil.copyfile(empty_file, file)
    for place in (tmp_path, *tmp_path.parents):
        if place.stat().st_uid == os.getuid() and str(place).startswith("/tmp/"):
            place.chmod(place.stat().st_mode | 0o011)
    if os.getuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.chown(file, NOBODY, NOBODY)

    def work() -> int:
        if os.getuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        from complaint_desk.desk.desk import Desk
        from complaint_desk.settings import Settings

        desk = Desk.open(Settings(db=str(file), store_code="S01"), as_name="chen")
        number = desk.register(complaint()).number
        desk.close()
        folder.chmod(0o500)
        file.chmod(0o400)
        try:
            desk.register(complaint())
        except DeskError as error:
            print(str(error), flush=True)
        folder.chmod(0o700)
        file.chmod(0o600)
        desk.close()
        print(desk.register(complaint()).number, desk.ticket(number).number, desk.check(), flush=True)
        return 0

    child = start(work)
    said, after = child.read_all().decode().splitlines()
    assert child.end() == 0
    assert "cannot be" in said
    assert after == "S01-261123-002 S01-261123-001 []" or after.endswith("-001 []")


def test_a_file_deleted_in_mid_run_is_told_and_a_new_one_is_not_made_in_its_place(
    desk: Any, file: Path
) -> None:
    number = desk.register(complaint()).number
    aside = file.with_name("aside.db")
    os.link(file, aside)
    file.unlink()
    for verb in (lambda: desk.register(complaint()), lambda: desk.ticket(number), desk.back_up_here):
        with pytest.raises(StoreFault):
            verb()
    assert not file.exists()
    aside.rename(file)
    assert desk.ticket(number).number == number


def test_a_file_locked_for_long_is_told_once_the_patience_is_over_and_works_afterwards(
    desk: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    desk.close()
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    with desk.store._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
        with pytest.raises(Exception, match="locked"):
            connection.exec_driver_sql("CREATE TABLE x (y)")
    holder.execute("ROLLBACK")
    holder.close()
    assert desk.register(complaint()).number == "S01-261123-001"


def test_a_lock_let_go_within_the_patience_is_only_waited_for(desk: Any, file: Path) -> None:
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: holder.execute("ROLLBACK")).start()
    assert desk.register(complaint()).number == "S01-261123-001"
    holder.close()


def test_a_page_torn_in_mid_run_is_told_and_the_last_good_backup_stays(
    desk: Any, file: Path, clock: FrozenClock
) -> None:
    for _count in range(60):
        number = desk.register(complaint("酱油" * 200)).number
    good = desk.back_up_here()
    content = good.read_bytes()
    desk.close()
    with file.open("r+b") as torn:
        torn.seek(20 * 4096)
        torn.write(os.urandom(60 * 4096))
    clock.forward(hours=2)

    def goes_on() -> None:
        desk.queue()
        desk.search("酱油")
        desk.ticket(number)
        desk.register(complaint())
        desk.back_up_here()

    with pytest.raises(FileDamaged, match="restore latest"):
        goes_on()
    assert good.read_bytes() == content


def test_a_journal_that_is_gone_costs_no_more_than_what_stood_in_it_and_the_file_stays_whole(
    file: Path, open_desk: Callable[..., Any], tmp_path: Path
) -> None:
    desk = open_desk()
    kept = desk.register(complaint()).number
    desk.close()
    desk.register(complaint("only in the journal"))
    copied = tmp_path / "copied.db"
    shutil.copyfile(file, copied)
    again = open_desk(db=str(copied))
    assert again.ticket(kept).number == kept
    assert again.check() == []
    assert again.register(complaint()).number == "S01-261123-002"


@pytest.mark.parametrize("jump", [{"days": -1}, {"days": 366}])
def test_a_clock_that_jumps_in_mid_run_breaks_neither_the_order_nor_the_chain(
    desk: Any, clock: FrozenClock, jump: dict[str, float]
) -> None:
    first = desk.register(complaint()).number
    desk.act(first, Act.NOTED, "before")
    clock.forward(**jump)
    desk.act(first, Act.NOTED, "after")
    second = desk.register(complaint()).number
    clock.forward(**{name: -count for name, count in jump.items()})
    desk.act(first, Act.NOTED, "back again")
    desk.act(second, Act.ACKNOWLEDGED, "rang")
    texts = [line.text for line in desk.ticket(first).history if line.act is Act.NOTED]
    assert texts == ["before", "after", "back again"]
    assert first != second
    assert desk.check() == []
    assert desk.back_up_here() is not None


READ_ONLY = """
import subprocess, sys
sys.path.insert(0, {root!r})
from complaint_desk.desk.desk import Desk
from complaint_desk.models.errors import DeskError
from complaint_desk.settings import Settings
from tests.support import complaint
desk = Desk.open(Settings(db={file!r}, store_code="S01"), as_name="chen")
number = desk.register(complaint()).number
desk.close()
subprocess.run(["mount", "-o", "remount,ro", {folder!r}], check=True)
for verb in (lambda: desk.register(complaint()), lambda: Desk.open(desk.settings, as_name="chen")):
    try:
        verb()
        print("NOT REFUSED")
    except DeskError as error:
        print(error)
desk.close()
subprocess.run(["mount", "-o", "remount,rw", {folder!r}], check=True)
print(desk.ticket(number).number == number, desk.check())
"""


def test_a_disk_that_turns_read_only_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    script = READ_ONLY.format(root=str(ROOT), file=str(folder / "desk.db"), folder=str(folder))
    ran = in_a_file_system_of_its_own(tmp_path, script, folder, 12)
    writing, opening, after = ran.stdout.splitlines()
    assert "cannot be" in writing
    assert "cannot be" in opening
    assert after == "True []"
