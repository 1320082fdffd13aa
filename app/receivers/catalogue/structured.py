"""What a product page says to search engines: schema.org, as JSON-LD.

Google's structured data for products with variants on one page: a `ProductGroup` with a `Product`
and an `Offer` for each item; a lone item is a `Product`.
"""

from typing import Any

from markupsafe import Markup

from app.core import jsons
from app.core.words import Words
from app.receivers.catalogue.addresses import item_address, product_address
from app.receivers.catalogue.product_page import ProductPage, Row
from app.receivers.catalogue.queries import widest

Data = dict[str, Any]

# schema.org's property for an option's code; what has none stands in the name alone.
OPTIONS = {
    "colour": "color",
    "size": "size",
    "shoe-size": "size",
    "material": "material",
    "pattern": "pattern",
}
# A recalled item never comes back; a paused one may.
AVAILABILITY = {
    "on": "InStock",
    "sold-out": "OutOfStock",
    "paused": "OutOfStock",
    "recalled": "Discontinued",
}


def element(page: ProductPage, address: str, language: str) -> Markup:
    """The page's data block; nothing for practice goods and where nothing is offered.

    A block of data is never run, so the page's policy, which lets no script in, has nothing
    against it.
    """
    if page.product.practice or not page.rows:
        return Markup("")
    text = jsons.dumps(_data(page, address, language))
    # Nothing in it can end the element or begin another: JSON has another way to write these.
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704


def _data(page: ProductPage, address: str, language: str) -> Data:
    shared = _shared(page, language)
    if len(page.rows) == 1:
        return {
            "@context": "https://schema.org/",
            **shared,
            **_item(page, page.rows[0], address, language),
        }
    codes = {one["code"] for row in page.rows for one in row.item.options}
    varies = sorted({OPTIONS[code] for code in codes if code in OPTIONS})
    return {
        "@context": "https://schema.org/",
        **shared,
        "@type": "ProductGroup",
        "productGroupID": str(page.product.id),
        "url": product_address(address, page.product.id, language),
        "variesBy": [f"https://schema.org/{name}" for name in varies],
        "hasVariant": [
            {"name": _name(page, row, language), **_item(page, row, address, language)}
            for row in page.rows
        ],
    }


def _shared(page: ProductPage, language: str) -> Data:
    content = page.product.content
    told: Data = {
        "name": Words.of(content["name"]).text(language),
        "description": Words.of(content.get("description") or "").text(language),
        "brand": {"@type": "Brand", "name": content["brand"]} if content["brand"] else None,
        "category": " > ".join(Words.of(w).text(language) for w in content["category"]["path"]),
        "image": [widest(picture)["url"] for picture in page.pictures],
    }
    return {name: value for name, value in told.items() if value}


def _name(page: ProductPage, row: Row, language: str) -> str:
    name = Words.of(page.product.content["name"]).text(language)
    return f"{name} {row.title.text(language)}".strip()


def _item(page: ProductPage, row: Row, address: str, language: str) -> Data:
    item = row.item
    told: Data = {"@type": "Product", "sku": str(item.id)}
    if item.gtin:
        told["gtin"] = item.gtin
    for one in item.options:
        if one["code"] in OPTIONS:
            told[OPTIONS[one["code"]]] = Words.of(one["value"]).text(language)
    if item.pictures:
        told["image"] = [widest(picture)["url"] for picture in page.pictures_of(item)]
    return {**told, "offers": _offer(page, row, address, language)}


def _offer(page: ProductPage, row: Row, address: str, language: str) -> Data:
    told: Data = {
        "@type": "Offer",
        "url": item_address(address, page.product.id, row.item.item_id, language),
        "price": row.price,
        "priceCurrency": "KRW",
        "availability": f"https://schema.org/{AVAILABILITY[row.state]}",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": page.product.content["seller"]["name"]},
    }
    if row.list_price:
        told["priceSpecification"] = {
            "@type": "UnitPriceSpecification",
            "priceType": "https://schema.org/StrikethroughPrice",
            "price": row.list_price,
            "priceCurrency": "KRW",
        }
    return told
