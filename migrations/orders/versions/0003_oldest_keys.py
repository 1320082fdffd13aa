"""the oldest keys are found without reading them all: they are stored in their order"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_received_at",
        "received",
        ["at"],
        unique=False,
        schema="orders",
        postgresql_using="brin",
    )


def downgrade() -> None:
    op.drop_index("ix_received_at", table_name="received", schema="orders")
