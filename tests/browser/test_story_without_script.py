"""The whole story in English with JavaScript off: the same pages, a button where a script was."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import goods, steps
from tests.stack import Stack

PASSWORD = "four unrelated words 2026"
NOTE = "Only the height and one picture."
OFF = {"language": "en", "script": False}


def test_a_product_goes_from_sign_up_to_recall_without_script(
    visit: Callable[..., Page], sign_in: Callable[..., Page], stack: Stack
) -> None:
    mug = goods.mug(goods.mark())
    name = str(mug.answers["name.en"])
    seller = visit("/", **OFF)
    listing = _write_the_draft(seller, mug)

    reviewer = sign_in("reviewer@onshelf.example", **OFF)
    _reject(reviewer, name)
    _mend(seller, listing)
    _approve(reviewer, name)

    product = _handed_over(seller, listing)
    shopper = visit(product, **OFF)
    _order_and_cancel(shopper, seller, listing)
    _change_the_offer(seller, listing, shopper)
    _recall(seller, listing, shopper)
    _timeline(seller, listing)
    stranger = sign_in("owner@haneul.example", **OFF)
    answer = stranger.goto(listing)
    assert answer is not None
    assert answer.status == 404


def _write_the_draft(page: Page, mug: goods.Goods) -> str:
    company = goods.business_number()
    steps.sign_up(page, f"{goods.mark()}@harbour.example", "Harbour Works", company, PASSWORD)
    steps.start_listing(page, mug, script=False)
    draft = page.url
    steps.fill_in(page, mug, "colour", script=False)
    photographs = goods.photographs(mug.samples)
    small, fake = goods.too_small(), goods.page_named_picture()
    page.set_input_files("#pictures-file", [*photographs, small, fake])
    page.get_by_role("button", name="Upload").click()
    page.wait_for_url("**/draft**")
    names = [each["name"] for each in (photographs[0], small, fake)]
    steps.wait_for_tiles(page, names, script=False)
    page.goto(draft)
    expect(steps.tile(page, small["name"])).to_contain_text("320 px")
    expect(steps.tile(page, fake["name"])).to_contain_text("Refused")
    expect(steps.tile(page, names[0])).to_contain_text("Ready")
    steps.answers_stand(page, mug.answers)
    expect(steps.missing(page)).to_have_text("2")
    steps.look(page, "draft")
    for name in (small["name"], fake["name"]):
        steps.tile(page, name).get_by_role("button", name="Take out").click()
    expect(steps.missing(page)).to_have_text("0")
    page.get_by_role("link", name="Preview").click()
    expect(page.locator("h2").first).to_have_text(str(mug.answers["name.en"]))
    steps.look(page, "preview")
    page.goto(draft)
    steps.submit(page)
    expect(page.locator(".pagebar")).to_contain_text("Waiting for review")
    return page.url


def _reject(page: Page, name: str) -> None:
    steps.claim(page, name)
    picture = page.locator("[data-shot]").last.get_attribute("data-path") or ""
    steps.pin(page, "attributes.height", "attribute-wrong", "The pack says 10 cm")
    steps.pin(page, picture, "picture-text")
    page.fill("#note", NOTE)
    steps.look(page, "case")
    steps.decide(page, "reject")
    expect(page.locator("[data-held]")).to_contain_text("Rejected")


def _mend(page: Page, listing: str) -> None:
    again = page.get_by_role("button", name="Fix and resubmit")
    page.goto(listing)
    steps.until(page, again)
    expect(page.locator(".summary")).to_contain_text(NOTE)
    expect(page.locator(".pagebar")).to_contain_text("Rejected")
    steps.look(page, "listing-returned")
    again.click()
    page.wait_for_url("**/draft")
    beside = page.locator('[data-path="attributes.height"] .remark')
    expect(beside).to_contain_text("The pack says 10 cm")
    expect(page.locator(".tile .remark")).to_contain_text("text, a logo or a watermark")
    steps.look(page, "draft-returned")
    draft = page.url
    page.set_input_files("#pictures-file", [goods.drawn("plain.jpg", 800, 800)])
    page.get_by_role("button", name="Upload").click()
    steps.wait_for_tiles(page, ["plain.jpg"], script=False)
    page.goto(draft)
    page.locator(".tile", has=page.locator(".remark")).get_by_role(
        "button", name="Take out"
    ).click()
    steps.put(page, "attributes.height", "10")
    page.locator("button[name=section][value=s-attributes]").click()
    expect(page.locator('[data-path="attributes.height"] .remark')).to_contain_text("Fixed")
    expect(page.locator("#remarks li", has_text="Fixed")).to_have_count(2)
    steps.submit(page)


def _approve(page: Page, name: str) -> None:
    steps.claim(page, name)
    expect(page.locator("#changes")).to_contain_text("10")
    steps.decide(page, "approve", to_undo=True)
    steps.undo(page)
    steps.decide(page, "approve")


def _handed_over(page: Page, listing: str) -> str:
    page.goto(listing)
    steps.until(page, steps.delivered(page))
    expect(page.locator(".pagebar")).to_contain_text("On sale")
    expect(page.locator("#items tbody time")).to_have_count(4)
    steps.look(page, "listing-live")
    return page.locator("#items tbody a[href*='/products/']").first.get_attribute("href") or ""


def _order_and_cancel(page: Page, seller: Page, listing: str) -> None:
    product = page.url
    expect(page.locator("h1")).to_contain_text("Mighty mug")
    steps.look(page, "product")
    steps.order(page, "2")
    steps.look(page, "order")
    placed = page.url
    first = page.locator("table.items tbody tr").first
    # A page is at most a second behind, and a shopper without script looks again.
    page.goto(product)
    steps.until(page, first.get_by_text("7 left"))
    seller.goto(listing)
    steps.until(seller, seller.locator("#items tbody tr").first.get_by_text("7", exact=True))
    page.goto(placed)
    page.get_by_role("button", name="Cancel the whole order").click()
    expect(page.locator("h1")).to_have_text("Order cancelled")
    page.goto(product)
    steps.until(page, first.get_by_text("9 left"))
    seller.goto(listing)
    steps.until(seller, seller.locator("#items tbody tr").first.get_by_text("9", exact=True))


def _change_the_offer(page: Page, listing: str, shopper: Page) -> None:
    page.goto(listing)
    row = page.locator("#staged tbody tr").first
    row.locator("input[name$='.price']").fill("9,900")
    row.locator("input[name$='.stock_change']").fill("-4")
    page.get_by_role("button", name="Look at the change").click()
    staged = page.locator(".staged-panel")
    expect(staged).to_contain_text("₩12,900 → ₩9,900")
    expect(staged).to_contain_text("9 → 5")
    steps.look(page, "listing-staged")
    staged.get_by_role("button", name="Apply").click()
    expect(staged).to_have_count(0)
    steps.until(shopper, shopper.get_by_text("₩9,900"))
    steps.until(shopper, shopper.get_by_text("5 left"))


def _recall(page: Page, listing: str, shopper: Page) -> None:
    page.goto(listing)
    page.locator("#items tbody tr").first.get_by_role("link", name="Recall").click()
    page.get_by_role("button", name="Recall 1 item").click()
    expect(page.locator("#items tbody tr").first).to_contain_text("Recalled")
    steps.until(shopper, shopper.locator("tr.recalled"))
    steps.look(shopper, "product-recalled")


def _timeline(page: Page, listing: str) -> None:
    page.goto(listing)
    said = page.locator(".record")
    for step in (
        "Started the listing",
        "A picture cannot be used: too-small.jpg",
        "Version 1: submitted for review",
        "A reviewer took the case",
        "Version 1: rejected",
        "Version 2: edit started",
        "Version 2: submitted for review",
        "The reviewer undid the decision",
        "Version 2: approved",
        "Catalogue: delivered",
        "price ₩12,900 → ₩9,900",
        "stock change -4",
        "recalled",
    ):
        expect(said).to_contain_text(step)
