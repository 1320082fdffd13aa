"""A reviewer's day at the desk: by keys alone, past the end of a lease, back after moving on."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.waiting import SELLER
from tests.stack import Stack

REVIEWER = "day@onshelf.example"
CASES = 20


@pytest.fixture(scope="module")
def waiting(stack: Stack) -> Iterator[None]:
    """CASES and some more wait for nobody but this reviewer."""
    stack.python("tests.browser.waiting", REVIEWER, str(CASES + 5))
    yield


@pytest.fixture
def desk(waiting: None, sign_in: Callable[..., Page]) -> Page:
    """Their desk, as wide as the narrowest that it is made for."""
    page = sign_in(REVIEWER)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/review")
    return page


def press(page: Page, *keys: str) -> None:
    """One after the other, once the desk takes keys: not at once, so that none counts twice."""
    expect(page.locator("body")).to_have_attribute("data-keys", "awake")
    for key in keys:
        page.keyboard.press(key)


def decides(page: Page, *keys: str) -> None:
    """Keys of which the last decides; the next case is there, with the focus on its name."""
    here = page.url
    press(page, *keys)
    page.wait_for_url(lambda address: address != here)
    expect(page.locator("#case-name")).to_be_focused()


def pins(page: Page, count: int) -> None:
    expect(page.locator(".pin-list li")).to_have_count(count)
    # The focus is given back last: what is pressed before that leaves nothing.
    steps.settled(page)


def in_part(page: Page) -> None:
    """The second item is refused by keys: P P to it, X 1 Enter pins a reason there."""
    press(page, "p", "p", "x")
    expect(page.locator("#path")).to_have_value(re.compile(r"items\.\d+"))
    press(page, "1", "Enter")
    pins(page, 1)
    press(page, "Escape")
    decides(page, "p")


def _rejects_a_picture(page: Page, standing_at: int) -> str:
    """Reject for a blurred picture in three keys; the path of the picture that is meant.

    That is the one that was gone to, the second; from the case's name it is the one found blurred.
    """
    places = page.locator("[data-shot]").evaluate_all("all => all.map(one => one.dataset.path)")
    assert len(places) == 3
    if standing_at:
        press(page, "i", "i")
    press(page, "r")
    offered = page.locator('#reason option[value="picture-unclear"]')
    expect(offered).to_have_attribute("data-at", places[2])
    decides(page, offered.get_attribute("data-digit") or "", "Enter")
    return str(places[1 if standing_at else 2])


def _pinned(stack: Stack, cases: dict[str, str]) -> dict[str, str]:
    """Where the one reason of each of these cases is pinned."""
    told = (
        "SELECT json_object_agg(id, (SELECT string_agg(pin->>'path', ' ')"
        " FROM jsonb_array_elements(reasons) pin))"
        f" FROM review_case WHERE id IN ({','.join(cases)})"
    )
    return dict(stack.query(told)[0])


def test_twenty_cases_by_keys_alone(desk: Page, sign_in: Callable[..., Page], stack: Stack) -> None:
    page = desk
    press(page, "n")
    page.wait_for_url("**/review/cases/*")
    in_part(page)
    # Taken back after moving on, and decided anew.
    moved_on = page.url
    press(page, "u")
    page.wait_for_url(lambda address: address != moved_on)
    pins(page, 1)
    decides(page, "p")
    assert page.url == moved_on
    rejected: dict[str, str] = {}
    for number in range(CASES - 1):
        if number % 3 == 0:
            case = page.url.rpartition("/")[2]
            rejected[case] = _rejects_a_picture(page, standing_at=number % 2)
        elif number % 3 == 1:
            # The first finding is about the picture: X marks a part of it, Enter sets that.
            press(page, "j", "x", "Enter", "2", "Enter")
            pins(page, 1)
            press(page, "Escape")
            decides(page, "c")
        else:
            decides(page, "a")
    decided = (
        "SELECT count(*), count(DISTINCT case_.id) FROM review_case case_"
        f" JOIN person ON person.id = decided_by WHERE email = '{REVIEWER}'"
    )
    assert stack.query(decided) == (CASES, CASES)
    assert _pinned(stack, rejected) == rejected
    steps.release(page)
    _part_of_it_is_sold(sign_in(SELLER, language="en"))


def test_next_case_takes_the_place_of_this_one(desk: Page) -> None:
    """No page is loaded; what did not arrive is sent again by the same key; Back goes back."""
    page = desk
    press(page, "n")
    page.wait_for_url("**/review/cases/*")
    first = page.url
    page.evaluate("window.stays = true")
    page.route("**/verdict", lambda route: route.abort())
    press(page, "m")
    page.keyboard.type("kept")
    page.keyboard.press("Escape")
    press(page, "a")
    expect(page.locator("#live-polite")).to_contain_text(re.compile("not arrive|도착하지"))
    page.unroute("**/verdict")
    expect(page.locator("#note")).to_have_value("kept")
    # Neither what is no page of ours nor a form that is too old takes the place of the case.
    page.route("**/verdict", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    with page.expect_response("**/verdict"):
        press(page, "a")
    expect(page.locator("body")).to_have_attribute("data-keys", "awake")
    page.unroute("**/verdict")
    expect(page.locator("#note")).to_have_value("kept")
    decides(page, "a")
    assert page.evaluate("window.stays") and page.url != first
    expect(page).to_have_title(re.compile(page.locator("#case-name").inner_text()))
    page.go_back()
    page.wait_for_url(first)
    expect(page.locator("#verdict")).not_to_have_attribute("data-standing", "mine")


def _part_of_it_is_sold(page: Page) -> None:
    page.goto("/listings?view=returned&q=Day+notebook+1")
    found = page.get_by_role("link", name="Day notebook 1", exact=True)
    steps.until(page, found)
    found.click()
    rows = page.locator("#items tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("Rejected")
    for row in (0, 2):
        expect(rows.nth(row)).to_contain_text("On sale")
    expect(page.locator(".record")).to_contain_text("2 of 3 items approved")
    steps.look(page, "listing-in-part")


def _small_keys(page: Page) -> None:
    """A reason pinned and removed, the note inside the house, what comes after the verdict."""
    page.locator("#case-name").focus()
    press(page, "x", "1", "Enter")
    pins(page, 1)
    press(page, "Escape", "e")
    pins(page, 0)
    press(page, "b")
    expect(page.locator("#inside_note")).to_be_focused()
    press(page, "Escape", "q")
    expect(page.locator("[name=next]")).not_to_be_checked()
    press(page, "q")
    expect(page.locator("[name=next]")).to_be_checked()


def test_a_lease_that_runs_out_is_resumed_with_every_word(desk: Page, stack: Stack) -> None:
    page = desk
    page.locator("form[action='/review/claims'] button").click()
    page.wait_for_url("**/review/cases/*")
    case = page.url.rpartition("/")[2]
    page.fill("#note", "바닥 사진이 더 필요합니다.")
    with page.expect_response("**/draft"):
        page.locator("#note").blur()
    _small_keys(page)
    # Nobody at work here can be heard of.
    page.route("**/claim", lambda route: route.abort())
    page.reload()
    stack.query(f"UPDATE review_case SET held_until = now() WHERE id = {case} RETURNING id")
    soon = "clock => { clock.dateTime = new Date(Date.now() + 1000).toISOString(); }"
    page.locator("[data-lease] time").evaluate(soon)
    again = page.get_by_role("button", name="다시 맡기").first
    expect(again).to_be_visible()
    expect(page.locator('button[name=verdict][value="approve"]')).to_be_disabled()
    expect(page.locator("#live-alert")).to_contain_text("맡은 시간이 끝났습니다")
    page.unroute("**/claim")
    # Typed after the end: it comes along with the claim.
    page.fill("#inside_note", "제조사에 물어볼 것")
    steps.look(page, "case-over")
    page.keyboard.press("Escape")
    press(page, "n")
    expect(page.locator("[data-desk]")).to_have_attribute("data-standing", "mine")
    assert page.url.rpartition("/")[2] == case
    expect(page.locator("#note")).to_have_value("바닥 사진이 더 필요합니다.")
    expect(page.locator("#inside_note")).to_have_value("제조사에 물어볼 것")
    page.get_by_role("button", name="내려놓기").click()
    page.wait_for_url("**/review")


def test_a_second_look_folds_what_is_as_it_was_and_keys_unfold_it(
    desk: Page, sign_in: Callable[..., Page], stack: Stack
) -> None:
    page = desk
    _second_look(page, sign_in, stack)
    steps.look(page, "case-folded")
    pictures, items = page.locator("#same-pictures"), page.locator("#same-items")
    for fold in (pictures, items):
        expect(fold).to_have_js_property("open", False)
    press(page, "i")
    expect(pictures.locator("[data-shot]").first).to_be_focused()
    expect(items).to_have_js_property("open", False)
    # By the browser's own keys, which need no script.
    items.locator("summary").press("Enter")
    expect(items.locator("tbody tr")).to_have_count(3)
    expect(items.locator("tbody tr").first).to_be_visible()


def test_reasons_of_the_verdict_before_are_no_reasons_of_this_one(
    desk: Page, sign_in: Callable[..., Page], stack: Stack
) -> None:
    """With none pinned yet R asks for the reason, and P goes to the items: neither decides."""
    page = desk
    _second_look(page, sign_in, stack)
    press(page, "n")
    verdict = page.locator("[data-desk]")
    expect(verdict).to_have_attribute("data-standing", "mine")
    expect(page.locator("#earlier .pin-list li")).to_have_count(1)
    expect(page.locator("#pins .pin-list li")).to_have_count(0)
    case = page.url
    press(page, "r")
    expect(page.locator("#reason")).to_be_focused()
    press(page, "Escape", "p")
    expect(page.locator('tr[data-path^="items."]').first).to_be_focused()
    assert page.url == case
    expect(verdict).to_have_attribute("data-standing", "mine")
    # G takes the reason up again: now there is one, and R decides.
    page.locator("#case-name").focus()
    press(page, "g")
    expect(page.locator("#pins .pin-list li")).to_have_count(1)
    steps.settled(page)
    page.locator("#case-name").focus()
    decides(page, "r")


def _second_look(page: Page, sign_in: Callable[..., Page], stack: Stack) -> None:
    """A case sent back for its Korean name, mended and handed in again, is open, not claimed."""
    press(page, "n")
    page.wait_for_url("**/review/cases/*")
    case = page.url.rpartition("/")[2]
    (listing,) = stack.query(f"SELECT listing_id FROM review_case WHERE id = {case}")
    steps.pin(page, "name.ko", "attribute-wrong")
    page.locator("[name=next]").uncheck()
    page.locator('button[name=verdict][value="request-changes"]').click()
    page.wait_for_url("**/review")
    steps.release(page)
    # Nothing is found of its pictures, not even that other products show the same ones.
    measured = (
        "UPDATE picture SET facts = facts || '{\"rows\": []}' WHERE listing_id = %s RETURNING id"
    )
    stack.query(measured % listing)
    _mended(sign_in(SELLER, language="en"), listing)
    stack.query(measured % listing)
    newest = f"SELECT max(id) FROM review_case WHERE listing_id = {listing}"
    page.goto(f"/review/cases/{stack.query(newest)[0]}")


def _mended(page: Page, listing: int) -> None:
    page.goto(f"/listings/{listing}")
    steps.until(page, page.locator("form[action$='/revision'] button"))
    page.locator("form[action$='/revision'] button").click()
    page.wait_for_url("**/draft")
    steps.put(page, "name.ko", "고친 하루 노트")
    steps.saved(page)
    steps.submit(page)
