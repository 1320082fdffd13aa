"""A line that breaks, a session that ends, a tab that closes: what was typed or sent is kept."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import goods, steps
from tests.browser.conftest import PASSWORD

SELLER = "owner@baum.example"
EN = {"language": "en"}
# Every state from now on, for one that passes while nobody looks.
NOTE_STATES = """() => {
    const noted = [];
    new MutationObserver(changes => {
        noted.push(...changes.map(({ target }) => target.dataset.saveState));
        document.body.dataset.noted = noted.join(" ");
    }).observe(document.body, { subtree: true, attributeFilter: ["data-save-state"] });
}"""
LEAVE = """(field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def state(page: Page, wanted: str) -> None:
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", wanted)


def stored(page: Page, draft: str, path: str, value: str) -> None:
    """A fresh page of the draft has *value* in a text field, soon."""
    page.goto(draft)
    steps.until(page, page.locator(f'#draft-form [name="{path}"][value="{value}"]'))


def posts(page: Page) -> list[tuple[str, int]]:
    """What every POST from now on goes to, and how it is answered, as the answers come."""
    seen: list[tuple[str, int]] = []
    page.on(
        "response",
        lambda r: seen.append((r.url, r.status)) if r.request.method == "POST" else None,
    )
    return seen


def choose(page: Page, season: str, on: bool) -> None:
    page.locator(f'#draft-form [name="attributes.season"][value="{season}"]').set_checked(on)


def test_keeping_mine_keeps_every_choice_of_it(sign_in: Callable[..., Page]) -> None:
    first = sign_in(SELLER, **EN)
    draft = steps.new_draft(first, "T-shirt", "t-shirts")
    steps.put(first, "attributes.season", ["spring", "summer"])
    steps.saved(first)
    second = first.context.new_page()
    second.goto(draft)
    choose(first, "spring", False)
    steps.saved(first)
    choose(second, "autumn", True)
    both = second.locator('[data-path="attributes.season"] .both')
    both.get_by_role("button", name="Keep mine").click()
    expect(both).to_have_count(0)
    steps.saved(second)
    first.reload()
    chosen = first.locator('#draft-form [name="attributes.season"]:checked')
    assert chosen.evaluate_all("all => all.map(one => one.value)") == ["spring", "summer", "autumn"]


def test_an_upload_while_signed_out_says_so_and_goes_after_signing_in(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    steps.sign_out_beside(page)
    page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    tile = page.locator("#pictures-arriving .tile")
    expect(tile).to_contain_text("front.jpg: the upload did not arrive")
    expect(page.locator("#notice")).to_contain_text("You are signed out")
    with page.context.expect_page() as opened:
        page.locator("#notice a").click()
    steps.sign_in_again(opened.value, SELLER, PASSWORD)
    expect(steps.tile(page, "front.jpg").locator(".badge-state")).to_be_visible()
    expect(tile).to_have_count(0)


def test_an_upload_that_is_refused_whole_says_why_and_is_tried_again(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    steps.sign_in_again(steps.sign_out_beside(page), SELLER, PASSWORD)
    page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    tile = page.locator("#pictures-arriving .tile")
    expect(tile.get_by_role("alert")).to_contain_text("This page was open too long")
    expect(tile).to_contain_text("front.jpg")
    expect(tile.locator("progress")).to_be_hidden()
    tile.get_by_role("button", name="Try again").click()
    expect(steps.tile(page, "front.jpg").locator(".badge-state")).to_be_visible()


def test_an_upload_whose_line_broke_goes_again_once_another_came_through(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    page.route("**/pictures", lambda route: route.abort("connectionreset"), times=1)
    two = [goods.drawn("front.jpg", 700, 700), goods.drawn("side.jpg", 710, 710)]
    page.set_input_files("#pictures-file", two)
    for name in ("front.jpg", "side.jpg"):
        expect(steps.tile(page, name).locator(".badge-state")).to_be_visible()
    expect(page.locator("#pictures-arriving .tile")).to_have_count(0)


def test_closing_the_tab_asks_while_a_picture_goes_up(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    steps.new_draft(page)
    held = steps.hold(page, "**/pictures")
    # A browser asks nobody who has not touched the page.
    page.locator("#pictures-file").press("Shift")
    with page.expect_request("**/pictures"):
        page.set_input_files("#pictures-file", [goods.drawn("front.jpg", 700, 700)])
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    steps.come(page, held)
    held[0].continue_()
    expect(steps.tile(page, "front.jpg")).to_be_visible()
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def test_what_could_not_be_saved_goes_when_the_line_is_back(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    page.context.set_offline(True)
    steps.put(page, "brand", "Harbour")
    state(page, "unsaved")
    expect(page.locator(".offline-bar")).to_have_text("You are offline. Changes waiting: 1.")
    page.locator(".pagebar [data-submit-draft]").click()
    expect(page.locator("#live-alert")).to_contain_text("Your input is here")
    assert page.url == draft
    page.context.set_offline(False)
    steps.saved(page)
    stored(page, draft, "brand", "Harbour")


def test_a_save_that_was_lost_is_tried_again_of_itself(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    page.route(draft, lambda route: route.abort("connectionreset"), times=1)
    page.evaluate(NOTE_STATES)
    steps.put(page, "brand", "Harbour")
    expect(page.locator("body")).to_have_attribute("data-noted", re.compile("unsaved"))
    steps.saved(page)
    stored(page, draft, "brand", "Harbour")


def test_a_field_whose_save_failed_is_not_forgotten_for_the_next(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    page.route(draft, lambda route: route.fulfill(status=503, body=""), times=1)
    steps.put(page, "brand", "Harbour")
    steps.put(page, "manufacturer", "Works")
    steps.saved(page)
    stored(page, draft, "brand", "Harbour")
    assert steps.value_of(page, "manufacturer") == "Works"


def test_saves_that_wait_their_turn_go_when_the_tab_closes(sign_in: Callable[..., Page]) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    held = steps.hold(page, draft)
    for path in ("brand", "manufacturer", "attributes.colour"):
        steps.put(page, path, "Harbour")
    state(page, "saving")
    steps.come(page, held)
    page.goto("/home")
    stored(page, draft, "attributes.colour", "Harbour")
    assert steps.value_of(page, "brand") == steps.value_of(page, "manufacturer") == "Harbour"


def test_signed_in_again_in_another_tab_saves_with_the_new_token(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    steps.sign_in_again(steps.sign_out_beside(page), SELLER, PASSWORD)
    seen = posts(page)
    # Typed and left at the same moment: in between a slow machine would save it once more.
    page.locator('#draft-form [name="brand"]').evaluate(LEAVE, "Harbour")
    steps.come(page, seen, 2)
    steps.saved(page)
    assert seen == [(draft, 400), (draft, 200)]
    expect(page.locator("#notice")).to_be_empty()
    stored(page, draft, "brand", "Harbour")


def test_a_save_refused_for_its_form_asks_for_the_session_once(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if r.url.endswith("/session") else None)
    page.route(draft, lambda route: route.fulfill(status=400, body=""))
    for brand in ("Harbour", "Harbour Works"):
        with page.expect_response(lambda r: r.url == draft and r.status == 400):
            steps.put(page, "brand", brand)
        state(page, "unsaved")
    assert len(asked) == 1


def test_arrows_through_a_long_list_are_two_saves_and_the_last_line_stays(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    seen, held = posts(page), steps.hold(page, draft)
    country = page.locator('#draft-form [name="origin.country"]')
    for _ in range(6):
        country.press("ArrowDown")
    wanted = country.input_value()
    state(page, "saving")
    steps.come(page, held)
    held[0].continue_()
    steps.come(page, seen, 2)
    steps.saved(page)
    assert seen == [(draft, 200)] * 2
    page.goto(draft)
    expect(country).to_have_value(wanted)


def test_a_save_in_the_air_lands_before_the_whole_form_is_sent(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in(SELLER, **EN)
    draft = steps.new_draft(page)
    seen, held = posts(page), steps.hold(page, draft)
    steps.put(page, "brand", "Harbour")
    steps.put(page, "manufacturer", "Works")
    page.locator("button[formaction$='/items']").click()
    steps.come(page, held)
    held[0].continue_()
    expect(page.locator("[data-item]")).to_have_count(2)
    steps.come(page, seen, 2)
    assert seen == [(draft, 200), (draft.replace("/draft", "/items"), 303)]
    assert steps.value_of(page, "manufacturer") == "Works"
