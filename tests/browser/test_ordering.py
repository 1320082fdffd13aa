"""Pictures are put in order by hand, keys and touch, and come back after they were taken out."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import goods, steps
from tests.browser.conftest import NARROW

SELLER = "owner@baum.example"
NAMES = ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]


def draft_with_pictures(page: Page) -> None:
    steps.new_draft(page)
    sent = [goods.drawn(name, 600 + 2 * n, 600 + 2 * n) for n, name in enumerate(NAMES)]
    page.set_input_files("#pictures-file", sent)
    steps.wait_for_tiles(page, NAMES, script=True)
    expect(page.locator("#pictures-poll")).to_have_count(0)


def grip(page: Page, name: str) -> Locator:
    return steps.tile(page, name).locator("[data-grip]")


def middle(place: Locator, across: float = 0.5) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * across, box["y"] + min(box["height"], 160) / 2


def stand(page: Page, *letters: str) -> None:
    expect(page.locator("#pictures-list .tile-name bdi")).to_have_text(
        [f"{x}.jpg" for x in letters]
    )


def drag(page: Page, name: str, to: tuple[float, float]) -> None:
    page.mouse.move(*middle(grip(page, name)))
    page.mouse.down()
    page.mouse.move(to[0] + 5, to[1], steps=4)
    page.mouse.move(*to)


def test_by_hand_and_by_keys_and_what_was_taken_out_comes_back(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, language="en")
    draft_with_pictures(page)
    page.locator("#pictures-list").scroll_into_view_if_needed()
    first, ghost = middle(steps.tile(page, "a.jpg")), page.locator(".tile-ghost")
    drag(page, "c.jpg", first)
    expect(ghost).to_have_text("Representative, 1 of 4")
    page.keyboard.press("Escape")
    expect(ghost).to_have_count(0)
    page.mouse.up()
    drag(page, "c.jpg", first)
    page.mouse.up()
    stand(page, "c", "a", "b", "d")
    drag(page, "d.jpg", middle(steps.tile(page, "b.jpg"), 0.2))
    expect(ghost).to_have_text("3 of 4")
    page.mouse.up()
    stand(page, "c", "a", "d", "b")
    grip(page, "a.jpg").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    stand(page, "c", "d", "b", "a")
    expect(page.locator("#live-polite")).to_have_text("4 of 4")
    expect(grip(page, "a.jpg")).to_be_focused()
    page.keyboard.press("Home")
    stand(page, "a", "c", "d", "b")
    expect(grip(page, "a.jpg")).to_be_focused()
    expect(page.locator("#live-polite")).to_have_text("Representative, 1 of 4")
    steps.look(page, "pictures-in-order")
    text = steps.tile(page, "d.jpg").locator("textarea[lang=ko]")
    text.fill("옆에서 본 모습")
    text.blur()
    steps.tile(page, "d.jpg").get_by_role("button", name="Take out").click()
    stand(page, "a", "c", "b")
    page.reload()
    page.locator("#pictures-unused summary").click()
    page.locator("#pictures-unused").get_by_role("button", name="Put back").click()
    stand(page, "a", "c", "b", "d")
    expect(steps.tile(page, "d.jpg").locator("textarea[lang=ko]")).to_have_value("옆에서 본 모습")
    expect(page.locator("#pictures-unused")).to_have_count(0)


def test_by_touch_on_a_phone(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, size=NARROW)
    draft_with_pictures(page)
    handle, first = grip(page, "b.jpg"), steps.tile(page, "a.jpg").locator("img")
    box = handle.bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 44
    # The handle in the lower half of the window, so that the place above it is in view.
    handle.evaluate("grip => scrollBy(0, grip.getBoundingClientRect().top - 560)")
    start, there = handle.bounding_box(), first.bounding_box()
    assert start is not None and there is not None
    x, y = start["x"] + 20, start["y"] + 20
    finger = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [(x, y)]),
        ("touchMove", [(x, y - 20)]),
        ("touchMove", [(there["x"] + 90, there["y"] + there["height"] - 40)]),
        ("touchEnd", []),
    ):
        at = [{"x": left, "y": top} for left, top in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    stand(page, "b", "a", "c", "d")
