"""`sitemap.xml`, its pages and `robots.txt` (sitemaps.org; Google's localized versions).

A page holds the products of a fixed range of numbers, so that it stays the same page whatever
comes later. Each product has an address a language, with the others as its alternates.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.words import LANGUAGES
from app.receivers.catalogue.addresses import alternates
from app.receivers.catalogue.models import CatalogueItem, Product
from app.receivers.catalogue.queries import is_public

# sitemaps.org: 50,000 addresses a file.
PRODUCTS = 50_000 // len(LANGUAGES)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
# What a crawler has no business with; practice goods are told by their pages, not listed here.
ROBOTS = """User-agent: *
Disallow: /orders/
Disallow: /v1/
Disallow: /*?q=

Sitemap: {address}/sitemap.xml
"""

Place = tuple[int, datetime]


def parts(session: Session) -> list[Place]:
    """The pages that have products: number, and when one of them last changed."""
    part = (Product.id // PRODUCTS).label("part")
    query = _changed(part).group_by(part).order_by(part)
    return [(int(row[0]), row[1]) for row in session.execute(query)]


def products(session: Session, part: int) -> list[Place]:
    """The products of one page: number, and when it last changed."""
    within = Product.id.between(part * PRODUCTS, (part + 1) * PRODUCTS - 1)
    query = _changed(Product.id).where(within).group_by(Product.id).order_by(Product.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def index(places: Iterable[Place], address: str) -> Iterator[str]:
    """The index of the pages."""
    yield f'{DECLARATION}<sitemapindex xmlns="{SITEMAPS}">\n'
    for number, changed_at in places:
        where = escape(f"{address}/sitemaps/{number}.xml")
        yield f"<sitemap><loc>{where}</loc>{_lastmod(changed_at)}</sitemap>\n"
    yield "</sitemapindex>\n"


def page(places: Iterable[Place], address: str) -> Iterator[str]:
    """One page."""
    yield f'{DECLARATION}<urlset xmlns="{SITEMAPS}" xmlns:xhtml="{XHTML}">\n'
    for number, changed_at in places:
        found = alternates(address, number)
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(where)}"/>'
            for language, where in found.items()
        )
        for language in LANGUAGES:
            where = escape(found[language])
            yield f"<url><loc>{where}</loc>{_lastmod(changed_at)}{links}</url>\n"
    yield "</urlset>\n"


def _changed(by: Any) -> Select[Any]:
    newest = func.greatest(func.max(Product.changed_at), func.max(CatalogueItem.changed_at))
    return select(by, newest).join(Product.items).where(*is_public())


def _lastmod(at: datetime) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>"
