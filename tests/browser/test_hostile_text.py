"""What people type is text wherever it is read: it runs nothing, hides nothing, turns nothing."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import goods, steps
from tests.browser.axe import sideways
from tests.stack import Stack

REVIEWER, EN = "reviewer@onshelf.example", {"language": "en"}
PASSWORD = "four unrelated words 2026"
# A tag that is not closed passes for text; turned writing has no end of its own.
TAG = '"><img src=x onerror=alert(1) '
TURNED = "\u202e\u05e9\u05dc\u05d5\u05dd <script>alert(1)</script> 🔥"
AFTER = """(each) => {
  const range = document.createRange();
  range.selectNodeContents(each.lastChild);
  const next = range.getClientRects()[0];
  const beside = [...each.firstElementChild.getClientRects()]
    .filter((one) => one.bottom > next.top + 2 && one.top < next.bottom - 2);
  return Math.min(0, ...beside.map((one) => next.left - one.right));
}"""


def test_hostile_texts_are_read_as_they_are(
    visit: Callable[..., Page], sign_in: Callable[..., Page], stack: Stack
) -> None:
    mark = goods.mark()
    name = (TAG + mark + "W" * 100)[:100]
    seller = _signed_up(visit, mark)
    listing = _submitted(seller, name, mark)
    reviewer = sign_in(REVIEWER, **EN)
    reviewer.goto("/review")
    _legible(reviewer)
    _stands_apart(reviewer.locator("tr", has_text=mark).locator(".second").first)
    steps.claim(reviewer, mark)
    _legible(reviewer)
    reviewer.fill("#note", TURNED + "W" * 300)
    steps.pin(reviewer, "brand", "attribute-wrong", TURNED)
    steps.decide(reviewer, "reject")
    _legible(reviewer)
    seller.goto(listing)
    steps.until(seller, seller.locator(".summary"))
    ours = ("/home", "/listings", "/notifications", "/company", "/team", "/account")
    for address in (listing, *ours):
        seller.goto(address)
        _legible(seller)
    _operator(sign_in("operator@onshelf.example", **EN), mark)
    seller.goto(listing)
    seller.get_by_role("button", name="Fix and resubmit").click()
    steps.submit(seller)
    steps.claim(reviewer, mark)
    _stands_apart(reviewer.locator("#record > .second").first)
    steps.decide(reviewer, "approve")
    steps.until(seller, steps.delivered(seller))
    _shopper(visit(f"{stack.catalogue_url}/?q={mark}", **EN))
    board = visit(stack.orders_url, **EN)
    _legible(board)


def _signed_up(visit: Callable[..., Page], mark: str) -> Page:
    page = visit("/sign-up", **EN)
    fields = {
        "name": ("가" * 30 + TURNED + "W" * 80)[:80],
        "email": f"{mark}@hostile.example",
        "password": PASSWORD,
        "company": TURNED,
        "business_number": goods.business_number(),
        "phone": "02-120-0000",
    }
    for field, value in fields.items():
        page.fill(f"[name={field}]", value)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/sign-in**")
    page.fill("[name=email]", fields["email"])
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/home")
    return page


def _submitted(page: Page, name: str, mark: str) -> str:
    mug = goods.mug(mark)
    page.goto("/listings/new?q=mug")
    page.locator('button[name=category][value="mugs"]').click()
    page.wait_for_url("**/draft")
    steps.fill_at_once(page, mug, "colour")
    steps.put(page, "name.en", name)
    steps.put(page, "name.ko", f"{mark}{'가' * 90}")
    steps.put(page, "brand", f"{TAG}{'W' * 60}"[:50])
    page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    steps.wait_for_tiles(page, ["front.jpg"], script=True)
    _legible(page)
    steps.submit(page)
    return page.url


def _operator(page: Page, mark: str) -> None:
    page.goto("/operator/mailbox")
    _legible(page)
    page.get_by_role("link", name=mark).first.click()
    expect(page.locator("h1")).to_contain_text(mark)
    steps.look(page, "letter-hostile")
    page.goto("/operator/people")
    _legible(page)
    page.locator("tr", has_text=mark).get_by_role("link").first.click()
    _legible(page)
    _stands_apart(page.locator("td:has(bdi)").first)
    page.goto("/operator/deliveries")
    _legible(page)


def _shopper(page: Page) -> None:
    _legible(page)
    page.locator(".products a").first.click()
    expect(page.locator("h1")).to_contain_text(TAG.strip())
    _legible(page)
    steps.order(page, "1")
    _legible(page)


def _legible(page: Page) -> None:
    """Nothing runs, nothing is wider than the window, and no table hides a column."""
    assert page.locator("img[onerror], main script").count() == 0
    size = page.viewport_size
    assert size is not None
    for width in steps.WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(page) == 0, f"{page.url} at {width}"
        hidden = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
        frames = page.locator(".table-frame:has(.sheet-listings, .sheet-stacked)")
        assert frames.evaluate_all(hidden) == 0, f"{page.url}: a column out of sight at {width}"
        brand = page.locator(".brand-name")
        assert brand.count() == 0 or (brand.bounding_box() or {"height": 0})["height"] < 40
    page.set_viewport_size(size)


def _stands_apart(line: Locator) -> None:
    """What follows a turned text is still to the right of it."""
    assert line.evaluate(AFTER) > -1
