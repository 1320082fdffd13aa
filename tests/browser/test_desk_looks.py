"""The desk with nothing, much, and what is rare on it; pictures and papers looked at closely."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import steps
from tests.browser.conftest import NARROW
from tests.browser.desks import (
    APPEALED,
    CERTIFICATE,
    CERTIFIED,
    EMPTY,
    FULL,
    LABEL,
    OTHER,
    PAPER,
    QUEUE,
)
from tests.stack import Stack

# More than a page of the queue holds.
CASES = 55


@pytest.fixture(scope="module")
def desks(stack: Stack) -> Iterator[None]:
    stack.python("tests.browser.desks", str(CASES))
    yield


def test_an_empty_desk(desks: None, sign_in: Callable[..., Page]) -> None:
    page = sign_in(EMPTY, language="en")
    page.goto("/review")
    expect(page.locator("main")).to_contain_text("Nothing is waiting.")
    steps.look(page, "desk-empty")
    page.get_by_role("button", name="Claim next").click()
    expect(page.locator(".say[role=status]")).to_contain_text("that you may take")


def test_an_overfull_desk(desks: None, sign_in: Callable[..., Page]) -> None:
    page = sign_in(FULL, language="en")
    page.goto("/review")
    page.get_by_role("button", name="Claim next").click()
    page.wait_for_url("**/review/cases/*")
    for _ in range(5):
        here = page.url
        page.locator("button[name=verdict][value=approve]").click()
        page.wait_for_url(lambda address, here=here: address != here)
        expect(page.locator("#verdict")).to_have_attribute("data-standing", "mine")
    steps.look(page, "case-held-before")
    page.goto("/review?q=speaker&state=all")
    page.locator("#name").fill("All of the speakers that wait")
    page.get_by_role("button", name="Save filter").click()
    expect(page.locator(".saved-filter")).to_contain_text("All of the speakers that wait")
    page.locator(".held-rest summary").click()
    expect(page.locator(".held-rest li")).to_have_count(2)
    expect(page.locator("table tbody tr")).to_have_count(50)
    steps.look(page, "desk-overfull")


def test_a_case_is_claimed_on_a_phone(desks: None, sign_in: Callable[..., Page]) -> None:
    page = sign_in(OTHER, language="en", size=NARROW)
    page.goto(f"/review?queue={QUEUE}&kind=review")
    page.locator("table").get_by_role("button", name="Claim: Speaker").first.click()
    page.wait_for_url("**/review/cases/*")
    expect(page.locator("#verdict")).to_have_attribute("data-standing", "mine")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_appeals_case(desks: None, sign_in: Callable[..., Page], language: str) -> None:
    page = sign_in(FULL, language=language)
    page.goto(f"/review?queue={QUEUE}&kind=appeal&state=all")
    page.locator("tbody th a").click()
    expect(page.locator(".appealed blockquote")).to_be_visible()
    steps.look(page, f"case-appeal-{language}")
    # What has happened is read in lines, not letter under letter.
    told = page.locator("#record .record-what").first
    told.scroll_into_view_if_needed()
    assert told.evaluate("line => line.offsetWidth > line.parentElement.offsetWidth / 2")


def test_the_canned_texts(desks: None, sign_in: Callable[..., Page], stack: Stack) -> None:
    stack.query(
        "INSERT INTO canned_text (queue, title, ko, en) SELECT 'electronics', 'Text ' || n,"
        " repeat('KC 인증 번호가 사진과 다릅니다. ', n), repeat('The number differs. ', n)"
        " FROM generate_series(1, 6) n RETURNING id"
    )
    page = sign_in(FULL, language="en")
    page.goto("/review/texts")
    expect(page.locator(".canned-text")).to_have_count(6)
    for fold in (".canned-text details", ".canned-new"):
        page.locator(f"{fold} summary").first.click()
    steps.look(page, "canned-texts")


def test_fine_print_is_read_at_its_own_size(desks: None, sign_in: Callable[..., Page]) -> None:
    page = _the_case(sign_in(FULL, language="en"))
    link = page.locator("[data-shot] .shot-frame a").first
    link.focus()
    # Keys that come with the page would be those of the case before.
    expect(page.locator("body")).to_have_attribute("data-keys", "awake")
    page.keyboard.press("z")
    box, room = page.locator("#zoom"), page.locator("#zoom .zoom-room")
    expect(room).to_be_focused()
    _is_there(box, 3600)
    expect(box.locator("[data-size]")).to_have_text("3600 × 3600 px")
    assert not _beyond(room), "first all of it is seen"
    steps.look(page, "zoom-fitted")
    page.keyboard.press("z")
    expect(box.get_by_role("button", name="Actual size")).to_have_attribute("aria-pressed", "true")
    expect(room).to_be_focused()
    assert box.locator("img").evaluate("image => image.clientWidth") == 3600
    middle = _place(room)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.wait_for_function(
        "([x, y]) => { const room = document.querySelector('.zoom-room');"
        " return room.scrollLeft < x && room.scrollTop < y; }",
        arg=middle,
    )
    steps.look(page, "zoom-actual")
    page.keyboard.press("z")
    assert not _beyond(room)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_paper_is_looked_at_where_it_stands(desks: None, sign_in: Callable[..., Page]) -> None:
    page = _the_case(sign_in(FULL, language="en"))
    paper = page.locator(f"a[data-zoom='{PAPER}']").first
    paper.press("Enter")
    box = page.locator("#zoom")
    _is_there(box, 1700)
    expect(box.get_by_role("img", name=PAPER)).to_be_visible()
    expect(box.locator(".zoom-lost")).to_be_hidden()
    steps.look(page, "zoom-paper")
    box.get_by_role("button", name="Close").click()
    expect(paper).to_be_focused()
    page.route("**/picture", lambda route: route.fulfill(status=404, body="gone"))
    paper.press("Enter")
    expect(box.locator(".zoom-lost")).to_contain_text("download the file")


def test_without_script_links_lead_to_the_pictures(
    desks: None, sign_in: Callable[..., Page]
) -> None:
    page = _the_case(sign_in(FULL, language="en", script=False))
    for link in ("[data-shot] .shot-frame a", f"a[data-zoom='{PAPER}']"):
        answer = page.request.get(page.locator(link).first.get_attribute("href") or "")
        assert answer.status == 200 and answer.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_certificate_is_read_page_by_page_where_it_stands(
    desks: None, sign_in: Callable[..., Page], language: str
) -> None:
    page = _the_case(sign_in(FULL, language=language), CERTIFIED)
    here, paper = page.url, page.locator(f"a[data-zoom='{CERTIFICATE}']").first
    paper.press("Enter")
    box, room = page.locator("#zoom"), page.locator("#zoom .zoom-room")
    expect(box).to_have_attribute("aria-label", CERTIFICATE)
    _is_page(box, language, 1)
    _is_there(box, 2066)
    assert not _beyond(room), "first all of it is seen"
    steps.look(page, "zoom-certificate")
    page.keyboard.press("j")
    _is_page(box, language, 2)
    expect(room).to_be_focused()
    page.keyboard.press("PageDown")
    _is_page(box, language, 3)
    expect(box.locator("a[rel=next]")).to_have_count(0)
    page.keyboard.press("z")
    assert box.locator("img").evaluate("image => image.clientWidth") == 2066
    page.keyboard.press("k")
    _is_page(box, language, 2)
    assert box.locator("img").evaluate("image => image.clientWidth") == 2066, "as it was read"
    steps.look(page, "zoom-certificate-actual")
    page.keyboard.press("z")
    before = box.locator("a[rel=prev]")
    before.press("Enter")
    _is_page(box, language, 1)
    expect(room).to_be_focused()
    after = box.locator("a[rel=next]")
    after.press("Enter")
    _is_page(box, language, 2)
    expect(after).to_be_focused()
    page.keyboard.press("Escape")
    expect(paper).to_be_focused()
    expect(page).to_have_url(here)


def test_a_certificate_that_cannot_be_shown_says_why_in_its_place(
    desks: None, sign_in: Callable[..., Page]
) -> None:
    page = _the_case(sign_in(FULL, language="en"), APPEALED)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    paper = page.locator("a[data-leaves]").first
    paper.press("Enter")
    box = page.locator("#zoom")
    expect(box.locator(".zoom-room")).to_contain_text("Download the file instead.")
    expect(box.get_by_role("status")).to_contain_text("Download the file instead.")
    expect(box.locator("[data-full]")).to_be_disabled()
    steps.look(page, "zoom-certificate-lost")
    with page.expect_download() as got:
        box.get_by_role("link", name="Download").click()
    assert got.value.suggested_filename == "paper.pdf"
    box.get_by_role("button", name="Close").click()
    expect(paper).to_be_focused()
    page.route("**/pages/1", lambda route: route.abort())
    paper.press("Enter")
    expect(box.locator(".zoom-lost")).to_contain_text("download the file")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_script_the_pages_of_a_certificate_are_pages(
    desks: None, sign_in: Callable[..., Page], language: str
) -> None:
    page = _the_case(sign_in(FULL, language=language, script=False), CERTIFIED)
    here = page.url
    page.locator(f"a[data-zoom='{CERTIFICATE}']").first.click()
    expect(page.locator("h1")).to_have_text(CERTIFICATE)
    _is_page(page.locator("main"), language, 1)
    steps.look(page, "certificate-page")
    page.locator("a[rel=next]").click()
    _is_page(page.locator("main"), language, 2)
    expect(page.locator(".leaf-sheet img")).to_have_js_property("naturalWidth", 2066)
    answer = page.request.get(page.locator(".leaf-sheet").get_attribute("href") or "")
    assert answer.status == 200 and answer.headers["content-type"] == "image/jpeg"
    page.locator(".bar-back").click()
    expect(page).to_have_url(here.partition("?")[0])


def _is_page(place: Locator, language: str, no: int) -> None:
    told = f"3쪽 중 {no}쪽" if language == "ko" else f"Page {no} of 3"
    expect(place.locator("[data-leaf-count]")).to_have_text(told)
    expect(place.get_by_role("img", name=f"{CERTIFICATE}: {told}")).to_be_visible()


def _the_case(page: Page, name: str = LABEL) -> Page:
    page.goto(f"/review?queue={QUEUE}&state=all&q={name.replace(' ', '+')}")
    page.locator("tbody th a").click()
    page.wait_for_url("**/review/cases/*")
    return page


def _is_there(box: Locator, wide: int) -> None:
    expect(box.locator("img")).to_have_js_property("naturalWidth", wide)
    expect(box.locator("[data-full]")).to_be_enabled()


def _beyond(room: Locator) -> bool:
    seen = "room => room.scrollWidth > room.clientWidth || room.scrollHeight > room.clientHeight"
    return bool(room.evaluate(seen))


def _place(room: Locator) -> list[float]:
    place: list[float] = room.evaluate("room => [room.scrollLeft, room.scrollTop]")
    return place
