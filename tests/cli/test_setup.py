"""Setting a desk up: unattended from a file, never needed, no PIN in the file; settings keep their comments."""

import re
import sqlite3
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from complaint_desk.desk.file.settings_writing import with_values, write_settings
from complaint_desk.settings import SettingsRefused
from tests.support import Answer

Run = Callable[..., Answer]
PIN = "482913"
SETUP = """
language = "zh_CN"
store_code = "s02"
store_name = "南山店"
region = "CN"
time_zone = "Asia/Shanghai"
supervisor = "刘洋"

[[staff]]
name = "李娜"

[[staff]]
name = "王敏"
role = "manager"
"""


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2 hashes that cost little."""
    from argon2 import PasswordHasher

    from complaint_desk.desk.staff import secrets

    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def settings_file(tmp_path: Path, no_settings: None) -> Path:
    return tmp_path / "settings.toml"


def test_a_desk_is_set_up_from_a_file_with_its_staff(
    run_cli: Run, settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_PIN", PIN)
    answer = run_cli("setup", "--from", "-", stdin=SETUP, by=None)
    assert answer.code == 0, answer.err
    given = dict(line.split("\t") for line in answer.out.splitlines() if "\t" in line)
    assert set(given) == {"李娜", "王敏"}
    assert re.search(r"^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$", answer.out, re.MULTILINE)
    assert tomllib.loads(settings_file.read_text("utf-8")) == {
        "language": "zh_CN",
        "store_code": "S02",
        "store_name": "南山店",
        "region": "CN",
        "time_zone": "Asia/Shanghai",
    }
    assert PIN not in settings_file.read_text("utf-8")
    listed = run_cli("staff", "list", by="刘洋").out
    assert listed == "刘洋\tsupervisor\tPIN\n李娜\tagent\tone-time PIN\n王敏\tmanager\tone-time PIN\n"


def test_without_a_pin_in_the_environment_nobody_is_asked_for_one(run_cli: Run, settings_file: Path) -> None:
    answer = run_cli("setup", "--from", "-", stdin='store_code = "S02"\nsupervisor = "刘洋"\n', by=None)
    assert (answer.code, answer.out) == (0, "")
    assert run_cli("ticket", "add", stdin='{"what": "x"}', by="李娜").code == 0
    assert run_cli("staff", "list", by="刘洋").out == "刘洋\tsupervisor\n李娜\tagent\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('pin = "482913"\n', "pin"),
        ('store_code = "no code at all"\n', "store_code"),
        ('region = "China"\n', "region"),
        ('time_zone = "Shenzhen"\n', "time_zone"),
        ('language = "fr"\n', "language"),
        ("supervisor = 7\n", "supervisor"),
        ('[[staff]]\nname = "x"\nrole = "king"\n', "staff"),
        ('supervisor = ""\n', "name"),
        ("not toml", "from"),
    ],
)
def test_a_faulty_file_is_refused_by_name_and_nothing_is_written(
    run_cli: Run, settings_file: Path, file: Path, text: str, named: str
) -> None:
    answer = run_cli("setup", "--from", "-", stdin=text, by=None)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{named}: ")
    assert not settings_file.exists()
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT count(*) FROM staff").fetchone() == (0,)
    connection.close()


def test_a_weak_pin_leaves_everything_as_it_was(
    run_cli: Run, settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_PIN", "123456")
    answer = run_cli("setup", "--from", "-", stdin=SETUP, by=None)
    assert answer.code == 2
    assert "123456" not in answer.err
    assert not settings_file.exists()
    assert run_cli("staff", "list").out == ""


def test_a_desk_in_use_takes_new_settings_but_no_second_first_person(
    run_cli: Run, settings_file: Path
) -> None:
    run_cli("ticket", "add", stdin='{"what": "x"}')
    assert run_cli("setup", "--from", "-", stdin='store_name = "南山店"\n').code == 0
    assert run_cli("setup", "--from", "-", stdin='supervisor = "刘洋"\n').code == 1
    assert run_cli("staff", "list").out == "陈静\tsupervisor\n"


def test_where_nobody_sits_at_a_terminal_setup_asks_nothing(run_cli: Run) -> None:
    answer = run_cli("setup")
    assert (answer.code, answer.out) == (2, "")
    assert "--from" in answer.err


def test_other_settings_and_comments_stay_as_they_were() -> None:
    before = '# ours\nregion = "CN"  # old\ndb = "x.db"\n\n[later]\nregion = "no"\n'
    after = with_values(before, {"region": "GB", "store_name": 'The "best" \\ store\n'})
    assert "# ours" in after
    assert tomllib.loads(after) == {
        "region": "GB",
        "db": "x.db",
        "store_name": 'The "best" \\ store\n',
        "later": {"region": "no"},
    }


def test_a_settings_file_that_is_no_toml_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("this is not = = toml")
    with pytest.raises(SettingsRefused):
        write_settings(path, {"region": "CN"})
    assert path.read_text() == "this is not = = toml"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_settings_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "settings.toml"
    write_settings(path, {"region": "CN"})
    assert path.stat().st_mode & 0o077 == 0
