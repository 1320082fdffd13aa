"""The product feed in Google Merchant Center's XML: RSS 2.0 with the attributes of `g:`.

Attributes and limits are those of the product data specification
(https://support.google.com/merchants/answer/7052112), of variants
(https://support.google.com/merchants/answer/17085214) and of the format
(https://support.google.com/merchants/answer/14987622). A feed is in one language throughout.

What cannot be ordered for a while (sold out, paused) stays in it as `out_of_stock`, for Google asks
not to take out what comes back: it is long before it is shown again. What was recalled or retired
is left out, which takes it off Google; so is what has no picture, which Google does not take.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from app.core.words import Words
from app.receivers.catalogue.addresses import item_address
from app.receivers.catalogue.models import Product
from app.receivers.catalogue.product_page import ProductPage, Row
from app.receivers.catalogue.queries import widest
from app.receivers.catalogue.structured import OPTIONS

# Attributes by name; a group's are in one of their own.
Entry = list[tuple[str, "str | Entry"]]

# Letters of each attribute, by the specification; a link has 2000 in the contract already.
LONGEST = {
    "id": 50, "item_group_id": 50, "title": 150, "description": 5000, "brand": 70, "mpn": 70,
    "color": 100, "size": 100, "material": 200, "pattern": 100, "product_type": 750,
    "item_group_title": 150, "name": 250, "value": 250,
}  # fmt: skip
MOST_MORE_PICTURES = 10
GTIN = re.compile(r"\d{8}|\d{12,14}", re.ASCII)
# What XML 1.0 has no letter for.
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Of items, and of the rows that pages make of them.
SALE, IN_FEED = ("on", "paused"), ("on", "sold-out", "paused")

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
<title>{title}</title>
<link>{link}</link>
<description>{description}</description>
"""
FOOT = "</channel>\n</rss>\n"
TITLE = Words("Onshelf 카탈로그", "Onshelf catalogue")
DESCRIPTION = Words("지금 판매하는 상품", "Products on sale now")


def document(batches: Iterable[list[ProductPage]], address: str, language: str) -> Iterator[str]:
    """The feed, batch by batch: no more of it in memory than one."""
    yield HEAD.format(
        title=TITLE.text(language),
        link=escape(f"{address}/?lang={language}"),
        description=DESCRIPTION.text(language),
    )
    for batch in batches:
        yield "".join(
            _element(entry(page, row, address, language))
            for page in batch
            for row in page.rows
            if row.state in IN_FEED and page.product.content["pictures"]
        )
    yield FOOT


def entry(page: ProductPage, row: Row, address: str, language: str) -> Entry:
    """The attributes of one item."""
    content, item = page.product.content, row.item
    name = Words.of(content["name"]).text(language)
    path = [Words.of(step).text(language) for step in content["category"]["path"]]
    described = Words.of(content.get("description") or "").text(language)
    return [
        ("id", str(item.id)),
        ("title", f"{name} {row.title.text(language)}".strip()),
        ("description", described or name),
        ("link", item_address(address, page.product.id, item.item_id, language)),
        *_pictures(page, row),
        ("availability", "in_stock" if row.state == "on" else "out_of_stock"),
        *_price(row),
        ("condition", "new"),
        *_identifiers(page, row),
        *_group(page, row, language),
        ("product_type", " > ".join(path)),
        *_shipping(page.product, row),
    ]


def _pictures(page: ProductPage, row: Row) -> Entry:
    first, *more = [widest(picture)["url"] for picture in page.pictures_of(row.item)]
    further = [("additional_image_link", url) for url in more[:MOST_MORE_PICTURES]]
    return [("image_link", first), *further]


def _price(row: Row) -> Entry:
    """Where it is sold below its list price, that is the price and the present one the sale's."""
    if row.list_price:
        return [("price", f"{row.list_price} KRW"), ("sale_price", f"{row.price} KRW")]
    return [("price", f"{row.price} KRW")]


def _identifiers(page: ProductPage, row: Row) -> Entry:
    """A barcode, or brand and part number; where there is neither that is said.

    A model's name is the part number of a lone item only: among variants it tells none apart.
    """
    brand, gtin = page.product.content["brand"], row.item.gtin
    told = [("brand", brand)] if brand else []
    if GTIN.fullmatch(gtin):
        return [*told, ("gtin", gtin)]
    models = [a for a in page.product.content.get("attributes", []) if a["code"] == "model"]
    if models and brand and len(page.rows) == 1:
        return [*told, ("mpn", Words.of(models[0]["value"]).en)]
    return [*told, ("identifier_exists", "no")]


def _group(page: ProductPage, row: Row, language: str) -> Entry:
    """What it is a variant of, and by which options; those that Google knows by its names too."""
    if len(page.rows) == 1:
        return []
    name = Words.of(page.product.content["name"]).text(language)
    told: Entry = [("item_group_id", str(page.product.id)), ("item_group_title", name)]
    for one in row.item.options:
        label, value = (Words.of(one[part]).text(language) for part in ("label", "value"))
        told.append(("variant_option", [("name", label), ("value", value)]))
        if one["code"] in OPTIONS:
            told.append((OPTIONS[one["code"]], value))
    return told


def _shipping(product: Product, row: Row) -> Entry:
    shipping: dict[str, Any] = product.content.get("shipping") or {}
    fee, free_over = shipping.get("fee"), shipping.get("free_over")
    if fee is None:
        return []
    paid = 0 if free_over is not None and row.price >= free_over else fee
    return [("shipping", [("country", "KR"), ("price", f"{paid} KRW")])]


def _element(found: Entry) -> str:
    return f"<item>\n{_lines(found)}</item>\n"


def _lines(found: Entry) -> str:
    return "".join(f"<g:{name}>{_inside(name, told)}</g:{name}>\n" for name, told in found if told)


def _inside(name: str, told: str | Entry) -> str:
    if not isinstance(told, str):
        return _lines(told)
    return escape(UNWRITABLE.sub("", told)[: LONGEST.get(name, 2000)].strip())
