"""A plain page while the worker processes pictures, against the same while it rests."""

import re
import statistics
import time
from pathlib import Path

from app.surfaces.cli.visitor import Visitor
from tests.stack import Stack, wait_for

PAGE = "/sign-in"
LOOKS, BLOCKS, LISTINGS, PICTURES = 120, 3, 4, 9


def measure(folder: Path, photograph: bytes) -> float:
    """The ratio of the two medians; resting and busy blocks in turns."""
    stack = Stack(folder / "instance").start()
    try:
        seller = _signed_in(stack.url)
        resting: list[float] = []
        busy: list[float] = []
        for block in range(BLOCKS):
            wait_for(lambda: _waiting(seller) == 0, 300)
            resting += _looks(stack.url)
            for number in range(LISTINGS):
                _send(seller, photograph, block * 100 + number * 10)
            looks = _looks(stack.url)
            assert _waiting(seller), "the pictures were done before the page was looked at"
            busy += looks
    finally:
        stack.stop()
    quiet, loaded = statistics.median(resting), statistics.median(busy)
    print(f"{PAGE}: {1000 * quiet:.1f} ms resting, {1000 * loaded:.1f} ms beside pictures")
    return round(loaded / quiet, 2)


_sent: list[str] = []


def _signed_in(base: str) -> Visitor:
    seller = Visitor(base)
    page = seller.get("/sign-in")
    form = page.form("/sign-in")
    form.fill("email", "owner@baum.example")
    form.fill("password", "onshelf-demo-2026")
    seller.send(page, form)
    return seller


def _send(seller: Visitor, photograph: bytes, mark: int) -> None:
    """A new draft with pictures that nobody has sent before."""
    found = seller.get("/listings/new?q=mug")
    form = next(f for f in found.forms if ("category", "mugs", "") in f.buttons)
    draft = seller.send(found, form, ("category", "mugs"))
    number = re.search(r"/listings/(\d+)/draft", draft.url)
    assert number
    _sent.append(number[1])
    # A comment of its own makes each file another.
    files = [
        (f"{n}.jpg", photograph[:2] + b"\xff\xfe\x00\x06%04x" % (mark + n) + photograph[2:])
        for n in range(PICTURES)
    ]
    sent = [("pictures", (name, data, "image/jpeg")) for name, data in files]
    seller.send(draft, draft.form("/pictures"), *sent)


def _waiting(seller: Visitor) -> int:
    """Pictures of what was sent that have no verdict yet."""
    pages = [seller.get(f"/listings/{number}/pictures").text for number in _sent[-LISTINGS:]]
    return sum(page.count("role-moving") for page in pages)


def _looks(base: str) -> list[float]:
    visitor = Visitor(base)
    visitor.get(PAGE)
    spent = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        visitor.get(PAGE)
        spent.append(time.perf_counter() - begun)
    return spent
