"""What was done to many listings at once, and what became of each."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, BigIntPK, CreatedAt, Instant, Json, JsonList, db


class Batch(db.Model):  # type: ignore[name-defined]
    """One wish for many listings, as it was confirmed.

    `token` is the confirming page's: sent twice it is still one batch. `sealed` has
    `[listing id, seal of what was shown]` for each. `attempts` are those that did not come back.
    """

    id: Mapped[BigIntPK]
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"))
    who: Mapped[BigInt] = mapped_column(ForeignKey("person.id"))
    token: Mapped[str]
    act: Mapped[str]
    wish: Mapped[Json]
    sealed: Mapped[JsonList]
    created_at: Mapped[CreatedAt]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    lease_until: Mapped[Instant | None]
    finished_at: Mapped[Instant | None]

    __table_args__ = (
        UniqueConstraint("seller_id", "token"),
        Index("ix_batch_unfinished", "id", postgresql_where=text("finished_at IS NULL")),
    )


class BatchLine(db.Model):  # type: ignore[name-defined]
    """What became of one listing, written in the transaction of the change: once, or not at all.

    `told` is `{"ko", "en"}`: what changed, or why nothing did. `made_id` is the listing's copy.
    """

    batch_id: Mapped[BigInt] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), primary_key=True)
    outcome: Mapped[str]
    told: Mapped[Json]
    made_id: Mapped[BigInt | None] = mapped_column(ForeignKey("listing.id"))

    __table_args__ = (CheckConstraint("outcome IN ('done','unchanged','refused')", name="outcome"),)
