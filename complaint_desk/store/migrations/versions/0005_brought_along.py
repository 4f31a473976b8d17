"""Records brought along from other programs."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_RUNS = "next_due_at IS NOT NULL"
_STANDS_APART = "status = 'open' AND brought_along"
_CAME_IN = "brought_key IS NOT NULL"


def upgrade() -> None:
    """Add them, and leave them out of the queue's index."""
    op.add_column(
        "ticket", sa.Column("brought_along", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("ticket", sa.Column("brought_key", sa.String(), nullable=True))
    op.drop_index("ticket_queue", "ticket")
    op.create_index(
        "ticket_queue",
        "ticket",
        ["queue_rank", "next_due_at", "id", "paused_until"],
        unique=False,
        sqlite_where=sa.text(_RUNS),
        postgresql_where=sa.text(_RUNS),
    )
    op.create_index(
        "ticket_brought_along",
        "ticket",
        ["received_at", "id"],
        unique=False,
        sqlite_where=sa.text(_STANDS_APART),
        postgresql_where=sa.text(_STANDS_APART),
    )
    op.create_index(
        "ticket_brought_key",
        "ticket",
        ["brought_key"],
        unique=True,
        sqlite_where=sa.text(_CAME_IN),
        postgresql_where=sa.text(_CAME_IN),
    )
