"""What the catalogue shows: lists, one product, feeds, figures. No practice goods in lists."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, selectinload

from app.core.errors import NotFound
from app.receivers.catalogue.addresses import product_address
from app.receivers.catalogue.models import CatalogueItem, Product
from app.receivers.catalogue.product_page import ProductPage
from app.receivers.catalogue.search import matches

PAGE = 24
FEED_PAGE = 200


def search(
    session: Session, query: str, before: int | None = None
) -> tuple[list[Product], int | None]:
    """Products on sale that match, newest first, and where the next page begins."""
    wanted = _public().where(matches(query)).order_by(Product.id.desc()).limit(PAGE + 1)
    if before is not None:
        wanted = wanted.where(Product.id < before)
    found = list(session.scalars(wanted))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def product_of(session: Session, external_id: str) -> Product:
    """The product with this number and its items; practice goods too, for who has the address."""
    number = int(external_id) if re.fullmatch("[0-9]{1,18}", external_id) else 0
    query = select(Product).where(Product.id == number).options(selectinload(Product.items))
    product = session.scalars(query).one_or_none() if number else None
    if product is None:
        raise NotFound()
    return product


def products_of(session: Session, item_ids: list[int]) -> dict[int, int]:
    """Product numbers by item id."""
    query = select(CatalogueItem.item_id, CatalogueItem.product_id)
    rows = session.execute(query.where(CatalogueItem.item_id.in_(item_ids)))
    return {row.item_id: row.product_id for row in rows}


def feed(session: Session, after: int, sale: tuple[str, ...] = ("on",)) -> list[Product]:
    """The next products by number that have an item in one of the states *sale*."""
    wanted = _public(sale).where(Product.id > after).order_by(Product.id).limit(FEED_PAGE)
    return list(session.scalars(wanted))


def figures(session: Session) -> dict[str, int]:
    """How many products and items there are, and how many items are on sale."""
    counted = select(
        func.count(func.distinct(Product.id)),
        func.count(CatalogueItem.id),
        func.count(CatalogueItem.id).filter(CatalogueItem.sale == "on"),
    ).select_from(Product)
    rows = counted.join(Product.items).where(Product.practice.is_(False))
    products, items, on_sale = session.execute(rows).one()
    return {"products": products, "items": items, "items_on_sale": on_sale}


def as_feed_entry(page: ProductPage, address: str) -> dict[str, Any]:
    """One product as the feed has it."""
    product, content = page.product, page.product.content
    return {
        "id": str(product.id),
        "url": product_address(address, product.id),
        "name": content["name"],
        "brand": content["brand"],
        "category": content["category"],
        "seller": content["seller"]["name"],
        "pictures": [widest(picture)["url"] for picture in content["pictures"]],
        "items": [
            {
                "id": str(row.item.id),
                "option": row.item.option,
                "gtin": row.item.gtin,
                "price": row.price,
                "list_price": row.item.list_price,
                "currency": "KRW",
                # Null while the order system has not been heard of.
                "in_stock": row.state == "on" if page.stock_known else None,
            }
            for row in page.rows
            if row.item.sale == "on"
        ],
    }


def widest(picture: dict[str, Any]) -> dict[str, Any]:
    """The largest rendition, JPEG if there is one: what every reader can show."""
    found: dict[str, Any] = max(
        picture["renditions"], key=lambda r: (r["type"] == "image/jpeg", r["width"])
    )
    return found


def is_public(sale: tuple[str, ...] = ("on",)) -> tuple[ColumnElement[bool], ...]:
    """What makes a product one that is listed: no practice, some item in one of the states."""
    item = CatalogueItem
    return (
        Product.practice.is_(False),
        exists().where(item.product_id == Product.id, item.sale.in_(sale)).correlate(Product),
    )


def _public(sale: tuple[str, ...] = ("on",)) -> Select[Product]:
    query = select(Product).where(*is_public(sale))
    return query.options(selectinload(Product.items))
