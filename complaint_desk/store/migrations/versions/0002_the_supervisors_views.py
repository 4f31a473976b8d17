"""What the supervisor's views are read from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WAITS = "next_due_at IS NOT NULL"
_PLACE = ["queue_rank", "next_due_at", "id", "paused_until"]


def upgrade() -> None:
    """Add the queue of an owner and of a store as indexes of their own, and what waits by its receipt."""
    for name, columns in (
        ("ticket_owner", ["owner_id", *_PLACE, "store"]),
        ("ticket_store", ["store", *_PLACE]),
        ("ticket_waiting", ["received_at", "next_due_at"]),
    ):
        op.create_index(
            name,
            "ticket",
            columns,
            unique=False,
            sqlite_where=sa.text(_WAITS),
            postgresql_where=sa.text(_WAITS),
        )
