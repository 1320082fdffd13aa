"""Runs of reconciliation, how far each got, and every difference that was found."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, BigIntPK, CreatedAt, Instant, Json, db


class Reconciliation(db.Model):  # type: ignore[name-defined]
    """One run over all targets; one at a time. Whoever has the lease goes on with it."""

    id: Mapped[BigIntPK]
    # Null is the schedule.
    asked_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[CreatedAt]
    finished_at: Mapped[Instant | None]
    lease_until: Mapped[Instant | None]

    __table_args__ = (
        Index(
            "uq_reconciliation_running",
            "finished_at",
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
    )


class ReconciliationPart(db.Model):  # type: ignore[name-defined]
    """One run's way through one target. `cursor` is the last listing that was compared."""

    run_id: Mapped[BigInt] = mapped_column(
        ForeignKey("reconciliation.id", ondelete="CASCADE"), primary_key=True
    )
    target: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[BigInt] = mapped_column(default=0, server_default="0")
    # How many listings were compared, ours and theirs together.
    listings: Mapped[int] = mapped_column(default=0, server_default="0")
    # Why it ended before its end: a cause of `answers.py`, or `paused`.
    failure: Mapped[str] = mapped_column(default="", server_default="")
    finished_at: Mapped[Instant | None]


class Difference(db.Model):  # type: ignore[name-defined]
    """One drift between a target and us, from the run that found it to the last that saw it.

    `part` is what differs: the product, one item of it (there or not), its offer, sale or stock.
    `kind` is how the target stands to us: it is missing there, older or newer there, differs at
    the same revision, or is unknown to us. `done` is what was done about it, once:
    `resent` (as a newer revision), `taken` (theirs is ours now), `recalled` (it was on sale there
    and is unknown here), `left` (off sale there; nothing to do) or '' (nothing can be).
    While it is open there is one row of it, so nothing is mended twice.
    """

    id: Mapped[BigIntPK]
    run_id: Mapped[BigInt] = mapped_column(ForeignKey("reconciliation.id"), index=True)
    last_run_id: Mapped[BigInt] = mapped_column(ForeignKey("reconciliation.id"), index=True)
    target: Mapped[str]
    # Not a reference: what is unknown here has no row.
    listing_id: Mapped[BigInt]
    item_id: Mapped[BigInt | None]
    part: Mapped[str]
    kind: Mapped[str]
    ours: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    theirs: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    done: Mapped[str] = mapped_column(default="", server_default="")
    # In how many runs it was seen.
    seen: Mapped[int] = mapped_column(default=1, server_default="1")
    # It stands after several runs: somebody has to look.
    flagged_at: Mapped[Instant | None]
    at: Mapped[CreatedAt]
    settled_at: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("part IN ('product','item','offer','sale','stock')", name="part"),
        CheckConstraint("kind IN ('missing','older','newer','differs','unknown')", name="kind"),
        CheckConstraint("done IN ('','resent','taken','recalled','left')", name="done"),
        Index(
            "uq_difference_open",
            "target",
            "listing_id",
            "item_id",
            "part",
            unique=True,
            postgresql_where=text("settled_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
    )
