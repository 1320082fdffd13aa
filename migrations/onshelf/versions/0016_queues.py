"""queues: words to find cases by, leads, times of their own, saved filters"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "reviewer_queue",
        sa.Column("lead", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("review_case", sa.Column("words", sa.String(), server_default="", nullable=False))
    # Those that wait are found by their names at once; `search.folded` does the same and more.
    op.execute(
        "UPDATE review_case SET words = lower(concat_ws(' ', part.content #>> '{name,ko}',"
        " part.content #>> '{name,en}', seller.name, review_case.listing_id::text))"
        " FROM version_part AS part, seller"
        " WHERE part.version_id = review_case.version_id AND part.item_id IS NULL"
        " AND seller.id = review_case.seller_id AND review_case.closed_at IS NULL"
    )
    op.create_index(
        "ix_review_case_lately",
        "review_case",
        ["queue", "kind", "id"],
        postgresql_where=sa.text("applied_at IS NOT NULL"),
    )
    op.create_table(
        "queue_times",
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("hold_seconds", sa.Integer(), nullable=True),
        sa.Column("promise_minutes", sa.Integer(), nullable=True),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("hold_seconds BETWEEN 0 AND 3600", name=op.f("ck_queue_times_hold")),
        sa.CheckConstraint(
            "promise_minutes BETWEEN 1 AND 43200", name=op.f("ck_queue_times_promise")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_queue_times_changed_by_person")
        ),
        sa.PrimaryKeyConstraint("queue", name=op.f("pk_queue_times")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("chosen", JSONB(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_saved_filter_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("person_id", "name", name=op.f("uq_saved_filter_person_id_name")),
    )


def downgrade() -> None:
    op.drop_table("saved_filter")
    op.drop_table("queue_times")
    op.drop_index("ix_review_case_lately", "review_case")
    op.drop_column("review_case", "words")
    op.drop_column("reviewer_queue", "lead")
