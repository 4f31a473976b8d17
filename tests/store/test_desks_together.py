"""Two and eight desks on one file with random acts: no lost update, no deadlock, no error a retry would solve."""

from pathlib import Path

import pytest

from tests.processes import needs_fork
from tests.soak.desks import work_together


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize("desks", [2, 8])
def test_desks_that_work_at_once_lose_nothing_and_meet_no_fault(
    file: Path, no_settings: None, desks: int
) -> None:
    found = work_together(file, desks, seconds=2.0, seed=desks)
    assert found.wrong == []
    assert found.done["noted"] > desks
    assert found.done["registered"] > desks
