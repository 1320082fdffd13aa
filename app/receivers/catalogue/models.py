"""What the catalogue keeps of what was handed over. Money is whole won."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    MetaData,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from app.core.database import NAMING, BigInt, BigIntPK, CreatedAt, Instant, Json, JsonList
from app.receivers.models import ReceivedColumns

SCHEMA = "catalogue"


class CatalogueBase(DeclarativeBase):
    """The catalogue's tables."""

    metadata = MetaData(naming_convention=NAMING, schema=SCHEMA)


class Product(CatalogueBase):
    """One listing, as of its newest version here. `content` is the payload without its items."""

    __tablename__ = "product"

    # The public number; its first digit keeps it apart from Onshelf's own ids.
    id: Mapped[int] = mapped_column(BigInteger, Identity(start=700001), primary_key=True)
    listing_id: Mapped[BigInt] = mapped_column(unique=True)
    version: Mapped[int]
    # Set when the product first comes; practice goods are never found by search.
    practice: Mapped[bool]
    category_code: Mapped[str]
    content: Mapped[Json]
    # Lower-case text of what may be searched for, and the pairs of letters in it.
    words: Mapped[str]
    pairs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    arrived_at: Mapped[CreatedAt]
    changed_at: Mapped[CreatedAt] = mapped_column(index=True)

    items: Mapped[list["CatalogueItem"]] = relationship(
        back_populates="product",
        order_by="CatalogueItem.position, CatalogueItem.item_id",
        lazy="raise",
    )

    __table_args__ = (
        Index("ix_product_pairs", "pairs", postgresql_using="gin"),
        Index("ix_product_public", "id", postgresql_where=text("NOT practice")),
    )


class CatalogueItem(CatalogueBase):
    """One purchasable combination; content, price and sale state have each their own number."""

    __tablename__ = "item"

    id: Mapped[BigIntPK]
    item_id: Mapped[BigInt] = mapped_column(unique=True)
    product_id: Mapped[BigInt] = mapped_column(ForeignKey(Product.id), index=True)
    position: Mapped[int]
    sku: Mapped[str]
    gtin: Mapped[str]
    option: Mapped[str]
    # Ids of the pictures of the product that show this item; empty is all of them.
    pictures: Mapped[JsonList] = mapped_column(default=list, server_default=text("'[]'"))
    # Its value of each of the product's options: code, label, value (both languages).
    options: Mapped[JsonList] = mapped_column(default=list, server_default=text("'[]'"))
    version: Mapped[int]
    price: Mapped[int]
    list_price: Mapped[int | None]
    offer_revision: Mapped[int]
    sale: Mapped[str]
    sale_revision: Mapped[int]
    changed_at: Mapped[CreatedAt] = mapped_column(index=True)

    product: Mapped[Product] = relationship(back_populates="items", lazy="raise")

    __table_args__ = (
        CheckConstraint("sale IN ('on','paused','recalled','retired')", name="sale"),
        CheckConstraint("price >= 0 AND list_price >= 0", name="not_negative"),
    )


class Level(CatalogueBase):
    """How many of an item there are, as the order system last told; see `levels`."""

    __tablename__ = "level"

    item_id: Mapped[BigInt] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[BigInt]
    # The order system's: a level that is not newer changes nothing.
    revision: Mapped[BigInt]
    changed_at: Mapped[CreatedAt]
    # When there last came to be some, or none.
    flipped_at: Mapped[CreatedAt] = mapped_column(index=True)

    __table_args__ = (CheckConstraint("count >= 0", name="not_negative"),)


class StockFeed(CatalogueBase):
    """One row: how far the order system's stock feed was read, and when to read on."""

    __tablename__ = "stock_feed"

    id: Mapped[BigInt] = mapped_column(primary_key=True, autoincrement=False)
    cursor: Mapped[BigInt]
    due_at: Mapped[Instant]
    # When its end was last reached: all levels were present then.
    answered_at: Mapped[Instant | None]

    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)


class CatalogueReceived(ReceivedColumns, CatalogueBase):
    """Deliveries that had their effect; kept longer than any sender repeats."""

    __tablename__ = "received"
    __table_args__ = (Index("ix_received_at", "at", postgresql_using="brin"),)
