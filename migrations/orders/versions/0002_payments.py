"""payments: orders are held until they are paid; the key that made an order stands with it"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ORDER = "order"


def upgrade() -> None:
    _order()
    _line()
    op.create_table(
        "payment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("answer_due", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('approved','declined','waiting','returned')", name=op.f("ck_payment_state")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.order.id"], name=op.f("fk_payment_order_id_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("key", name=op.f("uq_payment_key")),
        schema="orders",
    )
    op.create_index(op.f("ix_payment_order_id"), "payment", ["order_id"], schema="orders")
    op.create_index(
        "ix_payment_waiting",
        "payment",
        ["answer_due"],
        schema="orders",
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _order() -> None:
    """Orders from before have no end to be paid by, and the key that made them."""
    columns = (
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("asked", sa.String(), nullable=True),
        sa.Column("payment", sa.String(), server_default="open", nullable=False),
        sa.Column("pay_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid", sa.BigInteger(), nullable=True),
    )
    for column in columns:
        op.add_column(ORDER, column, schema="orders")
    op.execute(
        'UPDATE orders."order" SET key = attempt.key, asked = attempt.asked'
        " FROM orders.order_attempt attempt WHERE attempt.answer ->> 'no' = \"order\".no"
    )
    op.execute("UPDATE orders.\"order\" SET key = 'order:' || no, asked = '' WHERE key IS NULL")
    op.execute(
        "UPDATE orders.\"order\" SET payment = 'cancelled' WHERE NOT EXISTS (SELECT FROM"
        ' orders.order_line WHERE order_id = "order".id AND cancelled_at IS NULL)'
    )
    op.alter_column(ORDER, "key", nullable=False, schema="orders")
    op.alter_column(ORDER, "asked", nullable=False, schema="orders")
    op.create_unique_constraint(op.f("uq_order_key"), ORDER, ["key"], schema="orders")
    op.create_check_constraint(
        op.f("ck_order_payment"),
        ORDER,
        "payment IN ('open','pending','paid','expired','cancelled')",
        schema="orders",
    )
    op.create_check_constraint(
        op.f("ck_order_paid"), ORDER, "(payment = 'paid') = (paid IS NOT NULL)", schema="orders"
    )
    op.create_index(
        "ix_order_unpaid",
        ORDER,
        ["pay_by"],
        schema="orders",
        postgresql_where=sa.text("payment IN ('open','pending')"),
    )
    op.drop_table("order_attempt", schema="orders")


def _line() -> None:
    """A line is named by its order and number; whose goods it is about stands in it."""
    op.add_column("order_line", sa.Column("seller_id", sa.BigInteger()), schema="orders")
    op.execute(
        "UPDATE orders.order_line SET seller_id = listing.seller_id FROM orders.item"
        " JOIN orders.listing USING (listing_id) WHERE item.item_id = order_line.item_id"
    )
    op.alter_column("order_line", "seller_id", nullable=False, schema="orders")
    op.drop_constraint("uq_order_line_order_id_no", "order_line", schema="orders")
    op.drop_column("order_line", "id", schema="orders")
    op.create_primary_key("pk_order_line", "order_line", ["order_id", "no"], schema="orders")
    op.create_index(
        "ix_order_line_seller", "order_line", ["seller_id", "order_id"], schema="orders"
    )


def downgrade() -> None:
    raise NotImplementedError("payments would be lost: restore a backup instead")
