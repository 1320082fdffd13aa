"""Categories at run time: the tree to search and browse, and every version of every leaf."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigIntPK, CreatedAt, Instant, Json, JsonList, db


class CategoryNode(db.Model):  # type: ignore[name-defined]
    """One node of the tree. Only leaves carry versions and listings.

    `names` is `{"ko", "en"}`, `path` the list of such names from the department down to itself.
    `terms` are what people call it, in the order of `search.terms_of`.
    """

    __tablename__ = "category"

    code: Mapped[str] = mapped_column(primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("category.code"), index=True)
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    names: Mapped[Json]
    path: Mapped[JsonList]
    leaf: Mapped[bool]
    # 'files' are our own YAML, anything else an import of that name; a node that leaves its source
    # is retired, never deleted.
    source: Mapped[str] = mapped_column(default="files", server_default="files")
    retired_at: Mapped[Instant | None]
    terms: Mapped[JsonList] = mapped_column(default=list)

    __table_args__ = (Index(None, "source"),)


class TaxonomyEdition(db.Model):  # type: ignore[name-defined]
    """One row: a new mark whenever the tree changes, by which a process knows its index is old."""

    id: Mapped[bool] = mapped_column(primary_key=True, default=True)
    mark: Mapped[str]

    __table_args__ = (CheckConstraint("id", name="one_row"),)


class CategoryWord(db.Model):  # type: ignore[name-defined]
    """How often a word stood in the names of a category's approved listings.

    `named` says that the category's own name or a synonym has it.
    """

    word: Mapped[str] = mapped_column(primary_key=True)
    category_code: Mapped[str] = mapped_column(ForeignKey("category.code"), primary_key=True)
    listings: Mapped[int] = mapped_column(default=0, server_default="0")
    named: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class CategoryLearnt(db.Model):  # type: ignore[name-defined]
    """From how many approved listings a category was learnt."""

    category_code: Mapped[str] = mapped_column(ForeignKey("category.code"), primary_key=True)
    listings: Mapped[int] = mapped_column(default=0, server_default="0")


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
