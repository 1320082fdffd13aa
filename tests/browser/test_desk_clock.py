"""The desk's clocks: right where the machine's own is wrong, never out under working hands."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.test_desk import decides, press
from tests.browser.waiting import QUEUE
from tests.stack import Stack

REVIEWER, LEAD = "clock@onshelf.example", "reviewer-all@onshelf.example"
# None of those that other tests of the desk have made.
CASES, FIRST = 12, 101
# What is left to undo, of a claim just made or renewed, and of one that is over soon.
TWO_MINUTES, FRESH, SOON = (
    re.compile(r"0[12]:\d\d"),
    re.compile(r"0?9:\d\d"),
    re.compile(r"00:[0-3]"),
)
# This machine's clock is so many minutes off.
OFF = """(() => {
    const Right = Date, off = %d * 60_000;
    window.Date = class extends Right {
        constructor(...given) { if (given.length) super(...given); else super(Right.now() + off); }
        static now() { return Right.now() + off; }
    };
})()"""
# What the page shows is as if nobody had worked here for long.
SHORT = """() => {
    const end = document.querySelector("[data-lease] time");
    end.dateTime = new Date(Date.parse(end.dateTime) - 560_000).toISOString();
}"""
# Each without a key or a press of the mouse, as a screen reader or a wheel on its way does it.
USES = {
    "scroll": '() => { document.querySelector(".zone").scrollTop += 40; }',
    "focus": '() => document.getElementById("note").focus()',
    "selection": '() => getSelection().selectAllChildren(document.getElementById("case-name"))',
}


@pytest.fixture(scope="module")
def waiting(stack: Stack) -> Iterator[None]:
    stack.python("tests.browser.waiting", REVIEWER, str(CASES), str(FIRST))
    yield


@pytest.fixture
def desk(waiting: None, sign_in: Callable[..., Page], stack: Stack) -> Page:
    """Their desk, with nothing in hand."""
    theirs = f"(SELECT id FROM person WHERE email = '{REVIEWER}')"
    put_back = f"UPDATE review_case SET holder = NULL, held_until = NULL WHERE holder = {theirs}"
    stack.query(f"WITH back AS ({put_back} RETURNING id) SELECT count(*) FROM back")
    page = sign_in(REVIEWER)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/review")
    return page


def claimed(page: Page) -> str:
    """The number of the case that N opens."""
    press(page, "n")
    page.wait_for_url("**/review/cases/*")
    return page.url.rpartition("/")[2].partition("?")[0]


@pytest.mark.parametrize("minutes", [-15, 15])
def test_a_clock_that_is_wrong_changes_nothing(desk: Page, minutes: int) -> None:
    page = desk
    page.add_init_script(OFF % minutes)
    page.reload()
    claimed(page)
    expect(page.locator("[data-lease] time")).to_contain_text(FRESH)
    first = page.url
    decides(page, "a")
    expect(page.locator("[data-held] time")).to_have_text(TWO_MINUTES)
    expect(page.locator("[data-lease] time")).to_contain_text(FRESH)
    press(page, "u")
    page.wait_for_url(first)
    expect(page.locator("[data-desk]")).to_have_attribute("data-standing", "mine")
    # Too late is said by the server: the button is there all the while.
    decides(page, "a")
    steps.release(page)
    over = "clock => { clock.dateTime = new Date(0).toISOString(); }"
    page.locator("[data-held] time").evaluate(over)
    expect(page.locator("[data-held] time")).to_have_text("끝남")
    page.locator("[data-held] button").click()
    expect(page.locator("#refused")).to_contain_text("되돌릴 수 없습니다")


def test_whatever_is_done_at_the_desk_renews_the_claim(desk: Page) -> None:
    page = desk
    claimed(page)
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url) if "/claim" in each.url else None)
    for use, act in USES.items():
        page.reload()
        expect(page.locator("[data-lease] time")).to_contain_text(FRESH)
        page.evaluate(SHORT)
        expect(page.locator("[data-lease] time")).to_contain_text(SOON)
        page.evaluate(act)
        expect(page.locator("[data-lease] time"), use).to_contain_text(FRESH)
    assert len(asked) == len(USES)
    # While nine minutes are left nobody asks for more.
    page.keyboard.press("j")
    page.evaluate(USES["scroll"])
    page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    assert len(asked) == len(USES)


def test_a_case_taken_over_locks_at_the_next_act(desk: Page, stack: Stack) -> None:
    page = desk
    case = claimed(page)
    taken = (
        "UPDATE review_case SET holder = (SELECT id FROM person WHERE email = '{}')"
        " WHERE id = {} RETURNING id"
    )
    stack.query(taken.format(LEAD, case))
    page.evaluate(SHORT)
    page.keyboard.press("j")
    expect(page.locator('button[name=verdict][value="approve"]')).to_be_disabled()
    expect(page.locator("#live-alert")).to_contain_text("까지 맡고 있습니다")
    expect(page.locator(".action-bar .locked")).to_contain_text("까지 맡고 있습니다")
    stack.query(taken.format(REVIEWER, case))


def test_keys_stay_within_the_view(desk: Page) -> None:
    page = desk
    page.goto(f"/review?queue={QUEUE}&kind=review")
    claimed(page)
    for _ in range(2):
        assert page.url.endswith("?kind=review")
        decides(page, "a")
    assert page.url.endswith("?kind=review")
    page.locator("[data-key=KeyS]").click()
    page.wait_for_url("**/review?kind=review")
