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
    """Add indexes of the queue of an owner and of a store, of what waits by its receipt, of what stands still."""
    for name, columns, where in (
        ("ticket_owner", ["owner_id", *_PLACE, "store"], _WAITS),
        ("ticket_store", ["store", *_PLACE], _WAITS),
        ("ticket_waiting", ["received_at", "next_due_at"], _WAITS),
        ("ticket_stands", ["paused_until", "id"], "paused_until IS NOT NULL"),
    ):
        op.create_index(
            name,
            "ticket",
            columns,
            unique=False,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
