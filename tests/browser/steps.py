"""The story's steps as people take them, with and without JavaScript, in either language.

A field is found by its path, a button by what it does; words are asserted by the tests themselves.
Nothing here waits by the clock: what must come is waited for on the page.
"""

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, Route, TimeoutError, expect

from tests.browser.axe import faults_of, sideways
from tests.browser.goods import Answers, Goods

WIDTHS = (390, 1440)
# Work that goes through the worker: pictures, verdicts, deliveries.
PATIENCE = 60_000
RETRY = 1_500
RELEASED = (
    "UPDATE review_case SET release_at = now(), not_before = now()"
    " WHERE verdict IS NOT NULL AND closed_at IS NULL RETURNING id"
)


def look(page: Page, name: str) -> None:
    """Note every rule that the page as it stands breaks: axe by day and by night, and its width.

    What is noted fails the test at its end, with what the console has said (`visit`).
    """
    faults: list[str] = page.faults  # type: ignore[attr-defined]
    size = page.viewport_size
    assert size is not None
    # Axe is a script itself: it judges these pages where scripts may run.
    if page.script:  # type: ignore[attr-defined]
        faults += _broken_rules(page, name)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = sideways(page)
        faults += [f"{name}: {over} px too wide at {width}"] if over else []
        _picture_of(page, f"{name}-{width}")
    page.set_viewport_size(size)


def _broken_rules(page: Page, name: str) -> list[str]:
    found: list[str] = []
    # Of all rules only this one can tell dark from light.
    for scheme, rules in (("dark", ["color-contrast"]), ("light", [])):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{name}, {scheme}: {line}" for line in faults_of(page, rules)]
    return found


def sign_up(page: Page, email: str, company: str, business_number: str, password: str) -> None:
    """A new company's owner signs up and signs in."""
    page.goto("/sign-up")
    fields = {
        "name": "정다은",
        "email": email,
        "password": password,
        "company": company,
        "business_number": business_number,
        "phone": "02-120-0000",
    }
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    look(page, "sign-up")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/sign-in**")
    look(page, "sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/home")


def start_listing(page: Page, goods: Goods, script: bool) -> None:
    """From the home page to the form of a category that was found by a word."""
    look(page, "home-empty")
    page.locator('.pagebar a[href="/listings/new"]').click()
    page.fill("[name=q]", goods.words)
    if not script:
        page.locator("form[role=search] button").click()
    choice = page.locator(f'button[name=category][value="{goods.category}"]')
    expect(choice).to_be_visible()
    look(page, "category")
    choice.click()
    page.wait_for_url("**/draft")


def new_draft(page: Page, words: str = "mug", category: str = "mugs") -> str:
    """The address of a fresh draft."""
    page.goto(f"/listings/new?q={words}")
    page.locator(f'button[name=category][value="{category}"]').click()
    page.wait_for_url("**/draft")
    return page.url


def sign_out_beside(page: Page) -> Page:
    """Another tab of the same browser, in which this person has just signed out."""
    beside = page.context.new_page()
    beside.goto("/home")
    beside.locator("details.menu summary").click()
    beside.locator("form[action$='/sign-out'] button").click()
    beside.wait_for_url("**/sign-in**")
    return beside


def sign_in_again(page: Page, email: str, password: str) -> None:
    """Fill in the way in that *page* shows."""
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.locator("main form button[type=submit]").click()
    # A window opened for it closes itself soon: how far it has loaded does not matter.
    page.wait_for_url(
        lambda address: not address.partition("?")[0].endswith("/sign-in"), wait_until="commit"
    )


def hold(page: Page, address: str) -> list[Route]:
    """The next request to *address* gets no answer: it `come`s into this list, to be let go."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(address, keep, times=1)
    return held


def come(page: Page, noted: Sequence[object], count: int = 1) -> None:
    """Wait until what *page* reports has filled *noted* with so many."""
    deadline = time.monotonic() + PATIENCE / 1000
    while len(noted) < count:
        assert time.monotonic() < deadline, f"{len(noted)} of {count}"
        page.wait_for_timeout(50)


def settled(page: Page) -> None:
    """What was swapped in stands there for good, and the focus is back where it belongs."""
    moving = ("request", "swapping", "settling", "added")
    classes = ", ".join(f".htmx-{name}" for name in moving)
    expect(page.locator(f":is({classes})")).to_have_count(0)


# Sets fields by name in a draft's form as it stands, and sends the whole of it.
SEND = """async answers => {
    const form = document.getElementById("draft-form");
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(answers)) {
        body.delete(name);
        for (const each of [value].flat()) body.append(name, each);
    }
    return (await fetch(form.action, { method: "POST", body })).status;
}"""


def fill_at_once(page: Page, goods: Goods, option: str) -> None:
    """Every field in two saves of the whole form, for tests of what comes after."""
    assert page.evaluate(SEND, {"options": option}) == 200
    page.reload()
    page.locator("button[formaction$='/items']").click()
    expect(page.locator("[data-item]")).to_have_count(2)
    answers = dict(goods.answers)
    for number, values in zip(item_numbers(page), goods.items, strict=True):
        answers |= {f"items.{number}.{inner}": value for inner, value in values.items()}
    assert page.evaluate(SEND, answers) == 200
    page.reload()


def fill_in(page: Page, goods: Goods, option: str, script: bool) -> None:
    """Every field; with script each is saved as it is left, without it a section at a time."""
    put(page, "options", option)
    if not script:
        page.locator("button[name=section][value=s-options]").click()
    expect(page.locator(f"[name$='.options.{option}']")).to_have_count(1)
    page.locator("button[formaction$='/items']").click()
    expect(page.locator("[data-item]")).to_have_count(2)
    for number, answers in zip(item_numbers(page), goods.items, strict=True):
        for inner, value in answers.items():
            put(page, f"items.{number}.{inner}", value)
    for path, value in goods.answers.items():
        put(page, path, value)
    if not script:
        page.locator("button[name=section]").last.click()
        page.wait_for_url("**/draft**")
    saved(page)


def put(page: Page, path: str, value: str | list[str]) -> None:
    """Answer the field at *path* as its kind wants it, and leave it."""
    # The table of items stands outside of the form, and belongs to it.
    within = f'#draft-form [name="{path}"]', f'[form=draft-form][name="{path}"]'
    controls = page.locator(f":is({', '.join(within)}):not([type=hidden])")
    kind = controls.first.evaluate("one => one.type")
    if kind in ("radio", "checkbox"):
        for each in [value] if isinstance(value, str) else value:
            page.locator(f'#draft-form [name="{path}"][value="{each}"]').check()
    elif kind == "select-one":
        controls.first.select_option(str(value))
    else:
        controls.first.fill(str(value))
        controls.first.blur()


def value_of(page: Page, path: str) -> str:
    """What stands in a text field."""
    return page.locator(f'#draft-form [name="{path}"]').first.input_value()


def saved(page: Page) -> None:
    """The page says that all that was typed is stored, and nothing waits for its turn."""
    if getattr(page, "script", True):
        for place in ("#draft-form", "#s-items"):
            expect(page.locator(place)).to_have_attribute("data-waiting", "0")
    expect(page.locator("[data-save-state]")).to_have_attribute("data-save-state", "saved")


def item_numbers(page: Page) -> list[str]:
    """The draft's items' numbers, as in `items.17.price`."""
    rows = page.locator("[data-item]")
    numbers: list[str] = rows.evaluate_all("all => all.map(one => one.dataset.item)")
    return numbers


def missing(page: Page) -> Locator:
    """The count over the side list."""
    return page.locator("#todo h2 .tabular")


def tile(page: Page, file_name: str) -> Locator:
    """The tile of one picture; others may speak of it."""
    return page.locator(".tiles > .tile", has=page.locator(".tile-name", has_text=file_name))


def wait_for_tiles(page: Page, file_names: list[str], script: bool) -> None:
    """Every one of these has its verdict: ready, or refused. Without script, by the reload link."""
    for name in file_names:
        done = tile(page, name).locator(".role-good, .role-stop").first
        if script:
            expect(done).to_be_visible(timeout=PATIENCE)
            continue
        until(page, done, page.locator("#pictures-tiles a").last.click)


def until(page: Page, wanted: Locator, again: object = None, seconds: float = 60) -> None:
    """Look again (by a reload, unless *again* does it) until *wanted* is there."""
    for _ in range(int(seconds * 1000 / RETRY)):
        try:
            wanted.wait_for(timeout=RETRY)
            return
        except TimeoutError:
            again() if callable(again) else page.reload()
    expect(wanted).to_be_visible()


def submit(page: Page) -> None:
    """Hand the draft in; the listing's page is next."""
    page.locator(".pagebar [data-submit-draft]").click()
    page.wait_for_url(re.compile(r"/listings/\d+$"))


def claim(page: Page, name: str) -> None:
    """The reviewer finds the product in the queue and takes it."""
    page.goto("/review")
    row = page.locator("tr", has_text=name)
    expect(row).to_be_visible()
    row.locator("form button").click()
    page.wait_for_url("**/review/cases/*")
    expect(page.locator("[data-desk]")).to_have_attribute("data-standing", "mine")


def pin(page: Page, path: str, reason: str, note: str = "") -> None:
    """A coded reason at one place."""
    before = page.locator(".pin-list li").count()
    page.select_option("#path", path)
    page.select_option("#reason", reason)
    if page.locator("#path").input_value() != path:
        page.select_option("#path", path)
    page.fill("#reason-note", note)
    page.locator("#pins button[name=add]").click()
    expect(page.locator(".pin-list li")).to_have_count(before + 1)


def decide(page: Page, verdict: str, note: str = "", to_undo: bool = False) -> None:
    """Give the verdict and go back to the queue. Its hold is over then, unless it is *to_undo*."""
    if note:
        page.fill("#note", note)
    page.locator("[name=next]").uncheck()
    page.locator(f'button[name=verdict][value="{verdict}"]').click()
    page.wait_for_url(re.compile(r"/review(\?.*)?$"))
    expect(page.locator("[data-held]")).to_have_count(1)
    if not to_undo:
        release(page)


def release(page: Page) -> None:
    """The hold of every verdict is over: it takes effect soon."""
    page.stack.query(RELEASED)  # type: ignore[attr-defined]


def undo(page: Page) -> None:
    """Take the verdict that is still held back; the case is there again."""
    page.locator("[data-held] button").click()
    page.wait_for_url("**/review/cases/*")
    expect(page.locator("[data-desk]")).to_have_attribute("data-standing", "mine")


def delivered(page: Page) -> Locator:
    """The sign of the order system having an item that the catalogue has as well."""
    row = "#items tbody tr:last-child:has(td:nth-child(6) .role-good)"
    return page.locator(f"{row} td:nth-child(7) .role-good")


def order(page: Page, quantity: str) -> None:
    """A shopper orders the first item of the product page that is open."""
    page.locator("input.quantity").first.fill(quantity)
    page.locator("main form button.filled").click()
    page.wait_for_url("**/orders/*")


def _picture_of(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if not folder:
        return
    language = page.locator("html").get_attribute("lang")
    Path(folder).mkdir(parents=True, exist_ok=True)
    page.evaluate("() => scrollTo(0, 0)")
    page.screenshot(path=f"{folder}/{name}-{language}.png", full_page=True, caret="initial")


def answers_stand(page: Page, answers: Answers) -> None:
    """After a reload every text that was typed is there."""
    page.reload()
    for path, value in answers.items():
        field = page.locator(f'#draft-form [name="{path}"]').first
        if isinstance(value, str) and field.evaluate("one => one.type") in ("text", "textarea"):
            typed = field.input_value()
            assert re.sub(r"[,원]", "", typed) == re.sub(r"[,원]", "", value), path
