"""A part of a picture, marked by pointer and by keys, is where its seller sees it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import goods, steps
from tests.stack import Stack

NAME = "side.jpg"
# Where the marks lie on the picture itself, whatever its frame leaves around it: parts of one.
PLACES = """holder => {
    const image = holder.querySelector("img");
    const frame = image.getBoundingClientRect();
    const { naturalWidth: wide, naturalHeight: high } = image;
    const scale = Math.min(frame.width / wide, frame.height / high);
    const left = frame.left + (frame.width - wide * scale) / 2;
    const top = frame.top + (frame.height - high * scale) / 2;
    return [...holder.querySelectorAll("[data-mark] .mark-box")].map(mark => {
        const box = mark.getBoundingClientRect();
        return [box.left - left, box.top - top, box.right - left, box.bottom - top]
            .map((side, n) => side / ((n % 2 ? high : wide) * scale));
    });
}"""
BY_POINTER, BY_KEYS = [0.2, 0.3, 0.5, 0.6], [0.4, 0.45, 0.7, 0.65]


CANNED = (
    "INSERT INTO canned_text (queue, title, ko, en) VALUES ('kitchen', '글자', '지우세요.', 'Out.')"
    " RETURNING id"
)


def test_a_part_by_pointer_and_one_by_keys_reach_the_seller(
    sign_in: Callable[..., Page], stack: Stack
) -> None:
    stack.query(CANNED)
    seller = sign_in("owner@baum.example", language="en")
    name = _submitted(seller)
    page = sign_in("reviewer@onshelf.example", language="ko")
    steps.claim(page, name)
    shot = page.locator("[data-shot]").nth(1)
    _drag(page, shot.locator(".shot-frame img"))
    expect(page.locator("#reason")).to_be_focused()
    expect(page.locator("#path")).to_have_value(shot.get_attribute("data-path") or "")
    expect(page.locator("#live-polite")).to_have_text("표시함: 가로 30%, 세로 30%")
    page.select_option("#reason", "picture-text")
    page.fill("#reason-note", "왼쪽의 글자")
    page.locator("#add-reason").click()
    expect(shot.locator("[data-mark]")).to_have_count(1)
    expect(shot.locator("[data-box-field]").first).to_have_value("")
    expect(page.locator(".pin-list")).to_contain_text("가로 30 × 세로 30 %")

    page.locator("#case-name").focus()
    for key in ["i", "i", "x"] + ["Shift+ArrowRight"] * 10 + ["ArrowDown"] * 5:
        page.keyboard.press(key)
    drawing = shot.get_by_role("application")
    expect(drawing).to_be_focused()
    steps.look(page, "case-marking")
    drawing.press("Enter")
    expect(page.locator("#reason")).to_be_focused()
    _a_canned_text_goes_to_the_caret(page)
    page.locator("[name=next]").uncheck()
    steps.look(page, "case-marked")
    shot.locator(".shot-frame a").press("z")
    _lie_at(page.locator("#zoom"), [BY_POINTER])
    page.keyboard.press("Escape")
    page.select_option("#reason", "picture-unclear")
    page.locator("#reason").press("Enter")
    expect(page.locator(".pin-list li")).to_have_count(2)
    # The swap gives the focus back last: what is pressed before that leaves nothing.
    steps.settled(page)
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.wait_for_url("**/review")
    steps.release(page)

    steps.until(seller, seller.locator("form[action$='/revision'] button"))
    seller.locator("form[action$='/revision'] button").click()
    seller.wait_for_url("**/draft")
    tile = steps.tile(seller, NAME)
    expect(tile.locator(".remark")).to_have_count(2)
    expect(tile.locator(".remark").first).to_contain_text("왼쪽의 글자")
    expect(tile.locator(".mark-sign")).to_have_count(2)
    expect(tile.locator(".tile-picture img")).to_have_js_property("complete", True)
    _lie_at(tile.locator(".tile-picture"), [BY_POINTER, BY_KEYS])
    steps.look(seller, "draft-marked")
    tile.get_by_role("link", name="Enlarge").click()
    _lie_at(seller.locator("#zoom"), [BY_POINTER, BY_KEYS])


def _a_canned_text_goes_to_the_caret(page: Page) -> None:
    note, chosen = page.locator("#note"), page.locator("#canned")
    note.fill("앞뒤")
    for key in ("ArrowLeft", "Escape", "t"):
        page.keyboard.press(key)
    expect(chosen).to_be_focused()
    chosen.select_option(label="글자")
    chosen.press("Enter")
    expect(note).to_be_focused()
    expect(note).to_have_value(re.compile(r"앞\n(지우세요\.|Out\.)(\n\nOut\.)?\n뒤"))
    page.keyboard.press("Control+z")
    expect(note).to_have_value("앞뒤")


def _submitted(page: Page) -> str:
    mug = goods.mug(goods.mark())
    steps.new_draft(page)
    steps.fill_at_once(page, mug, "colour")
    files = [goods.drawn("front.jpg", 900, 900), goods.drawn(NAME, 1200, 800)]
    page.set_input_files("#pictures-file", files)
    steps.wait_for_tiles(page, ["front.jpg", NAME], script=True)
    page.reload()
    steps.submit(page)
    return str(mug.answers["name.ko"])


def _drag(page: Page, image: Locator) -> None:
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    box = image.bounding_box()
    assert box is not None
    ends = [
        (box["x"] + box["width"] * BY_POINTER[n], box["y"] + box["height"] * BY_POINTER[n + 1])
        for n in (0, 2)
    ]
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move(*ends[1], steps=4)
    page.mouse.up()


def _lie_at(holder: Locator, wanted: list[list[float]]) -> None:
    expect(holder.locator("img")).to_be_visible()
    expect(holder.locator("img")).to_have_js_property("complete", True)
    for place, box in zip(holder.evaluate(PLACES), wanted, strict=True):
        assert place == pytest.approx(box, abs=0.02)
