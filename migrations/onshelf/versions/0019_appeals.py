"""appeals of rejections: their grounds, what they are against, who may not decide them

The triggers of 0002 stay as they are: a judged version may move on, and its parts get verdicts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "review_case", sa.Column("grounds", sa.String(), server_default="", nullable=False)
    )
    op.add_column("review_case", sa.Column("appeal_of", sa.BigInteger(), nullable=True))
    op.add_column("review_case", sa.Column("barred", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_review_case_appeal_of_review_case"),
        "review_case",
        "review_case",
        ["appeal_of"],
        ["id"],
    )
    op.create_foreign_key(
        op.f("fk_review_case_barred_person"), "review_case", "person", ["barred"], ["id"]
    )
    op.create_unique_constraint(op.f("uq_review_case_appeal_of"), "review_case", ["appeal_of"])
    op.create_check_constraint(
        op.f("ck_review_case_appeal_of_a_case"),
        "review_case",
        "(kind = 'appeal') = (appeal_of IS NOT NULL) AND (kind = 'appeal') = (barred IS NOT"
        " NULL) AND (kind = 'appeal') = (grounds <> '')",
    )
    op.create_index(
        "ix_review_case_appeals",
        "review_case",
        ["barred", "queue"],
        postgresql_where=sa.text("kind = 'appeal'"),
    )


def downgrade() -> None:
    # What an older program cannot tell from a review is left out, not turned into one.
    op.execute("DELETE FROM review_case WHERE kind = 'appeal'")
    op.drop_index("ix_review_case_appeals", "review_case")
    op.drop_constraint(op.f("ck_review_case_appeal_of_a_case"), "review_case")
    op.drop_constraint(op.f("uq_review_case_appeal_of"), "review_case")
    for column in ("barred", "appeal_of", "grounds"):
        op.drop_column("review_case", column)
