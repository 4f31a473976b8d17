"""Hostile words through every field, command and file: no crash, stored as given, nothing obeyed."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.soak.hostile import HostileDesk, cases, files, read_hostile_file

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
