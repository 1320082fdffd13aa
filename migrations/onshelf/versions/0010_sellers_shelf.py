"""what lists say of drafts, the shelf by category, what is staged, many listings at once"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INDEXES = (
    (
        "ix_listing_category",
        "listing",
        ["seller_id", "category_code", "changed_at", "id"],
        "retired_at IS NULL",
    ),
    ("ix_offer_staged", "offer", ["item_id"], "staged_price IS NOT NULL"),
    ("ix_stock_staged", "stock", ["item_id"], "staged IS NOT NULL"),
    ("ix_stock_out", "stock", ["item_id"], "count = 0"),
    ("ix_item_selling", "item", ["seller_id", "listing_id"], "sale IN ('on','paused')"),
    ("ix_picture_refused", "picture", ["listing_id"], "state = 'refused'"),
    ("ix_review_case_waiting", "review_case", ["seller_id", "listing_id"], "closed_at IS NULL"),
    (
        "ix_review_case_returned",
        "review_case",
        ["seller_id", "listing_id"],
        "applied_at IS NOT NULL AND verdict <> 'approve'",
    ),
)


def upgrade() -> None:
    # A shortcut: what is gone is found anew.
    op.execute("DELETE FROM draft_findings")
    op.add_column("draft_findings", sa.Column("seller_id", sa.BigInteger(), nullable=False))
    for name in ("blocking", "advising", "score"):
        op.add_column("draft_findings", sa.Column(name, sa.Integer(), nullable=False))
    op.add_column("draft_findings", sa.Column("first", sa.String(), nullable=False))
    op.create_foreign_key(
        op.f("fk_draft_findings_seller_id_seller"),
        "draft_findings",
        "seller",
        ["seller_id"],
        ["id"],
    )
    op.create_index(
        "ix_draft_findings_standing", "draft_findings", ["seller_id", "blocking", "listing_id"]
    )
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, postgresql_where=sa.text(where))
    op.create_table(
        "batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("wish", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_batch_seller_id_seller")
        ),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name=op.f("fk_batch_who_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("seller_id", "token", name=op.f("uq_batch_seller_id_token")),
    )
    op.create_table(
        "batch_line",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("listing_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('done','unchanged','refused')", name=op.f("ck_batch_line_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_batch_line_batch_id_batch")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_batch_line_listing_id_listing")
        ),
        sa.ForeignKeyConstraint(
            ["made_id"], ["listing.id"], name=op.f("fk_batch_line_made_id_listing")
        ),
        sa.PrimaryKeyConstraint("batch_id", "listing_id", name=op.f("pk_batch_line")),
    )


def downgrade() -> None:
    op.drop_table("batch_line")
    op.drop_table("batch")
    for name, table, _, where in reversed(INDEXES):
        op.drop_index(name, table_name=table, postgresql_where=sa.text(where))
    op.drop_index("ix_draft_findings_standing", table_name="draft_findings")
    op.drop_constraint(op.f("fk_draft_findings_seller_id_seller"), "draft_findings")
    for name in ("first", "score", "advising", "blocking", "seller_id"):
        op.drop_column("draft_findings", name)
