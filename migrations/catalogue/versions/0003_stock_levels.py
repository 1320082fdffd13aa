"""how many there are of each item, and the values of its options in both languages"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    now = sa.text("clock_timestamp()")
    op.create_table(
        "level",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("flipped_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_level_not_negative")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_level")),
        schema="catalogue",
    )
    op.create_table(
        "stock_feed",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_stock_feed_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_feed")),
        schema="catalogue",
    )
    op.add_column(
        "item",
        sa.Column(
            "options",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        schema="catalogue",
    )
    for table, column in (
        ("product", "changed_at"),
        ("item", "changed_at"),
        ("level", "flipped_at"),
    ):
        name = op.f(f"ix_{table}_{column}")
        op.create_index(name, table, [column], unique=False, schema="catalogue")


def downgrade() -> None:
    op.drop_index(op.f("ix_product_changed_at"), table_name="product", schema="catalogue")
    op.drop_index(op.f("ix_item_changed_at"), table_name="item", schema="catalogue")
    op.drop_column("item", "options", schema="catalogue")
    op.drop_table("stock_feed", schema="catalogue")
    op.drop_table("level", schema="catalogue")
