"""How long a reviewer waits for the next case, in a browser before the whole installation."""

import os
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, PASSWORD
from tests.stack import Stack

CASES = 12
REVIEWER = "reviewer-all@onshelf.example"
# From the key to the frame that shows the next case, the second asked for after its heading came.
# Nothing is asked for before: frames that show nothing new would take their time from it.
NOTE_KEY = """
addEventListener("keydown", ({ key }) => {
    if (key !== "a") return;
    const at = performance.now();
    const before = document.getElementById("case-name");
    const drawn = () => { window.waited = performance.now() - at; };
    window.waited = null;
    new MutationObserver((_, watch) => {
        if (document.getElementById("case-name") === before) return;
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(drawn));
    }).observe(document.body, { childList: true, subtree: true });
}, true)"""
WAITED = "() => window.waited"
PAINTED = """() => new Promise((done) => {
    const tell = () => {
        const paint = performance.getEntriesByName("first-contentful-paint")[0];
        if (paint) done(paint.startTime); else requestAnimationFrame(tell);
    };
    tell();
})"""


def measure() -> int:
    """Milliseconds, the median of CASES cases approved by the key A."""
    with tempfile.TemporaryDirectory(prefix="onshelf-bench-") as folder:
        stack = Stack(Path(folder) / "instance", VERDICT_HOLD_SECONDS="600").start()
        try:
            _submit(stack, CASES + 2)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=os.environ.get("CHROMIUM") or None, args=FLAGS
                )
                page = browser.new_page(base_url=stack.url, viewport={"width": 1280, "height": 800})
                waited, bare = _walk(page, browser.new_page(base_url=stack.url))
                browser.close()
        finally:
            stack.stop()
    print(f"next case: {', '.join(f'{each:.0f}' for each in waited)} ms")
    print(f"a page of one line, in turns with it: {median(bare):.0f} ms, {min(bare):.0f} at best")
    return round(median(waited))


def _submit(stack: Stack, count: int) -> None:
    """Have the practice walker's listing submitted so many times."""
    from app.surfaces.cli.walk import Walk

    os.environ.setdefault("PROBE_SELLER_EMAIL", "owner@baum.example")
    for _ in range(count):
        walk = Walk(stack.url)
        for name, stage in walk.stages():
            stage()
            if name == "submitted":
                break


def _walk(page: Page, beside: Page) -> tuple[list[float], list[float]]:
    page.set_default_timeout(60_000)
    page.goto("/sign-in")
    page.fill("input[name=email]", REVIEWER)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url("**/review**")
    page.locator("form[action='/review/claims'] button").click()
    page.wait_for_url("**/review/cases/*")
    page.add_init_script(NOTE_KEY)
    page.reload()
    waited, bare = [], []
    for _ in range(CASES):
        page.locator("body[data-keys=awake]").wait_for()
        here = page.url
        page.keyboard.press("a")
        page.wait_for_url(lambda address, here=here: address != here)
        page.locator("#case-name").wait_for()
        waited.append(float(page.wait_for_function(WAITED).json_value()))
        bare.append(_bare(beside))
    return waited, bare


def _bare(page: Page) -> float:
    """The same browser at the same time: from asking for a page of one line to its first paint."""
    page.goto("/healthz")
    return float(page.evaluate(PAINTED))
