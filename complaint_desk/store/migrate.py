"""Makes the tables and brings older files up to date, with Alembic; imported only when there is work."""

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from complaint_desk.store.copies import copy_before_migration
from complaint_desk.store.full_text import LIVE
from complaint_desk.store.triggers import make_triggers
from complaint_desk.store.whereabouts import SCHEMA

if TYPE_CHECKING:
    from complaint_desk.store.engine import Store


def make_tables(engine: Engine) -> None:
    """Make all tables and guards in an empty database; does nothing where they are there already."""
    with engine.execution_options(writing=True).begin() as connection:
        upgrade(connection)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that are due and make the guards anew, in the caller's transaction."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    command.upgrade(config, revision)
    make_triggers(connection)


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table of the database is one of the models'; those of the index of words are SQLite's own."""
    return not (kind == "table" and name in LIVE.inner_tables)


def bring_up_to_date(store: "Store") -> None:
    """Copy the file aside, then migrate it in one transaction; a failure leaves the old file as it was.

    The lock is taken first: of several desks that find the file behind, one copies and migrates it.
    """
    with store.writing() as connection:
        if store.path is not None:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version >= SCHEMA:
                return
            copy_before_migration(store.path, version)
        upgrade(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
