"""archives and web addresses that pictures come from"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "arrival",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("listing_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), server_default="", nullable=False),
        sa.Column("address", sa.String(), server_default="", nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answers", JSONB(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", instant, server_default=NOW, nullable=False),
        sa.Column("lease_until", instant, nullable=True),
        sa.Column("created_at", instant, server_default=NOW, nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", instant, nullable=True),
        sa.CheckConstraint("kind IN ('zip','address')", name=op.f("ck_arrival_kind")),
        sa.CheckConstraint("state IN ('waiting','done')", name=op.f("ck_arrival_state")),
        sa.CheckConstraint(
            "(state = 'done') = (finished_at IS NOT NULL)", name=op.f("ck_arrival_finished")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_arrival_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_arrival_created_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
    )
    op.create_index(op.f("ix_arrival_listing_id"), "arrival", ["listing_id"], unique=False)
    op.create_index(
        "ix_arrival_due",
        "arrival",
        ["not_before"],
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("arrival")
