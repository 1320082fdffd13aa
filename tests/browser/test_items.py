"""The table of items as its people use it: by keys alone, and with a block copied from a sheet."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import goods, steps

pytestmark = pytest.mark.xdist_group("browser")
SELLER = "owner@haneul.example"
FOCUSED = """() => {
  const one = document.activeElement;
  return {name: one.name ?? "", type: one.type ?? "", value: one.value ?? "", tag: one.tagName,
          action: one.getAttribute("formaction") ?? "", submit: "submitDraft" in one.dataset};
}"""


def test_two_options_are_registered_by_keys_alone(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER)
    tee = goods.t_shirt(goods.mark())
    page.goto("/listings/new")
    page.keyboard.type(tee.words)
    _tab_to(page, lambda at: at["name"] == "category" and at["value"] == tee.category)
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft")
    page.set_input_files("#pictures-file", [goods.photographs(tee.samples)[0]])
    answers = tee.answers | {
        "options": ["size", "colour"],
        "option_values.size": "M, L",
        "option_values.colour": "네이비\n블랙",
    }
    _answer_in_passing(page, answers)
    expect(page.locator("#maker-says")).to_contain_text("2 × 2", timeout=steps.PATIENCE)
    page.keyboard.press("Enter")
    expect(page.locator("[data-item]")).to_have_count(4, timeout=steps.PATIENCE)
    expect(page.locator("[data-col='options.size']").first).to_be_focused()

    mark = goods.mark()
    _press(page, "ArrowRight", "ArrowRight")
    for number in range(4):
        page.keyboard.type(f"TEE-{mark}-{number}")
        page.keyboard.press("Enter")
    # The columns after the two options and the SKU: price, list price, stock, GTIN, reason.
    for column, value in ((3, "12,900"), (5, "9"), (7, "직접 만든 상품")):
        _press(page, "Control+Home", *["ArrowRight"] * column)
        page.keyboard.insert_text(value)
        _press(page, "Enter", "ArrowUp", *["Shift+ArrowDown"] * 3, "Control+d")
    expect(page.locator("[data-col=price]").last).to_have_value("12,900")
    steps.saved(page)
    steps.wait_for_tiles(page, [goods.photographs(tee.samples)[0]["name"]], script=True)
    expect(steps.missing(page)).to_have_text("0")
    steps.look(page, "items")
    _tab_to(page, lambda at: at["submit"])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.rpartition("/")[2].isdigit())
    expect(page.locator("#items tbody tr")).to_have_count(4)
    expect(page.locator("#items")).to_contain_text("L / 블랙")


def test_a_block_of_150_rows_is_pasted_in_one_request(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/listings/new?q=반팔")
    page.locator('button[name=category][value="t-shirts"]').click()
    page.wait_for_url("**/draft")
    for option in ("size", "colour"):
        page.locator(f"[name=options][value={option}]").check()
    steps.put(page, "option_values.size", "XS, S, M, L, XL, 2XL, 3XL, 프리사이즈")
    steps.put(page, "option_values.colour", "\n".join(f"색 {n}" for n in range(1, 20)))
    expect(page.locator("#maker-says")).to_contain_text("8 × 19", timeout=steps.PATIENCE)
    page.locator("button[formaction$=combinations]").click()
    expect(page.locator("[data-item]")).to_have_count(152, timeout=steps.PATIENCE)

    mark = goods.mark()
    rows = [[f"B-{mark}-{n}", f"{12_000 + n * 10:,}", "20,000", str(n), ""] for n in range(150)]
    rows[7][4], rows[9][1] = "8801234567890", '"비싼\t값"'
    _copy(page, "\r\n".join("\t".join(row) for row in rows) + "\r\n")
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    page.locator("[data-col=sku]").first.click()
    page.keyboard.press("Control+v")
    expect(page.locator("[data-item] .grid-told .finding")).not_to_have_count(
        0, timeout=steps.PATIENCE
    )
    steps.saved(page)
    assert len(sent) == 1, sent
    told = page.locator("[data-item]").nth(7).locator(".grid-told")
    expect(told).to_contain_text("끝자리(0)가 맞지 않습니다")
    expect(page.locator("[data-col=gtin]").nth(7)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-item]").nth(9).locator(".grid-told")).to_contain_text(
        "숫자가 아닙니다"
    )

    page.reload()
    assert page.locator("[data-col=sku]").evaluate_all("all => all.map(one => one.value)") == [
        *(row[0] for row in rows), "", "",
    ]  # fmt: skip
    expect(page.locator("[data-col=price]").nth(149)).to_have_value("13,490")
    expect(page.locator("[data-col=price]").nth(9)).to_have_value("비싼\t값")
    _undone_and_done(page)


def _undone_and_done(page: Page) -> None:
    """One step takes back what was set for all, another puts it there again."""
    stock = page.locator("[data-col=stock]")
    page.select_option("#bulk-column", "stock")
    page.fill("#bulk-value", "77")
    page.click("#bulk-set")
    expect(stock.nth(149)).to_have_value("77")
    stock.first.click()
    page.keyboard.press("Control+z")
    expect(stock.nth(149)).to_have_value("149")
    page.keyboard.press("Control+y")
    expect(stock.nth(149)).to_have_value("77")
    steps.saved(page)


def _copy(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _tab_to(page: Page, wanted: Callable[[dict[str, str]], bool]) -> None:
    for _ in range(400):
        page.keyboard.press("Tab")
        if wanted(page.evaluate(FOCUSED)):
            return
    raise AssertionError("the keyboard never got there")


def _answer_in_passing(page: Page, answers: goods.Answers) -> None:
    """Tab through the form, answering each field as it comes, to the button that makes items."""
    left = dict(answers)
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["action"].endswith("/combinations"):
            assert not left, f"passed by: {sorted(left)}"
            return
        if at["name"] in left:
            _answer(page, at, left)
    raise AssertionError("the keyboard never got there")


def _answer(page: Page, at: dict[str, str], left: goods.Answers) -> None:
    wanted = left[at["name"]]
    if at["type"] == "checkbox":
        if at["value"] in wanted:
            page.keyboard.press("Space")
            rest = [each for each in wanted if each != at["value"]]
            left[at["name"]] = rest
        if not left[at["name"]]:
            del left[at["name"]]
        return
    if at["type"] == "radio":
        page.keyboard.press("Space")
    if at["type"] in ("radio", "select-one"):
        for _ in range(30):
            if page.evaluate(FOCUSED)["value"] == wanted:
                break
            page.keyboard.press("ArrowDown")
    else:
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(str(wanted))
    del left[at["name"]]
