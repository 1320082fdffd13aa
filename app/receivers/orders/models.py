"""Offers with their stock, and orders. Money is whole won; ids of items are Onshelf's."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    MetaData,
    Sequence,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from app.core.database import NAMING, BigInt, BigIntPK, CreatedAt, Instant, Json
from app.receivers.models import ReceivedColumns

SCHEMA = "orders"


class OrdersBase(DeclarativeBase):
    """The order system's tables."""

    metadata = MetaData(naming_convention=NAMING, schema=SCHEMA)


# Numbers the changes of stock. Whoever takes numbers holds FEED_LOCK to the end of the transaction,
# so that none becomes visible after a higher one.
FEED_LOCK = (0x6F72, 1)
FEED = Sequence("stock_feed_position", metadata=OrdersBase.metadata, data_type=BigInteger)


class OfferedListing(OrdersBase):
    """What the items of one listing share: the name, as of its newest version here."""

    __tablename__ = "listing"

    listing_id: Mapped[BigInt] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    practice: Mapped[bool]
    seller_id: Mapped[BigInt]
    name: Mapped[Json]
    # The catalogue's identifier, where the payload told it.
    catalogue: Mapped[Json]

    items: Mapped[list["OfferedItem"]] = relationship(
        back_populates="listing", order_by="OfferedItem.item_id", lazy="raise"
    )


class OfferedItem(OrdersBase):
    """One item: its price, its sale state and how many there are."""

    __tablename__ = "item"

    item_id: Mapped[BigInt] = mapped_column(primary_key=True, autoincrement=False)
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey(OfferedListing.listing_id), index=True)
    practice: Mapped[bool]
    sku: Mapped[str]
    option: Mapped[str]
    version: Mapped[int]
    price: Mapped[int]
    offer_revision: Mapped[int]
    sale: Mapped[str]
    sale_revision: Mapped[int]
    stock: Mapped[BigInt]
    # Grows with every change of `stock`.
    stock_revision: Mapped[BigInt]
    # Place in the stock feed; null between a change and the feed's next reading.
    feed_position: Mapped[BigInt | None] = mapped_column(unique=True)
    changed_at: Mapped[CreatedAt]

    listing: Mapped[OfferedListing] = relationship(back_populates="items", lazy="raise")

    __table_args__ = (
        CheckConstraint("sale IN ('on','paused','recalled','retired')", name="sale"),
        CheckConstraint("price >= 0 AND stock >= 0", name="not_negative"),
        Index("ix_item_to_feed", "item_id", postgresql_where=text("feed_position IS NULL")),
    )


class Order(OrdersBase):
    """One order. Its number cannot be guessed: whoever has it may see, pay and cancel the order."""

    __tablename__ = "order"

    id: Mapped[BigIntPK]
    no: Mapped[str] = mapped_column(unique=True)
    practice: Mapped[bool]
    placed_at: Mapped[CreatedAt]
    # The Idempotency-Key that made it, and a digest of what was asked under it.
    key: Mapped[str] = mapped_column(unique=True)
    asked: Mapped[str]
    # `cancelled`: given up before anything was paid. A paid order stays `paid`, whatever went back.
    payment: Mapped[str] = mapped_column(server_default="open")
    # Until when its stock is held unpaid; null for ever (orders from before there was an end).
    pay_by: Mapped[Instant | None]
    # What was paid; null until then. What the lines that are left do not come to is refunded.
    paid: Mapped[BigInt | None]

    lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", order_by="OrderLine.no", lazy="selectin"
    )

    __table_args__ = (
        CheckConstraint(
            "payment IN ('open','pending','paid','expired','cancelled')", name="payment"
        ),
        CheckConstraint("(payment = 'paid') = (paid IS NOT NULL)", name="paid"),
        Index("ix_order_unpaid", "pay_by", postgresql_where=text("payment IN ('open','pending')")),
    )


class OrderLine(OrdersBase):
    """One item of an order at the price that was seen and is paid; names as they were then."""

    __tablename__ = "order_line"

    order_id: Mapped[BigInt] = mapped_column(ForeignKey(Order.id), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[BigInt] = mapped_column(ForeignKey(OfferedItem.item_id), index=True)
    # Whose goods they are: sellers read their orders by it.
    seller_id: Mapped[BigInt]
    name: Mapped[Json]
    option: Mapped[str]
    quantity: Mapped[int]
    price: Mapped[int]
    # How many of them went back to stock, in the transaction that says so, and when the last did.
    cancelled: Mapped[int] = mapped_column(server_default="0")
    cancelled_at: Mapped[Instant | None]

    order: Mapped[Order] = relationship(back_populates="lines", lazy="raise")

    __table_args__ = (
        CheckConstraint("quantity > 0 AND price >= 0", name="not_negative"),
        CheckConstraint(
            "cancelled BETWEEN 0 AND quantity AND (cancelled > 0) = (cancelled_at IS NOT NULL)",
            name="cancelled",
        ),
        Index("ix_order_line_seller", "seller_id", "order_id"),
    )

    @hybrid_property
    def left(self) -> int:
        """How many pieces are not cancelled."""
        return self.quantity - self.cancelled


class Payment(OrdersBase):
    """One try to pay an order, by its own Idempotency-Key. The newest tells how it stands.

    `waiting`: the provider has not said yet. `returned`: it said yes when the order had ended.
    """

    __tablename__ = "payment"

    id: Mapped[BigIntPK]
    order_id: Mapped[BigInt] = mapped_column(ForeignKey(Order.id), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    method: Mapped[str]
    amount: Mapped[BigInt]
    state: Mapped[str]
    at: Mapped[CreatedAt]
    # When the provider's late answer is to be had; null where it answered at once.
    answer_due: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("state IN ('approved','declined','waiting','returned')", name="state"),
        Index("ix_payment_waiting", "answer_due", postgresql_where=text("state = 'waiting'")),
    )


class OrdersReceived(ReceivedColumns, OrdersBase):
    """Deliveries that had their effect; kept longer than any sender repeats."""

    __tablename__ = "received"
    __table_args__ = (Index("ix_received_at", "at", postgresql_using="brin"),)
