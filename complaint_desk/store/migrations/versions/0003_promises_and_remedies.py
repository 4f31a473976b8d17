"""Promises, remedies and how a complaint ended."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ticket_promised", "ticket", ["promise_due_at", "id"], "promise_due_at IS NOT NULL"),
    (
        "ticket_approval",
        "ticket",
        ["queue_rank", "approval_due_at", "id"],
        "approval_due_at IS NOT NULL",
    ),
    (
        "ticket_paused",
        "ticket",
        ["next_due_at", "id", "paused_until"],
        "next_due_at IS NOT NULL AND paused_until IS NOT NULL AND queue_rank = 1",
    ),
    ("clock_met", "clock", ["met_at"], "met_at IS NOT NULL"),
    ("promise_waiting", "promise", ["due_at", "ticket_id"], "kept_at IS NULL AND broken_at IS NULL"),
    ("promise_kept", "promise", ["kept_at"], "kept_at IS NOT NULL"),
    ("remedy_granted", "remedy", ["granted_at", "ticket_id"], "granted_at IS NOT NULL"),
)


def upgrade() -> None:
    """Add them. Older tickets have no promise, no remedy and no outcome: nothing is to be filled in."""
    for name in ("promise_due_at", "approval_due_at"):
        op.add_column("ticket", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("ticket", sa.Column("outcome", sa.String(), nullable=True))
    op.add_column("clock", sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "promise",
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("to_whom", sa.String(), nullable=True),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"]),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"]),
        sa.PrimaryKeyConstraint("ticket_id", "number"),
    )
    op.create_table(
        "remedy",
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("offered_by", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["offered_by"], ["staff.id"]),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"]),
        sa.PrimaryKeyConstraint("ticket_id", "number"),
    )
    op.drop_index("ticket_paused", "ticket")
    for name, table, columns, where in _INDEXES:
        op.create_index(
            name,
            table,
            columns,
            unique=False,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
