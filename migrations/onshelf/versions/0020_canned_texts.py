"""canned texts: what the leads of a queue keep for its notes to sellers"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "canned_text",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("ko", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_canned_text_changed_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_text")),
        sa.UniqueConstraint("queue", "title", name=op.f("uq_canned_text_queue_title")),
    )


def downgrade() -> None:
    op.drop_table("canned_text")
