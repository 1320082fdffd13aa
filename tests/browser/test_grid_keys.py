"""The keys of the table of items, Hangul in its cells, and the same table without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import goods, steps

SELLER = "owner@baum.example"
VALUES = "250ml, 350ml, 500ml"


def table_of(page: Page, script: bool = True) -> None:
    """A fresh draft of a mug in three volumes, its table on the page."""
    steps.new_draft(page)
    steps.put(page, "options", "volume")
    if not script:
        page.locator("button[name=section][value=s-options]").click()
    steps.put(page, "option_values.volume", VALUES)
    if script:
        steps.saved(page)
    page.locator("button[formaction$=combinations]").click()
    expect(page.locator("[data-item]")).to_have_count(3)


def cell(page: Page, column: str, row: int = 0) -> Locator:
    """The control of a row in a column."""
    return page.locator(f"[data-item] [data-col={column}]").nth(row)


def values(page: Page, column: str) -> list[str]:
    """What stands in a column."""
    found: list[str] = page.locator(f"[data-col={column}]").evaluate_all(
        "all => all.map(one => one.value)"
    )
    return found


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.fixture
def page(request: pytest.FixtureRequest, sign_in: Callable[..., Page]) -> Page:
    """A draft with three items, in Korean where a test names no language."""
    opened = sign_in(SELLER, language=getattr(request, "param", "ko"))
    table_of(opened)
    return opened


def test_keys_edit_restore_and_move(page: Page) -> None:
    sku = cell(page, "sku")
    sku.focus()
    page.keyboard.type("MUG-1")
    press(page, "Enter")
    expect(cell(page, "sku", 1)).to_be_focused()
    page.keyboard.type("MUG-2")
    press(page, "Shift+Enter")
    expect(sku).to_be_focused()
    # Typing over replaces; Esc puts back what stood there.
    page.keyboard.type("X")
    expect(sku).to_have_value("X")
    press(page, "Escape")
    expect(sku).to_have_value("MUG-1")
    # F2 puts the caret at the end, where arrows move it and nothing else.
    press(page, "F2", "ArrowLeft")
    page.keyboard.type("0")
    expect(sku).to_have_value("MUG-01")
    expect(sku).to_be_focused()
    press(page, "Escape", "ArrowDown")
    expect(cell(page, "sku", 1)).to_be_focused()
    assert values(page, "sku") == ["MUG-1", "MUG-2", ""]
    steps.saved(page)
    page.reload()
    assert values(page, "sku") == ["MUG-1", "MUG-2", ""]


def test_a_value_is_filled_down_and_taken_back(page: Page) -> None:
    cell(page, "stock").focus()
    page.keyboard.type("12")
    press(page, "Enter", "Control+d")
    assert values(page, "stock") == ["12", "12", ""]
    press(page, "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    assert values(page, "stock") == ["12", "12", "12"]
    press(page, "Control+z")
    assert values(page, "stock") == ["12", "12", ""]
    press(page, "Control+z")
    assert values(page, "stock") == ["12", "", ""]
    press(page, "Control+y")
    assert values(page, "stock") == ["12", "12", ""]
    press(page, "Delete")
    steps.saved(page)
    page.reload()
    assert values(page, "stock").count("12") == 1


def test_hangul_is_composed_in_a_cell(page: Page) -> None:
    """The syllable is finished after the save that came while it was open, and is one step."""
    reason = cell(page, "gtin_reason")
    reason.focus()
    keys = page.context.new_cdp_session(page)
    for jamo in ("ㅈ", "지", "직"):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            keys.send(
                "Input.imeSetComposition", {"text": jamo, "selectionStart": 1, "selectionEnd": 1}
            )
        expect(reason).to_have_value(jamo)
        expect(reason).to_be_focused()
    keys.send("Input.insertText", {"text": "직접"})
    page.keyboard.type(" 만든 상품")
    press(page, "Enter")
    expect(cell(page, "gtin_reason", 1)).to_be_focused()
    steps.saved(page)
    expect(reason).to_have_value("직접 만든 상품")
    # An Enter that closes a syllable moves nothing.
    keys.send("Input.imeSetComposition", {"text": "손", "selectionStart": 1, "selectionEnd": 1})
    code = {"windowsVirtualKeyCode": 229, "key": "Process", "code": "Enter"}
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **code})
    keys.send("Input.insertText", {"text": "손"})
    expect(cell(page, "gtin_reason", 1)).to_be_focused()
    expect(cell(page, "gtin_reason", 1)).to_have_value("손")
    steps.saved(page)
    page.reload()
    assert values(page, "gtin_reason") == ["직접 만든 상품", "손", ""]


@pytest.mark.parametrize("page", ["ko", "en"], indirect=True)
def test_what_is_wrong_is_told_in_the_row_and_the_table_is_for_everybody(page: Page) -> None:
    cell(page, "price").focus()
    page.keyboard.type("12,905")
    press(page, "Enter")
    told = page.locator("[data-item]").first.locator(".grid-told .finding")
    expect(told).not_to_have_count(0)
    expect(cell(page, "price")).to_have_attribute("aria-invalid", "true")
    steps.saved(page)
    steps.look(page, "items-table")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_script_one_button_saves_the_table(
    sign_in: Callable[..., Page], language: str
) -> None:
    page = sign_in(SELLER, language=language, script=False)
    table_of(page, script=False)
    mark = goods.mark()
    for row in range(3):
        cell(page, "sku", row).fill(f"NS-{mark}-{row}")
        cell(page, "price", row).fill("12,900")
        cell(page, "stock", row).fill(str(row))
        cell(page, "gtin_reason", row).fill("직접 만든 상품")
    cell(page, "off", 2).check()
    cell(page, "price", 1).fill("비싸요")
    page.locator("button[name=section][value=s-items]").click()
    page.wait_for_url("**/draft#s-items")

    assert values(page, "sku") == [f"NS-{mark}-{row}" for row in range(3)]
    assert values(page, "price") == ["12,900", "비싸요", "12,900"]
    expect(cell(page, "off", 2)).to_be_checked()
    expect(page.locator("[data-item]").nth(1).locator(".grid-told .finding")).not_to_have_count(0)
    steps.look(page, "items-table-no-script")


def test_one_click_asks_before_a_row_is_taken_out(page: Page) -> None:
    cell(page, "remove", 2).click()
    page.get_by_role("dialog").get_by_role("button", name="빼기").click()
    expect(page.locator("[data-item]")).to_have_count(2)
