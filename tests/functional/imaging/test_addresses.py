"""A picture is fetched from a web address, or its seller reads why not."""

import html
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.storage import DirectoryStorage
from app.journey.imaging.arrivals import fetch as fetching
from app.journey.imaging.arrivals.refusals import Unfit
from app.journey.imaging.models import Arrival
from app.listings.models import Listing
from app.settings import settings
from tests.factories import archives as zips
from tests.factories import pictures as files
from tests.factories.elsewhere import HOST, Elsewhere
from tests.factories.listings_with_pictures import pictures, send
from tests.functional.imaging.test_archives import Run, hours_pass, limit, sweep

GOOD = files.jpeg(600, 600)
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A server that the test's network leads to as if it were public."""
    made = Elsewhere()
    with fetching.through(made.network(inside_test=["10.0.0.1"])):
        yield made
    made.stop()


def ask(seller: FlaskClient, listing: Listing, address: str, **how: Any) -> Any:
    return seller.post(f"/listings/{listing.id}/arrivals", data={"address": address}, **how)


def told(session: Any) -> list[str]:
    session.expire_all()
    return [each["code"] for row in session.scalars(select(Arrival)) for each in row.answers]


def page_of(seller: FlaskClient, listing: Listing, language: str = "en") -> str:
    asked = {"Accept-Language": language}
    return html.unescape(seller.get(f"/listings/{listing.id}/pictures", headers=asked).text)


def test_the_picture_of_an_address_becomes_one_of_the_listing(
    seller: FlaskClient, listing: Listing, run_tasks: Run, elsewhere: Elsewhere
) -> None:
    elsewhere.pages["/go"] = (302, {"Location": "/%EC%95%9E.jpg?w=1"}, b"")
    elsewhere.pages["/%EC%95%9E.jpg?w=1"] = (200, {}, GOOD)
    assert ask(seller, listing, elsewhere.url("/go")).status_code == 303
    page = page_of(seller, listing)
    assert "/go" in page and "It is being fetched" in page and 'hx-trigger="every 1s"' in page
    assert run_tasks() == ["imaging.arrive", "imaging.process"]
    assert [(p.file_name, p.state) for p in pictures(listing)] == [("앞.jpg", "ready")]
    assert "/go" not in page_of(seller, listing), "the picture says it all"
    host = f"{HOST}:{elsewhere.port}"
    assert elsewhere.asked == [(host, "/go"), (host, "/%EC%95%9E.jpg?w=1")]


REFUSED: list[tuple[str, tuple[int, dict[str, str], bytes], str]] = [
    ("missing", (404, {}, b""), "address-status"),
    ("page", (200, {"Content-Type": "image/jpeg"}, b"<!doctype html><p>x"), "address-page"),
    ("zip", (200, {}, zips.zipped(("a.jpg", GOOD))), "address-archive"),
    ("heic", (200, {}, b"\x00\x00\x00\x18ftypheic" + b"\x00" * 60), "picture-format"),
    ("empty", (200, {}, b""), "picture-empty"),
    ("inside", (302, {"Location": "http://inside.test/"}, b""), "address-not-public"),
    ("metadata", (307, {"Location": "http://169.254.169.254/"}, b""), "address-not-public"),
    ("port", (302, {"Location": "http://127.0.0.1:22/"}, b""), "address-port"),
    ("file", (302, {"Location": "file:///etc/passwd"}, b""), "address-scheme"),
    ("round", (302, {"Location": "/round"}, b""), "address-redirects"),
]


@pytest.mark.parametrize(("name", "answer", "code"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_is_no_picture_to_have_says_why(
    seller: FlaskClient,
    listing: Listing,
    session: Any,
    run_tasks: Run,
    elsewhere: Elsewhere,
    kept: DirectoryStorage,
    name: str,
    answer: tuple[int, dict[str, str], bytes],
    code: str,
) -> None:
    elsewhere.pages[f"/{name}"] = answer
    ask(seller, listing, elsewhere.url(f"/{name}"))
    run_tasks()
    assert told(session) == [code] and pictures(listing) == []
    words = session.scalars(select(Arrival)).one().answers[0]["words"]
    for language in ("ko", "en"):
        page = page_of(seller, listing, language)
        assert words[language] in page and elsewhere.url(f"/{name}") in page
    assert list(kept.keys()) == [] and list(kept.unfinished.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["http://localhost/", "http://127.0.0.1/", "http://[::1]/", "http://2130706433/"]
)
def test_without_a_test_of_its_own_nothing_local_is_reached(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run, address: str
) -> None:
    ask(seller, listing, address)
    run_tasks()
    assert told(session) == ["address-not-public"]


def test_no_installation_but_a_tests_opens_the_way_in() -> None:
    before = settings().onshelf_env
    object.__setattr__(settings(), "onshelf_env", "demo")
    try:
        with pytest.raises(RuntimeError), fetching.through(fetching.PUBLIC):
            pass
    finally:
        object.__setattr__(settings(), "onshelf_env", before)


def test_whom_the_connection_has_reached_is_looked_at_too(
    kept: DirectoryStorage, elsewhere: Elsewhere
) -> None:
    """Allowed when the name was looked up, and not any more when the connection stands."""
    seen: list[str] = []

    def once(address: str) -> bool:
        seen.append(address)
        return len(seen) == 1

    elsewhere.pages["/a.jpg"] = (200, {}, GOOD)
    network = elsewhere.network()
    doubtful = type(network)(network.resolve, once, network.ports)
    with fetching.through(doubtful), kept.receive() as incoming, pytest.raises(Unfit) as refused:
        fetching.fetch(elsewhere.url("/a.jpg"), incoming, 10_000_000)
    assert refused.value.code == "address-not-public" and seen == ["127.0.0.1"] * 2
    assert elsewhere.asked == []


def test_a_name_is_looked_up_once(kept: DirectoryStorage, elsewhere: Elsewhere) -> None:
    """DNS that answers something else the second time is not asked a second time."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    network = elsewhere.network()
    rebinding = type(network)(lambda host, port: next(answers), network.is_open, network.ports)
    elsewhere.pages["/a.jpg"] = (200, {}, GOOD)
    with fetching.through(rebinding), kept.receive() as incoming:
        assert fetching.fetch(elsewhere.url("/a.jpg"), incoming, 10_000_000) == "a.jpg"
        assert incoming.size == len(GOOD)
    assert next(answers) == ["10.0.0.1"]


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "1", "Transfer-Encoding": "chunked"}])
def test_no_more_is_read_than_a_picture_may_have(
    kept: DirectoryStorage, elsewhere: Elsewhere, headers: dict[str, str]
) -> None:
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD), GOOD) if headers else GOOD
    elsewhere.pages["/a.jpg"] = (200, headers, body)
    with kept.receive() as incoming, pytest.raises(Unfit) as refused:
        fetching.fetch(elsewhere.url("/a.jpg"), incoming, len(GOOD) - 1)
    assert refused.value.code == "address-too-large"


@pytest.mark.parametrize("path", ["/slow", "/silent"])
def test_who_drips_is_not_waited_for(
    kept: DirectoryStorage, elsewhere: Elsewhere, path: str
) -> None:
    elsewhere.pages[path] = None
    began = time.monotonic()
    with kept.receive() as incoming, pytest.raises(Unfit) as refused:
        fetching.fetch(elsewhere.url(path), incoming, 10_000_000, seconds=0.5)
    assert (refused.value.code, refused.value.again) == ("address-slow", True)
    assert time.monotonic() - began < 20


def test_what_breaks_off_is_not_taken_for_whole(
    kept: DirectoryStorage, elsewhere: Elsewhere
) -> None:
    cut = {"Content-Length": str(len(GOOD)), "Connection": "close"}
    elsewhere.pages["/a.jpg"] = (200, cut, GOOD[:500])
    with kept.receive() as incoming, pytest.raises(Unfit) as refused:
        fetching.fetch(elsewhere.url("/a.jpg"), incoming, 10_000_000)
    assert (refused.value.code, refused.value.again) == ("address-cut-off", True)


def test_a_server_that_is_away_is_tried_again_and_then_told(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run, elsewhere: Elsewhere
) -> None:
    elsewhere.pages["/a.jpg"] = (503, {}, b"")
    ask(seller, listing, elsewhere.url("/a.jpg"))
    run_tasks()
    assert told(session) == [] and "tried again by itself" in page_of(seller, listing)
    for _ in range(3):
        hours_pass(session)
        sweep(run_tasks)
    assert told(session) == ["address-status"] and len(elsewhere.asked) == 3
    elsewhere.pages["/a.jpg"] = (200, {}, GOOD)
    row = session.scalars(select(Arrival)).one()
    assert seller.post(f"/listings/{listing.id}/arrivals/{row.id}/retry").status_code == 303
    run_tasks()
    assert len(pictures(listing)) == 1
    assert seller.post(f"/listings/{listing.id}/arrivals/999/retry").status_code == 404


def test_a_picture_too_many_and_one_that_is_there(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run, elsewhere: Elsewhere
) -> None:
    elsewhere.pages["/a.jpg"] = (200, {}, GOOD)
    elsewhere.pages["/b.jpg"] = (200, {}, files.jpeg(601, 600))
    with limit(pictures_per_listing=1):
        send(seller, listing, ("a.jpg", GOOD))
        for path in ("/a.jpg", "/b.jpg"):
            ask(seller, listing, elsewhere.url(path))
        run_tasks()
    assert told(session) == ["repeated", "too-many-pictures"] and len(pictures(listing)) == 1


@pytest.mark.parametrize("how", [{}, {"headers": PARTIAL}], ids=["page", "fragment"])
def test_what_is_no_address_is_said_at_once_beside_what_was_typed(
    seller: FlaskClient, listing: Listing, session: Any, how: dict[str, Any]
) -> None:
    answer = ask(seller, listing, 'ftp://a.example/"><script>', **how)
    assert answer.status_code == 422
    assert 'data-code="address-scheme"' in answer.text
    assert "ftp://a.example/&#34;&gt;&lt;script&gt;" in answer.text
    assert session.scalars(select(Arrival)).all() == []


def test_a_fragment_after_it_was_sent_asks_the_tiles_to_look(
    seller: FlaskClient, listing: Listing
) -> None:
    answer = ask(seller, listing, "https://a.example/b.jpg", headers=PARTIAL)
    assert answer.status_code == 200 and answer.headers["HX-Trigger"] == "onshelf:uploaded"
    assert 'value=""' in answer.text


def test_no_more_than_a_person_would_send_wait_at_once(
    seller: FlaskClient, listing: Listing
) -> None:
    for _ in range(20):
        assert ask(seller, listing, "https://a.example/b.jpg").status_code == 303
    answer = ask(seller, listing, "https://a.example/b.jpg")
    assert answer.status_code == 409 and "https://a.example/b.jpg" in answer.text
