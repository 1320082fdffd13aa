"""For other systems: products and feeds, sitemap, figures. Nothing of practice goods."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, make_response, request

from app.core.errors import NotFound
from app.core.words import LANGUAGES
from app.receivers.catalogue import freshness, merchant, queries, sitemap
from app.receivers.catalogue.browsing import item_ids, number, told
from app.receivers.catalogue.levels import Levels, stock_of
from app.receivers.catalogue.models import Product
from app.receivers.catalogue.product_page import ProductPage
from app.receivers.database import Store

# Prices and stock are asked for again each time; where products are, by the hour.
FEED, SITEMAP = "public, no-cache", "public, max-age=3600"
Pages = list[ProductPage]


class Machines:
    """What they are told. *settled_seconds*: see `freshness.edition`."""

    def __init__(self, store: Store, levels: Levels, address: str, settled_seconds: float) -> None:
        self.store = store
        self.levels = levels
        self.address = address
        self.settled_seconds = settled_seconds

    def products(self) -> Any:
        """Products on sale, a page of them."""
        start = number(request.args.get("after", "0")) or 0
        return self._dated(FEED, lambda: self._products(start), start)

    def product(self, external_id: str) -> Any:
        """One product by its number."""

        def one() -> dict[str, Any]:
            with self.store.transaction() as session:
                product = queries.product_of(session, external_id)
                if product.practice:
                    raise NotFound()
                stock = stock_of(session, item_ids([product]))
            return queries.as_feed_entry(told([product], stock)[0], self.address)

        return self._dated(FEED, one, external_id)

    def merchant(self, language: str) -> Any:
        """The whole feed in one language, streamed."""
        if language not in LANGUAGES:
            raise NotFound()

        def stream() -> Response:
            batches = self._batches(merchant.SALE)
            first = next(batches)  # a database that does not answer is told before anything is sent
            text = merchant.document(_again(first, batches), self.address, language)
            return Response(text, mimetype="application/xml")

        return self._dated(FEED, stream, language)

    def sitemap(self, part: int | None = None) -> Any:
        """The index, or one of its pages; a page without products is none."""

        def made() -> Response:
            with self.store.transaction() as session:
                if part is None:
                    text = sitemap.index(sitemap.parts(session), self.address)
                else:
                    found = sitemap.products(session, part) if part < 10**12 else []
                    if not found:
                        raise NotFound()
                    text = sitemap.page(found, self.address)
            return Response(text, mimetype="application/xml")

        return self._dated(SITEMAP, made, part, levels=False)

    def _products(self, start: int) -> dict[str, Any]:
        found = self._batch(start, ("on",))
        return {
            "products": [queries.as_feed_entry(page, self.address) for page in found],
            "after": str(found[-1].product.id) if found else str(start),
            "more": len(found) == queries.FEED_PAGE,
        }

    def _batch(self, after: int, sale: tuple[str, ...]) -> Pages:
        with self.store.transaction() as session:
            found: list[Product] = queries.feed(session, after, sale)
            return told(found, stock_of(session, item_ids(found)))

    def _batches(self, sale: tuple[str, ...]) -> Iterator[Pages]:
        batch = self._batch(0, sale)
        yield batch
        while len(batch) == queries.FEED_PAGE:
            batch = self._batch(batch[-1].product.id, sale)
            yield batch

    def _dated(self, cache: str, make: Callable[[], Any], *parts: Any, levels: bool = True) -> Any:
        """What *make* makes, with tag and date; or a 304, and nothing is made."""
        if levels:
            self.levels.follow()
        with self.store.transaction() as session:
            at = freshness.edition(session, self.settled_seconds, levels)
            stock = stock_of(session, ()) if levels else None
        if at is None:
            response = make_response(make())
            response.headers["Cache-Control"] = "no-cache"
            return response
        present = stock and (stock.known, stock.as_of is None)
        tag = freshness.digest(request.path, at, present, *parts)
        same = freshness.unchanged(tag, at, cache)
        return same or freshness.dated(make_response(make()), tag, at, cache)


def blueprint(machines: Machines) -> Blueprint:
    """Their routes."""
    found = Blueprint("machines", __name__)
    rule = found.add_url_rule
    rule("/feed.json", "feed", machines.products)
    rule("/products/<external_id>.json", "product", machines.product)
    rule("/feeds/<language>.xml", "merchant", machines.merchant)
    rule("/sitemap.xml", "sitemap", machines.sitemap)
    rule("/sitemaps/<int:part>.xml", "sitemap_part", machines.sitemap)

    @found.get("/robots.txt")
    def robots() -> Response:
        text = sitemap.ROBOTS.format(address=machines.address)
        return Response(text, mimetype="text/plain", headers={"Cache-Control": SITEMAP})

    @found.get("/figures")
    def figures() -> dict[str, int]:
        with machines.store.transaction() as session:
            return queries.figures(session)

    return found


def _again(first: Pages, rest: Iterator[Pages]) -> Iterator[Pages]:
    yield first
    yield from rest
