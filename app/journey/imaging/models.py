"""What the public picture address answers for; what comes in through a worker."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, BigIntPK, CreatedAt, Instant, JsonList, StateName, db


class PublishedPicture(db.Model):  # type: ignore[name-defined]
    """One rendition that an approved version refers to, by the SHA-256 of its bytes.

    The public address answers for these rows and for nothing else that storage holds.
    """

    key: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    # The first approved version that referred to it.
    version_id: Mapped[BigInt] = mapped_column(ForeignKey("version.id"))
    published_at: Mapped[CreatedAt]


class DocumentPage(db.Model):  # type: ignore[name-defined]
    """A page of a PDF that somebody has looked at, by the SHA-256 of the PDF: it is drawn once.

    It goes when no document has that file any more (`tidying.py`).
    """

    sha256: Mapped[str] = mapped_column(primary_key=True)
    # From one.
    no: Mapped[int] = mapped_column(primary_key=True)
    # How many the PDF has; 0 where it does not let itself be counted.
    pages: Mapped[int]
    # Of its picture in storage; '' where *fault* says why there is none (`web/leaves.py`).
    key: Mapped[str]
    fault: Mapped[str]
    at: Mapped[CreatedAt]

    __table_args__ = (CheckConstraint("(key = '') = (fault <> '')", name="drawn"),)


class ForgottenFile(db.Model):  # type: ignore[name-defined]
    """A file that nothing referred to any more, and when it was deleted from storage."""

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[CreatedAt] = mapped_column(index=True)


class Arrival(db.Model):  # type: ignore[name-defined]
    """Pictures on their way in through a worker: an archive that was sent, or a web address.

    `answers` grows in the transaction of each picture: `{"entry", "name", "code", "words",
    "picture"}`, where `entry` is the place in the archive, `words` `{"ko", "en"}` or null and
    `picture` an id where one came of it.
    """

    id: Mapped[BigIntPK]
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), index=True)
    kind: Mapped[str]
    # The archive's storage key; '' for an address.
    key: Mapped[str] = mapped_column(default="", server_default="")
    address: Mapped[str] = mapped_column(default="", server_default="")
    # As people see it: the archive's file name, the address.
    name: Mapped[str]
    state: Mapped[StateName] = mapped_column(default="waiting")
    answers: Mapped[JsonList] = mapped_column(default=list)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    not_before: Mapped[CreatedAt]
    lease_until: Mapped[Instant | None]
    created_at: Mapped[CreatedAt]
    created_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    finished_at: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("kind IN ('zip','address')", name="kind"),
        CheckConstraint("state IN ('waiting','done')", name="state"),
        CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name="finished"),
        Index("ix_arrival_due", "not_before", postgresql_where=text("state = 'waiting'")),
    )
