"""suspended companies; what targets answered, and what operators did about it

Answers are kept by a trigger, whoever records them: a delivery that arrives at once, as nearly all
do, costs nothing more than before.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    _suspensions()
    _deeds()
    _answers()
    # How long deliveries took lately; what a target calls an item.
    op.create_index(
        "ix_delivery_arrived",
        "delivery",
        ["target", "delivered_at"],
        postgresql_where=sa.text("state = 'delivered'"),
    )
    op.create_index(
        "ix_placement_external",
        "placement",
        ["external_id"],
        postgresql_where=sa.text("external_id <> ''"),
    )


def _suspensions() -> None:
    op.create_table(
        "suspension",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("suspended_by", sa.BigInteger(), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("items_recalled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_note", sa.String(), server_default="", nullable=False),
        sa.Column("items_restored", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL)", name=op.f("ck_suspension_lifted")
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_suspension_seller_id_seller")
        ),
        sa.ForeignKeyConstraint(
            ["suspended_by"], ["person.id"], name=op.f("fk_suspension_suspended_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["person.id"], name=op.f("fk_suspension_lifted_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(op.f("ix_suspension_seller_id"), "suspension", ["seller_id"])
    op.create_index(
        "uq_suspension_running",
        "suspension",
        ["seller_id"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.add_column("seller", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("item", sa.Column("suspension_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_item_suspension_id_suspension"), "item", "suspension", ["suspension_id"], ["id"]
    )
    op.create_index(
        "ix_item_suspended",
        "item",
        ["suspension_id"],
        postgresql_where=sa.text("suspension_id IS NOT NULL"),
    )
    op.add_column(
        "review_case", sa.Column("suspended", sa.Boolean(), server_default="false", nullable=False)
    )
    # However much of a suspended company stands first, the queue is read from its own head.
    _queue_index("verdict IS NULL AND closed_at IS NULL AND NOT suspended")


def _queue_index(which: str) -> None:
    op.drop_index("ix_review_case_queue", "review_case")
    op.create_index(
        "ix_review_case_queue",
        "review_case",
        ["queue", "promised_at", "id"],
        postgresql_where=sa.text(which),
    )


def _deeds() -> None:
    op.create_table(
        "handoff_deed",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("target", sa.String(), server_default="", nullable=False),
        sa.Column("state", sa.String(), server_default="", nullable=False),
        sa.Column("cause", sa.String(), server_default="", nullable=False),
        sa.Column("asked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("superseded", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("act IN ('replay','pause','resume')", name=op.f("ck_handoff_deed_act")),
        sa.ForeignKeyConstraint(["who"], ["person.id"], name=op.f("fk_handoff_deed_who_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_deed")),
    )
    op.add_column("delivery", sa.Column("deed_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_delivery_deed_id_handoff_deed"), "delivery", "handoff_deed", ["deed_id"], ["id"]
    )


def _answers() -> None:
    op.create_table(
        "delivery_answer",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("delivery_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", JSONB(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["delivery.id"],
            name=op.f("fk_delivery_answer_delivery_id_delivery"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_answer")),
    )
    op.create_index(op.f("ix_delivery_answer_delivery_id"), "delivery_answer", ["delivery_id"])
    op.execute(
        """
        CREATE FUNCTION keep_delivery_answer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO delivery_answer (delivery_id, at, attempt, state, code, message)
          VALUES (NEW.id, NEW.answered_at, NEW.attempts, NEW.state, NEW.answer_code,
                  NEW.answer_message);
          RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER keep_delivery_answer AFTER UPDATE OF answered_at ON delivery
        FOR EACH ROW WHEN (NEW.answered_at IS DISTINCT FROM OLD.answered_at
                           AND NEW.answer_code <> '')
        EXECUTE FUNCTION keep_delivery_answer()
        """
    )


def downgrade() -> None:
    op.drop_index("ix_placement_external", "placement")
    op.drop_index("ix_delivery_arrived", "delivery")
    op.execute("DROP TRIGGER keep_delivery_answer ON delivery")
    op.execute("DROP FUNCTION keep_delivery_answer()")
    op.drop_table("delivery_answer")
    op.drop_column("delivery", "deed_id")
    op.drop_table("handoff_deed")
    _queue_index("verdict IS NULL AND closed_at IS NULL")
    op.drop_column("review_case", "suspended")
    op.drop_column("item", "suspension_id")
    op.drop_column("seller", "suspended_at")
    op.drop_table("suspension")
