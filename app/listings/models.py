"""The papers of a listing. States belong to the thing that has them; a listing has none.

Content is JSON keyed by the paths that findings and changes use (see `content.py`). A version is
immutable once submitted. Price, stock and sale state are never part of a version.
"""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import BigInt, BigIntPK, CreatedAt, Instant, Json, JsonList, StateName, db


class Listing(db.Model):  # type: ignore[name-defined]
    """A seller's product. Its stage is a pure function of its other rows (`queries.stage`)."""

    id: Mapped[BigIntPK]
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"), index=True)
    # Fixed after the first approval.
    category_code: Mapped[str]
    practice: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    created_at: Mapped[CreatedAt]
    changed_at: Mapped[CreatedAt]
    retired_at: Mapped[Instant | None]
    # Added to the numbers of its versions wherever targets are told one. It only grows: what a
    # target lacks is said anew under a number that it has never heard (see `reconciling`).
    version_lead: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        # A seller's listings in the order of their changes, any page at one price.
        Index(
            "ix_listing_shelf",
            "seller_id",
            "changed_at",
            "id",
            postgresql_where=text("retired_at IS NULL"),
        ),
        # The same of one category, and which categories there are.
        Index(
            "ix_listing_category",
            "seller_id",
            "category_code",
            "changed_at",
            "id",
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    versions: Mapped[list["Version"]] = relationship(
        back_populates="listing", order_by="Version.no", lazy="select"
    )
    items: Mapped[list["Item"]] = relationship(
        back_populates="listing", order_by="Item.position, Item.id", lazy="select"
    )


class Version(db.Model):  # type: ignore[name-defined]
    """One text of the listing: drafted, submitted, judged. States: `lifecycle.VERSION`."""

    id: Mapped[BigIntPK]
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"))
    no: Mapped[int]
    state: Mapped[StateName] = mapped_column(default="draft")
    # The day whose rules judge it; set when it is submitted.
    rules_as_of: Mapped[date | None]
    category_version_id: Mapped[BigInt | None] = mapped_column(ForeignKey("category_version.id"))
    based_on: Mapped[BigInt | None] = mapped_column(ForeignKey("version.id"))
    created_at: Mapped[CreatedAt]
    created_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[Instant | None]
    submitted_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[Instant | None]
    # What the reviewer wrote to the seller with the verdict.
    note: Mapped[str] = mapped_column(default="", server_default="")

    listing: Mapped[Listing] = relationship(back_populates="versions")
    parts: Mapped[list["VersionPart"]] = relationship(
        back_populates="version", order_by="VersionPart.id", lazy="select"
    )

    __table_args__ = (
        UniqueConstraint("listing_id", "no"),
        CheckConstraint(
            "state IN ('draft','submitted','approved','partly_approved','rejected',"
            "'changes_requested','withdrawn')",
            name="state",
        ),
        CheckConstraint(
            "(state = 'draft' AND submitted_at IS NULL) OR state = 'withdrawn' OR "
            "(submitted_at IS NOT NULL AND rules_as_of IS NOT NULL)",
            name="submitted_has_a_date",
        ),
        CheckConstraint(
            "(state IN ('approved','partly_approved','rejected','changes_requested'))"
            " = (decided_at IS NOT NULL)",
            name="decided_has_a_date",
        ),
        # At most one draft or submitted version of a listing.
        Index(
            "uq_version_open",
            "listing_id",
            unique=True,
            postgresql_where=text("state IN ('draft','submitted')"),
        ),
    )


# A barcode as items are compared by it: its digits, padded to fourteen. Written out, since an index
# is used only where the expression is the same to the letter.
GTIN14 = (
    "lpad(regexp_replace(content ->> 'gtin'::text, '[^0-9]'::text, ''::text, 'g'::text), 14,"
    " '0'::text)"
)


class VersionPart(db.Model):  # type: ignore[name-defined]
    """The product's content (item_id null) or one item's; autosave updates one row."""

    id: Mapped[BigIntPK]
    version_id: Mapped[BigInt] = mapped_column(ForeignKey("version.id"))
    item_id: Mapped[BigInt | None] = mapped_column(ForeignKey("item.id"))
    content: Mapped[Json] = mapped_column(default=dict)
    # Counts saves; a save is conditional on the revision it was made on.
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    verdict: Mapped[str | None]

    version: Mapped[Version] = relationship(back_populates="parts")

    __table_args__ = (
        UniqueConstraint("version_id", "item_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("verdict IN ('approved','rejected')", name="verdict"),
        Index(
            "ix_version_part_gtin",
            text(GTIN14),
            postgresql_where=text("(content ->> 'gtin') <> ''"),
        ),
    )


class NameKey(db.Model):  # type: ignore[name-defined]
    """One of the keys by which a listing's nearly equal names are found (`validation/alike.py`)."""

    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"), primary_key=True)
    key: Mapped[BigInt] = mapped_column(primary_key=True)
    listing_id: Mapped[BigInt] = mapped_column(
        ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Change(db.Model):  # type: ignore[name-defined]
    """One field changed in a draft: for conflicts, undo, history and the reviewer's diff."""

    id: Mapped[BigIntPK]
    version_id: Mapped[BigInt] = mapped_column(ForeignKey("version.id"))
    part_id: Mapped[BigInt] = mapped_column(ForeignKey("version_part.id"))
    # The part's revision that this change made.
    revision: Mapped[int]
    path: Mapped[str]
    # Which open page made it ('' for anything else): a page does not conflict with itself.
    tab: Mapped[str] = mapped_column(default="", server_default="")
    # When that page sent it, in milliseconds since it was opened; 0 is unknown.
    turn: Mapped[int] = mapped_column(default=0, server_default="0")
    # Names all changes of one save; `undoes` is the step that this one took back ('' for none).
    step: Mapped[str] = mapped_column(default="", server_default="")
    undoes: Mapped[str] = mapped_column(default="", server_default="")
    old: Mapped[Json | None]
    new: Mapped[Json | None]
    who: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[CreatedAt]

    __table_args__ = (
        Index(None, "part_id", "path", "revision"),
        Index(None, "version_id", "id"),
    )


class Item(db.Model):  # type: ignore[name-defined]
    """One purchasable combination. Sale states: `lifecycle.ITEM_SALE`. Never deleted once approved.

    What is live of it is its part in `approved_version_id`.
    """

    id: Mapped[BigIntPK]
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), index=True)
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"))
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    sku: Mapped[str] = mapped_column(default="", server_default="")
    approved_version_id: Mapped[BigInt | None] = mapped_column(ForeignKey("version.id"))
    sale: Mapped[StateName] = mapped_column(default="never", server_default="never")
    sale_revision: Mapped[int] = mapped_column(default=1, server_default="1")
    sale_changed_at: Mapped[Instant | None]
    # Which suspension of its company recalled it: lifting that puts it back on sale.
    suspension_id: Mapped[BigInt | None] = mapped_column(ForeignKey("suspension.id"))
    created_at: Mapped[CreatedAt]

    listing: Mapped[Listing] = relationship(back_populates="items")
    offer: Mapped["Offer"] = relationship(back_populates="item", uselist=False, lazy="joined")
    stock: Mapped["Stock"] = relationship(back_populates="item", uselist=False, lazy="joined")

    __table_args__ = (
        CheckConstraint("sale IN ('never','on','paused','recalled','retired')", name="sale"),
        # A seller's own code names one item; items still without one are left out.
        Index(
            "uq_item_seller_sku",
            "seller_id",
            "sku",
            unique=True,
            postgresql_where=text("sku <> '' AND sale <> 'retired'"),
        ),
        # Any seller's, as it is typed.
        Index("ix_item_sku", text("lower(sku)")),
        Index(
            "ix_item_suspended",
            "suspension_id",
            postgresql_where=text("suspension_id IS NOT NULL"),
        ),
        # What a seller has on sale.
        Index(
            "ix_item_selling",
            "seller_id",
            "listing_id",
            postgresql_where=text("sale IN ('on','paused')"),
        ),
    )


class Offer(db.Model):  # type: ignore[name-defined]
    """The price of an item in won. On a live item a new price is staged until *Apply*."""

    item_id: Mapped[BigInt] = mapped_column(ForeignKey("item.id"), primary_key=True)
    price: Mapped[int | None]
    list_price: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    staged_price: Mapped[int | None]
    staged_list_price: Mapped[int | None]
    changed_at: Mapped[CreatedAt]

    item: Mapped[Item] = relationship(back_populates="offer")

    __table_args__ = (
        CheckConstraint("price >= 0 AND list_price >= 0", name="not_negative"),
        Index("ix_offer_staged", "item_id", postgresql_where=text("staged_price IS NOT NULL")),
    )


class Stock(db.Model):  # type: ignore[name-defined]
    """How many there are. After the first handoff the order system owns the count.

    `count` is then what the order system last said, at `revision`; `change_no` numbers the
    changes sent to it. `staged` holds a signed change not yet applied.
    """

    item_id: Mapped[BigInt] = mapped_column(ForeignKey("item.id"), primary_key=True)
    count: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    owner: Mapped[str] = mapped_column(default="seller", server_default="seller")
    change_no: Mapped[int] = mapped_column(default=0, server_default="0")
    staged: Mapped[int | None]
    # Where `staged` comes of a count: the order system's revision that was counted against.
    staged_seen: Mapped[int | None]
    changed_at: Mapped[CreatedAt]

    item: Mapped[Item] = relationship(back_populates="stock")

    @property
    def seen(self) -> str:
        """What a page saw of it: a count typed there is of this and of nothing later."""
        return f"{self.revision}.{self.change_no}"

    __table_args__ = (
        CheckConstraint("owner IN ('seller','orders')", name="owner"),
        CheckConstraint("count >= 0", name="not_negative"),
        Index("ix_stock_staged", "item_id", postgresql_where=text("staged IS NOT NULL")),
        Index("ix_stock_out", "item_id", postgresql_where=text("count = 0")),
    )


class Picture(db.Model):  # type: ignore[name-defined]
    """One uploaded file, by the hash of its bytes, as its recipe makes it.

    `edits` is the recipe (`journey/imaging/mends/recipe.py`), empty for a picture as it came;
    `made_from_id` is the one that was mended, of the same file. `facts` are what was measured and
    made; when ready: `{"width", "height", "bytes", "format", "renditions": [{"name", "width",
    "height", "type", "key", "bytes"}], "look": {measure: number}, "rows": [{"code", "label",
    "measured", "rule", "ok"}]}`, a row that is not `ok` with more (`validation/pictures.py`); when
    refused: `{"code", "params"}` besides what was known.
    """

    id: Mapped[BigIntPK]
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), index=True)
    sha256: Mapped[str]
    file_name: Mapped[str] = mapped_column(default="")
    edits: Mapped[JsonList] = mapped_column(default=list, server_default=text("'[]'"))
    made_from_id: Mapped[BigInt | None] = mapped_column(ForeignKey("picture.id"))
    state: Mapped[StateName] = mapped_column(default="received")
    facts: Mapped[Json] = mapped_column(default=dict)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    not_before: Mapped[CreatedAt]
    lease_until: Mapped[Instant | None]
    created_at: Mapped[CreatedAt]
    created_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        UniqueConstraint("listing_id", "sha256", "edits"),
        CheckConstraint("state IN ('received','ready','refused')", name="state"),
        Index("ix_picture_due", "not_before", postgresql_where=text("state = 'received'")),
        Index("ix_picture_refused", "listing_id", postgresql_where=text("state = 'refused'")),
    )


class Document(db.Model):  # type: ignore[name-defined]
    """One paper that a seller gave for a category's `DocumentRule` of that code; never changed.

    A version's product content refers to it at `documents.<code>`.
    """

    id: Mapped[BigIntPK]
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), index=True)
    code: Mapped[str]
    # Its storage key as well.
    sha256: Mapped[str]
    file_name: Mapped[str]
    bytes: Mapped[int]
    # MIME, as its first bytes say.
    type: Mapped[str]
    uploaded_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[CreatedAt]

    __table_args__ = (
        CheckConstraint("type IN ('application/pdf','image/jpeg','image/png')", name="type"),
    )


class Finding(db.Model):  # type: ignore[name-defined]
    """Whatever anybody has against a field; the sentence is made from code and params.

    Rule findings of a draft are computed, not stored; they are stored with a submitted version.
    """

    id: Mapped[BigIntPK]
    version_id: Mapped[BigInt] = mapped_column(ForeignKey("version.id"), index=True)
    item_id: Mapped[BigInt | None] = mapped_column(ForeignKey("item.id"))
    # '' is the listing as a whole; pictures are `pictures.<picture id>`.
    path: Mapped[str] = mapped_column(default="")
    code: Mapped[str]
    params: Mapped[Json] = mapped_column(default=dict)
    severity: Mapped[str]
    source: Mapped[str]
    created_at: Mapped[CreatedAt]
    cleared_at: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("severity IN ('blocks','limits','advice')", name="severity"),
        CheckConstraint("source IN ('rule','picture','reviewer','receiver')", name="source"),
    )


class Placement(db.Model):  # type: ignore[name-defined]
    """What one target has of one item, as it last told us: what sellers read."""

    item_id: Mapped[BigInt] = mapped_column(
        ForeignKey("item.id"), primary_key=True, autoincrement=False
    )
    target: Mapped[str] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(default="")
    # The public address there, where there is one.
    url: Mapped[str] = mapped_column(default="", server_default="")
    state: Mapped[str]
    product_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    offer_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    sale_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    at: Mapped[CreatedAt]

    __table_args__ = (
        CheckConstraint("state IN ('on','paused','recalled','retired','refused')", name="state"),
        Index("ix_placement_external", "external_id", postgresql_where=text("external_id <> ''")),
    )


class TimelineEntry(db.Model):  # type: ignore[name-defined]
    """One step of a listing, written in the transaction of the step."""

    __tablename__ = "timeline"

    id: Mapped[BigIntPK]
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"))
    at: Mapped[CreatedAt]
    # Null is the system itself.
    who: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    # What the seller may see instead of a staff member's name: 'seller', 'reviewer', 'system'.
    role: Mapped[str] = mapped_column(default="system")
    event: Mapped[str]
    detail: Mapped[Json] = mapped_column(default=dict)

    __table_args__ = (Index(None, "listing_id", "id"),)


def touch(listing: Listing) -> None:
    """Note that something about the listing changed now."""
    listing.changed_at = func.clock_timestamp()
