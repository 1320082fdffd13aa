"""the oldest keys are found without reading them all: they are stored in their order"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_received_at",
        "received",
        ["at"],
        unique=False,
        schema="catalogue",
        postgresql_using="brin",
    )


def downgrade() -> None:
    op.drop_index("ix_received_at", table_name="received", schema="catalogue")
