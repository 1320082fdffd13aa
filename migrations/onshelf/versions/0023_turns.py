"""turns: one sender a target at a time; a delivery is claimed and ended with fewer index entries"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

UNIQUE = "uq_delivery_target_subject_subject_id_revision"
BY_SUBJECT = "uq_delivery_subject_subject_id_target_revision"


def upgrade() -> None:
    op.add_column(
        "target_state", sa.Column("sender", sa.String(), server_default="", nullable=False)
    )
    op.add_column("target_state", sa.Column("sender_until", sa.DateTime(timezone=True)))
    op.create_unique_constraint(
        BY_SUBJECT, "delivery", ["subject", "subject_id", "target", "revision"]
    )
    op.drop_constraint(UNIQUE, "delivery")
    op.drop_index("ix_delivery_subject", "delivery")
    op.drop_index("ix_delivery_state", "delivery")
    op.create_index(
        "ix_delivery_state",
        "delivery",
        ["state", "target", "id"],
        postgresql_where=sa.text("state NOT IN ('due', 'delivered')"),
    )
    op.execute("ALTER TABLE delivery SET (fillfactor = 70)")


def downgrade() -> None:
    op.execute("ALTER TABLE delivery RESET (fillfactor)")
    op.drop_index("ix_delivery_state", "delivery")
    op.create_index("ix_delivery_state", "delivery", ["state", "target", "id"])
    op.create_index("ix_delivery_subject", "delivery", ["subject", "subject_id", "target"])
    op.create_unique_constraint(UNIQUE, "delivery", ["target", "subject", "subject_id", "revision"])
    op.drop_constraint(BY_SUBJECT, "delivery")
    op.drop_column("target_state", "sender_until")
    op.drop_column("target_state", "sender")
