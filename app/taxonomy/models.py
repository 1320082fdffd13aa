"""Categories at run time: the tree to search and browse, and every version of every leaf."""

from datetime import date

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigIntPK, CreatedAt, Instant, Json, JsonList, db


class CategoryNode(db.Model):  # type: ignore[name-defined]
    """One node of the tree. Only leaves carry versions and listings.

    `names` is `{"ko", "en"}`, `path` the list of such names from the department down to itself.
    `terms` are what people call it, in the order of `search.terms_of`; `grams` are the pieces of
    the terms that the search index holds.
    """

    __tablename__ = "category"

    code: Mapped[str] = mapped_column(primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("category.code"), index=True)
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    names: Mapped[Json]
    path: Mapped[JsonList]
    leaf: Mapped[bool]
    # 'files' are our own YAML; a node that leaves the files is retired, never deleted.
    source: Mapped[str] = mapped_column(default="files", server_default="files")
    retired_at: Mapped[Instant | None]
    terms: Mapped[JsonList] = mapped_column(default=list)
    grams: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))

    __table_args__ = (Index("ix_category_grams", "grams", postgresql_using="gin"),)


class CategoryVersion(db.Model):  # type: ignore[name-defined]
    """What a leaf category asked from a day on; immutable. `definition`: `definitions.as_json`."""

    id: Mapped[BigIntPK]
    category_code: Mapped[str] = mapped_column(ForeignKey("category.code"))
    no: Mapped[int]
    effective_on: Mapped[date]
    definition: Mapped[Json]
    # SHA-256 of the definition: the same definition makes no second version.
    digest: Mapped[str]
    created_at: Mapped[CreatedAt]

    __table_args__ = (UniqueConstraint("category_code", "no"),)
