"""Runs migrations on the connection it is given, inside that connection's transaction."""

from alembic import context
from sqlmodel import SQLModel

from complaint_desk.models import tables
from complaint_desk.store.migrate import is_described

assert tables.EventRow.metadata is SQLModel.metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    include_name=is_described,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
