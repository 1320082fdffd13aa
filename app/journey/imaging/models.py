"""What the public picture address answers for."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, CreatedAt, db


class PublishedPicture(db.Model):  # type: ignore[name-defined]
    """One rendition that an approved version refers to, by the SHA-256 of its bytes.

    The public address answers for these rows and for nothing else that storage holds.
    """

    key: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    # The first approved version that referred to it.
    version_id: Mapped[BigInt] = mapped_column(ForeignKey("version.id"))
    published_at: Mapped[CreatedAt]


class ForgottenFile(db.Model):  # type: ignore[name-defined]
    """A file that nothing referred to any more, and when it was deleted from storage."""

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[CreatedAt] = mapped_column(index=True)
