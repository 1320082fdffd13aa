"""The catalogue: shows products to shoppers, with prices and sale states."""

from app.core.words import Words
from app.journey.handoff.target import Kept, Part, Target


def _product(told: Part) -> Part:
    return {name: value for name, value in told.items() if name != "items"}


def _item(told: Part) -> Part:
    return {
        "sku": told["sku"],
        "gtin": told.get("gtin") or "",
        "option": told["option"],
        "options": told.get("options", []),
        "pictures": told.get("pictures", []),
    }


TARGET = Target(
    code="catalogue",
    names=Words("카탈로그", "Catalogue"),
    url_setting="catalogue_url",
    secret_setting="catalogue_secret",  # noqa: S106 - the name of a setting
    subjects=("product", "offer", "sale"),
    kept=Kept(_product, _item),
)
