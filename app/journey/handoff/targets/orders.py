"""The order system: takes orders for items, and owns how many there are."""

from app.core.words import Words
from app.journey.handoff.target import Kept, Part, Target


def _product(told: Part) -> Part:
    return {"name": told["name"], "seller_id": told["seller"]["id"]}


def _item(told: Part) -> Part:
    return {"sku": told["sku"], "option": told["option"]}


TARGET = Target(
    code="orders",
    names=Words("주문", "Orders"),
    url_setting="orders_url",
    secret_setting="orders_secret",  # noqa: S106 - the name of a setting
    subjects=("product", "offer", "sale", "stock"),
    owns_stock=True,
    after="catalogue",
    after_setting="orders_wait_for_catalogue",
    kept=Kept(_product, _item),
)
