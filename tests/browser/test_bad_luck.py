"""What goes wrong in the middle ends in a clear sentence, or in the work being finished later."""

import os
import re
import signal
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import goods, steps
from tests.browser.conftest import PASSWORD
from tests.stack import Stack

SELLER, REVIEWER = "owner@baum.example", "reviewer@onshelf.example"
EN = {"language": "en"}


def submitted(page: Page) -> tuple[str, str]:
    """A whole listing before the reviewers: its address and its English name."""
    mug = goods.mug(goods.mark())
    steps.new_draft(page)
    steps.fill_at_once(page, mug, "colour")
    page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    steps.wait_for_tiles(page, ["front.jpg"], script=True)
    expect(steps.missing(page)).to_have_text("0")
    steps.submit(page)
    return page.url, str(mug.answers["name.en"])


def test_a_stale_tab_gets_its_own_text_back_beside_the_present_one(
    sign_in: Callable[..., Page],
) -> None:
    first = sign_in(SELLER, **EN)
    draft = steps.new_draft(first)
    second = first.context.new_page()
    second.goto(draft)
    steps.put(first, "brand", "Harbour")
    steps.saved(first)
    steps.put(second, "brand", "Hafen")
    both = second.locator('[data-path="brand"] .both')
    expect(both).to_contain_text("Harbour")
    expect(both).to_contain_text("Hafen")
    expect(second.locator("[data-save-state]")).to_have_attribute("data-save-state", "check")
    both.get_by_role("button", name="Keep mine").click()
    expect(both).to_have_count(0)
    steps.saved(second)
    first.reload()
    assert steps.value_of(first, "brand") == "Hafen"


def test_a_double_click_submits_once(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    mug = goods.mug(goods.mark())
    steps.new_draft(page)
    steps.fill_at_once(page, mug, "colour")
    page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    steps.wait_for_tiles(page, ["front.jpg"], script=True)
    page.locator(".pagebar [data-submit-draft]").dblclick()
    expect(page.locator(".pagebar")).to_contain_text("Waiting for review")
    expect(page.locator(".record").get_by_text("submitted for review")).to_have_count(1)


def test_a_double_click_starts_one_listing(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    page.goto("/listings/new?q=mug")
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    page.locator("button[name=category]").first.dblclick()
    page.wait_for_url("**/draft")
    assert len(sent) == 1


def test_signed_out_in_mid_form_keeps_the_text_and_saves_it_later(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    steps.sign_out_beside(page)
    steps.put(page, "brand", "Harbour Works")
    expect(page.locator("#notice")).to_contain_text("You are signed out")
    assert steps.value_of(page, "brand") == "Harbour Works"
    with page.context.expect_page() as opened:
        page.locator("#notice a").click()
    steps.sign_in_again(opened.value, SELLER, PASSWORD)
    expect(page.locator("#notice [data-signed-out]")).to_have_count(0)
    steps.saved(page)
    page.goto(draft)
    assert steps.value_of(page, "brand") == "Harbour Works"


def test_submitting_while_signed_out_loses_no_word(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    beside = steps.sign_out_beside(page)
    page.locator('#draft-form [name="brand"]').press_sequentially("Harbour")
    page.locator(".pagebar [data-submit-draft]").click()
    expect(page.locator("#notice [data-signed-out]")).to_be_visible()
    assert steps.value_of(page, "brand") == "Harbour"
    steps.sign_in_again(beside, SELLER, PASSWORD)
    page.bring_to_front()
    page.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(page.locator("#notice [data-signed-out]")).to_have_count(0)
    steps.saved(page)
    page.reload()
    assert steps.value_of(page, "brand") == "Harbour"


def test_a_tab_left_in_the_middle_of_a_word_has_it_saved(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    page.locator('#draft-form [name="brand"]').press_sequentially("Harbour")
    page.goto("/home")
    page.goto(draft)
    steps.until(page, page.locator('#draft-form [name="brand"][value="Harbour"]'))


def test_the_catalogue_down_at_approval_gets_the_product_later_and_once(
    sign_in: Callable[..., Page], stack: Stack
) -> None:
    page, reviewer = sign_in(SELLER, **EN), sign_in(REVIEWER, **EN)
    listing, name = submitted(page)
    catalogue = stack.pid_of("app.receivers.catalogue.wsgi")
    # Stopped, not ended: the supervisor would start it again at once.
    family = [p for p, line in stack.children().items() if "receivers.catalogue" in line]
    for pid in family:
        os.kill(pid, signal.SIGSTOP)
    try:
        steps.claim(reviewer, name)
        steps.decide(reviewer, "approve")
        page.goto(listing)
        steps.until(page, page.locator("#items").get_by_text("Delayed").first, seconds=90)
        expect(page.locator("#items").get_by_text("Delivered").first).to_be_visible()
    finally:
        for pid in family:
            os.kill(pid, signal.SIGCONT)
    assert catalogue in family
    steps.until(page, steps.delivered(page), seconds=150)
    shop = page.context.new_page()
    shop.goto(f"{stack.catalogue_url}/?q={name.split()[-1]}")
    expect(shop.locator(".products li")).to_have_count(1)
    page.reload()
    expect(page.locator(".record").get_by_text("Catalogue: delivered")).to_have_count(1)


def test_orders_down_and_the_sender_killed_in_mid_request_deliver_once_later(
    sign_in: Callable[..., Page], stack: Stack
) -> None:
    page, reviewer = sign_in(SELLER, **EN), sign_in(REVIEWER, **EN)
    operator = sign_in("operator@onshelf.example", **EN)
    listing, name = submitted(page)
    orders = [p for p, line in stack.children().items() if "receivers.orders" in line]
    for pid in orders:
        os.kill(pid, signal.SIGSTOP)
    try:
        steps.claim(reviewer, name)
        steps.decide(reviewer, "approve")
        page.goto(listing)
        operator.goto("/operator/deliveries?target=orders")
        row = operator.locator("tr", has_text=name)
        # Attempts are counted before the request: the sender now waits for an answer.
        steps.until(operator, row.locator("td[data-head=Attempts]", has_text=re.compile("[1-9]")))
        for pid, line in stack.children().items():
            if "wsgi:celery worker" in line:
                os.kill(pid, signal.SIGKILL)
        # The open page tells it by itself, in its first line and beside each item.
        said = page.locator(".wait-line", has_text="Orders")
        expect(said).to_contain_text("Orders: not taken yet.", timeout=90_000)
        expect(said).to_contain_text(re.compile(r"sent again at \d\d:\d\d"))
        expect(page.locator(".turn-line").last).to_have_text("Nothing waits for you.")
        expect(page.locator("#items").get_by_text("Delayed")).to_have_count(2)
    finally:
        for pid in orders:
            os.kill(pid, signal.SIGCONT)
    expect(steps.delivered(page)).to_be_visible(timeout=90_000)
    expect(page.locator(".turn-line")).to_have_text("On sale. Nothing waits for you.")
    expect(page.locator(".record").get_by_text("Orders: delivered")).to_have_count(1)
    shop = page.context.new_page()
    shop.goto(page.locator("#items a[href*='/products/']").first.get_attribute("href") or "")
    left = shop.get_by_text("9 left")
    steps.until(shop, left.nth(1))
    expect(left).to_have_count(2)


def test_of_two_reviewers_at_once_one_has_the_case(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    _, name = submitted(page)
    one, other = sign_in(REVIEWER, **EN), sign_in("reviewer-all@onshelf.example", **EN)
    other.goto("/review")
    row = other.locator("tr", has_text=name)
    expect(row).to_be_visible()
    steps.claim(one, name)
    row.locator("form button").click()
    expect(other.locator("#refused")).to_be_visible()
    expect(other.locator("button[name=verdict]")).to_have_count(0)
    other.goto("/review?state=claimed")
    expect(other.locator("tr", has_text=name)).to_contain_text("최은영")
    one.get_by_role("button", name="Release").click()
