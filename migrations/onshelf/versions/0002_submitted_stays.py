"""what was submitted stays as it was

The verbs refuse to change a submitted version; these triggers refuse it to everybody else. A part
may only be given its verdict, and no version ever becomes a draft again.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION submitted_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (SELECT state FROM version WHERE id = OLD.version_id) <> 'draft' THEN
            RAISE EXCEPTION 'version % was submitted: its parts stay as they are', OLD.version_id
              USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION submitted_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'version % was submitted: it is never a draft again', OLD.id
            USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER submitted_part_stays
        BEFORE UPDATE OF content, item_id, version_id OR DELETE ON version_part
        FOR EACH ROW EXECUTE FUNCTION submitted_part_stays()
        """
    )
    op.execute(
        """
        CREATE TRIGGER submitted_version_stays
        BEFORE UPDATE OF state, listing_id, no ON version
        FOR EACH ROW
        WHEN (OLD.state <> 'draft'
              AND (NEW.state = 'draft' OR NEW.listing_id <> OLD.listing_id OR NEW.no <> OLD.no))
        EXECUTE FUNCTION submitted_version_stays()
        """
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER submitted_version_stays ON version")
    op.execute("DROP TRIGGER submitted_part_stays ON version_part")
    op.execute("DROP FUNCTION submitted_version_stays()")
    op.execute("DROP FUNCTION submitted_part_stays()")
