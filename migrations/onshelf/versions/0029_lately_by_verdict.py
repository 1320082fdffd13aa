"""lately by verdict: what is told of a wait is read by when cases were decided, known ones apart"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

INDEX = "ix_review_case_lately"


def upgrade() -> None:
    op.drop_index(INDEX, "review_case")
    for name, known in ((INDEX, "known_to IS NULL"), (f"{INDEX}_known", "known_to IS NOT NULL")):
        op.create_index(
            name,
            "review_case",
            ["queue", "kind", "decided_at"],
            postgresql_where=sa.text(f"applied_at IS NOT NULL AND {known}"),
        )


def downgrade() -> None:
    op.drop_index(f"{INDEX}_known", "review_case")
    op.drop_index(INDEX, "review_case")
    op.create_index(
        INDEX,
        "review_case",
        ["queue", "kind", "id"],
        postgresql_where=sa.text("applied_at IS NOT NULL"),
    )
