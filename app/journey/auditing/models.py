"""The trail: what was decided about listings and on what evidence, never changed again.

Triggers refuse to change or delete what stands in them (migration 0017), and keep the heads
(0032). None refers to another table: a reference would lock the listing's row after the place in
its chain was taken, and the trail must be able to say what it says about something that is gone.
"""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, BigIntPK, Instant, Json, db


class AuditEntry(db.Model):  # type: ignore[name-defined]
    """One deed about one listing; `no` counts 1, 2, ... within the listing.

    `hash` is `canonical.entry_hash` of the other columns but `id`; `previous` is the `hash` of
    number `no` - 1. `body` differs by `event`: see `evidence.py` and `reacting.py`.
    """

    id: Mapped[BigIntPK]
    listing_id: Mapped[BigInt]
    no: Mapped[int]
    at: Mapped[Instant]
    # A person's number; null is the system itself.
    who: Mapped[BigInt | None]
    role: Mapped[str]
    event: Mapped[str]
    body: Mapped[Json] = mapped_column()
    previous: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (
        UniqueConstraint("listing_id", "no"),
        CheckConstraint("no > 0", name="counts_from_one"),
        CheckConstraint("role IN ('seller','reviewer','system')", name="role"),
    )


class AuditHead(db.Model):  # type: ignore[name-defined]
    """The newest entry of a listing. The database writes it with each entry, and nobody else does.

    So an entry that does not follow the newest one is refused, and one that is gone from the end
    of a chain is missed.
    """

    listing_id: Mapped[BigInt] = mapped_column(primary_key=True, autoincrement=False)
    no: Mapped[int]
    hash: Mapped[str]


class AuditCheckpoint(db.Model):  # type: ignore[name-defined]
    """A seal over the entries since the checkpoint before, up to the entry `upto`.

    `entries` and `listings` are how many entries there are of how many listings; `heads` is
    `canonical.heads_hash` of those listings' newest ones. `hash` is `canonical.checkpoint_hash`,
    which takes in the checkpoint before, and so everything before.
    """

    id: Mapped[BigIntPK]
    at: Mapped[Instant]
    upto: Mapped[BigInt]
    entries: Mapped[int]
    listings: Mapped[int]
    heads: Mapped[str]
    # Unique: no two follow the same one.
    previous: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (UniqueConstraint("previous"),)
