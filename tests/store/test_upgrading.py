"""Files of every released version are brought up to date with nothing lost."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.store import copies
from complaint_desk.store.engine import open_store

RELEASED = sorted((Path(__file__).parent.parent / "data" / "files").glob("schema-*.db"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old_file(request: pytest.FixtureRequest, file: Path) -> Path:
    """A copy of a file that a released version wrote, where the test's desk looks for its own."""
    shutil.copyfile(request.param, file)
    return file


def test_a_file_of_every_released_version_opens_with_its_tickets_and_its_history_whole(
    old_file: Path, open_desk: Callable[..., Any]
) -> None:
    desk = open_desk()
    numbers = {row.number for row in desk.queue()}
    assert numbers == {"S01-261123-001", "S01-261123-002", "S01-261123-003"}
    kettle = desk.ticket("S01-261123-002")
    assert kettle.what == "The kettle leaked and scalded my left hand"
    assert [pause.reason for pause in kettle.pauses] == ["waits for the maker"]
    assert desk.check() == []
    assert list(copies.copies_folder(old_file).glob("*-before-tables-*")) != []


def test_a_migrated_file_has_the_tables_and_the_guards_of_a_new_one(old_file: Path, empty_file: Path) -> None:
    def shape(path: Path) -> list[tuple[str, str, str]]:
        store = open_store(path)
        with store.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
            )
            found = sorted((row[0], row[1], " ".join(row[2].split())) for row in rows)
        store.close()
        return found

    assert shape(old_file) == shape(empty_file)
