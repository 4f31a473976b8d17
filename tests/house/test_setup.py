"""The two commands: what is ready is left alone, what is not is set up again, failures are told in words."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]

DESK = """
import sys
print(sys.argv[1:])
sys.exit(7)
"""


@pytest.fixture
def checkout(tmp_path: Path, root: Path) -> Path:
    """A project folder whose environment has nothing in it but the way to a desk that says its arguments."""
    place = tmp_path / "the desk"
    shutil.copytree(root / "scripts", place / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "requirements.txt", "requirements-test.txt", "requirements-build.txt"):
        shutil.copy(root / name, place)
    (place / "complaint_desk").mkdir()
    (place / "complaint_desk" / "__init__.py").write_text("")
    (place / "complaint_desk" / "__main__.py").write_text(DESK)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / ".venv"], check=True)
    packages = next((place / ".venv").rglob("site-packages"))
    (packages / "complaint_desk.pth").write_text(str(place))
    return place


def run(checkout: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run scripts/run.py of this checkout with no way to the network."""
    unreachable = {
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "PIP_RETRIES": "0",
    }
    return subprocess.run(
        [sys.executable, "scripts/run.py", *arguments],
        cwd=checkout,
        env=os.environ | unreachable | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def house_of(setup: ModuleType, checkout: Path, *, stamped: bool) -> object:
    house = setup.House(checkout)
    if stamped:
        setup.write_stamp(house, "run")
    return house


def test_from_the_second_time_on_the_desk_opens_at_once_with_its_arguments_and_exit_code(
    script: Load, checkout: Path
) -> None:
    house_of(script("_setup"), checkout, stamped=True)
    answer = run(checkout, "ticket", "add", "--lang", "zh_CN", "-")
    assert answer.stdout.strip() == "['ticket', 'add', '--lang', 'zh_CN', '-']"
    assert answer.returncode == 7
    assert answer.stderr == ""


def test_the_desk_is_compiled_even_where_python_writes_no_bytecode(script: Load, checkout: Path) -> None:
    house_of(script("_setup"), checkout, stamped=True)
    run(checkout, PYTHONDONTWRITEBYTECODE="1")
    compiled = checkout / "complaint_desk" / "__pycache__"
    assert {path.name.partition(".")[0] for path in compiled.iterdir()} == {"__init__", "__main__"}


def test_an_edited_source_is_compiled_again(script: Load, checkout: Path) -> None:
    house_of(script("_setup"), checkout, stamped=True)
    run(checkout)
    source = checkout / "complaint_desk" / "__main__.py"
    source.write_text(DESK.replace("7", "8"))
    os.utime(source, (2_000_000_000, 2_000_000_000))
    assert run(checkout).returncode == 8
    compiled = next((checkout / "complaint_desk" / "__pycache__").glob("__main__*.pyc"))
    assert int.from_bytes(compiled.read_bytes()[8:12], "little") == 2_000_000_000


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt", "pyproject.toml"])
def test_another_lock_or_project_file_means_setting_up_again(script: Load, checkout: Path, name: str) -> None:
    setup = script("_setup")
    house = house_of(setup, checkout, stamped=True)
    assert setup.is_ready(house, "run")
    with (checkout / name).open("a") as stream:
        stream.write("# more\n")
    assert not setup.is_ready(house, "run")


def test_an_environment_for_running_is_not_one_for_checking_but_the_other_way_round(
    script: Load, checkout: Path
) -> None:
    setup = script("_setup")
    house = setup.House(checkout)
    setup.write_stamp(house, "run")
    assert not setup.is_ready(house, "test")
    setup.write_stamp(house, "test")
    assert setup.is_ready(house, "run")
    assert setup.is_ready(house, "test")


def test_an_interrupted_installation_is_not_taken_for_ready_and_is_made_anew(
    script: Load, checkout: Path
) -> None:
    setup = script("_setup")
    house = house_of(setup, checkout, stamped=True)
    assert setup.why_anew(house) is None
    setup.House(checkout).unfinished.touch()
    assert not setup.is_ready(house, "run")
    assert setup.why_anew(house) == "interrupted"


def test_an_environment_whose_python_is_gone_is_made_anew(script: Load, checkout: Path) -> None:
    setup = script("_setup")
    house = house_of(setup, checkout, stamped=True)
    setup.House(checkout).python.unlink()
    assert not setup.is_ready(house, "run")
    assert setup.why_anew(house) == "broken"


def test_without_the_network_it_says_so_and_what_to_do_in_both_languages(
    script: Load, checkout: Path
) -> None:
    if not script("_setup").has("pip"):
        pytest.skip("this Python has no pip: there is nothing to fetch with")
    alone = {"PIP_NO_CACHE_DIR": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    english = run(checkout, "--lang", "en", **alone)
    assert english.returncode == 1
    assert "the package index does not answer" in english.stderr
    assert "What to do" in english.stderr
    chinese = run(checkout, "--lang=zh_CN", **alone)
    assert "连不上软件源" in chinese.stderr
    assert "怎么办" in chinese.stderr


def test_a_lock_file_that_is_missing_is_named(checkout: Path) -> None:
    (checkout / "requirements.txt").unlink()
    answer = run(checkout, "--lang", "en")
    assert answer.returncode == 1
    assert "requirements.txt is missing" in answer.stderr


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "wrong_hash"),
        ("OSError: [Errno 28] No space left on device", "disk_full"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("error: command 'gcc' failed: No such file or directory", "no_compiler"),
        ("error: Microsoft Visual C++ 14.0 or greater is required.", "no_compiler"),
        (
            "NewConnectionError: [Errno -2] Name or service not known\nERROR: No matching distribution",
            "no_network",
        ),
        ("ERROR: No matching distribution found for textual==8.2.8", "not_found"),
        ("PermissionError: [Errno 13] Permission denied: 'bin'", "not_writable"),
        ("Segmentation fault", "failed"),
    ],
)
def test_why_an_installation_failed_is_read_from_what_pip_says(script: Load, said: str, name: str) -> None:
    assert script("_installer").reason(said) == name


def test_every_sentence_is_there_in_both_languages_with_the_same_places(script: Load) -> None:
    placeholders = script("_catalogue").placeholders
    for name, (chinese, english) in script("_sentences").SENTENCES.items():
        assert placeholders(chinese) == placeholders(english), name
        assert any("一" <= sign <= "鿿" for sign in chinese), name
        assert english.isascii() or "“" in english, name


@pytest.mark.parametrize(
    ("arguments", "environment", "chinese"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, True),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, False),
        (["queue", "--lang", "zh_CN"], {"LANG": "C"}, True),
        (["--lang=en"], {"LANG": "zh_CN.UTF-8"}, False),
        (["--lang"], {"LANG": "zh_CN.UTF-8"}, False),
    ],
)
def test_the_language_follows_the_argument_then_the_locale(
    script: Load, arguments: list[str], environment: dict[str, str], chinese: bool
) -> None:
    assert script("_sentences").speaks_chinese(arguments, environment) is chinese
