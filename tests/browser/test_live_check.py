"""A field is checked as it is left: the page stands still and the typing goes on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import goods, steps

NAME, BRAND = "name.ko", "brand"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def draft(sign_in: Callable[..., Page]) -> Page:
    """A fresh draft of a mug."""
    page = sign_in("owner@haneul.example", language="en")
    page.goto("/listings/new?q=mug")
    page.locator("button[name=category][value=mugs]").click()
    page.wait_for_url("**/draft")
    return page


def _field(page: Page, path: str) -> Locator:
    return page.locator(f'#draft-form [name="{path}"]:not([type=hidden])')


def _place(page: Page, path: str) -> float:
    """How far below the window's top the field stands, once what has moved it is drawn."""
    page.evaluate(DRAWN)
    box = _field(page, path).bounding_box()
    assert box
    return box["y"]


def _message(page: Page, path: str) -> Locator:
    return page.locator(f"#f-{path.replace('.', '-')}-message")


def test_a_field_is_judged_when_it_is_left_and_nothing_moves(draft: Page) -> None:
    _field(draft, BRAND).fill("none")
    _field(draft, "manufacturer").focus()
    draft.keyboard.type("Han")
    before = _place(draft, "manufacturer")
    expect(_message(draft, BRAND)).to_contain_text("none is not a brand")
    draft.keyboard.type("bit")
    steps.saved(draft)
    expect(_field(draft, "manufacturer")).to_be_focused()
    expect(_field(draft, "manufacturer")).to_have_value("Hanbit")
    assert abs(_place(draft, "manufacturer") - before) <= 1


def test_a_picture_that_arrives_above_leaves_the_field_where_it_is(draft: Page) -> None:
    _field(draft, "name.en").focus()
    before = _place(draft, "name.en")
    draft.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    steps.wait_for_tiles(draft, ["front.jpg"], script=True)
    assert abs(_place(draft, "name.en") - before) <= 1
    expect(_field(draft, "name.en")).to_be_focused()


def test_hangul_being_composed_outlives_the_saves(draft: Page) -> None:
    """The first save comes while the syllable is still open; it is finished afterwards."""
    _field(draft, BRAND).fill("none")
    _field(draft, NAME).focus()
    keys = draft.context.new_cdp_session(draft)
    for jamo in ("ㅁ", "머", "먹"):
        with draft.expect_response(lambda answer: answer.request.method == "POST"):
            keys.send(
                "Input.imeSetComposition", {"text": jamo, "selectionStart": 1, "selectionEnd": 1}
            )
    expect(_message(draft, BRAND)).to_contain_text("not a brand")
    expect(_field(draft, NAME)).to_have_value("먹")
    expect(_field(draft, NAME)).to_be_focused()
    # What is still being typed is not judged.
    expect(_message(draft, NAME)).to_be_empty()
    keys.send("Input.insertText", {"text": "머그컵"})
    draft.keyboard.type(" 무료배송")
    _field(draft, "name.en").focus()
    expect(_message(draft, NAME)).to_contain_text("무료배송 is promotion")
    expect(_field(draft, NAME)).to_have_value("머그컵 무료배송")
    expect(draft.locator("#draft-name")).to_have_text("머그컵 무료배송")


def test_the_side_lists_keep_count(draft: Page) -> None:
    basics = draft.locator('#rail-list a[href="#s-basics"]')
    score = draft.locator(".todo-score b").last
    before = int(score.inner_text())
    lines = draft.locator("#todo li", has_text="English name")
    expect(lines).to_contain_text("+4")
    steps.put(draft, "name.en", "Mug of fine porcelain")
    expect(lines).to_have_count(0)
    expect(score).to_have_text(str(before + 4))
    blocking = int(basics.locator(".rail-count").inner_text().split()[0])
    steps.put(draft, BRAND, "Onshelf")
    expect(basics.locator(".rail-count")).to_contain_text(str(blocking - 1))
    steps.put(draft, BRAND, "none")
    expect(basics.locator(".rail-advice")).to_contain_text("1")


def test_the_fields_of_a_market_come_and_go_without_losing_ones_place(draft: Page) -> None:
    union = draft.locator('[name="sold_in"][value="eu"]')
    union.focus()
    draft.keyboard.press("Space")
    expect(_field(draft, "eu.maker_address")).to_be_visible()
    expect(union).to_be_focused()
    expect(union).to_be_checked()
    steps.put(draft, "eu.maker_email", "safety at hanbit")
    expect(_message(draft, "eu.maker_email")).to_contain_text("not an e-mail address")
    steps.look(draft, "draft-eu")
    union.uncheck()
    expect(_field(draft, "eu.maker_address")).to_have_count(0)
    expect(draft.locator("#todo")).not_to_contain_text("EU")
    union.check()
    expect(_field(draft, "eu.maker_email")).to_have_value("safety at hanbit")


def test_a_twin_is_told_with_a_way_to_it(draft: Page) -> None:
    steps.put(draft, NAME, "온셸프 도자기 머그컵 세트")
    first = draft.url.removesuffix("/draft")
    steps.saved(draft)
    draft.goto("/listings/new?q=mug")
    draft.locator("button[name=category][value=mugs]").click()
    draft.wait_for_url("**/draft")
    steps.put(draft, NAME, "도자기 머그컵 세트, 온셸프")
    expect(_message(draft, NAME)).to_contain_text("온셸프 도자기 머그컵 세트")
    _message(draft, NAME).get_by_role("link").click()
    draft.wait_for_url(lambda address: address.startswith(first))
