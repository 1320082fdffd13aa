"""A real browser before the whole installation: real workers, real receivers, real files.

`CHROMIUM` names the browser (`make test` finds or installs one). One installation and one browser
serve the whole run of a process; each test gets browser contexts of its own.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.stack import Stack

PASSWORD = "onshelf-demo-2026"
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-gpu",
]
LOCALES = {"ko": "ko-KR", "en": "en-GB"}
WIDE, NARROW = (1440, 900), (390, 844)
# A page that comes at once on a quiet machine takes seconds where two runs share two cores.
PATIENCE = 30_000
SESSION_COOKIE = "onshelf-session"
PROVOKED = ("Failed to load resource", "Failed to fetch")
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A demo installation of this run's own: `url`, `catalogue_url`, `orders_url`."""
    folder = tmp_path_factory.mktemp("stack") / "instance"
    short = {"PICTURE_LEASE_SECONDS": "10", "DELIVERY_LEASE_SECONDS": "10"}
    short |= {"RECONCILE_GRACE_SECONDS": "0"}
    # Nothing waits for its end: `steps.release` is it.
    made = Stack(folder, VERDICT_HOLD_SECONDS="120", **short).start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # What a test says of a page it waits for, as it does for what it clicks.
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = next((p for p in map(shutil.which, _named()) if p), None)
    launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture
def visit(browser: Browser, stack: Stack) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own session: `visit("/", language="en", script=False, size=NARROW)`.

    A path is the application's; an address is taken as it is. Everything opened is closed after
    the test. `page.faults` lists scripts' errors and broken rules of the content security policy;
    any that is left there at the end fails the test.
    """
    contexts: list[BrowserContext] = []
    pages: list[Page] = []

    def open_page(
        path: str = "/",
        language: str = "ko",
        script: bool = True,
        size: tuple[int, int] = WIDE,
        cookies: Sequence[Any] = (),
    ) -> Page:
        context = browser.new_context(
            base_url=stack.url,
            locale=LOCALES[language],
            timezone_id="Asia/Seoul",
            java_script_enabled=script,
            viewport={"width": size[0], "height": size[1]},
            # Every frame of a movement is drawn by the processor here.
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies(cookies)
        contexts.append(context)
        page = context.new_page()
        pages.append(page)
        page.script = script  # type: ignore[attr-defined]
        page.stack = stack  # type: ignore[attr-defined]
        _note_faults(page)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    faults = [fault for page in pages for fault in page.faults]  # type: ignore[attr-defined]
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def sessions() -> dict[str, Sequence[Any]]:
    """The cookies of people who signed in, by e-mail: the next test need not do it again."""
    return {}


@pytest.fixture
def sign_in(visit: Callable[..., Page], sessions: dict[str, Sequence[Any]]) -> Callable[..., Page]:
    """A page signed in as the person of this e-mail: `sign_in("owner@haneul.example", ...)`.

    Twice in one test are two sessions, as on two machines.
    """
    here: set[str] = set()

    def enter(email: str, password: str = PASSWORD, **how: object) -> Page:
        cookies = [] if email in here else sessions.get(email, [])
        here.add(email)
        page = visit("/sign-in", cookies=cookies, **how)
        if "/sign-in" in page.url:
            page.fill("input[name=email]", email)
            page.fill("input[name=password]", password)
            page.locator("form:has(input[name=password]) button[type=submit]").click()
            page.wait_for_url(lambda address: "/sign-in" not in address)
            kept = page.context.cookies()
            sessions[email] = [one for one in kept if one["name"] == SESSION_COOKIE]
        return page

    return enter


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where screenshots go: SCREENSHOTS, or the folder `instance/screenshots`."""
    folder = Path(os.environ.get("SCREENSHOTS", "instance/screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _named() -> list[str]:
    return [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else list(NAMES)


def _note_faults(page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if _is_fault(m.type, m.text) else None)
    page.faults = faults  # type: ignore[attr-defined]


def _is_fault(kind: str, text: str) -> bool:
    # What a test provokes (a 404 or 422, a line that breaks) is in the console, too.
    return kind == "error" and not any(said in text for said in PROVOKED)
