"""pictures that are mended: a recipe of the same file"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ONE = "uq_picture_listing_id_sha256"
ONE_OF_A_RECIPE = "uq_picture_listing_id_sha256_edits"


def upgrade() -> None:
    op.add_column(
        "picture",
        sa.Column("edits", JSONB(), server_default=sa.text("'[]'"), nullable=False),
    )
    op.add_column("picture", sa.Column("made_from_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_picture_made_from_id_picture"), "picture", "picture", ["made_from_id"], ["id"]
    )
    op.drop_constraint(ONE, "picture", type_="unique")
    op.create_unique_constraint(ONE_OF_A_RECIPE, "picture", ["listing_id", "sha256", "edits"])


def downgrade() -> None:
    # Versions leave out pictures that are not there; the files as they came stay.
    op.execute("DELETE FROM picture WHERE edits <> '[]'")
    op.drop_constraint(ONE_OF_A_RECIPE, "picture", type_="unique")
    op.create_unique_constraint(ONE, "picture", ["listing_id", "sha256"])
    op.drop_constraint(op.f("fk_picture_made_from_id_picture"), "picture", type_="foreignkey")
    op.drop_column("picture", "made_from_id")
    op.drop_column("picture", "edits")
