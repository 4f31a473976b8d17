"""`kill -9` at random instants over every kind of work: what was acknowledged is there, and nothing by halves."""

import random
from pathlib import Path

import pytest

from tests.processes import needs_fork
from tests.soak.kills import Battered


@pytest.fixture(autouse=True)
def _own_settings(no_settings: None) -> None:
    """No settings of whoever's account this is."""


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["save", "act", "draft", "import", "backup", "migration", "restore", "salvage"]
)
def test_what_was_acknowledged_survives_a_kill_at_any_instant(tmp_path: Path, kind: str) -> None:
    import complaint_desk.cli.bring_in
    import complaint_desk.desk.file.restore
    import complaint_desk.desk.file.salvage
    import complaint_desk.store.migrate  # noqa: F401 - loaded once for all children

    battered = Battered(tmp_path, random.Random(20261123))
    for _blow in range(6 if kind in ("import", "restore", "migration", "salvage") else 10):
        battered.blow(kind)
    battered.check()
    assert battered.blows.lost == []
    assert battered.blows.faults == []
    assert battered.blows.killed[kind] > 0
