"""Calls kept on the disk while they are typed."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from complaint_desk.desk.receive import CallDrafts, DraftKept
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import ComplainantType, HeatStep
from complaint_desk.store.drafts import DraftFolder, DraftNotKept

OPENED = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)


def a_draft(draft_id: str = "call-1", **fields: str) -> Draft:
    return Draft(
        draft_id,
        "chen",
        OPENED,
        "zh_CN",
        fields or {"caller": "王芳", "what": "多收了钱\n第二行"},
        {"what-1": "x" * 50_000},
        {HeatStep.HEAR: OPENED + timedelta(seconds=48)},
        ComplainantType.VICTIM,
    )


def test_a_draft_comes_back_as_it_was_left(tmp_path: Path) -> None:
    folder = DraftFolder(tmp_path / "d.drafts")
    draft = a_draft()
    folder.write(draft)
    folder.let_go(draft.id)
    assert DraftFolder(tmp_path / "d.drafts").take(draft.id) == draft


def test_only_its_owner_can_read_a_draft(tmp_path: Path) -> None:
    folder = DraftFolder(tmp_path / "d.drafts")
    folder.write(a_draft())
    assert stat.S_IMODE((tmp_path / "d.drafts").stat().st_mode) == 0o700
    for path in (tmp_path / "d.drafts").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_live_call_is_not_offered_to_a_second_desk(tmp_path: Path) -> None:
    first, second = DraftFolder(tmp_path / "d.drafts"), DraftFolder(tmp_path / "d.drafts")
    first.write(a_draft())
    assert second.waiting() == []
    assert second.take("call-1") is None
    first.let_go("call-1")
    assert [draft.id for draft in second.waiting()] == ["call-1"]
    assert second.take("call-1") is not None
    assert first.take("call-1") is None


def test_the_call_of_a_killed_desk_is_offered_with_all_that_was_written(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import sys
        from datetime import UTC, datetime
        from pathlib import Path
        from complaint_desk.desk.receive import CallDrafts
        drafts = CallDrafts(Path(sys.argv[1]), "chen")
        draft = drafts.begin("en")
        n = 0
        while True:
            n += 1
            draft.fields["what"] = "word " * (n % 50) + str(n)
            drafts.keep_now(draft)
            print(n, flush=True)
        """
    )
    for _round in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "d.drafts")], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            told = [process.stdout.readline() for _line in range(7)]
            process.send_signal(signal.SIGKILL)
            told += process.stdout.readlines()
        last = int([line for line in told if line.endswith("\n")][-1])
        drafts = CallDrafts(tmp_path / "d.drafts", "chen")
        (waiting,) = drafts.waiting()
        assert int(waiting.fields["what"].split()[-1]) >= last
        assert drafts.take(waiting.id) is not None
        drafts.discard(waiting.id)
        drafts.close()


@pytest.mark.parametrize("left", [0, 1, 40, 300, -200, -2])
def test_a_damaged_draft_is_set_aside_and_its_readable_part_offered(tmp_path: Path, left: int) -> None:
    folder = DraftFolder(tmp_path / "d.drafts")
    folder.write(a_draft(caller='王芳 \\ "quoted"', where="南山店", what="多收了钱\n第二行"))
    folder.let_go("call-1")
    path = tmp_path / "d.drafts" / "call-1.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:left])
    (waiting,) = DraftFolder(tmp_path / "d.drafts").waiting()
    assert waiting.attached == {"what-1": "x" * 50_000}
    aside = list((tmp_path / "d.drafts" / "damaged").iterdir())
    assert [each.read_bytes() for each in aside] == [whole[:left]]
    if left == -2:
        assert waiting.fields["caller"] == '王芳 \\ "quoted"'
        assert waiting.fields["where"] == "南山店"
        assert waiting.opened_at == OPENED


@pytest.mark.parametrize(
    "damage", [b"\x00" * 400, b"[]", b"null", b'{"fields": 3}', b"\xff\xfe\xfa", b'{"a": ' * 90]
)
def test_a_draft_that_is_nonsense_stops_nothing(tmp_path: Path, damage: bytes) -> None:
    folder = DraftFolder(tmp_path / "d.drafts")
    folder.write(a_draft("call-2"))
    (tmp_path / "d.drafts" / "call-1.json").write_bytes(damage)
    assert {draft.id for draft in folder.waiting()} == {"call-1", "call-2"}


def test_a_discarded_call_is_kept_for_thirty_days(tmp_path: Path) -> None:
    now = [OPENED]
    drafts = CallDrafts(tmp_path / "d.drafts", "chen", clock=lambda: now[0])
    drafts.keep_now(a_draft())
    drafts.discard("call-1")
    assert drafts.waiting() == []
    kept = tmp_path / "d.drafts" / "kept"
    now[0] += timedelta(days=29)
    drafts.sweep()
    assert (kept / "call-1.json").exists()
    now[0] += timedelta(days=2)
    drafts.sweep()
    assert list(kept.iterdir()) == []


def test_a_refusing_disk_is_named_and_the_last_good_file_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    drafts = CallDrafts(tmp_path / "d.drafts", "chen")
    drafts.keep_now(a_draft())
    for number, reason in ((errno.ENOSPC, "disk_full"), (errno.EROFS, "not_writable"), (errno.EIO, "failed")):
        with monkeypatch.context() as refusing:
            refusing.setattr(
                os, "fsync", lambda _fd, number=number: (_ for _ in ()).throw(OSError(number, "no"))
            )
            with pytest.raises(DraftNotKept) as refused:
                drafts.keep_now(a_draft(what="later"))
            assert refused.value.reason == reason
    assert drafts.take("call-1") is not None
    (waiting,) = drafts.waiting()
    assert waiting.fields["what"] == "多收了钱\n第二行"
    assert list((tmp_path / "d.drafts").glob("*.part")) == []


def test_what_a_refusing_disk_did_not_take_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("complaint_desk.desk.receive.RETRY_SECONDS", 0.01)
    refusals = [3]

    def write(self: DraftFolder, draft: Draft, real: object = DraftFolder.write) -> None:
        if refusals[0]:
            refusals[0] -= 1
            raise DraftNotKept("disk_full", OSError())
        real(self, draft)  # type: ignore[operator]

    monkeypatch.setattr(DraftFolder, "write", write)
    heard: list[DraftKept] = []
    drafts = CallDrafts(tmp_path / "d.drafts", "chen")
    drafts.keep(a_draft(), heard.append)
    assert drafts.flush()
    drafts.close()
    assert [kept.trouble for kept in heard] == ["disk_full", "disk_full", "disk_full", None]
    assert (tmp_path / "d.drafts" / "call-1.json").exists()


def test_a_finished_call_does_not_come_back_by_a_late_write(tmp_path: Path) -> None:
    drafts = CallDrafts(tmp_path / "d.drafts", "chen")
    for number in range(20):
        draft = a_draft(f"call-{number}")
        drafts.keep(draft)
        drafts.finish(draft.id)
    drafts.flush()
    drafts.close()
    assert CallDrafts(tmp_path / "d.drafts", "chen").waiting() == []


def test_this_seats_calls_come_first_and_nobodys_are_hidden(tmp_path: Path) -> None:
    drafts = CallDrafts(tmp_path / "d.drafts", "liu")
    drafts.keep_now(a_draft("older"))
    mine = drafts.begin("en")
    mine.fields["what"] = "mine"
    drafts.keep_now(mine)
    assert [draft.seat for draft in drafts.waiting()] == ["liu", "chen"]


def test_no_name_in_a_draft_leads_out_of_its_folder(tmp_path: Path) -> None:
    folder = DraftFolder(tmp_path / "d.drafts")
    with pytest.raises(ValueError, match="evil"):
        folder.write(a_draft("../evil"))
    assert not (tmp_path / "evil.json").exists()


def test_drafts_load_nothing_heavy() -> None:
    script = (
        "import sys, complaint_desk.desk.receive;"
        "sys.exit(bool({'textual', 'pydantic', 'sqlmodel', 'sqlalchemy', 'sqlite3', 'asyncio'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
