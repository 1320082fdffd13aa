"""The receivers' pages are valid HTML, in both languages."""

import pytest

from tests.factories import nu
from tests.factories.deliveries import item, offer, product, sale
from tests.functional.receivers.test_shop import AXIS, EU, SELLER, offered, order


@nu.needed
@pytest.mark.parametrize("language", ["ko", "en"])
def test_shop_and_orders_are_valid(shopper, catalogue, orders, tmp_path, language):
    items = [item(11, option="흰색", pictures=[4]), item(12, option="검정")]
    full = product(1, 1, *items, option=AXIS, seller=SELLER, sold_in=["kr", "eu"], eu=EU)
    address = offered(catalogue, orders, full)
    bare = offered(catalogue, orders, product(2, 1, item(21), pictures=[], notice=None))
    catalogue.deliver(sale(21, listing_id=2))
    shopper.get(f"/?lang={language}")
    placed, form = order(shopper, address, quantity_11="1", quantity_12="1")
    orders.deliver(offer(12, price=13500))
    paths = ("/", "/?q=머그", "/?q=nothing", address, f"{address}?item=11", bare, placed.location)
    pages = {path: shopper.get(path).text for path in (*paths, "/nothing")}
    wrong = {"quantity-11": "-1", "quantity-12": "2"}
    for name, sent in (("wrong", wrong), ("dear", {"quantity-12": "1"}), ("none", {})):
        data = {k: v for k, v in form.items() if "price" in k} | sent
        pages[name] = shopper.post(f"{address}/orders", data=data).text
    board = orders.app.test_client().get(f"/?lang={language}")
    assert board.status_code == 200
    pages["board"] = board.text

    assert nu.faults(pages, tmp_path) == []
