"""presets, and saves as steps that can be taken back"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preset",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("category_code", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('shipping','notice','listing')", name=op.f("ck_preset_kind")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_preset_created_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_preset_seller_id_seller")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preset")),
    )
    op.create_index(
        "uq_preset_seller_id_kind_name",
        "preset",
        ["seller_id", "kind", "name"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.add_column("change", sa.Column("step", sa.String(), server_default="", nullable=False))
    op.add_column("change", sa.Column("undoes", sa.String(), server_default="", nullable=False))
    # What one save of one part wrote was one step; nobody knows any more what came with it.
    op.execute("UPDATE change SET step = part_id || '.' || revision")
    op.create_index(op.f("ix_change_version_id_id"), "change", ["version_id", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_change_version_id_id"), table_name="change")
    op.drop_column("change", "undoes")
    op.drop_column("change", "step")
    op.drop_index("uq_preset_seller_id_kind_name", table_name="preset")
    op.drop_table("preset")
