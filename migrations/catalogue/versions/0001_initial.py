"""Products, their items, and the deliveries that had their effect."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False, start=700001), nullable=False),
        sa.Column("listing_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("pairs", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "arrived_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("listing_id", name=op.f("uq_product_listing_id")),
        schema="catalogue",
    )
    op.create_index(
        "ix_product_pairs",
        "product",
        ["pairs"],
        unique=False,
        schema="catalogue",
        postgresql_using="gin",
    )
    op.create_index(
        "ix_product_public",
        "product",
        ["id"],
        unique=False,
        schema="catalogue",
        postgresql_where=sa.text("NOT practice"),
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
        schema="catalogue",
    )
    op.create_table(
        "item",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("gtin", sa.String(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("list_price", sa.Integer(), nullable=True),
        sa.Column("offer_revision", sa.Integer(), nullable=False),
        sa.Column("sale", sa.String(), nullable=False),
        sa.Column("sale_revision", sa.Integer(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "sale IN ('on','paused','recalled','retired')", name=op.f("ck_item_sale")
        ),
        sa.CheckConstraint("price >= 0 AND list_price >= 0", name=op.f("ck_item_not_negative")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalogue.product.id"], name=op.f("fk_item_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("item_id", name=op.f("uq_item_item_id")),
        schema="catalogue",
    )
    op.create_index(
        op.f("ix_item_product_id"), "item", ["product_id"], unique=False, schema="catalogue"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_item_product_id"), table_name="item", schema="catalogue")
    op.drop_table("item", schema="catalogue")
    op.drop_table("received", schema="catalogue")
    op.drop_index(
        "ix_product_public",
        table_name="product",
        schema="catalogue",
        postgresql_where=sa.text("NOT practice"),
    )
    op.drop_index(
        "ix_product_pairs", table_name="product", schema="catalogue", postgresql_using="gin"
    )
    op.drop_table("product", schema="catalogue")
