"""What a shopper meets: finding, reading, ordering and cancelling, in both languages."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from app.receivers.catalogue.search import pairs
from tests.factories.deliveries import item, offer, picture, product, sale, stock
from tests.factories.pages import offered_in, pictures_in

COLOURS = [item(11, option="흰색"), item(12, option="검정")]
AXIS = {"code": "colour", "label": {"ko": "색상", "en": "Colour"}}


class Form(HTMLParser):
    """The inputs of a page's order form, as a browser would send them back."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input" and given.get("name") != "q":
            self.values[given["name"]] = given.get("value") or ""


def address_of(catalogue, *deliveries) -> str:
    results = catalogue.deliver(*deliveries)
    return results[0]["url"].removeprefix("https://shop.example")


def offered(catalogue, orders, *deliveries) -> str:
    orders.deliver(*deliveries)
    return address_of(catalogue, *deliveries)


def order(shopper, address, **typed):
    """Fill the page's form and send it; the answer and what was sent."""
    form = Form(shopper.get(address).text).values | {
        name.replace("_", "-"): value for name, value in typed.items()
    }
    return shopper.post(f"{address}/orders", data=form), form


def scripts_in(html: str) -> list[str]:
    """The type of every script element, '' where it says none."""
    found = re.findall(r"<script([^>]*)>", html)
    return [(re.findall(r'type="([^"]*)"', given) or [""])[0] for given in found]


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_a_product_can_be_found_and_opened(shopper, catalogue):
    address = address_of(catalogue, product())
    for query in ("달항아리", "항아", "moon JAR", "한강", "mug-11", "8801234567893", "머그컵", ""):
        page = shopper.get("/", query_string={"q": query})
        assert f'href="{address}"' in page.text, query
    nothing = shopper.get("/", query_string={"q": "접시"})
    assert address not in nothing.text
    assert "판매 상품이 없습니다" in nothing.text


def test_a_search_is_not_a_pattern(shopper, catalogue):
    address = address_of(catalogue, product())
    for query in ("%", "_", "\\", "%%", "달_아리", "'; DROP TABLE", "\0", "가" * 300):
        answer = shopper.get("/", query_string={"q": query})
        assert answer.status_code == 200
        assert address not in answer.text or query == "\0"


def test_pairs_are_of_letters_within_words():
    assert pairs("무선 EAR ear") == ["ar", "ea", "무선"]


def test_practice_goods_are_shown_to_who_has_the_address_and_found_by_nobody(shopper, catalogue):
    before = shopper.get("/figures").json
    address = address_of(catalogue, product(practice=True))
    assert "연습 상품입니다" in shopper.get(address).text
    assert "noindex" in shopper.get(address).text
    assert address not in shopper.get("/").text
    assert address not in shopper.get("/?q=달항아리").text
    assert shopper.get("/feed.json").json["products"] == []
    assert shopper.get("/figures").json == before


def test_the_page_tells_what_the_law_and_the_shopper_ask_for(shopper, catalogue, orders):
    page = text_of(shopper.get(offered(catalogue, orders, product())))
    for told in (
        "달항아리 머그 1판", "한강 도자기", "12,900원", "15,000원", "주방용품", "제조자",
        "식품용 기구", "KF-1", "용량", "350 ml", "3,000원", "30,000원 이상 무료", "2일",
        "6,000원", "이천시 도자로 1", "031-000-0000", "5개 남음", "손으로 빚은",
    ):  # fmt: skip
        assert told in page, told


def test_pictures_come_in_sizes_from_where_the_policy_allows(shopper, catalogue):
    answer = shopper.get(address_of(catalogue, product()))
    assert (
        "https://onshelf.example/pictures/3/320.webp 320w, "
        "https://onshelf.example/pictures/3/1000.webp 1000w" in answer.text
    )
    assert 'alt="앞면"' in answer.text
    for given in pictures_in(answer.text):
        assert given["width"] and given["height"] and len(offered_in(given)) > 1
        assert given["sizes"] and given["decoding"] == "async"
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src 'self' https://onshelf.example;" in policy
    assert scripts_in(answer.text) == ["application/ld+json"]


def test_english_is_chosen_by_the_browser_or_by_hand_and_kept(shop_app, shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    english = shop_app.test_client().get(address, headers={"Accept-Language": "en-GB,en"})
    assert "Moon jar mug, edition 1" in english.text
    assert "₩12,900" in english.text
    assert '<html lang="en">' in english.text
    shopper.get(f"{address}?lang=en")
    assert "Place the order" in shopper.get(address).text
    shopper.get("/?lang=ko")
    assert "주문하기" in shopper.get(address).text


def test_script_in_any_text_is_only_text(shopper, catalogue):
    bad = "<script>alert(1)</script>"
    address = address_of(
        catalogue,
        product(1, 1, item(option=bad), brand=bad, name={"ko": bad}, description={"ko": bad}),
    )
    for page in (shopper.get(address), shopper.get("/"), shopper.get("/", query_string={"q": bad})):
        assert set(scripts_in(page.text)) <= {"application/ld+json"}
        assert "alert(1)" in page.text


def test_a_shopper_orders_and_cancels_a_line_and_then_all(shopper, catalogue, orders):
    address = offered(catalogue, orders, product(1, 1, *COLOURS, option=AXIS))
    answer, _ = order(shopper, address, quantity_11="2", quantity_12="1")
    assert answer.status_code == 303
    placed = answer.location
    page = shopper.get(placed)
    assert "주문했습니다" in page.text
    assert "38,700원" in page.text
    assert (orders.stock(11), orders.stock(12)) == (3, 4)

    cancelled = shopper.post(f"{placed}/cancellation", data={"line": "1"})
    assert (cancelled.status_code, cancelled.location) == (303, placed)
    assert "주문 일부가 취소되었습니다" in shopper.get(placed).text
    assert (orders.stock(11), orders.stock(12)) == (5, 4)

    for _ in range(2):
        shopper.post(f"{placed}/cancellation")
    page = shopper.get(placed)
    assert "주문이 취소되었습니다" in page.text
    assert "<button" not in page.text.split("<main")[1]
    assert (orders.stock(11), orders.stock(12)) == (5, 5)


def test_a_shopper_cancels_some_pieces_of_a_line(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    answer, _ = order(shopper, address, quantity_11="4")
    placed = answer.location
    page = shopper.get(placed).text
    assert 'name="pieces"' in page
    part = {"line": "1", "here": "4", "pieces": "1"}
    for _ in range(2):  # a double click cancels no more than one
        assert shopper.post(f"{placed}/cancellation", data=part).location == placed
    page = text_of(shopper.get(placed))
    assert "주문 일부가 취소되었습니다" in page
    assert "3 1개 취소" in page
    assert "38,700원" in page
    assert orders.stock(11) == 2
    for typed in ("0", "4", "둘", "1.5", "-1", ""):
        sent = part | {"here": "3", "pieces": typed}
        answer = shopper.post(f"{placed}/cancellation", data=sent)
        assert answer.status_code == 422
        assert "취소할 개수를 1부터 3까지의 숫자로 쓰세요." in text_of(answer)
        assert f'value="{typed}"' in answer.text
        assert 'aria-invalid="true"' in answer.text
    assert orders.stock(11) == 2


@pytest.mark.parametrize("odd", ["", "0", "x", "1000", "-1", "²", "3"])
def test_a_line_that_is_none_cancels_nothing(shopper, catalogue, orders, odd):
    address = offered(catalogue, orders, product())
    placed = order(shopper, address)[0].location
    before = orders.stock(11)
    assert shopper.post(f"{placed}/cancellation", data={"line": odd}).status_code == 404
    assert orders.stock(11) == before


def test_a_double_click_is_one_order(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    first, form = order(shopper, address)
    second = shopper.post(f"{address}/orders", data=form)
    assert first.location == second.location
    assert orders.stock(11) == 4


def test_a_form_sent_again_for_more_leads_to_the_order_it_made(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    first, form = order(shopper, address)
    second = shopper.post(f"{address}/orders", data=form | {"quantity-11": "3"})
    assert second.location == f"{first.location}?earlier=1"
    assert "이미 들어갔습니다" in shopper.get(second.location).text
    assert orders.stock(11) == 4


def test_a_changed_price_is_told_before_anything_is_bought(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    form = Form(shopper.get(address).text).values
    orders.deliver(offer(price=13500))
    answer = shopper.post(f"{address}/orders", data=form)
    assert answer.status_code == 409
    assert "지금 가격은 13,500원입니다" in answer.text
    assert orders.stock(11) == 5
    again = shopper.post(f"{address}/orders", data=Form(answer.text).values)
    assert again.status_code == 303
    assert "13,500원" in shopper.get(again.location).text


def test_fewer_are_left_than_wanted(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    answer, _ = order(shopper, address, quantity_11="6")
    assert answer.status_code == 409
    assert "5개 남았습니다" in answer.text
    assert 'value="6"' in answer.text


def test_what_sold_out_is_struck(shopper, catalogue, orders):
    address = offered(catalogue, orders, product(1, 1, *COLOURS, option=AXIS))
    orders.deliver(stock(11, 1, -5))
    page = shopper.get(address).text
    assert "<s>흰색</s>" in page
    assert 'name="quantity-11"' not in page
    assert 'name="quantity-12"' in page


@pytest.mark.parametrize("typed", ["-1", "두 개", "1.5", "1,5", "1000", "0x10", "９９９９"])
def test_a_quantity_that_is_none_comes_back_with_its_reason(shopper, catalogue, orders, typed):
    address = offered(catalogue, orders, product())
    answer, _ = order(shopper, address, quantity_11=typed)
    assert answer.status_code == 422
    assert f"{typed}: 1부터 999까지" in answer.text
    assert f'value="{typed}"' in answer.text
    assert orders.stock(11) == 5


def test_an_order_of_nothing(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    answer, _ = order(shopper, address, quantity_11="")
    assert answer.status_code == 422
    assert "주문할 개수를 쓰세요" in answer.text


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("paused", "지금은 판매하지 않는 상품입니다"),
        ("recalled", "판매가 철회된 상품입니다"),
        ("retired", "판매가 끝난 상품입니다"),
    ],
)
def test_what_is_not_on_sale_says_so(shopper, catalogue, orders, state, sentence):
    address = offered(catalogue, orders, product())
    form = Form(shopper.get(address).text).values
    catalogue.deliver(sale(state=state))
    orders.deliver(sale(state=state))
    page = shopper.get(address)
    assert sentence in page.text
    assert "주문하기" not in page.text
    assert address not in shopper.get("/").text
    assert shopper.get("/feed.json").json["products"] == []
    assert shopper.post(f"{address}/orders", data=form).status_code in (409, 422)
    assert orders.stock(11) == 5


def test_what_the_order_system_does_not_have_yet_is_not_called_sold_out(shopper, catalogue):
    page = shopper.get(address_of(catalogue, product())).text
    assert "지금은 판매하지 않는 상품입니다" in page
    assert "품절" not in page


def test_a_practice_product_makes_a_practice_order(shopper, catalogue, orders):
    address = offered(catalogue, orders, product(practice=True))
    answer, _ = order(shopper, address)
    assert "연습 주문입니다" in shopper.get(answer.location).text
    assert orders.app.test_client().get("/figures").json["orders"] == 0


def test_the_order_system_does_not_answer(catalogue):
    """Pages are shown without stock, and an order is neither lost nor made twice."""
    client = catalogue.app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ko"
    address = address_of(catalogue, product())
    page = client.get(address)
    assert page.status_code == 200
    assert "남은 수량을 보여 드릴 수 없습니다" in page.text
    form = Form(page.text).values
    answer = client.post(f"{address}/orders", data=form)
    assert answer.status_code == 503
    assert "주문 시스템이 답하지 않습니다" in answer.text
    assert Form(answer.text).values == form  # the same key: pressing again orders once
    for answer in (client.get("/orders/x"), client.post("/orders/x/cancellation")):
        assert answer.status_code == 503
        assert "주문은 그대로 보관되어 있습니다" in answer.text


def test_an_order_whose_answer_was_lost_is_found_again(shopper, catalogue, orders):
    address = offered(catalogue, orders, product())
    form = Form(shopper.get(address).text).values
    lost = orders.order((11, 1, 12900), key=form["key"])  # it went through, nobody heard of it
    answer = shopper.post(f"{address}/orders", data=form)
    assert answer.location == f"/orders/{lost.json['no']}"
    assert orders.stock(11) == 4


@pytest.mark.parametrize(
    "path", ["/orders/nobody", "/products/0", "/products/x", "/products/9" * 9]
)
def test_what_is_not_there(shopper, path):
    answer = shopper.get(path)
    assert answer.status_code == 404
    assert "이 주소에는 아무것도 없습니다" in answer.text


def test_the_feed_goes_on_where_it_ended(shopper, catalogue):
    catalogue.deliver(*[product(n, 1, item(n)) for n in range(1, 6)])
    feed = shopper.get("/feed.json").json
    assert [len(entry["items"]) for entry in feed["products"]] == [1] * 5
    entry = feed["products"][0]
    assert entry["items"][0]["price"] == 12900
    assert entry["pictures"][0].endswith("/3/1000.jpeg")
    assert shopper.get(f"/feed.json?after={feed['after']}").json["products"] == []
    assert shopper.get("/figures").json == {"products": 5, "items": 5, "items_on_sale": 5}


def test_a_product_without_texts_and_pictures_still_has_a_page(shopper, catalogue, orders):
    bare = product(1, 1, name={"en": "Mug"}, brand="", pictures=[], notice=None, attributes=[],
                   certifications=[], shipping={}, description={"ko": ""})  # fmt: skip
    page = shopper.get(offered(catalogue, orders, bare))
    assert page.status_code == 200
    assert "Mug" in page.text
    assert "사진 없음" in page.text


def test_every_answer_carries_safe_headers(shopper, catalogue):
    address = address_of(catalogue, product(pictures=[picture()]))
    for path in ("/", address, "/nothing", "/feed.json", "/healthz", "/v1/deliveries"):
        headers = shopper.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_style_sheet_has_a_hashed_name_and_a_year(shopper):
    path = re.search(r'href="(/assets/[0-9a-f]+\.css)"', shopper.get("/").text).group(1)
    answer = shopper.get(path)
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_key_that_others_could_think_of_shows_nobody_an_order(shop_app, catalogue, orders):
    address = offered(catalogue, orders, product())
    sent = {"key": "1", "quantity-11": "1", "price-11": "12900"}

    one, other = (shop_app.test_client().post(f"{address}/orders", data=sent) for _ in range(2))

    assert one.status_code == other.status_code == 303
    assert one.location != other.location


@pytest.mark.parametrize(
    ("asked", "language"),
    [("ko-KR,en;q=0.5", "ko"), ("ko-KR", "ko"), ("en-GB,ko;q=0.5", "en"), ("fr,en;q=0.1", "en")],
)
def test_the_browsers_first_language_is_spoken(shop_app, catalogue, asked, language):
    page = shop_app.test_client().get("/", headers={"Accept-Language": asked})
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize("odd", ["%00", "9" * 5000, "%C2%B2", "-1", "%ff%fe", "a%0d%0ab", "..%2f"])
def test_an_odd_address_or_value_is_nobodys_fault(shop_app, catalogue, orders, odd):
    address = offered(catalogue, orders, product())
    client = shop_app.test_client()
    for path in (f"/products/{odd}", f"/orders/{odd}", f"/assets/{odd}.css", f"/?q={odd}",
                 f"/?before={odd}", f"/?lang={odd}", f"/feed.json?after={odd}"):  # fmt: skip
        assert client.get(path).status_code < 500, path
    for path in (f"/products/{odd}/orders", f"/orders/{odd}/cancellation"):
        assert client.post(path, data={"line": odd, "key": odd}).status_code < 500, path
    form = {"key": odd, "quantity-11": odd, "price-11": odd}
    assert client.post(f"{address}/orders", data=form).status_code == 422


SELLER = {
    "id": 7,
    "name": "한강 도자기",
    "representative": "한지안",
    "business_number": "1208800767",
    "mail_order_number": "2024-경기이천-00123",
    "mail_order_exempt": None,
    "address": "이천시 도자로 1",
    "email": "help@hangang.example",
    "phone": "031-000-0000",
}
EU = {
    "maker": "Hangang Pottery, 1 Doja-ro, Icheon, Korea",
    "maker_email": "safety@hangang.example",
    "person": "EU Rep GmbH, Ring 1, 10115 Berlin, Germany",
    "person_email": "",
    "warnings": "Hot liquids can scald.",
}


def test_the_page_tells_who_sells(shopper, catalogue, orders):
    page = text_of(shopper.get(offered(catalogue, orders, product(seller=SELLER))))
    for told in ("한지안", "120-88-00767", "2024-경기이천-00123", "help@hangang.example"):
        assert told in page, told

    exempt = {"ko": "간이과세자", "en": "Simplified VAT payer"}
    seller = SELLER | {"mail_order_number": "", "mail_order_exempt": exempt}
    page = text_of(shopper.get(offered(catalogue, orders, product(1, 2, seller=seller))))
    assert "신고 면제: 간이과세자" in page


def test_the_page_tells_what_the_eu_wants_of_what_is_sold_there(shopper, catalogue, orders):
    address = offered(catalogue, orders, product(sold_in=["kr", "eu"], eu=EU))
    page = text_of(shopper.get(address))
    for told in (EU["maker"], EU["maker_email"], EU["person"], EU["warnings"], "EU 책임자"):
        assert told in page, told
    assert "EU 책임자 이메일" not in page
    assert "EU" not in text_of(shopper.get(offered(catalogue, orders, product(1, 2, eu=None))))


def test_a_chosen_item_is_shown_by_its_own_pictures(shopper, catalogue, orders):
    items = [item(11, option="흰색", pictures=[4]), item(12, option="검정", pictures=[])]
    address = offered(catalogue, orders, product(1, 1, *items, option=AXIS))
    every = shopper.get(address).text
    assert "/3/1000.jpeg" in every and "/4/1000.jpeg" in every
    links = re.findall(r'href="([^"]+\?item=\d+)#pictures"', every)
    assert links == [f"{address}?item=11", f"{address}?item=12"]

    own = shopper.get(links[0]).text
    assert "/4/1000.jpeg" in own and "/3/1000.jpeg" not in own
    assert Form(own).values["quantity-11"] == "1"
    other = shopper.get(links[1]).text
    assert "/4/1000.jpeg" in other and "/3/1000.jpeg" in other
    assert "/3/1000.jpeg" in shopper.get(f"{address}?item=x").text

    wrong = shopper.post(f"{address}/orders", data=Form(own).values | {"quantity-11": "-1"})
    assert "/4/1000.jpeg" in wrong.text and "/3/1000.jpeg" not in wrong.text


def test_items_without_pictures_of_their_own_are_no_links(shopper, catalogue, orders):
    address = offered(catalogue, orders, product(1, 1, *COLOURS, option=AXIS))
    assert "?item=" not in shopper.get(address).text


def pay(shopper, placed, method="approved"):
    page = Form(shopper.get(placed).text).values
    sent = {"key": page["key"], "method": f"stand-in-{method}"}
    return shopper.post(f"{placed}/payment", data=sent), sent


def test_a_shopper_is_declined_pays_and_cancels_in_part(shopper, catalogue, orders):
    address = offered(catalogue, orders, product(1, 1, *COLOURS, option=AXIS))
    answer, _ = order(shopper, address, quantity_11="2", quantity_12="1")
    placed = answer.location
    page = text_of(shopper.get(placed))
    assert re.search(r"\d\d:\d\d 까지 38,700원을 결제하세요", page)

    pay(shopper, placed, "declined")
    assert "38,700원 결제가 거절되었습니다. 청구된 금액은 없습니다." in text_of(shopper.get(placed))

    answer, sent = pay(shopper, placed)
    assert (answer.status_code, answer.location) == (303, f"{placed}#payment")
    assert shopper.post(f"{placed}/payment", data=sent).status_code == 303  # a double click
    assert "38,700원을 결제했습니다." in text_of(shopper.get(placed))
    again = shopper.post(f"{placed}/payment", data=sent | {"key": "another"})
    assert again.status_code == 409
    assert "이미 결제한 주문입니다" in text_of(again)

    shopper.post(f"{placed}/cancellation", data={"line": "1"})
    assert "그중 취소한 25,800원은 환불됩니다." in text_of(shopper.get(placed))


def test_a_payment_that_nobody_knows_of_yet_is_not_asked_for_again(shopper, catalogue, orders):
    answer, _ = order(shopper, offered(catalogue, orders, product()))
    pay(shopper, answer.location, "approved-late")
    page = shopper.get(answer.location)
    assert "다시 결제하지 마세요" in page.text
    assert 'name="method"' not in page.text
    assert shopper.post(f"{answer.location}/payment", data={"method": "gold"}).status_code == 303
    assert shopper.post("/orders/nobody/payment").status_code == 303


def test_an_order_that_was_not_paid_in_time_says_so(shopper, catalogue, orders):
    answer, _ = order(shopper, offered(catalogue, orders, product()))
    with orders.app.extensions["store"].engine.begin() as connection:
        connection.exec_driver_sql("UPDATE orders.order SET pay_by = now() - interval '1 second'")
    page = text_of(shopper.get(answer.location))
    assert "결제하지 않아 끝난 주문입니다" in page
    assert "재고로 돌아갔습니다" in page
    assert orders.stock(11) == 5
