"""a company's own facts, their history, and numbers that staff accepted"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FACTS = ("representative", "address", "mail_order_number", "mail_order_exempt")


def upgrade() -> None:
    for name in FACTS:
        op.add_column("seller", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.create_table(
        "accepted_number",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("accepted_by", sa.BigInteger(), nullable=False),
        sa.Column(
            "accepted_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["person.id"], name=op.f("fk_accepted_number_accepted_by_person")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_accepted_number")),
    )
    op.create_table(
        "company_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=False),
        sa.Column("by_staff", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_company_change_seller_id_seller")
        ),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name=op.f("fk_company_change_who_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_change")),
    )
    op.create_index(
        op.f("ix_company_change_seller_id"), "company_change", ["seller_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_company_change_seller_id"), table_name="company_change")
    op.drop_table("company_change")
    op.drop_table("accepted_number")
    for name in reversed(FACTS):
        op.drop_column("seller", name)
