"""Older files are copied, then brought up to date; a failure leaves them as they were."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from complaint_desk.models import tables
from complaint_desk.models.errors import StoreFault
from complaint_desk.rules.lifecycle import fold
from complaint_desk.store import checking, copies, engine, migrate, whereabouts
from complaint_desk.store.engine import open_store
from complaint_desk.store.triggers import SQLITE_TRIGGERS, missing_triggers
from tests.support import FrozenClock, complaint

NEXT = whereabouts.SCHEMA + 1
REVISION = '''
"""What a later version adds."""
from alembic import op
import sqlalchemy as sa

revision = "9999"
down_revision = {head!r}
branch_labels = depends_on = None

def upgrade():
    op.create_table("branch", sa.Column("id", sa.String(), primary_key=True))
    op.add_column("staff", sa.Column("nickname", sa.String()))
    {then}
'''


@pytest.fixture
def later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The program as a later version, whose next migration ends as told."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    own = Path(migrate.__file__).parent / "migrations"

    def become(then: str = "pass") -> None:
        rooms = tmp_path / "later"
        shutil.rmtree(rooms, ignore_errors=True)
        shutil.copytree(own, rooms / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
        config = Config()
        config.set_main_option("script_location", str(own))
        head = ScriptDirectory.from_config(config).get_current_head()
        revision = rooms / "migrations" / "versions" / "9999_later.py"
        revision.write_text(REVISION.format(head=head, then=then))
        monkeypatch.setattr(migrate, "__file__", str(rooms / "migrate.py"))
        for room in (migrate, engine, whereabouts):
            monkeypatch.setattr(room, "SCHEMA", NEXT)

    return become


def age(file: Path) -> int:
    connection = sqlite3.connect(file)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(version)


def test_the_tables_made_are_the_tables_the_models_describe(file: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert tables.EventRow.metadata is SQLModel.metadata
    store = open_store(file)
    with store.reading() as connection:
        options = {"compare_type": True, "include_name": getattr(migrate, "is_described", None)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
    store.close()


def test_a_file_one_version_behind_is_copied_and_then_brought_up_to_date(
    desk: Any, file: Path, later_program: Callable[..., None]
) -> None:
    number = desk.register(complaint()).number
    desk.close()
    later_program()
    store = open_store(file)
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM branch").scalar_one() == 0
        assert missing_triggers(connection) == []
        assert list(checking.broken_links(connection)) == []
    store.close()
    assert age(file) == NEXT
    before = copies.copies_folder(file) / f"desk-before-tables-{NEXT}.db"
    assert age(before) == NEXT - 1
    kept = sqlite3.connect(before)
    assert kept.execute("SELECT number FROM ticket").fetchall() == [(number,)]
    kept.close()


@pytest.mark.parametrize(
    "then",
    [
        "raise RuntimeError('half way')",
        "op.execute('INSERT INTO nowhere VALUES (1)')",
        "op.execute('DROP TRIGGER event_refuses_update'); raise RuntimeError('half way')",
    ],
)
def test_a_migration_that_fails_leaves_the_old_file_working(
    desk: Any,
    file: Path,
    clock: FrozenClock,
    open_desk: Callable[..., Any],
    later_program: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    then: str,
) -> None:
    number = desk.register(complaint()).number
    desk.close()
    later_program(then)
    with pytest.raises(StoreFault):
        open_store(file)
    assert age(file) == NEXT - 1
    monkeypatch.undo()
    again = open_desk()
    assert again.ticket(number).number == number
    assert again.register(complaint()).number == "S01-261123-002"
    with again.store.reading() as connection:
        assert list(checking.faults_of(connection, fold)) == []
        tables_now = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'branch'").all()
        columns = connection.exec_driver_sql("PRAGMA table_info(staff)").all()
    assert tables_now == []
    assert "nickname" not in {column.name for column in columns}


def test_a_migration_another_desk_did_meanwhile_is_not_done_twice(
    desk: Any, file: Path, later_program: Callable[..., None]
) -> None:
    desk.register(complaint())
    desk.close()
    later_program()
    first = open_store(file)
    second = engine.Store(engine.file_engine(file), file)
    before = copies.copies_folder(file) / f"desk-before-tables-{NEXT}.db"
    content = before.read_bytes()
    migrate.bring_up_to_date(second)
    assert before.read_bytes() == content
    assert age(before) == NEXT - 1
    first.close()
    second.close()


def test_lost_guards_are_made_anew_by_a_migration(file: Path, later_program: Callable[..., None]) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    for name in SQLITE_TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    later_program()
    store = open_store(file)
    with store.reading() as looked:
        assert missing_triggers(looked) == []
    store.close()
