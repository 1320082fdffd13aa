"""What a product page says, from the product's rows and the present stock."""

from dataclasses import dataclass

from app.core.words import Words
from app.receivers.catalogue.models import CatalogueItem, Product


@dataclass
class Row:
    """One item on the page: whether it may be ordered, at which price, and what was typed."""

    item: CatalogueItem
    price: int
    count: int | None
    quantity: str = ""
    message: Words | None = None

    @property
    def state(self) -> str:
        """on, sold-out, paused or recalled."""
        return "sold-out" if self.item.sale == "on" and self.count == 0 else self.item.sale

    @property
    def list_price(self) -> int | None:
        """The price it is compared with, where that is higher."""
        known = self.item.list_price
        return known if known is not None and known > self.price else None


@dataclass
class ProductPage:
    """A product with its rows. One *key* makes one order, however often the form is sent."""

    product: Product
    rows: list[Row]
    key: str
    stock_known: bool = True
    message: Words | None = None

    @property
    def state(self) -> str:
        """on, sold-out, paused, recalled or retired, as the best of its items."""
        states = {row.state for row in self.rows}
        order = ("on", "sold-out", "paused", "recalled")
        return next((state for state in order if state in states), "retired")

    @property
    def lowest(self) -> int | None:
        """The price from which it is sold."""
        prices = [row.price for row in self.rows if row.state in ("on", "sold-out")]
        return min(prices, default=None)


def page_of(
    product: Product, stock: dict[int, int] | None, key: str, prices: dict[int, int] | None = None
) -> ProductPage:
    """The page; *stock* is None when it is not known, *prices* are newer than the catalogue's."""
    newer = prices or {}
    rows = [
        Row(
            item=item,
            price=newer.get(item.item_id, item.price),
            count=None if stock is None else stock.get(item.item_id, 0),
        )
        for item in product.items
        if item.sale != "retired"
    ]
    if len(rows) == 1:
        rows[0].quantity = "1"
    return ProductPage(product, rows, key, stock_known=stock is not None)
