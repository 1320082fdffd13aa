"""One click takes a finding away; a crop is drawn by keys; the one before comes back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import goods, steps

SELLER = "owner@baum.example"
PHONE = (390, 844)
LABELS = {"left": "From the left", "top": "From the top", "width": "Width", "height": "Height"}


def test_mending_on_a_phone_by_one_click_and_by_keys(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, language="en", size=PHONE)
    steps.new_draft(page)
    page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 600, 800)])
    steps.wait_for_tiles(page, ["front.jpg"], script=True)
    tile = steps.tile(page, "front.jpg")
    finding = tile.get_by_text("the representative must be square")
    expect(finding).to_be_visible()

    # What is typed goes before the click that ends it, so the mended one takes it over.
    tile.get_by_label("Alternative text (Korean)").fill("앞모습")
    tile.locator(".tile-cures").get_by_role("button", name="Crop to square").click()
    expect(tile).to_contain_text("The one before is kept")
    expect(tile.get_by_label("Alternative text (Korean)")).to_have_value("앞모습")
    expect(tile.locator(".tile-mending summary")).to_be_focused()
    expect(tile.locator(".tile-rows summary")).to_contain_text("600 × 600")
    expect(finding).to_have_count(0)

    tile.locator(".tile-mending summary").press("Enter")
    steps.look(page, "picture-mended")
    tile.get_by_role("link", name="Crop…").press("Enter")
    stage = page.get_by_role("application")
    expect(page.get_by_label("Width")).to_have_value("100")
    page.get_by_label("Square").check()
    for key in ["Shift+ArrowLeft"] * 10 + ["ArrowRight"] * 4 + ["ArrowDown"] * 20:
        stage.press(key)
    said = {name: page.get_by_label(label).input_value() for name, label in LABELS.items()}
    assert said == {"left": "4", "top": "10", "width": "90", "height": "90"}
    steps.look(page, "picture-crop")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"#f-pictures-\d+$"))
    expect(tile.locator(".tile-rows summary")).to_contain_text("600 × 600")

    tile.locator(".tile-mending summary").press("Enter")
    tile.get_by_role("link", name="Crop…").click()
    page.get_by_role("application").press("Shift+ArrowUp")
    page.get_by_role("application").press("Enter")
    expect(tile.locator(".tile-rows summary")).to_contain_text("600 × 594")
    tile.get_by_role("button", name="Use the picture before").click()
    expect(tile.locator(".tile-rows summary")).to_contain_text("600 × 600")
