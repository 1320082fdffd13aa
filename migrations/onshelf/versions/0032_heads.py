"""the heads of the trail's chains, kept by the database itself, and since when there is a trail

Should a head be lost all the same, the next deed of its listing fails aloud. The guard lets the
true one be put back: INSERT INTO audit_head SELECT listing_id, no, hash FROM audit_entry ...
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("listing_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_audit_head")),
    )
    _move_with_entries()
    _guard()
    # Last: the trigger waited for whoever was writing entries, so none is left out.
    op.execute(
        """
        INSERT INTO audit_head (listing_id, no, hash)
        SELECT DISTINCT ON (listing_id) listing_id, no, hash FROM audit_entry
        ORDER BY listing_id, no DESC
        """
    )
    _remember_the_beginning()


def _move_with_entries() -> None:
    """Each entry becomes the head of its chain; one that does not follow the head is refused."""
    op.execute(
        """
        CREATE FUNCTION trail_grows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.no = 1 AND NEW.previous = repeat('0', 64) THEN
            INSERT INTO audit_head (listing_id, no, hash) VALUES (NEW.listing_id, 1, NEW.hash);
            RETURN NULL;
          END IF;
          UPDATE audit_head SET no = NEW.no, hash = NEW.hash
          WHERE listing_id = NEW.listing_id AND no = NEW.no - 1 AND hash = NEW.previous;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'entry % of listing % does not follow the head of its chain',
              NEW.no, NEW.listing_id USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER trail_grows AFTER INSERT ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION trail_grows()
        """
    )


def _guard() -> None:
    """A head says what the newest entry of its chain is, whoever writes it, and is never gone."""
    op.execute(
        """
        CREATE FUNCTION head_is_true() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (TG_OP = 'UPDATE' AND NEW.listing_id <> OLD.listing_id) OR NOT EXISTS (
            SELECT FROM (
              SELECT no, hash FROM audit_entry WHERE listing_id = NEW.listing_id
              ORDER BY no DESC LIMIT 1
            ) AS newest
            WHERE newest.no = NEW.no AND newest.hash = NEW.hash
          ) THEN
            RAISE EXCEPTION 'entry % is not the newest of listing %', NEW.no, NEW.listing_id
              USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER head_is_true BEFORE INSERT OR UPDATE ON audit_head
        FOR EACH ROW EXECUTE FUNCTION head_is_true()
        """
    )
    op.execute(
        """
        CREATE TRIGGER trail_stays BEFORE DELETE OR TRUNCATE ON audit_head
        FOR EACH STATEMENT EXECUTE FUNCTION trail_stays()
        """
    )


def _remember_the_beginning() -> None:
    # What was done before there was a trail is on no record. Not to be read from the oldest entry:
    # whoever takes that away would move the beginning.
    op.execute(
        """
        DO $$ BEGIN
          EXECUTE format(
            'CREATE FUNCTION trail_began() RETURNS timestamptz LANGUAGE sql IMMUTABLE AS '
            '$began$ SELECT %L::timestamptz $began$',
            (SELECT coalesce(min(at), clock_timestamp()) FROM audit_entry)::text
          );
        END $$
        """
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER trail_grows ON audit_entry")
    op.drop_table("audit_head")
    for function in ("trail_began", "trail_grows", "head_is_true"):
        op.execute(f"DROP FUNCTION {function}()")
