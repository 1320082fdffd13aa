"""What a product page says, from the product's rows and the present stock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.words import Words
from app.receivers.catalogue.models import CatalogueItem, Product

# From so many on, a page says how many are left.
FEW = 10


@dataclass
class Row:
    """One item on the page: whether it may be ordered, at which price, and what was typed."""

    item: CatalogueItem
    price: int
    # How many there are; None while that is not known.
    count: int | None = None
    # Whether the order system has it yet.
    offered: bool = True
    quantity: str = ""
    message: Words | None = None

    @property
    def state(self) -> str:
        """on, sold-out, paused or recalled."""
        if self.item.sale != "on":
            return self.item.sale
        if not self.offered:
            return "paused"
        return "sold-out" if self.count == 0 else "on"

    @property
    def title(self) -> Words:
        """What its options are, as people read them; '' for a lone item."""
        values = [Words.of(one["value"]) for one in self.item.options]
        return Words.joined(values, " / ") if values else Words.of(self.item.option)

    @property
    def left(self) -> int | None:
        """How many are left, where that is few enough to be told."""
        few = self.state == "on" and self.count is not None and self.count <= FEW
        return self.count if few else None

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
    key: str = ""
    stock_known: bool = False
    # When the counts were heard of, where they are not present.
    stock_as_of: datetime | None = None
    message: Words | None = None
    # The item whose own pictures are shown; None shows them all.
    chosen: Row | None = None

    @classmethod
    def of(cls, product: Product, key: str = "") -> "ProductPage":
        """The page before its stock is known; retired items are left out."""
        rows = [Row(item, item.price) for item in product.items if item.sale != "retired"]
        if len(rows) == 1:
            rows[0].quantity = "1"
        return cls(product, rows, key)

    def choose(self, item_id: str) -> None:
        """Show the pictures of the item with this number, where it is one of the page's."""
        self.chosen = next((r for r in self.rows if str(r.item.item_id) == item_id), None)
        if self.chosen:
            self.chosen.quantity = "1"

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """Those of the chosen item, in its seller's order; all of them where it has none."""
        return self.pictures_of(self.chosen.item if self.chosen else None)

    def pictures_of(self, item: CatalogueItem | None) -> list[dict[str, Any]]:
        """Those that show *item*: its own, all where it has none."""
        every: list[dict[str, Any]] = self.product.content["pictures"]
        known = {one["id"]: one for one in every}
        own = item.pictures if item else []
        return [known[number] for number in own if number in known] or every

    @property
    def has_item_pictures(self) -> bool:
        """Whether choosing an item may change the pictures."""
        return len(self.rows) > 1 and any(row.item.pictures for row in self.rows)

    def tell(self, stock: dict[int, int] | None, as_of: datetime | None = None) -> None:
        """Take in counts by item id; None where nobody told. *as_of* where they are not present.

        An item without a count is not offered yet, as far as that can be known.
        """
        self.stock_known = stock is not None
        self.stock_as_of = as_of
        for row in self.rows:
            row.count = None if stock is None else stock.get(row.item.item_id)
            row.offered = stock is None or as_of is not None or row.count is not None

    @property
    def state(self) -> str:
        """on, sold-out, paused, recalled or retired, as the best of its items."""
        states = {row.state for row in self.rows}
        order = ("on", "sold-out", "paused", "recalled")
        return next((state for state in order if state in states), "retired")

    @property
    def lowest(self) -> int | None:
        """The price from which it is sold; of what is there, if anything is."""
        wanted = self.state if self.state in ("on", "sold-out", "paused") else ""
        return min((row.price for row in self.rows if row.state == wanted), default=None)
