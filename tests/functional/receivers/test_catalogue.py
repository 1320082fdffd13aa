"""What the catalogue tells shoppers, browsers and other systems about products and their stock."""

import json
import re
from xml.etree import ElementTree

import pytest
from sqlalchemy import text

from app.core.contracts import check
from app.receivers.catalogue.application import create_app as create_catalogue
from tests.factories.deliveries import item, offer, picture, product, sale, stock
from tests.functional.receivers.conftest import catalogue_settings
from tests.functional.receivers.test_shop import Form, address_of, offered, order

SHOP = "https://shop.example"
G = "{http://base.google.com/ns/1.0}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def option(code: str, label: tuple[str, str], value: tuple[str, str]) -> dict:
    (label_ko, label_en), (ko, en) = label, value
    told = {"code": code, "label": {"ko": label_ko, "en": label_en}}
    return told | {"value": {"ko": ko, "en": en}}


def colour(ko: str, en: str) -> dict:
    return option("colour", ("색상", "Colour"), (ko, en))


WHITE = item(11, option="흰색", options=[colour("흰색", "White")], pictures=[4])
BLACK = item(12, option="검정", options=[colour("검정", "Black")], gtin=None)
AXIS = {"code": "colour", "label": {"ko": "색상", "en": "Colour"}}
MUG = product(1, 1, WHITE, BLACK, option=AXIS)


def data_of(answer) -> dict:
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text)
    return json.loads(told)


def entries(shopper, language="ko") -> dict[str, ElementTree.Element]:
    """The feed's items by title."""
    answer = shopper.get(f"/feeds/{language}.xml")
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    root = ElementTree.fromstring(answer.data)
    return {found.findtext(f"{G}title"): found for found in root.iter("item")}


def told(entry, name: str) -> str | None:
    return entry.findtext(f"{G}{name}")


def again(shopper, path, answer, **headers):
    """The same address asked by who has *answer* already."""
    asked = {"If-None-Match": answer.headers["ETag"]} | headers
    return shopper.get(path, headers=asked)


def test_a_product_of_several_items_is_a_group_with_an_offer_each(shopper, catalogue, orders):
    address = offered(catalogue, orders, MUG)
    orders.deliver(stock(12, 1, -5))
    group = data_of(shopper.get(f"{address}?lang=en"))

    assert group["@type"] == "ProductGroup"
    assert group["name"] == "Moon jar mug, edition 1"
    assert group["variesBy"] == ["https://schema.org/color"]
    white, black = group["hasVariant"]
    assert (white["color"], black["color"]) == ("White", "Black")
    assert white["gtin"] == "8801234567893" and "gtin" not in black
    assert white["image"] == ["https://onshelf.example/pictures/4/1000.jpeg"]
    offers = [one["offers"] for one in (white, black)]
    assert [o["availability"].rpartition("/")[2] for o in offers] == ["InStock", "OutOfStock"]
    assert offers[0]["url"] == f"{SHOP}{address}?lang=en&item=11"
    assert (offers[0]["price"], offers[0]["priceCurrency"]) == (12900, "KRW")
    assert offers[0]["priceSpecification"]["price"] == 15000


def test_a_lone_item_is_a_product(shopper, catalogue, orders):
    only = data_of(shopper.get(offered(catalogue, orders, product())))
    assert only["@type"] == "Product"
    assert only["offers"]["availability"] == "https://schema.org/InStock"


def test_no_text_ends_the_data_block(shopper, catalogue, orders):
    bad = "</script><!--<script>alert(1)</script>"
    address = offered(catalogue, orders, product(name={"ko": bad}, brand=bad))
    assert data_of(shopper.get(address))["name"] == bad


def test_each_language_has_an_address_and_names_the_other(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    page = shopper.get(f"{address}?item=11&lang=en").text
    assert f'<link rel="canonical" href="{SHOP}{address}?lang=en">' in page
    for code, where in (("ko", "?lang=ko"), ("en", "?lang=en"), ("x-default", "")):
        link = f'<link rel="alternate" hreflang="{code}" href="{SHOP}{address}{where}">'
        assert link in page


def test_options_are_read_in_the_readers_language(shopper, catalogue, orders):
    address = offered(catalogue, orders, MUG)
    assert "White" in shopper.get(f"{address}?lang=en").text
    korean = shopper.get(f"{address}?lang=ko").text
    assert "흰색" in korean and "White" not in korean
    for query in ("black", "검정"):
        assert address in shopper.get(f"/?q={query}").text


@pytest.mark.parametrize("path", ["product", "/feed.json", "/feeds/ko.xml", "/sitemap.xml"])
def test_who_has_it_already_is_told_only_that(shopper, catalogue, orders, path):
    address = offered(catalogue, orders, MUG)
    path = address if path == "product" else path
    first = shopper.get(path)

    same = again(shopper, path, first)
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["ETag"] == first.headers["ETag"]
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert shopper.get(path, headers=since).status_code == 304

    catalogue.deliver(offer(11, price=9900))
    orders.deliver(offer(11, price=9900))
    assert again(shopper, path, first).status_code == 200


def test_of_the_stock_only_what_is_shown_makes_a_page_another(shopper, catalogue, orders):
    plenty = item(11, stock={"count": 500})
    address = offered(catalogue, orders, product(1, 1, plenty))
    page, feed = shopper.get(address), shopper.get("/feeds/ko.xml")

    orders.deliver(stock(11, 1, -100))
    assert again(shopper, address, page).status_code == 304
    assert again(shopper, "/feeds/ko.xml", feed).status_code == 304

    orders.deliver(stock(11, 2, -395))
    assert "5개 남음" in again(shopper, address, page).text
    assert again(shopper, "/feeds/ko.xml", feed).status_code == 304

    orders.deliver(stock(11, 3, -5))
    assert again(shopper, "/feeds/ko.xml", feed).status_code == 200


def test_a_page_that_has_made_an_order_is_drawn_anew(shopper, catalogue, orders):
    """A page from the browser's cache would have the key of that order in its form."""
    address = offered(catalogue, orders, product(1, 1, item(11, stock={"count": 500})))
    first = shopper.get(address)
    sent = Form(first.text).values
    assert shopper.post(f"{address}/orders", data=sent).status_code == 303

    later = again(shopper, address, first)
    assert later.status_code == 200
    assert Form(later.text).values["key"] != sent["key"]


def test_another_language_is_another_page(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    korean = shopper.get(f"{address}?lang=ko")
    assert again(shopper, f"{address}?lang=en", korean).status_code == 200


def test_a_change_just_made_leaves_feeds_without_a_tag(catalogue, orders_address, orders):
    settings = catalogue_settings(orders_address).model_copy(update={"settled_seconds": 60})
    client = create_catalogue(settings).test_client()
    offered(catalogue, orders, product())
    answer = client.get("/feeds/ko.xml")
    assert answer.status_code == 200 and "ETag" not in answer.headers

    store = catalogue.app.extensions["store"]
    with store.transaction() as session:
        for table in ("product", "item", "level"):
            old = "changed_at = changed_at - interval '1 hour'"
            old += ", flipped_at = flipped_at - interval '1 hour'" if table == "level" else ""
            session.execute(text(f"UPDATE catalogue.{table} SET {old}"))
    assert "ETag" in client.get("/feeds/ko.xml").headers


def test_the_feed_has_what_google_asks_for(shopper, catalogue, orders):
    offered(catalogue, orders, MUG)
    found = entries(shopper, "en")
    assert set(found) == {f"Moon jar mug, edition 1 {name}" for name in ("White", "Black")}
    white, black = found.values()
    numbers = {told(one, "id") for one in (white, black)}
    assert len(numbers) == 2
    assert told(white, "item_group_id") == told(black, "item_group_id")
    assert told(white, "description") == "A cup made by hand."
    assert told(white, "link").endswith("?lang=en&item=11")
    assert told(white, "image_link").endswith("/4/1000.jpeg")
    assert told(white, "additional_image_link") is None
    assert told(black, "additional_image_link").endswith("/4/1000.jpeg")
    assert (told(white, "price"), told(white, "sale_price")) == ("15000 KRW", "12900 KRW")
    assert (told(white, "availability"), told(white, "condition")) == ("in_stock", "new")
    assert (told(white, "brand"), told(white, "gtin")) == ("한강", "8801234567893")
    assert told(white, "identifier_exists") is None
    assert told(black, "gtin") is None and told(black, "identifier_exists") == "no"
    assert (told(white, "color"), told(white, "product_type")) == ("White", "Kitchen > Mugs")
    assert told(white, "item_group_title") == "Moon jar mug, edition 1"
    variant = white.find(f"{G}variant_option")
    assert [told(variant, name) for name in ("name", "value")] == ["Colour", "White"]
    shipping = white.find(f"{G}shipping")
    assert [told(shipping, name) for name in ("country", "price")] == ["KR", "3000 KRW"]


def test_a_lone_item_with_a_model_has_a_part_number(shopper, catalogue, orders):
    model = option("model", ("모델명", "Model"), ("AB-1", "AB-1"))
    offered(catalogue, orders, product(1, 1, item(gtin=""), attributes=[model]))
    (only,) = entries(shopper).values()
    assert told(only, "mpn") == "AB-1"
    assert told(only, "identifier_exists") is None and told(only, "item_group_id") is None


def test_the_feed_keeps_to_xml_and_to_the_lengths(shopper, catalogue, orders):
    bad = "<&>\x01\x0b\ufffe 끝" + "가" * 6000
    offered(catalogue, orders, product(name={"ko": bad}, description={"ko": bad}))
    (only,) = entries(shopper).values()
    assert told(only, "title").startswith("<&> 끝")
    assert (len(told(only, "title")), len(told(only, "description"))) == (150, 5000)


@pytest.mark.parametrize(
    ("state", "availability"),
    [("paused", "out_of_stock"), ("recalled", None), ("retired", None)],
)
def test_what_may_come_back_stays_in_the_feed(shopper, catalogue, orders, state, availability):
    offered(catalogue, orders, product())
    for receiver in (catalogue, orders):
        receiver.deliver(sale(state=state))
    found = [told(entry, "availability") for entry in entries(shopper).values()]
    assert found == ([availability] if availability else [])
    assert shopper.get("/feed.json").json["products"] == []


def test_a_long_feed_is_whole(shopper, catalogue, monkeypatch):
    monkeypatch.setattr("app.receivers.catalogue.queries.FEED_PAGE", 2)
    catalogue.deliver(*[product(n, 1, item(n), name={"ko": str(n)}) for n in range(1, 6)])
    assert set(entries(shopper)) == {"1", "2", "3", "4", "5"}


def test_the_sitemap_has_every_product_in_every_language(shopper, catalogue):
    addresses = [address_of(catalogue, product(n, 1, item(n))) for n in (1, 2)]
    index = ElementTree.fromstring(shopper.get("/sitemap.xml").data)
    (part,) = index.iter(f"{S}loc")
    answer = shopper.get(part.text.removeprefix(SHOP))
    assert "max-age" in answer.headers["Cache-Control"]
    urls = list(ElementTree.fromstring(answer.data).iter(f"{S}url"))
    wanted = {f"{SHOP}{a}?lang={language}" for a in addresses for language in ("ko", "en")}
    assert {url.findtext(f"{S}loc") for url in urls} == wanted
    assert all(url.findtext(f"{S}lastmod") for url in urls)
    assert {link.get("hreflang") for link in urls[0].iter(LINK)} == {"ko", "en", "x-default"}
    assert f"Sitemap: {SHOP}/sitemap.xml" in shopper.get("/robots.txt").text


def test_practice_goods_are_told_to_no_other_system(shopper, catalogue, orders):
    address = offered(catalogue, orders, product(practice=True))
    page = shopper.get(address).text
    assert "noindex" in page and "ld+json" not in page and "canonical" not in page
    assert entries(shopper) == {}
    assert "<loc>" not in shopper.get("/sitemap.xml").text
    assert shopper.get(f"{address}.json").status_code == 404


def test_what_is_no_feed_or_page_of_the_sitemap(shopper, catalogue):
    for path in ("/feeds/fr.xml", "/sitemaps/7.xml", f"/sitemaps/{'9' * 30}.xml"):
        assert shopper.get(path).status_code == 404, path


def test_a_product_is_told_by_its_number(shopper, catalogue, orders):
    address = offered(catalogue, orders, MUG)
    only = shopper.get(f"{address}.json").json
    assert only["url"] == f"{SHOP}{address}"
    assert [one["in_stock"] for one in only["items"]] == [True, True]


def test_lists_tell_what_sold_out(shopper, catalogue, orders):
    offered(catalogue, orders, product())
    assert "품절" not in shopper.get("/").text
    orders.deliver(stock(11, 1, -5))
    assert "품절" in shopper.get("/").text
    assert "품절" in shopper.get("/?q=달항아리").text
    assert not shopper.get("/feed.json").json["products"][0]["items"][0]["in_stock"]


def test_the_lowest_price_is_of_what_there_is(shopper, catalogue, orders):
    dear = item(12, option="검정", offer={"price": 20000, "list_price": None, "revision": 1})
    offered(catalogue, orders, product(1, 1, item(11, option="흰색"), dear, option=AXIS))
    assert "12,900원부터" in shopper.get("/").text
    orders.deliver(stock(11, 1, -5))
    assert "20,000원부터" in shopper.get("/").text


def test_lists_go_on_by_a_cursor_and_have_an_end(shopper, catalogue, monkeypatch):
    monkeypatch.setattr("app.receivers.catalogue.queries.PAGE", 2)
    found = [address_of(catalogue, product(n, 1, item(n))) for n in (1, 2, 3)]
    first = shopper.get("/").text
    (more,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert [f'href="{address}"' in first for address in found] == [False, True, True]
    second = shopper.get(more)
    assert [f'href="{address}"' in second.text for address in found] == [True, False, False]
    assert 'rel="next"' not in second.text
    assert "그다음 상품은 없습니다" in shopper.get("/?before=1").text


def levels(catalogue) -> dict[int, tuple[int, int]]:
    with catalogue.app.extensions["store"].engine.connect() as connection:
        rows = connection.execute(text("SELECT item_id, count, revision FROM catalogue.level"))
        return {item_id: (count, revision) for item_id, count, revision in rows}


def test_while_the_order_system_is_down_what_it_told_last_stays(shopper, catalogue, orders):
    """Said so with the time, and not for ever: the page is not kept."""
    address = offered(catalogue, orders, product())
    shopper.get(address)
    store = catalogue.app.extensions["store"]
    with store.transaction() as session:
        session.execute(text("UPDATE catalogue.stock_feed SET answered_at = '2026-01-02 03:04+09'"))
    alone = catalogue.app.test_client()  # its order system does not answer
    page = alone.get(address, headers={"Accept-Language": "ko"})
    assert "5개 남음" in page.text
    assert "주문 시스템이 지금 답하지 않습니다" in page.text and "2026. 1. 2. 03:04" in page.text
    assert "ETag" not in page.headers
    assert (
        "주문 시스템이 지금 답하지 않습니다"
        in alone.get("/", headers={"Accept-Language": "ko"}).text
    )

    back = shopper.get(address)
    assert "답하지 않습니다" in back.text  # it is left alone for some seconds after a failure
    with store.transaction() as session:
        session.execute(text("UPDATE catalogue.stock_feed SET due_at = now()"))
    assert "답하지 않습니다" not in shopper.get(address).text


def test_pages_within_a_second_ask_once(shop_app, catalogue, orders, orders_address):
    settings = catalogue_settings(orders_address).model_copy(update={"stock_fresh_seconds": 60})
    client = create_catalogue(settings).test_client()
    address = offered(catalogue, orders, product())
    client.get("/")
    orders.deliver(stock(11, 1, -5))
    assert "품절" not in client.get(address, headers={"Accept-Language": "ko"}).text


def test_an_older_level_changes_nothing(shopper, catalogue, orders):
    offered(catalogue, orders, product())
    shopper.get("/")
    store = catalogue.app.extensions["store"]
    with store.transaction() as session:
        session.execute(text("UPDATE catalogue.level SET count = 3, revision = 9"))
        session.execute(text("UPDATE catalogue.stock_feed SET cursor = 0"))
    shopper.get("/")
    assert levels(catalogue) == {11: (3, 9)}


def test_an_order_system_restored_from_a_backup_is_believed_again(shopper, catalogue, orders):
    offered(catalogue, orders, product())
    store = catalogue.app.extensions["store"]
    with store.transaction() as session:
        session.execute(text("INSERT INTO catalogue.level VALUES (11, 3, 9), (77, 1, 1)"))
        session.execute(
            text("INSERT INTO catalogue.stock_feed VALUES (1, 1000000000, now(), now())")
        )
    shopper.get("/")
    assert levels(catalogue) == {11: (5, 1)}


def test_an_order_is_seen_by_the_next_page(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    order(shopper, address)
    assert "4개 남음" in shopper.get(address).text


def test_a_product_without_pictures_is_in_no_feed_of_google(shopper, catalogue, orders):
    offered(catalogue, orders, product(pictures=[]), product(2, 1, item(21), pictures=[picture()]))
    assert len(entries(shopper)) == 1


def test_a_program_is_told_in_json_what_is_not_there(shopper, catalogue):
    missing = shopper.get("/products/nothing.json")
    assert (missing.status_code, missing.json["code"]) == (404, "not-found")
    check("refusal", missing.json)
