"""By the keyboard alone: every step can be reached, is seen when it has the focus, and keeps it."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import goods, steps
from tests.browser.conftest import PASSWORD
from tests.browser.goods import Answers

SELLER, REVIEWER = "owner@baum.example", "reviewer@onshelf.example"
EN = {"language": "en"}
# The stop that has the focus. `seen`: in the window, outlined, and nothing (`over`) lies over its
# corner, at the latest some frames after what is being saved has moved the page.
STOP = """async () => {
  const at = document.activeElement;
  const over = () => {
    const box = at.getBoundingClientRect();
    return document.elementFromPoint(
      box.x + Math.min(8, box.width / 2), box.y + Math.min(12, box.height / 2));
  };
  const seen = () => at === document.body || at.matches("main, h1")
    || (at.contains(over()) && getComputedStyle(at).outlineStyle !== "none");
  for (let frame = 0; frame < 90 && !seen(); frame++) await new Promise(requestAnimationFrame);
  return {
    id: at.id, name: at.name ?? "", value: at.value ?? "", type: at.type ?? "",
    words: (at.getAttribute("aria-label") ?? at.innerText ?? "").trim(),
    seen: seen(), over: over()?.outerHTML.slice(0, 200), y: at.getBoundingClientRect().y,
  };
}"""
MOST_STOPS = 250


def stop(page: Page) -> dict[str, str]:
    """What has the focus."""
    at: dict[str, str] = page.evaluate(STOP)
    return at


def tab_to(page: Page, **wanted: str) -> dict[str, str]:
    """Press Tab until a stop has these values; each on the way must be seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = stop(page)
        assert at["seen"], f"hidden: {json.dumps(at)}"
        if all(at[key] == value for key, value in wanted.items()):
            return at
    raise AssertionError(f"no stop with {wanted}")


def press(page: Page, *keys: str) -> None:
    """One key after the other."""
    for key in keys:
        page.keyboard.press(key)


def answer(page: Page, path: str, value: str) -> None:
    """Reach the field at *path* and answer it as its kind is answered by keys."""
    at = tab_to(page, name=path)
    if at["type"] == "radio":
        for _ in range(12):
            if stop(page)["value"] == value:
                break
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
    elif at["type"] == "select-one":
        page.keyboard.type(page.locator(f'[name="{path}"] option[value="{value}"]').inner_text())
    else:
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(value)


def answer_all(page: Page, answers: Answers) -> None:
    """Every field of *answers*, in the order of the page."""
    named = page.locator("#draft-form [name]").evaluate_all("all => all.map(one => one.name)")
    for path in dict.fromkeys(name for name in named if name in answers):
        answer(page, path, str(answers[path]))


def test_a_listing_is_written_and_submitted_by_keys_alone(visit: Callable[..., Page]) -> None:
    page = visit("/", **EN)
    mug = goods.mug(goods.mark())
    _sign_in(page)
    tab_to(page, words="Register a product")
    page.keyboard.press("Enter")
    page.wait_for_url("**/listings/new")
    expect(page.locator("[name=q]")).to_be_focused()
    page.keyboard.insert_text(mug.words)
    expect(page.locator(f"button[name=category][value={mug.category}]")).to_be_visible()
    tab_to(page, name="category", value=mug.category)
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft")
    tab_to(page, id="pictures-file")
    page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    _answer_with_two_options(page, mug)
    # The one field that was left out is mended from the side list.
    tab_to(page, words="Brand")
    page.keyboard.press("Enter")
    expect(page.locator("[name=brand]")).to_be_focused()
    page.keyboard.insert_text("Harbour Works")
    page.keyboard.press("Enter")
    steps.wait_for_tiles(page, ["front.jpg"], script=True)
    expect(steps.missing(page)).to_have_text("0")
    expect(page.locator("[name=brand]")).to_be_focused()
    tab_to(page, words="Submit")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith(("/draft", "/submission")))
    expect(page.locator(".pagebar")).to_contain_text("Waiting for review")


def _sign_in(page: Page) -> None:
    tab_to(page, words="Skip to content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, words="Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")
    tab_to(page, name="email")
    page.keyboard.insert_text(SELLER)
    tab_to(page, name="password")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")


def _answer_with_two_options(page: Page, mug: goods.Goods) -> None:
    """All but the brand; two options with two values each make four items, filled as a sheet is."""
    own = {"brand", "attributes.volume", "attributes.colour"}
    answer_all(page, {path: value for path, value in mug.answers.items() if path not in own})
    for option in ("colour", "volume"):
        tab_to(page, name="options", value=option)
        page.keyboard.press("Space")
    answer(page, "option_values.colour", "White, Black")
    answer(page, "option_values.volume", "350ml\n500ml")
    tab_to(page, words="Make the items")
    # Thirty fields were answered faster than people can: their saves go one after the other.
    expect(page.locator("#maker-says")).to_contain_text("2 × 2", timeout=steps.PATIENCE)
    page.keyboard.press("Enter")
    expect(page.locator("[data-item]")).to_have_count(4)
    first = page.locator("[data-item] [data-col]").first
    expect(first).to_be_focused()
    expect(first).to_have_value("White")
    press(page, "ArrowRight", "ArrowRight")
    for number in range(4):
        page.keyboard.type(f"{mug.items[0]['sku']}-{number}")
        page.keyboard.press("Enter")
    # Behind the two options and the SKU stand price, list price, stock, GTIN and reason.
    for column, value in ((3, "12,900"), (5, "9"), (7, "Made by ourselves")):
        press(page, "Control+Home", *["ArrowRight"] * column)
        page.keyboard.insert_text(value)
        press(page, "Enter", "ArrowUp", *["Shift+ArrowDown"] * 3, "Control+d")
    expect(page.locator("[data-col=price]").last).to_have_value("12,900")
    expect(page.locator("[data-col=gtin_reason]").last).to_have_value("Made by ourselves")
    steps.saved(page)


def test_enter_in_a_field_saves_it_and_hands_nothing_in(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    field = page.locator("[name=brand]")
    field.press_sequentially("Harbour")
    field.press("Enter")
    steps.saved(page)
    expect(field).to_be_focused()
    assert page.url == draft
    page.goto(draft)
    expect(field).to_have_value("Harbour")


def test_a_picture_taken_out_leaves_the_focus_at_its_neighbour(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    sides = {"front.jpg": 700, "side.jpg": 710}
    page.set_input_files("#pictures-file", [goods.drawn(n, s, s) for n, s in sides.items()])
    steps.wait_for_tiles(page, list(sides), script=True)
    steps.tile(page, "front.jpg").get_by_role("button", name="Take out").press("Enter")
    expect(steps.tile(page, "side.jpg")).to_be_focused()
    page.locator(".pictures-removed button").press("Enter")
    expect(steps.tile(page, "front.jpg")).to_be_focused()
    later = steps.tile(page, "front.jpg").get_by_role("button", name="Move later")
    later.press("Enter")
    # The last one has no such button.
    expect(steps.tile(page, "front.jpg")).to_be_focused()


def test_a_reason_is_pinned_and_taken_away_without_losing_the_place(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(REVIEWER, **EN)
    steps.claim(page, "Baum stainless steel mug")
    expect(page.locator("h1")).to_be_focused()
    page.locator('[data-pin="brand"]').press("Enter")
    expect(page.locator("#reason")).to_be_focused()
    page.select_option("#reason", "attribute-wrong")
    page.locator("#add-reason").press("Enter")
    expect(page.locator(".pin-list li")).to_have_count(1)
    expect(page.locator("#add-reason")).to_be_focused()
    page.locator("#remove-0").press("Enter")
    expect(page.locator(".pin-list li")).to_have_count(0)
    expect(page.locator("#pins")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#pins")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("s")


def test_the_side_list_keeps_the_focus_while_it_is_drawn_anew(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    held = steps.hold(page, steps.new_draft(page))
    steps.put(page, "brand", "Harbour")
    missing = page.locator("#todo a")
    missing.get_by_text("Brand", exact=True).locator("xpath=ancestor::a").focus()
    steps.come(page, held)
    held[0].continue_()
    expect(missing.get_by_text("Brand", exact=True)).to_have_count(0)
    expect(missing.filter(has_text="Manufacturer")).to_be_focused()
