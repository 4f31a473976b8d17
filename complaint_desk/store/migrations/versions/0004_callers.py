"""Customers, their numbers, and erasures."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them, and give the callers of older tickets their cards."""
    op.create_table(
        "customer",
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("card_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("contact_way", sa.String(), nullable=True),
        sa.Column("contact_time", sa.String(), nullable=True),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("row_id"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_customer_card_id", "customer", ["card_id"], unique=False)
    op.create_table(
        "customer_number",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", "customer"),
    )
    op.create_index("ix_customer_number_customer", "customer_number", ["customer"], unique=False)
    op.create_table(
        "customer_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("customer", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", "customer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_customer_key_customer", "customer_key", ["customer"], unique=False)
    op.create_table(
        "customer_event",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.PrimaryKeyConstraint("customer_id", "event_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "erasure",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("erased_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["erased_by"], ["event.id"]),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.add_column("ticket", sa.Column("customer_id", sa.String(), nullable=True))
    op.create_index("ticket_customer", "ticket", ["customer_id", "received_at"], unique=False)
    from complaint_desk.desk.customers.customers_at_upgrade import give_cards

    give_cards(op.get_bind())
