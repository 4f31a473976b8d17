"""The tables: light to load, and the same indexes in a file and on a server."""

import subprocess
import sys
from typing import Any

from sqlalchemy import create_mock_engine
from sqlmodel import SQLModel

from complaint_desk.models import tables as tables


def test_a_start_loads_nothing_of_a_database_server() -> None:
    loaded = "import sys, complaint_desk.models.tables; print(*(n for n in sys.modules if 'postgresql' in n))"
    told = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == ""


def partial_indexes(url: str) -> set[str]:
    """The statements that would make the partial indexes there."""
    made: list[str] = []

    def keep(statement: Any, *_values: object) -> None:
        made.append(" ".join(str(statement.compile(dialect=engine.dialect)).split()))

    engine = create_mock_engine(url, keep)
    SQLModel.metadata.create_all(engine, checkfirst=False)
    return {line for line in made if "INDEX" in line and "WHERE" in line}


def test_on_a_server_an_index_holds_the_same_rows_as_in_a_file() -> None:
    on_a_server = partial_indexes("postgresql+pg8000://")
    assert on_a_server == partial_indexes("sqlite://")
    assert any("ticket_queue" in line and "WHERE next_due_at IS NOT NULL" in line for line in on_a_server)
