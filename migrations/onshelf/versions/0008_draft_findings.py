"""findings of drafts, kept by revision"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_findings",
        sa.Column("listing_id", sa.BigInteger(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_draft_findings_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_draft_findings")),
    )


def downgrade() -> None:
    op.drop_table("draft_findings")
