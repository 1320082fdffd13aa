"""Many listings at once in a real browser: ticked, looked at, changed, with and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps

SELLER = "owner@haneul.example"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_three_prices_are_changed_at_once(sign_in: Callable[..., Page], script: bool) -> None:
    page = sign_in(SELLER, language="en", script=script)
    page.goto("/listings")
    bar, rows = page.locator("#selection"), page.locator("tbody tr")
    expect(bar).to_be_hidden()
    for place in range(2):
        rows.filter(has_text="On sale").nth(place).locator("[data-tick]").check()
    rows.filter(has_text="Rejected").first.locator("[data-tick]").check()
    expect(bar).to_be_visible()
    expect(page.locator(".shelf-filters")).to_be_hidden()
    steps.look(page, f"many-ticked-{script}")
    bar.get_by_role("button", name="Change prices").click()
    expect(page.locator("h1")).to_have_text("Change prices")
    page.fill("[name=amount]", "lots")
    page.get_by_role("button", name="Look at the change").click()
    expect(page.locator("#summary")).to_contain_text("lots is not a number")
    expect(page.locator("input[name=listing]")).to_have_count(3)
    page.fill("[name=amount]", "-5")
    page.get_by_role("button", name="Look at the change").click()
    steps.look(page, f"many-look-{script}")
    expect(page.locator("main")).to_contain_text("1 cannot be changed")
    page.locator("form[method=post] .btn-primary").last.click()
    page.wait_for_url("**/listings/many/*")
    told = page.get_by_role("status").first
    if not script:
        steps.until(page, told.get_by_text("2 of 3 done."))
    expect(told).to_contain_text("2 of 3 done.")
    expect(page.locator(".plan-list > li")).to_have_count(3)
    steps.look(page, f"many-result-{script}")


def test_the_head_ticks_a_page_and_escape_none(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, language="en")
    page.goto("/listings")
    boxes, head = page.locator("[data-tick]"), page.locator("[data-tick-all]")
    head.check()
    count = boxes.count()
    expect(page.locator("[data-tick]:checked")).to_have_count(count)
    expect(page.locator("[data-tick-count]")).to_have_text(f"{count} chosen")
    boxes.first.uncheck()
    expect(head).not_to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("[data-tick]:checked")).to_have_count(0)
    expect(page.locator("#selection")).to_be_hidden()
