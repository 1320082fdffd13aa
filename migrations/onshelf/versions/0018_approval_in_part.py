"""a verdict may approve some items and refuse others"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "ck_review_case_verdict"


def upgrade() -> None:
    _allow("'approve','approve-in-part','reject','request-changes'")


def downgrade() -> None:
    _allow("'approve','reject','request-changes'")


def _allow(verdicts: str) -> None:
    op.drop_constraint(op.f(NAME), "review_case", type_="check")
    op.create_check_constraint(op.f(NAME), "review_case", f"verdict IN ({verdicts})")
