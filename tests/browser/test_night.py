"""What is needed when something goes wrong: ledger, recall, count, suspension, reconciliation."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import steps
from tests.browser.conftest import NARROW
from tests.stack import Stack, wait_for

SELLER, OTHER = "owner@haneul.example", "owner@baum.example"
OPERATOR = "operator@onshelf.example"
WORDS = {
    "ko": {
        "recall": "판매 철회",
        "recall one": "품목 1개 철회",
        "recalled": "판매 철회",
        "pause": "일시중지",
        "go on": "다시 시작",
        "put away": "상품 보관",
        "keep": "보관하지 않기",
        "unconfirmed": "철회를 아직 확인하지 않",
        "resume": "판매 재개",
        "look": "바뀔 내용 보기",
        "apply": "적용",
        "stock now": "지금 재고",
        "suspend": "회사 판매 정지",
        "suspended": "정지",
        "lift": "판매 정지 풀기",
        "may sell": "판매할 수 있는 회사입니다.",
    },
    "en": {
        "recall": "Recall",
        "recall one": "Recall 1 item",
        "recalled": "Recalled",
        "pause": "Pause",
        "go on": "Resume",
        "put away": "Put this listing away",
        "keep": "Keep it",
        "unconfirmed": "has not confirmed the recall",
        "resume": "Resume sale",
        "look": "Look at the change",
        "apply": "Apply",
        "stock now": "it is now",
        "suspend": "Suspend the company",
        "suspended": "Suspended",
        "lift": "Lift the suspension",
        "may sell": "This company may sell.",
    },
}


def test_a_paused_targets_deliveries_are_ticked_and_sent_again(
    sign_in: Callable[..., Page],
) -> None:
    seller, operator = sign_in(SELLER, language="en"), sign_in(OPERATOR, language="en")
    operator.goto("/operator/deliveries")
    operator.get_by_role("link", name="Pause: Catalogue").click()
    operator.get_by_role("button", name="Pause it").click()
    expect(operator.locator(".sheet-targets").first).to_contain_text("Paused")
    try:
        item = _on_sale(seller)
        item.get_by_role("button", name="Pause").click()
        expect(item).to_contain_text("Delayed")
        operator.goto("/operator/deliveries?state=due&target=catalogue")
        operator.locator("[data-tick]").first.check()
        steps.look(operator, "ledger-ticked")
        operator.get_by_role("button", name="Send the ticked ones again").click()
        expect(operator.get_by_role("status").first).to_contain_text("Sent again: 1 of 1.")
        expect(operator.locator("section:has(#deeds)")).to_contain_text("한도윤")
    finally:
        operator.goto("/operator/deliveries")
        operator.get_by_role("button", name="Resume: Catalogue").click()
    operator.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    expect(operator.get_by_role("link", name="Pause: Catalogue")).to_be_visible()
    steps.look(operator, "ledger-narrow")
    seller.reload()
    _items(seller).get_by_role("button", name="Resume sale").first.click()


def test_what_stopped_is_sent_again_by_its_cause(
    sign_in: Callable[..., Page], stack: Stack
) -> None:
    seller, operator = sign_in(SELLER), sign_in(OPERATOR)
    operator.goto("/operator/targets/catalogue/pause")
    operator.get_by_role("button", name="일시중지하기").click()
    try:
        item = _on_sale(seller)
        item.get_by_role("button", name="일시중지").click()
        expect(item).to_contain_text("전달 지연")
        # As when its fiftieth sender has died.
        stack.query(
            "UPDATE delivery SET attempts = 50, lease_until = now() - interval '1 second'"
            " WHERE state = 'due' AND target = 'catalogue' AND subject = 'sale' RETURNING id"
        )
        steps.until(seller, item.get_by_text("전달 멈춤"))
        operator.goto("/operator/deliveries")
    finally:
        operator.goto("/operator/deliveries")
        operator.get_by_role("button", name="다시 시작: 카탈로그").click()
    cause = operator.locator("section:has(#causes) tbody tr", has_text="sender-lost")
    expect(cause.locator("td.number")).to_have_text("1")
    steps.look(operator, "ledger-causes")
    cause.get_by_role("link").click()
    steps.look(operator, "replaying")
    operator.locator("main form[action$='/replay'] button").click()
    expect(operator.get_by_role("status").first).to_contain_text("1건 중 1건")
    expect(operator.locator("section:has(#deeds) tbody tr").first).to_contain_text("sender-lost")
    expect(cause).to_have_count(0)
    steps.until(seller, item.get_by_text("전달 완료").nth(1))
    item.get_by_role("button", name="판매 재개").click()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_recall_says_what_it_touches(
    sign_in: Callable[..., Page], visit: Callable[..., Page], language: str
) -> None:
    told = WORDS[language]
    page = sign_in(SELLER, language=language, size=NARROW)
    item = _on_sale(page)
    number = (item.get_attribute("id") or "").removeprefix("item-")
    row = page.locator(f"#item-{number}")
    product = row.locator("a[href*='/products/']").first.get_attribute("href") or ""
    row.get_by_role("link", name=told["recall"]).click()
    orders, pieces = _touched(page)
    shopper = visit(product, language=language)
    shopper.locator(f"input[name='quantity-{number}']").fill("2")
    shopper.locator("main form button.filled").click()
    shopper.wait_for_url("**/orders/*")
    page.reload()
    assert _touched(page) == (orders + 1, pieces + 2)
    steps.look(page, "recall-narrow")
    page.get_by_role("button", name=told["recall one"]).click()
    expect(row).to_contain_text(told["recalled"])
    shopper.locator("form[action$='/cancellation'] button.plain").click()
    expect(shopper.locator("button.plain")).to_have_count(0)
    shopper.goto(product)
    steps.until(shopper, shopper.locator("tr.recalled"))
    row.get_by_role("button", name=told["resume"]).click()
    steps.until(shopper, shopper.locator("input.quantity").first)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_listing_is_put_away_knowing_its_orders(
    sign_in: Callable[..., Page], visit: Callable[..., Page], language: str
) -> None:
    told = WORDS[language]
    page = sign_in(SELLER, language=language)
    item = _on_sale(page)
    number = (item.get_attribute("id") or "").removeprefix("item-")
    shopper = visit(
        item.locator("a[href*='/products/']").first.get_attribute("href") or "", language=language
    )
    shopper.locator(f"input[name='quantity-{number}']").fill("2")
    shopper.locator("main form button.filled").click()
    shopper.wait_for_url("**/orders/*")
    pauses = page.locator("#items").get_by_role("button", name=told["pause"])
    resumes = page.locator("#items").get_by_role("button", name=told["resume"])
    paused = pauses.count()
    for left in range(paused, 0, -1):
        pauses.first.click()
        expect(pauses).to_have_count(left - 1)
    page.get_by_role("link", name=told["put away"]).click()
    # What the order system holds may be asked for anew a moment later.
    steps.until(page, page.locator(".say.role-turn").filter(has_text=re.compile("[0-9]")))
    steps.look(page, "putting-away")
    page.get_by_role("link", name=told["keep"]).click()
    for left in range(paused, 0, -1):
        resumes.first.click()
        expect(resumes).to_have_count(left - 1)
    shopper.locator("form[action$='/cancellation'] button.plain").click()
    expect(shopper.locator("button.plain")).to_have_count(0)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_stale_count_is_kept_beside_the_present_one(
    sign_in: Callable[..., Page], language: str
) -> None:
    told = WORDS[language]
    page = sign_in(SELLER, language=language, size=NARROW)
    _on_sale(page)
    late = page.context.new_page()
    late.goto(page.url)
    count = page.locator("[name$='.stock_count']").first
    page.locator("[name$='.stock_change']").first.fill("+1")
    page.get_by_role("button", name=told["look"]).click()
    page.get_by_role("button", name=told["apply"], exact=True).click()
    expect(page.locator(".staged-panel")).to_have_count(0)
    late.locator("[name$='.stock_count']").first.fill("7")
    late.get_by_role("button", name=told["look"]).click()
    expect(late.locator(".entry .finding").first).to_contain_text(told["stock now"])
    expect(late.locator("[name$='.stock_count']").first).to_have_value("7")
    expect(count).to_have_value("")
    late.close()


def test_a_count_that_orders_outrun_is_told_beside_its_cell(
    sign_in: Callable[..., Page], stack: Stack
) -> None:
    page = sign_in(SELLER, language="en")
    _on_sale(page)
    count = page.locator("[name$='.stock_count']").first
    count.fill("4")
    page.get_by_role("button", name="Look at the change").click()
    expect(page.locator(".staged-panel")).to_be_visible()
    name = page.locator("[name$='.stock_count']").first.get_attribute("name") or ""
    number = int(re.findall(r"[0-9]+", name)[0])
    # What an order does: less stock, under the next revision.
    stack.query(
        "UPDATE orders.item SET stock = stock - 1, stock_revision = stock_revision + 1,"
        f" feed_position = NULL WHERE item_id = {number} RETURNING stock"
    )
    page.get_by_role("button", name="Apply", exact=True).click()
    told = page.locator(f"#f-items-{number}-stock_count-message")
    wait_for(lambda: _told_again(page, told), 60)
    # An unpaid order that ends, or a change made before, may have come in between.
    (left,) = stack.query(f"SELECT stock FROM orders.item WHERE item_id = {number}")
    expect(told).to_contain_text(f"It is {left} now. Count again")
    steps.look(page, "count-outrun")


def _told_again(page: Page, told: Locator) -> bool:
    page.reload()
    return told.count() > 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_company_is_suspended_and_let_go(sign_in: Callable[..., Page], language: str) -> None:
    told = WORDS[language]
    seller, operator = sign_in(OTHER, language=language), sign_in(OPERATOR, language=language)
    operator.goto("/operator/companies?q=baum")
    operator.locator("tbody th a").first.click()
    operator.get_by_role("link", name=told["suspend"]).click()
    operator.get_by_role("button", name=told["suspend"]).click()
    expect(operator.locator("#summary")).to_be_focused()
    operator.select_option("[name=reason]", "orders-not-fulfilled")
    operator.fill("[name=note]", "Twelve orders since Monday")
    steps.look(operator, "suspension")
    operator.get_by_role("button", name=told["suspend"]).click()
    expect(operator.locator(".selling")).to_contain_text(told["suspended"])
    steps.look(operator, "company-suspended")

    seller.goto("/home")
    banner = seller.locator(".stopped")
    expect(banner).to_contain_text("Twelve orders since Monday")
    steps.look(seller, "home-suspended")
    seller.goto("/listings")
    expect(banner).to_be_visible()

    operator.get_by_role("link", name=told["lift"]).click()
    steps.look(operator, "lifting")
    operator.get_by_role("button", name=told["lift"]).click()
    expect(operator.locator(".selling")).to_contain_text(told["may sell"])
    seller.goto("/home")
    expect(banner).to_have_count(0)


def _said_again(page: Page, words: str) -> bool:
    page.reload()
    return page.get_by_text(words).count() > 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_paused_systems_have_not_confirmed_is_told(
    sign_in: Callable[..., Page], language: str
) -> None:
    told = WORDS[language]
    seller, operator = sign_in(SELLER, language=language), sign_in(OPERATOR, language=language)
    operator.goto("/operator/companies?q=하늘옷장")
    operator.locator("tbody th a").first.click()
    company = operator.url
    for code in ("catalogue", "orders"):
        operator.goto(f"/operator/targets/{code}/pause")
        operator.locator("main form[action$='/pause'] button").click()
        operator.wait_for_url("**/operator/deliveries**")
    try:
        _on_sale(seller).get_by_role("link", name=told["recall"]).click()
        expect(seller.locator(".say.role-stop")).to_have_count(2)
        steps.look(seller, "recall-closed")
        operator.goto(f"{company}/suspension")
        expect(operator.locator(".say.role-stop")).to_have_count(2)
        steps.look(operator, "suspension-closed")
        operator.select_option("[name=reason]", "orders-not-fulfilled")
        operator.get_by_role("button", name=told["suspend"]).click()
        operator.get_by_role("link", name=told["lift"]).click()
        expect(operator.get_by_text(told["unconfirmed"])).to_have_count(2)
        steps.look(operator, "lifting-unconfirmed")
    finally:
        operator.goto("/operator/deliveries")
        for _ in range(2):
            operator.get_by_role("button", name=re.compile(f"^{told['go on']}: ")).first.click()
            operator.wait_for_url("**/operator/deliveries**")
    operator.goto(f"{company}/suspension")
    wait_for(lambda: not _said_again(operator, told["unconfirmed"]), 60)
    operator.get_by_role("button", name=told["lift"]).click()
    expect(operator.locator(".selling")).to_contain_text(told["may sell"])


def test_what_differs_in_a_target_is_shown_and_mended(
    sign_in: Callable[..., Page], stack: Stack
) -> None:
    # Somebody's hand in the order system's own rows.
    (item,) = stack.query(
        "UPDATE orders.item SET price = price + 70000"
        " WHERE item_id = (SELECT min(item_id) FROM orders.item) RETURNING item_id"
    )
    page = sign_in(OPERATOR, language="en")
    row = page.locator("tbody tr").filter(has_text=f"item {item}")
    first = _compared(page)
    expect(row).to_contain_text("Different there")
    expect(row).to_contain_text("Sent again as a newer revision")
    steps.look(page, "reconciliation-run")
    _compared(page)
    page.goto(first)
    expect(row).to_contain_text("Agree again")
    page.get_by_role("link", name="All runs").click()
    expect(page.get_by_role("heading", name="Runs", exact=True)).to_be_visible()
    steps.look(page, "reconciliation")


def _compared(page: Page) -> str:
    """The page of a run that was asked for now and is over."""
    page.goto("/operator/reconciliation")
    page.get_by_role("button", name="Compare now").click()
    page.wait_for_url(re.compile(r"/reconciliation/\d+"))
    again = page.get_by_role("link", name="Reload")

    def over() -> bool:
        page.reload()
        return again.count() == 0

    wait_for(over, 60)
    return page.url


def _touched(page: Page) -> tuple[int, int]:
    """Orders and pieces that the page of a recall tells of its one item; it may be asked late."""
    row = page.locator("main tbody tr")
    steps.until(page, row.filter(has_text=re.compile(r"\d")).locator("td.number").last)
    numbers = re.findall(r"\d+", " ".join(row.locator("td.number").all_inner_texts()))
    orders, pieces = [*map(int, numbers), 0, 0][:2]
    return orders, pieces


def _items(page: Page) -> Locator:
    return page.locator("#items tbody tr")


def _on_sale(page: Page) -> Locator:
    """The first item of a listing that is on sale, on its page."""
    page.goto("/listings?view=live")
    rows = page.locator("tbody tr").filter(has_text=re.compile("On sale|판매 중"))
    rows.first.locator("a[href*='/listings/']").first.click()
    page.wait_for_url(re.compile(r"/listings/\d+"))
    return page.locator("#items tbody tr", has=page.locator("a[href*='/recall']")).first
