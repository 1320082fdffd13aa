"""reconciliation: runs, differences; what is said anew has a number beyond all that were heard"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reconciliation",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_reconciliation_asked_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
    )
    op.create_index(
        "uq_reconciliation_running",
        "reconciliation",
        ["finished_at"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "difference",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("last_run_id", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("listing_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=True),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ours", postgresql.JSONB(), nullable=True),
        sa.Column("theirs", postgresql.JSONB(), nullable=True),
        sa.Column("done", sa.String(), server_default="", nullable=False),
        sa.Column("seen", sa.Integer(), server_default="1", nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "done IN ('','resent','taken','recalled','left')", name=op.f("ck_difference_done")
        ),
        sa.CheckConstraint(
            "kind IN ('missing','older','newer','differs','unknown')",
            name=op.f("ck_difference_kind"),
        ),
        sa.CheckConstraint(
            "part IN ('product','item','offer','sale','stock')", name=op.f("ck_difference_part")
        ),
        sa.ForeignKeyConstraint(
            ["last_run_id"],
            ["reconciliation.id"],
            name=op.f("fk_difference_last_run_id_reconciliation"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["reconciliation.id"], name=op.f("fk_difference_run_id_reconciliation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difference")),
    )
    op.create_index(op.f("ix_difference_last_run_id"), "difference", ["last_run_id"], unique=False)
    op.create_index(op.f("ix_difference_run_id"), "difference", ["run_id"], unique=False)
    op.create_index(
        "uq_difference_open",
        "difference",
        ["target", "listing_id", "item_id", "part"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "reconciliation_part",
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("listings", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failure", sa.String(), server_default="", nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["reconciliation.id"],
            name=op.f("fk_reconciliation_part_run_id_reconciliation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "target", name=op.f("pk_reconciliation_part")),
    )
    op.create_table(
        "chore",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chore")),
    )
    op.add_column(
        "listing", sa.Column("version_lead", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("person", sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
    # Since when is unknown: their time begins now.
    op.execute("UPDATE person SET disabled_at = now() WHERE NOT active")


def downgrade() -> None:
    op.drop_column("person", "forgotten_at")
    op.drop_column("person", "disabled_at")
    op.drop_column("listing", "version_lead")
    op.drop_table("chore")
    op.drop_table("reconciliation_part")
    op.drop_table("difference")
    op.drop_table("reconciliation")
