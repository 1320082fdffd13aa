"""Tags and dates by which browsers and crawlers ask whether something changed.

Whether it did is known from rows, before anything is drawn: a 304 costs the queries alone.
"""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import request
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.http import is_resource_modified
from werkzeug.wrappers import Response

from app.core.clock import database_now
from app.receivers import pages
from app.receivers.catalogue.models import CatalogueItem, Level, Product
from app.receivers.catalogue.product_page import ProductPage

# Set anew by every order: a page whose form has made one must not be taken from a browser's cache.
ORDERED = "ordered"
PRIVATE = "private, no-cache"


def page_tag(page: ProductPage) -> str:
    """What the page shows, as one word; of the stock only what it says of it."""
    product = page.product
    rows = [
        (r.item.item_id, r.item.version, r.price, r.list_price, r.state, r.left) for r in page.rows
    ]
    chosen = page.chosen.item.item_id if page.chosen else 0
    return digest(
        product.id, product.version, product.changed_at, page.stock_known, chosen, rows,
        pages.language(), request.cookies.get(ORDERED, ""),
    )  # fmt: skip


def page_changed_at(page: ProductPage, levels: datetime | None) -> datetime:
    """When what it shows last changed, as far as a date can tell."""
    known = [page.product.changed_at, *(row.item.changed_at for row in page.rows)]
    return max([*known, release()[1], *([levels] if levels else [])])


def edition(session: Session, settled_seconds: float, levels: bool) -> datetime | None:
    """When anything public last changed; None while a change is so new that others may follow.

    A transaction that commits late may bring an older date, and would go unnoticed. With *levels*,
    that something sold out or came back is a change.
    """
    columns = [
        Product.changed_at,
        CatalogueItem.changed_at,
        *([Level.flipped_at] if levels else []),
    ]
    newest = func.greatest(*(select(func.max(column)).scalar_subquery() for column in columns))
    changed_at, present = session.execute(select(newest, database_now())).one()
    if changed_at is None:
        return release()[1]
    age = (present - changed_at).total_seconds()
    return max(changed_at, release()[1]) if age >= settled_seconds else None


def digest(*parts: Any) -> str:
    """A tag of all that makes an answer what it is, this release included."""
    text = "\n".join(map(str, (release()[0], *parts)))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def unchanged(tag: str, changed_at: datetime, cache: str) -> Response | None:
    """The 304 for whoever has this already, else None."""
    if not is_resource_modified(request.environ, tag, last_modified=changed_at):
        return dated(Response(status=304), tag, changed_at, cache)
    return None


def dated(response: Response, tag: str, changed_at: datetime, cache: str) -> Response:
    """Give an answer its tag, its date and how long it may be kept."""
    # Weak: the page has another key for its form each time it is drawn.
    response.set_etag(tag, weak=True)
    response.last_modified = changed_at
    response.headers["Cache-Control"] = cache
    return response


@lru_cache
def release() -> tuple[str, datetime]:
    """What the pages are drawn with, as one word, and when that last changed."""
    files = [pages.STYLES, pages.TEXTS, *sorted(_drawn_with())]
    told = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    newest = max(file.stat().st_mtime for file in files)
    return told, datetime.fromtimestamp(newest, UTC)


def _drawn_with() -> list[Path]:
    code = Path(__file__).parent.glob("*.py")
    return [*(pages.ROOT / "templates" / "receivers").rglob("*.html"), *code]
