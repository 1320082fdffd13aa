"""the pages of documents that somebody has looked at"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_page",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("(key = '') = (fault <> '')", name=op.f("ck_document_page_drawn")),
        sa.PrimaryKeyConstraint("sha256", "no", name=op.f("pk_document_page")),
    )


def downgrade() -> None:
    op.drop_table("document_page")
