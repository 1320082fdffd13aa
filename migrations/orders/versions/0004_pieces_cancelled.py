"""of a line some pieces may be cancelled, and the rest stays"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LINE = "order_line"


def upgrade() -> None:
    column = sa.Column("cancelled", sa.Integer(), server_default="0", nullable=False)
    op.add_column(LINE, column, schema="orders")
    op.execute("UPDATE orders.order_line SET cancelled = quantity WHERE cancelled_at IS NOT NULL")
    op.create_check_constraint(
        op.f("ck_order_line_cancelled"),
        LINE,
        "cancelled BETWEEN 0 AND quantity AND (cancelled > 0) = (cancelled_at IS NOT NULL)",
        schema="orders",
    )


def downgrade() -> None:
    # A line was cancelled whole or not at all: what is left of one in part is, there, all of it.
    op.drop_constraint(op.f("ck_order_line_cancelled"), LINE, schema="orders")
    op.execute(
        "UPDATE orders.order_line SET quantity = quantity - cancelled, cancelled_at = NULL"
        " WHERE cancelled BETWEEN 1 AND quantity - 1"
    )
    op.drop_column(LINE, "cancelled", schema="orders")
