"""The table of items as its people use it, with a block copied from a sheet."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import goods, steps

SELLER = "owner@haneul.example"


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
    expect(page.locator("#s-items")).to_have_attribute("data-waiting", "0", timeout=steps.PATIENCE)
    steps.saved(page)


def _copy(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
