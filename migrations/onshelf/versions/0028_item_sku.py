"""item sku: operators find a delivery by an item's SKU without reading every item"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_item_sku", "item", [sa.text("lower(sku)")])


def downgrade() -> None:
    op.drop_index("ix_item_sku", table_name="item")
