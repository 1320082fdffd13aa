"""Offers with stock, orders, attempts by key, and the deliveries that had their effect."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SEQUENCE orders.stock_feed_position AS bigint")
    op.create_table(
        "listing",
        sa.Column("listing_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("catalogue", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_listing")),
        schema="orders",
    )
    op.create_table(
        "order",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column(
            "placed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order")),
        sa.UniqueConstraint("no", name=op.f("uq_order_no")),
        schema="orders",
    )
    op.create_table(
        "order_attempt",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_order_attempt")),
        schema="orders",
    )
    op.create_table(
        "received",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_received")),
        schema="orders",
    )
    op.create_table(
        "item",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("listing_id", sa.BigInteger(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("offer_revision", sa.Integer(), nullable=False),
        sa.Column("sale", sa.String(), nullable=False),
        sa.Column("sale_revision", sa.Integer(), nullable=False),
        sa.Column("stock", sa.BigInteger(), nullable=False),
        sa.Column("stock_revision", sa.BigInteger(), nullable=False),
        sa.Column("feed_position", sa.BigInteger(), nullable=True),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "sale IN ('on','paused','recalled','retired')", name=op.f("ck_item_sale")
        ),
        sa.CheckConstraint("price >= 0 AND stock >= 0", name=op.f("ck_item_not_negative")),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["orders.listing.listing_id"], name=op.f("fk_item_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item")),
        sa.UniqueConstraint("feed_position", name=op.f("uq_item_feed_position")),
        schema="orders",
    )
    op.create_index(
        op.f("ix_item_listing_id"), "item", ["listing_id"], unique=False, schema="orders"
    )
    op.create_index(
        "ix_item_to_feed",
        "item",
        ["item_id"],
        unique=False,
        schema="orders",
        postgresql_where=sa.text("feed_position IS NULL"),
    )
    op.create_table(
        "order_line",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quantity > 0 AND price >= 0", name=op.f("ck_order_line_not_negative")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["orders.item.item_id"], name=op.f("fk_order_line_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order.id"], name=op.f("fk_order_line_order_id_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint("order_id", "no", name=op.f("uq_order_line_order_id_no")),
        schema="orders",
    )
    op.create_index(
        op.f("ix_order_line_item_id"), "order_line", ["item_id"], unique=False, schema="orders"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_order_line_item_id"), table_name="order_line", schema="orders")
    op.drop_table("order_line", schema="orders")
    op.drop_index(
        "ix_item_to_feed",
        table_name="item",
        schema="orders",
        postgresql_where=sa.text("feed_position IS NULL"),
    )
    op.drop_index(op.f("ix_item_listing_id"), table_name="item", schema="orders")
    op.drop_table("item", schema="orders")
    op.drop_table("received", schema="orders")
    op.drop_table("order_attempt", schema="orders")
    op.drop_table("order", schema="orders")
    op.drop_table("listing", schema="orders")
    op.execute("DROP SEQUENCE orders.stock_feed_position")
