"""Two hundred files at once through real workers that are killed meanwhile: none is lost."""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor

from app.surfaces.cli.visitor import Page, Visitor
from tests.browser import goods
from tests.browser.conftest import PASSWORD
from tests.stack import Stack, wait_for

SELLER = "owner@baum.example"
DRAFTS, TAKEN, EXCESS = 20, 10, 1
READY = "#photo-check"


def sent(visitor: Visitor, draft: Page, number: int) -> str:
    """Send one draft more files than it may have: what its page says to that."""
    files = [
        goods.drawn(f"{number}-{place}.jpg", 500 + number, 500 + place)
        for place in range(TAKEN + EXCESS)
    ]
    fields = [("pictures", (f["name"], f["buffer"], f["mimeType"])) for f in files]
    return visitor.send(draft, draft.form("/pictures"), *fields).words


def test_two_hundred_files_at_once(stack: Stack) -> None:
    visitor = Visitor(stack.url)
    page = visitor.get("/sign-in")
    form = page.form("/sign-in")
    form.fill("email", SELLER)
    form.fill("password", PASSWORD)
    visitor.send(page, form)
    found = visitor.get("/listings/new?q=mug")
    start = next(form for form in found.forms if form.action == "/listings")
    started = [visitor.send(found, start, ("category", "mugs")) for _ in range(DRAFTS)]
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda each: sent(visitor, each[1], each[0]), enumerate(started)))
    for number, words in enumerate(told):
        assert re.search(rf"{number}-{TAKEN}\.jpg\s.*up to {TAKEN} pictures", words, re.S)
    addresses = [re.sub("/draft.*", "/pictures", each.url) for each in started]
    newest = f"listing_id IN (SELECT id FROM listing ORDER BY id DESC LIMIT {DRAFTS})"
    done = f"SELECT count(*) FILTER (WHERE state = 'ready') FROM picture WHERE {newest}"
    wait_for(lambda: stack.query(done)[0] >= 2 * TAKEN, 120)
    workers = [pid for pid, line in stack.children().items() if "wsgi:celery worker" in line]
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: stack.query(done)[0] == DRAFTS * TAKEN, 180)
    for address in addresses:
        tiles = visitor.get(address).text
        assert tiles.count(READY) == TAKEN
        names = re.findall(r'<p class="tile-name">.*?<bdi>(.*?)</bdi>', tiles)
        assert len(names) == TAKEN and len(set(names)) == TAKEN
