"""What is on sale, edited and stopped: what the seller is told, what a shopper sees meanwhile."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import goods, steps

REVIEWER, EN = "reviewer@onshelf.example", {"language": "en"}


def _open(page: Page, name: str) -> tuple[str, str]:
    """A demo listing that is on sale: its own address and its product page's."""
    page.goto("/listings?view=live")
    page.get_by_role("link", name=name).click()
    expect(page.locator(".pagebar")).to_contain_text("On sale")
    product = page.locator("#items a[href*='/products/']").first.get_attribute("href")
    return page.url, product or ""


def _row(page: Page, number: int) -> str:
    """SKU, price and stock of an item, as the seller reads them."""
    cells = page.locator("#items tbody tr").nth(number).locator("td")
    return " ".join(cells.nth(place).inner_text() for place in range(3))


def test_an_edit_leaves_the_sale_alone_until_it_is_approved(
    sign_in: Callable[..., Page], visit: Callable[..., Page]
) -> None:
    page, reviewer = sign_in("owner@haneul.example", **EN), sign_in(REVIEWER, **EN)
    listing, product = _open(page, "oversized")
    shopper = visit(product, **EN)
    # An item that no other test's shopper orders, whose orders end in the middle of this.
    before = _row(page, 2)
    name = f"Haneul oversized T-shirt {goods.mark()}"
    _edit(page, name)
    bar = page.locator(".pagebar")
    expect(bar).to_contain_text("On sale")
    expect(bar).to_contain_text("Edit: Waiting for review")
    expect(page.locator(".turn-line")).to_contain_text("What is on sale stays as it is")
    steps.look(page, "edit-submitted")

    steps.claim(reviewer, name)
    expect(reviewer.locator("#changes dt", has_text="Notice: Material")).to_have_count(1)
    steps.pin(reviewer, "attributes.material", "attribute-wrong")
    steps.decide(reviewer, "reject")
    # The open page hears of the verdict by itself.
    expect(bar).to_contain_text("Edit: Rejected", timeout=steps.PATIENCE)
    expect(page.locator(".turn-line")).to_contain_text("What is on sale stays as it is")
    expect(page.locator(".summary")).to_contain_text("Material")
    steps.look(page, "edit-rejected")
    shopper.reload()
    expect(shopper.locator("h1")).to_contain_text("heavy cotton")

    bar.get_by_role("button", name="Fix and resubmit").click()
    page.wait_for_url("**/draft")
    steps.put(page, "attributes.material", "면 95%, 모달 5%")
    steps.saved(page)
    steps.submit(page)
    steps.claim(reviewer, name)
    steps.decide(reviewer, "approve")
    expect(page.locator("#items tbody tr")).to_have_count(6)
    steps.until(page, steps.delivered(page))
    expect(page.locator(".turn-line")).to_have_text("On sale. Nothing waits for you.")
    assert _row(page, 2) == before
    _shopper_has_it(shopper, name)
    steps.until(page, page.locator("#items tbody tr").last.get_by_text("5", exact=True))
    assert page.url == listing


def _edit(page: Page, name: str) -> None:
    page.get_by_role("button", name="Edit").click()
    page.wait_for_url("**/draft")
    steps.put(page, "name.en", name)
    steps.put(page, "attributes.material", "면 95%, 폴리우레탄 5%")
    steps.put(page, "notice.fields.material", "면 95%, 폴리우레탄 5%")
    page.set_input_files("#pictures-file", [goods.drawn("side.jpg", 700, 700)])
    steps.wait_for_tiles(page, ["side.jpg"], script=True)
    page.locator("button[formaction$='/items']").click()
    expect(page.locator("[data-item]")).to_have_count(6)
    number = steps.item_numbers(page)[-1]
    sku = f"OVER-3XL-{goods.mark()}"
    item = {
        "options.size": "3xl",
        "sku": sku,
        "price": "27,900",
        "list_price": "34,000",
        "stock": "7",
    }
    for inner, value in {**item, "gtin_reason": "직접 만든 상품"}.items():
        steps.put(page, f"items.{number}.{inner}", value)
    steps.saved(page)
    steps.submit(page)


def _shopper_has_it(page: Page, name: str) -> None:
    page.reload()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".thumbs li")).to_have_count(3)
    page.locator("input.quantity").last.fill("2")
    page.locator("main form button.filled").click()
    page.wait_for_url("**/orders/*")
    expect(page.locator("table.items")).to_contain_text("3XL")


def test_a_sale_is_paused_recalled_and_resumed_before_the_shopper(
    sign_in: Callable[..., Page], visit: Callable[..., Page]
) -> None:
    page = sign_in("owner@haneul.example", **EN)
    _, product = _open(page, "boat-neck")
    shopper, late = visit(product, **EN), visit(product, size=(390, 844), **EN)
    item = page.locator("#items tbody tr").first
    seen = shopper.locator("table.items tbody tr").first
    item.get_by_role("button", name="Pause").click()
    expect(item).to_contain_text("Paused")
    steps.until(shopper, seen.get_by_text("Not on sale"))
    item.get_by_role("button", name="Resume sale").click()
    steps.until(shopper, seen.locator("input.quantity"))

    item.get_by_role("link", name="Recall").click()
    expect(page.locator("main")).to_contain_text("Orders are taken until the order system")
    page.get_by_role("button", name="Recall 1 item").click()
    steps.until(shopper, seen.get_by_text("Recalled"))
    expect(item.get_by_role("button", name="Resume sale")).to_be_visible()
    _both_have_it(page, item)
    _told_in_sight(late)
    page.set_viewport_size({"width": 390, "height": 844})
    ground = "each => getComputedStyle(each).backgroundColor"
    assert item.locator("th").evaluate(ground) == "rgba(0, 0, 0, 0)", "one ground for the row"
    page.set_viewport_size({"width": 1440, "height": 900})
    item.get_by_role("button", name="Resume sale").click()
    steps.until(shopper, seen.locator("input.quantity"))
    expect(item.get_by_role("button", name="Pause")).to_be_visible()
    _both_have_it(page, item)
    steps.order(shopper, "1")
    expect(page.locator(".record")).to_contain_text(re.compile("recalled"))


def _both_have_it(page: Page, item: Locator) -> None:
    """An order is the order system's, which may hear of a sale later than the catalogue."""
    for column in (6, 7):
        steps.until(page, item.locator(f"td:nth-child({column}) .role-good"))


def _told_in_sight(page: Page) -> None:
    """Who had the page open before orders what is recalled by now: the answer is on the screen."""
    page.locator("input.quantity").first.fill("1")
    page.locator("main form button.filled").click()
    expect(page.locator(".message")).to_be_in_viewport()
    expect(page.locator("table.items tbody tr").first).to_contain_text("Recalled")
