"""`doctor`: what a helper needs, and nothing that a customer said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import EVERY_WORD, Answer, FrozenClock, complaint

Run = Callable[..., Answer]


def wrong(answer: Answer) -> dict[str, str]:
    return {one["code"]: one["sentence"] for one in json.loads(answer.out)["findings"] if not one["well"]}


@pytest.fixture
def used(desk: Any, file: Path) -> None:
    file.chmod(0o600)
    desk.register(
        complaint("结账多收了两瓶酱油的钱", **{k: EVERY_WORD[k] for k in ("caller", "phone", "where")})
    )
    desk.back_up_here()
    desk.close()


def test_it_tells_versions_places_and_sizes(run_cli: Run, used: None, file: Path) -> None:
    told = json.loads(run_cli("doctor", "--json").out)
    assert told["file"]["tickets"] == 1
    assert told["file"]["bytes"] == file.stat().st_size
    assert told["places"]["file"] == str(file)
    assert told["backups"] == 1
    assert told["libraries"]["textual"]
    assert {"program", "python", "sqlite", "system", "free_bytes", "terminal"} <= set(told)


@pytest.mark.parametrize("shape", [(), ("--json",)])
def test_nothing_a_customer_said_is_in_it(run_cli: Run, used: None, shape: tuple[str, ...]) -> None:
    answer = run_cli("doctor", *shape)
    for word in ("酱油", "王芳", "8000", "南山"):
        assert word not in answer.out + answer.err


def test_what_is_wrong_leaves_with_one_and_is_named(run_cli: Run, used: None, file: Path) -> None:
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    file.write_bytes(content)
    answer = run_cli("doctor", "--json")
    assert answer.code == 1
    assert {"file", "rights"} <= set(wrong(answer))
    assert str(file) in wrong(answer)["rights"]


@pytest.mark.parametrize("content", [b"", b"a letter" * 100, b"SQLite format 3\x00" + b"\x00" * 200])
def test_it_works_on_a_file_that_no_desk_can_be_opened_on(run_cli: Run, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    answer = run_cli("doctor")
    assert answer.err == ""
    assert file.read_bytes() == content


def test_it_makes_nothing(run_cli: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    run_cli("doctor", db=folder / "desk.db")
    assert list(folder.iterdir()) == []


def test_an_old_backup_and_a_missing_second_folder_are_named(
    run_cli: Run, file: Path, desk: Any, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.register(complaint())
    clock.forward(days=-400)
    desk.back_up_here()
    monkeypatch.setenv("COMPLAINT_DESK_BACKUP_FOLDER", str(file.parent / "stick"))
    assert {"backup", "second_folder"} <= set(wrong(run_cli("doctor", "--json")))
