"""One submitted version waiting for, or having had, a person's verdict.

"In review" is a running lease (`holder`, `held_until`), not a state. A verdict is held until
`release_at`, then applied; an undo clears it, so nothing is ever taken back from anyone.
"""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, BigIntPK, CreatedAt, Instant, JsonList, db

UNDECIDED = text("verdict IS NULL AND closed_at IS NULL AND NOT suspended")
HELD = text("verdict IS NOT NULL AND closed_at IS NULL")


class ReviewCase(db.Model):  # type: ignore[name-defined]
    """A case. Every instant in it is the database's.

    `reasons` and `draft["reasons"]` are lists of `{"code", "path", "item", "note"}`, with `box`
    where they are about a part of a picture (see `boxes.py`); decided ones carry `message`,
    `remedy` ({"ko", "en"}), `severity` and, where the rule can be read, `link` besides, as the
    seller was told them, and `columns` where it is about these of an item.
    `draft` is what is being written in the verdict; it outlives the lease.
    """

    id: Mapped[BigIntPK]
    version_id: Mapped[BigInt] = mapped_column(ForeignKey("version.id"), index=True)
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), index=True)
    # Whose it is: repeated here so that claiming needs no join.
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"))
    kind: Mapped[str] = mapped_column(default="review")
    queue: Mapped[str]
    created_at: Mapped[CreatedAt]
    promised_at: Mapped[Instant]
    # Who decided the version before this one, and so gets this one first.
    known_to: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    # Of an appeal: what the seller wrote, the case that rejected, and who decided that one.
    grounds: Mapped[str] = mapped_column(default="", server_default="")
    appeal_of: Mapped[BigInt | None] = mapped_column(ForeignKey("review_case.id"), unique=True)
    barred: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    # Its company is: nobody claims or decides it meanwhile, and it keeps its place.
    suspended: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    holder: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    held_until: Mapped[Instant | None]
    # What the case is found by, as `search.folded` has it.
    words: Mapped[str] = mapped_column(default="", server_default="")
    draft: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")

    verdict: Mapped[str | None]
    decided_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[Instant | None]
    reasons: Mapped[JsonList] = mapped_column(default=list, server_default="[]")
    note: Mapped[str] = mapped_column(default="", server_default="")
    inside_note: Mapped[str] = mapped_column(default="", server_default="")

    release_at: Mapped[Instant | None]
    # Applying it: counted and put off before each try, so that a failing case costs little.
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    not_before: Mapped[Instant | None]
    applied_at: Mapped[Instant | None]
    # Applied, or withdrawn by the seller before that; an appeal also by something newer.
    closed_at: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("kind IN ('review','second','appeal')", name="kind"),
        CheckConstraint(
            "(kind = 'appeal') = (appeal_of IS NOT NULL) AND (kind = 'appeal') = (barred IS NOT"
            " NULL) AND (kind = 'appeal') = (grounds <> '')",
            name="appeal_of_a_case",
        ),
        CheckConstraint(
            "verdict IN ('approve','approve-in-part','reject','request-changes')",
            name="verdict",
        ),
        CheckConstraint("(holder IS NULL) = (held_until IS NULL)", name="held_by_somebody"),
        CheckConstraint(
            "(verdict IS NULL) = (decided_by IS NULL)"
            " AND (verdict IS NULL) = (decided_at IS NULL)"
            " AND (verdict IS NULL) = (release_at IS NULL)"
            " AND (verdict IS NULL) = (not_before IS NULL)",
            name="decided_by_somebody_at_a_time",
        ),
        CheckConstraint("verdict IS NULL OR holder IS NULL", name="decided_is_not_claimed"),
        CheckConstraint("release_at >= decided_at", name="released_after_decided"),
        CheckConstraint(
            "applied_at IS NULL OR (verdict IS NOT NULL AND closed_at IS NOT NULL"
            " AND applied_at >= release_at)",
            name="applied_was_decided",
        ),
        CheckConstraint(
            "verdict IS NULL OR verdict = 'approve' OR jsonb_array_length(reasons) > 0",
            name="refused_for_a_reason",
        ),
        Index(
            "uq_review_case_open",
            "version_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_review_case_queue", "queue", "promised_at", "id", postgresql_where=UNDECIDED),
        # The head of one kind, however many of the others wait before it.
        Index(
            "ix_review_case_queue_kind",
            "queue",
            "kind",
            "promised_at",
            "id",
            postgresql_where=UNDECIDED,
        ),
        Index(
            "ix_review_case_known_to",
            "known_to",
            "promised_at",
            "id",
            postgresql_where=text("verdict IS NULL AND closed_at IS NULL AND known_to IS NOT NULL"),
        ),
        Index(
            "ix_review_case_holder",
            "holder",
            postgresql_where=text("verdict IS NULL AND closed_at IS NULL AND holder IS NOT NULL"),
        ),
        Index("ix_review_case_due", "not_before", "id", postgresql_where=HELD),
        Index(
            "ix_review_case_record",
            "seller_id",
            "id",
            postgresql_where=text("applied_at IS NOT NULL"),
        ),
        # How long such cases took lately: those that were nobody's before, and those that go first
        # to who knows them.
        Index(
            "ix_review_case_lately",
            "queue",
            "kind",
            "decided_at",
            postgresql_where=text("applied_at IS NOT NULL AND known_to IS NULL"),
        ),
        Index(
            "ix_review_case_lately_known",
            "queue",
            "kind",
            "decided_at",
            postgresql_where=text("applied_at IS NOT NULL AND known_to IS NOT NULL"),
        ),
        # A seller's own: what waits, and what was sent back.
        Index(
            "ix_review_case_waiting",
            "seller_id",
            "listing_id",
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_review_case_returned",
            "seller_id",
            "listing_id",
            postgresql_where=text("applied_at IS NOT NULL AND verdict <> 'approve'"),
        ),
        # Appeals are few: how they ended, by queue and by who had rejected.
        Index(
            "ix_review_case_appeals",
            "barred",
            "queue",
            postgresql_where=text("kind = 'appeal'"),
        ),
        Index("ix_review_case_held", "decided_by", "release_at", postgresql_where=HELD),
    )


class QueueTimes(db.Model):  # type: ignore[name-defined]
    """What a queue has of its own in place of the settings; null is the setting's."""

    queue: Mapped[str] = mapped_column(primary_key=True)
    hold_seconds: Mapped[int | None]
    promise_minutes: Mapped[int | None]
    changed_at: Mapped[CreatedAt]
    changed_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint("hold_seconds BETWEEN 0 AND 3600", name="hold"),
        CheckConstraint("promise_minutes BETWEEN 1 AND 43200", name="promise"),
    )


class CannedText(db.Model):  # type: ignore[name-defined]
    """A text that the leads of a queue keep for its notes to sellers, in both languages."""

    id: Mapped[BigIntPK]
    queue: Mapped[str]
    title: Mapped[str]
    ko: Mapped[str]
    en: Mapped[str]
    changed_at: Mapped[CreatedAt]
    changed_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (UniqueConstraint("queue", "title"),)


class SavedFilter(db.Model):  # type: ignore[name-defined]
    """A reviewer's own view of the queue. `chosen` is `{"queue": [code], "state", "kind", "q"}`."""

    id: Mapped[BigIntPK]
    person_id: Mapped[BigInt] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    chosen: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[CreatedAt]

    __table_args__ = (UniqueConstraint("person_id", "name"),)
