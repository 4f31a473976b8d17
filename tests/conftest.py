"""A desk on a real file of its own, with a clock that stands still, and its command line."""

import inspect
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from complaint_desk import locale
from tests.support import Answer, FrozenClock

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("exploring", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("COMPLAINT_DESK_EXAMPLES", "steady"))
"""The same examples at every run, so that a red run can be had again; `exploring` looks for new ones."""


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the desk with nothing in it, to be copied: making one takes half a second."""
    from complaint_desk.store.engine import open_store

    path = tmp_path_factory.mktemp("empty") / "desk.db"
    open_store(path).close()
    return path


@pytest.fixture
def file(tmp_path: Path, empty_file: Path) -> Path:
    """This test's own file of the desk."""
    path = tmp_path / "desk.db"
    shutil.copyfile(empty_file, path)
    return path


@pytest.fixture
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those the test sets, whoever's account it runs in."""
    import os

    for name in list(os.environ):
        if name.startswith("COMPLAINT_DESK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COMPLAINT_DESK_SETTINGS", str(tmp_path / "settings.toml"))


@pytest.fixture
def open_desk(file: Path, clock: FrozenClock, no_settings: None) -> Iterator[Callable[..., Any]]:
    """Opens desks on the test's file: as whom, and with what settings besides the store code S01."""
    from complaint_desk.desk.desk import Desk
    from complaint_desk.settings import Settings

    opened = []

    def open_one(as_name: str = "陈静", **settings: Any) -> Desk:
        values = {"db": str(file), "store_code": "S01", **settings}
        desk = Desk.open(Settings(**values), as_name=as_name, clock=clock)
        opened.append(desk)
        return desk

    yield open_one
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(open_desk: Callable[..., Any]) -> Any:
    """The desk with 陈静, its first supervisor, at the seat."""
    return open_desk()


@pytest.fixture
def run_cli(
    file: Path, clock: FrozenClock, no_settings: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Answer]]:
    """Runs a command in this process on the test's file, at the frozen time, as 陈静 in English."""
    from complaint_desk.cli.main import run
    from complaint_desk.desk.demo import demo_desk
    from complaint_desk.desk.opening import Opening

    defaults = (Opening.__dict__["open"].__func__, inspect.unwrap(demo_desk))
    for function in defaults:
        monkeypatch.setitem(function.__kwdefaults__, "clock", clock)
    monkeypatch.setenv("COMPLAINT_DESK_STORE_CODE", "S01")

    def run_one(
        *arguments: str, stdin: str | bytes = b"", db: str | Path | None = file, by: str | None = "陈静"
    ) -> Answer:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _stream in range(2))
        shared = [*(["--db", str(db)] if db else []), *(["--as", by] if by else [])]
        language = [] if "--lang" in arguments else ["--lang", "en"]
        with pytest.MonkeyPatch.context() as streams:
            streams.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
            streams.setattr(sys, "stdout", out)
            streams.setattr(sys, "stderr", err)
            code = run([*shared, *language, *arguments])
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode("utf-8"))
        return Answer(code, *texts)

    yield run_one
    locale.use("en")


@pytest.fixture
def run_program(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the program itself, as a person would, in a process of its own."""
    import os

    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COMPLAINT_DESK_")},
        "COMPLAINT_DESK_SETTINGS": str(tmp_path / "settings.toml"),
        "PYTHONPATH": str(ROOT),
    }

    def run_it(*arguments: str, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "complaint_desk", *arguments],
            input=stdin,
            capture_output=True,
            env=environment | variables,
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    return run_it
