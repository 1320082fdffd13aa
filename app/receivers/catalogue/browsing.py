"""Finding and looking: the first page, search, and product pages. `routes` answers with them."""

import secrets

from flask import Response, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.receivers import pages
from app.receivers.catalogue import freshness, queries, structured
from app.receivers.catalogue.addresses import alternates
from app.receivers.catalogue.levels import Levels, Stock, stock_of
from app.receivers.catalogue.models import Product
from app.receivers.catalogue.product_page import ProductPage
from app.receivers.database import Store


class Browsing:
    """What a shopper sees before ordering. *address* is the shop's own, without a last slash."""

    def __init__(self, store: Store, levels: Levels, address: str) -> None:
        self.store = store
        self.levels = levels
        self.address = address

    def home(self) -> Response:
        """New products, or those that match, by pages; which are sold out is told."""
        query = request.args.get("q", "").strip()[:200]
        before = number(request.args.get("before", ""))
        self.levels.follow()
        with self.store.transaction() as session:
            found, more = queries.search(session, query, before)
            shown = told(found, stock_of(session, item_ids(found)))
        text = render_template(
            "receivers/catalogue/home.html",
            query=query,
            pages=shown,
            more=more,
            before=before,
            address=self.address,
        )
        response = make_response(text)
        response.headers["Cache-Control"] = freshness.PRIVATE
        return response

    def product(self, external_id: str) -> AnyResponse:
        """A product's page, or a 304. Practice goods too, for who has the address."""
        self.levels.follow()
        with self.store.transaction() as session:
            product = queries.product_of(session, external_id)
            stock = stock_of(session, item_ids([product]))
        (page,) = told([product], stock)
        page.key = secrets.token_urlsafe(18)
        page.choose(request.args.get("item", ""))
        if not page.stock_known or page.stock_as_of:
            # It says so, and that may be untrue the next moment.
            return make_response(self._drawn(page))
        tag, at = freshness.page_tag(page), freshness.page_changed_at(page, stock.changed_at)
        same = freshness.unchanged(tag, at, freshness.PRIVATE)
        if same is not None:
            return same
        return freshness.dated(make_response(self._drawn(page)), tag, at, freshness.PRIVATE)

    def _drawn(self, page: ProductPage) -> str:
        language = pages.language()
        found = alternates(self.address, page.product.id)
        return render_template(
            "receivers/catalogue/product.html",
            page=page,
            product=page.product,
            content=page.product.content,
            here=f"/products/{page.product.id}",
            canonical=found[language],
            alternates=found,
            structured=structured.element(page, self.address, language),
        )


def told(products: list[Product], stock: Stock) -> list[ProductPage]:
    """The products as pages show them, with what is known of their stock."""
    found = [ProductPage.of(product) for product in products]
    for page in found:
        page.tell(stock.counts if stock.known else None, stock.as_of)
    return found


def item_ids(products: list[Product]) -> list[int]:
    """Of all their items."""
    return [item.item_id for product in products for item in product.items]


def number(text: str) -> int | None:
    """A cursor of ours; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def ordered(response: AnyResponse) -> AnyResponse:
    """After an order the page it came from is another: its form's key is used up."""
    if request.method == "POST" and response.status_code == 303:
        word = secrets.token_urlsafe(6)
        response.set_cookie(freshness.ORDERED, word, httponly=True, samesite="Lax")
    return response
