"""The way in as people meet it: with and without scripts, in both languages, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults_of
from tests.browser.conftest import NARROW, PASSWORD, WIDE

WISH = {
    "name": "박지우",
    "company": "새벽상점",
    "business_number": "120-88-00767",
    "phone": "02-555-0199",
    "password": "four grey owls here",
}


@pytest.mark.parametrize(("script", "language", "number"), [(True, "ko", 0), (False, "en", 1)])
def test_a_seller_signs_up_mends_a_field_and_signs_in(visit, script, language, number):
    numbers = ["120-88-00767", "101-81-00035"]
    page = visit("/sign-up", script=script, language=language, size=NARROW)
    fields = WISH | {"email": f"new{number}@seller.example", "business_number": "12345"}
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.locator("form:has([name=password]) button[type=submit]").click()

    expect(page.locator("#summary")).to_be_visible()
    assert page.input_value("[name=company]") == WISH["company"]
    assert page.input_value("[name=password]") == ""
    page.fill("[name=business_number]", numbers[number])
    page.fill("[name=password]", WISH["password"])
    page.locator("form:has([name=password]) button[type=submit]").click()

    page.wait_for_url("**/sign-in?said=signed-up")
    page.fill("[name=email]", fields["email"])
    page.fill("[name=password]", WISH["password"])
    page.locator("form:has([name=password]) button[type=submit]").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
    page.goto("/account")
    expect(page.locator("main")).to_contain_text("새벽상점")
    assert page.faults == []


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/recovery", "/recovery/over"])
@pytest.mark.parametrize(("language", "size"), [("ko", WIDE), ("en", NARROW)])
def test_the_open_pages_are_for_everybody(visit, screenshots, path, language, size):
    page = visit(path, language=language, size=size)
    page.screenshot(
        path=screenshots / f"accounts{path.replace('/', '-')}-{language}-{size[0]}.png",
        full_page=True,
    )
    assert faults_of(page) == []
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("owner@haneul.example", "/account"),
        ("owner@haneul.example", "/company"),
        ("owner@haneul.example", "/team"),
        ("owner@haneul.example", "/notifications"),
        ("operator@onshelf.example", "/operator/mailbox"),
    ],
)
@pytest.mark.parametrize(("language", "size"), [("ko", WIDE), ("en", NARROW)])
def test_the_pages_behind_are_for_everybody(sign_in, screenshots, who, path, language, size):
    page = sign_in(who, language=language, size=size)
    page.goto(path)
    page.screenshot(
        path=screenshots / f"accounts{path.replace('/', '-')}-{language}-{size[0]}.png",
        full_page=True,
    )
    assert faults_of(page) == []
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_signed_out_in_mid_work_loses_nothing(sign_in):
    page = sign_in("owner@haneul.example")
    page.goto("/account")
    page.fill("[name=present]", "typed and not sent")
    old_token = page.locator("main [name=csrf_token]").first.input_value()
    page.context.clear_cookies(name="onshelf-session")
    page.evaluate("htmx.ajax('GET', '/account', {target: '#main'})")
    notice = page.locator("#notice [data-signed-out]")
    expect(notice).to_be_visible()

    with page.context.expect_page() as opened:
        notice.locator("a").click()
    beside = opened.value
    beside.fill("[name=email]", "owner@haneul.example")
    beside.fill("[name=password]", PASSWORD)
    beside.locator("form:has([name=password]) button[type=submit]").click()
    beside.wait_for_url("**/sign-in/done", wait_until="commit")

    expect(notice).to_have_count(0)
    assert page.input_value("[name=present]") == "typed and not sent"
    assert page.locator("main [name=csrf_token]").first.input_value() != old_token
