"""Hostile words through every field, command and file: no crash, stored as given, nothing obeyed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.soak.hostile import HostileDesk, cases, files, read_hostile_file
from tests.support import Answer

QUICK = settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
def test_hostile_words_are_stored_as_given_and_obeyed_by_nothing(file: Path, no_settings: None) -> None:
    desk = HostileDesk(file)

    @QUICK
    @given(told=cases())
    def tell(told: dict[str, str]) -> None:
        desk.tell(told)

    tell()
    desk.close()
    assert desk.tried.wrong == []
    assert desk.tried.cases >= 60
    assert desk.tried.stored > 10


@pytest.mark.slow
def test_hostile_files_are_refused_in_a_sentence_by_whatever_reads_them(
    file: Path, no_settings: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    desk = HostileDesk(file)

    @QUICK
    @given(content=files())
    def read(content: bytes) -> None:
        read_hostile_file(desk, tmp_path, content)

    read()
    desk.close()
    assert desk.tried.wrong == []


@pytest.mark.parametrize("size", [1_000_000, 10_000_000])
def test_megabytes_of_words_are_refused_in_a_sentence_or_kept_as_given(
    run_cli: Callable[..., Answer], size: int
) -> None:
    words = "酱" * (size // 3)
    added = run_cli("ticket", "add", stdin=json.dumps({"what": words}, ensure_ascii=False))
    assert added.code in (1, 2)
    assert len(added.err) < 500
    number = run_cli("ticket", "add", "--json", stdin='{"what": "milk was sour"}').object["number"]
    noted = run_cli("ticket", "act", number, "note", "--text", words)
    assert len(noted.err) < 500
    if noted.code == 0:
        assert words in run_cli("ticket", "show", number, "--json").out
    sought = run_cli("search", words)
    assert len(sought.err) < 500
    assert len(run_cli("queue", "--json").objects) == 1
