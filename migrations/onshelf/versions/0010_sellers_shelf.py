"""what lists say of drafts, the shelf by category, what is staged"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


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
    op.create_index(
        "ix_listing_category",
        "listing",
        ["seller_id", "category_code", "changed_at", "id"],
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index(
        "ix_offer_staged",
        "offer",
        ["item_id"],
        postgresql_where=sa.text("staged_price IS NOT NULL"),
    )
    op.create_index(
        "ix_stock_staged", "stock", ["item_id"], postgresql_where=sa.text("staged IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_stock_staged", table_name="stock")
    op.drop_index("ix_offer_staged", table_name="offer")
    op.drop_index("ix_listing_category", table_name="listing")
    op.drop_index("ix_draft_findings_standing", table_name="draft_findings")
    op.drop_constraint(op.f("fk_draft_findings_seller_id_seller"), "draft_findings")
    for name in ("first", "score", "advising", "blocking", "seller_id"):
        op.drop_column("draft_findings", name)
