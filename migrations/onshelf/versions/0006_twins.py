"""twins: barcodes and names by which a seller's own likely duplicates are found"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_key",
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("listing_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_name_key_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_name_key_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("seller_id", "key", "listing_id", name=op.f("pk_name_key")),
    )
    op.create_index(op.f("ix_name_key_listing_id"), "name_key", ["listing_id"], unique=False)
    op.create_index(
        "ix_version_part_gtin",
        "version_part",
        [
            sa.text(
                "lpad(regexp_replace(content ->> 'gtin'::text, '[^0-9]'::text, ''::text, 'g'::text), 14, '0'::text)"
            )
        ],
        unique=False,
        postgresql_where=sa.text("(content ->> 'gtin') <> ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_version_part_gtin", table_name="version_part")
    op.drop_index(op.f("ix_name_key_listing_id"), table_name="name_key")
    op.drop_table("name_key")
