"""A shopper's order from basket to refund, in either language, with and without script."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.stack import Stack

SELLER = "owner@haneul.example"
WORDS = {
    "ko": {
        "price": "가격이 바뀌었습니다",
        "declined": "거절되었습니다",
        "paid": "결제했습니다",
        "pieces": "1부터 2까지의 숫자로 쓰세요",
        "refund": "환불됩니다",
        "doubt": "다시 결제하지 마세요",
    },
    "en": {
        "price": "The price has changed",
        "declined": "was declined",
        "paid": "was paid",
        "pieces": "from 1 to 2",
        "refund": "is refunded",
        "doubt": "Do not pay again",
    },
}


@pytest.fixture
def dearer(stack: Stack) -> Iterator[Callable[[str], None]]:
    """The price of an item goes up while somebody looks at it, and down again at the end."""
    raised: list[str] = []

    def change(item_id: str, by: int = 1000) -> None:
        raised.append(item_id)
        stack.query(
            f"UPDATE orders.item SET price = price + {by} WHERE item_id = {item_id} RETURNING 1"
        )

    yield change
    for item_id in raised[:1]:
        change(item_id, -1000)


def _product(page: Page) -> str:
    """The product page of a demo listing of several items."""
    page.goto("/listings?view=live")
    page.locator("a[href^='/listings/']", has_text=re.compile("오버핏|oversized")).first.click()
    return page.locator("#items a[href*='/products/']").first.get_attribute("href") or ""


@pytest.mark.parametrize(("language", "script"), [("ko", False), ("en", True)])
def test_from_a_basket_of_two_to_a_refund_of_one(
    sign_in: Callable[..., Page],
    visit: Callable[..., Page],
    dearer: Callable[[str], None],
    language: str,
    script: bool,
) -> None:
    told = WORDS[language]
    seller = sign_in(SELLER, language=language)
    page = visit(_product(seller), language=language, script=script)
    wanted = page.locator("input.quantity")
    wanted.nth(0).fill("2")
    wanted.nth(1).fill("1")
    dearer((wanted.nth(0).get_attribute("name") or "").removeprefix("quantity-"))
    page.locator("main form button.filled").click()
    expect(page.locator(".message")).to_contain_text(told["price"])
    expect(wanted.nth(0)).to_have_value("2")
    page.locator("main form button.filled").click()
    page.wait_for_url("**/orders/*")
    steps.look(page, "order-to-pay")

    page.locator("button[value=stand-in-declined]").click()
    expect(page.locator("#payment")).to_contain_text(told["declined"])
    steps.look(page, "order-declined")
    page.locator("button[value=stand-in-approved]").click()
    expect(page.locator("#payment")).to_contain_text(told["paid"])
    pieces = page.locator("input[name=pieces]")
    expect(pieces).to_have_value("2")
    pieces.fill("3")
    pieces.press("Enter")
    expect(page.locator(".message")).to_contain_text(told["pieces"])
    expect(pieces).to_be_focused()
    steps.look(page, "order-too-many-pieces")
    pieces.fill("1")
    pieces.press("Enter")
    expect(page.locator("#payment")).to_contain_text(told["refund"])
    steps.look(page, "order-refunded")

    label = page.locator("strong.code").inner_text()[:12]
    seller.goto("/orders")
    expect(seller.locator("#orders-title + * tbody tr", has_text=label)).to_have_count(2)
    steps.look(seller, "seller-orders")
    page.locator("form[action$='/cancellation'] button.plain").click()
    expect(page.locator("button.plain")).to_have_count(0)


def test_a_payment_without_an_answer_is_not_made_twice(
    sign_in: Callable[..., Page], visit: Callable[..., Page]
) -> None:
    page = visit(_product(sign_in(SELLER)))
    steps.order(page, "1")
    page.locator("button[value=stand-in-approved-late]").click()
    expect(page.locator("#payment")).to_contain_text(WORDS["ko"]["doubt"])
    expect(page.locator("button[name=method]")).to_have_count(0)
    steps.look(page, "order-pending")
    page.locator("form[action$='/cancellation'] button.plain").click()
    expect(page.locator("button.plain")).to_have_count(0)
