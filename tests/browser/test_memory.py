"""What a draft remembers: undo, history, a restored version, a preset; with script and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults_of
from tests.browser.goods import mark
from tests.browser.steps import new_draft, put, saved, value_of

FEE = "shipping.fee"


def _type(page: Page, path: str, value: str) -> None:
    put(page, path, value)
    if page.script:  # type: ignore[attr-defined]
        saved(page)
    else:
        page.locator("button[name=section][value=s-shipping]").click()
        page.wait_for_url("**/draft#s-shipping")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_undo_history_point_and_preset(sign_in: Callable[..., Page], script: bool) -> None:
    page = sign_in("owner@haneul.example", language="en", script=script)
    address = new_draft(page)
    undo = page.locator(".pagebar button[formaction$='/draft/undo']")
    told = page.locator("#told")

    for fee in ("1,000", "2,000", "3,000"):
        _type(page, FEE, fee)
    undo.click()
    expect(told).to_contain_text("Changed: Shipping fee.")
    assert value_of(page, FEE) == "2,000"
    undo.click()
    expect(page.locator(f'#draft-form [name="{FEE}"]')).to_have_value("1,000")

    page.locator(".pagebar a[href$='/history']").click()
    entries = page.locator(".history > li")
    expect(entries.first).to_contain_text("Taken back")
    assert faults_of(page) == []
    # Back to what the first undo left.
    entries.nth(1).locator("button[name=point]").click()
    expect(told).to_contain_text("back at that point")
    assert value_of(page, FEE) == "2,000"

    name = f"Parcels {mark()}"
    page.locator("#presets-shipping > summary").click()
    page.fill("[name=preset-name-shipping]", name)
    page.locator("#presets-shipping button[name=kind]").click()
    expect(told).to_contain_text(name)
    other = new_draft(page)
    assert other != address
    page.locator("#presets-shipping > summary").click()
    page.locator("#presets-shipping button[name=preset]", has_text=name).click()
    expect(told).to_contain_text(f"Preset used: {name}.")
    assert value_of(page, FEE) == "2,000"

    page.goto("/presets")
    row = page.locator("tr", has_text=name)
    row.locator("form[action$='/removal'] button").click()
    expect(page.locator("#removed")).to_contain_text(name)
    assert faults_of(page) == []
    page.locator("#removed button").click()
    expect(page.locator("tr", has_text=name)).to_have_count(1)


def test_a_version_comes_back_from_its_history(sign_in: Callable[..., Page]) -> None:
    page = sign_in("owner@haneul.example", language="en", script=False)
    page.goto("/listings?view=live")
    page.locator("tbody th a").first.click()
    page.locator(".pagebar form[action$='/revision'] button").click()
    page.wait_for_url("**/draft**")
    before = value_of(page, "brand")
    put(page, "brand", f"Another {mark()}")
    page.locator("button[name=section][value=s-basics]").click()
    page.locator(".pagebar a[href$='/history']").click()
    page.locator("section:has-text('Approved') button", has_text="Restore").first.click()
    expect(page.locator("#told")).to_contain_text("Changed: Brand.")
    assert value_of(page, "brand") == before
    page.locator(".aside form[action$='/draft/removal'] button").click()
