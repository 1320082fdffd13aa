"""Every component, wide and narrow, in both languages, light and dark: no rule is broken."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults_of, sideways

SIZES = [(1440, 900), (390, 844)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_components_break_no_rule(
    visit: Callable[..., Page], language: str, size: tuple[int, int], scheme: str
) -> None:
    page = visit("/patterns", language=language, size=size)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert faults_of(page) == []
    assert sideways(page) == 0
    assert page.faults == []  # type: ignore[attr-defined]


def test_a_page_stays_in_its_window_at_twice_the_size(visit: Callable[..., Page]) -> None:
    page = visit("/patterns", size=(720, 450))
    assert sideways(page) == 0


def test_the_bars_stay_however_far_one_scrolls(visit: Callable[..., Page]) -> None:
    page = visit("/patterns")
    scrolled = page.evaluate("() => { scrollTo({top: 3000, behavior: 'instant'}); return scrollY }")
    assert scrolled > page.viewport_size["height"] * 2  # type: ignore[index]
    bars = [page.locator(name).bounding_box() for name in (".topbar", ".pagebar")]
    assert [bar and bar["y"] for bar in bars] == [0, 50]


def test_the_summary_has_the_focus_and_leads_to_the_field(visit: Callable[..., Page]) -> None:
    page = visit("/patterns", language="en")
    expect(page.locator("#summary")).to_be_focused()
    page.get_by_role("link", name="The last digit, 0, does not fit.").first.click()
    expect(page.locator("#f-gtin")).to_be_focused()


def test_a_dialog_gives_the_focus_back_to_its_opener(visit: Callable[..., Page]) -> None:
    page = visit("/patterns", language="en")
    opener = page.locator("[data-dialog=recall]")
    opener.click()
    dialog = page.get_by_role("dialog", name="Recall this item")
    expect(dialog).to_be_visible()
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_theme_changes_without_a_load_and_stays(visit: Callable[..., Page]) -> None:
    page = visit("/patterns", language="en")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="System").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_be_focused()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


@pytest.mark.parametrize("script", [True, False])
def test_the_language_switches_on_the_page_one_is_on(
    visit: Callable[..., Page], script: bool
) -> None:
    page = visit("/patterns?from=here", language="en", script=script)
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert page.url.endswith("/patterns?from=here")


def test_a_count_is_shown_from_four_fifths_and_runs_over(visit: Callable[..., Page]) -> None:
    page = visit("/patterns", language="en")
    field, count = page.locator("#f-name-ko"), page.locator("[data-count='20']")
    field.fill("x" * 15)
    expect(count).to_be_hidden()
    field.fill("x" * 16)
    expect(count).to_have_text("16/20")
    field.fill("x" * 21)
    expect(count).to_have_class("field-count is-over")


def test_being_offline_is_said_and_taken_back(visit: Callable[..., Page]) -> None:
    page = visit("/patterns", language="en")
    page.context.set_offline(True)
    expect(page.locator(".offline-bar")).to_have_text("You are offline. Changes waiting: 0.")
    page.context.set_offline(False)
    expect(page.locator(".offline-bar")).to_have_count(0)


def test_the_first_load_is_light(visit: Callable[..., Page]) -> None:
    page = visit("about:blank")
    sizes: list[int] = []
    page.on("requestfinished", lambda r: sizes.append(r.sizes()["responseBodySize"]))
    page.goto("/patterns", wait_until="networkidle")
    assert 0 < sum(sizes) <= 130_000
