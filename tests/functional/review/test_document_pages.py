"""The pages of a certificate that is a PDF: before its reviewer, in place, and nobody else."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.accounts import actions as accounts
from app.accounts.models import Seller
from app.core.database import db
from app.core.storage import DirectoryStorage
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import enlarging
from app.listings import actions
from app.listings.models import Document, Listing
from app.listings.queries import documents_of
from app.listings.store import store
from tests.factories import listings as made
from tests.factories import pdfs, people
from tests.factories import review as cases
from tests.factories.content import category_named
from tests.factories.documents import PARTIAL

CATEGORY, NAME = "butane-canisters", "certificate.pdf"


@pytest.fixture
def listing(session: Any, kept: DirectoryStorage) -> Listing:
    return _submitted(pdfs.pages(3))


@pytest.fixture
def reviewer(client: FlaskClient, session: Any) -> FlaskClient:
    client.set_cookie("language", "en")
    return people.signed_in(client, cases.reviewer(category_named(CATEGORY).queue))


def _submitted(data: bytes, kind: str = "application/pdf") -> Listing:
    listing = made.draft(None, CATEGORY)
    with unit_of_work():
        actions.give_document(listing.id, "msds", store().put(data), NAME, kind, None)
    made.submit(listing)
    return listing


def _document(listing: Listing) -> Document:
    given = documents_of(listing.id).values()
    return next(each for each in given if each.file_name == NAME)


def _case(listing: Listing) -> str:
    return f"/review/cases/{cases.case_of(listing).id}"


def _file(listing: Listing) -> str:
    return f"{_case(listing)}/documents/{_document(listing).id}"


def _page(listing: Listing, no: int) -> str:
    return f"{_file(listing)}/pages/{no}"


def _shown(answer: Any) -> tuple[int, int]:
    assert answer.status_code == 200 and answer.mimetype == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return Image.open(io.BytesIO(answer.data)).size


def test_the_case_leads_to_the_pages_and_the_file_stays_a_download(reviewer, listing) -> None:
    page = reviewer.get(_case(listing)).text
    assert f'href="{_page(listing, 1)}" data-zoom="certificate.pdf" data-leaves' in page
    assert f'href="{_file(listing)}"' in page
    assert reviewer.get(_file(listing)).data == pdfs.pages(3)


def test_page_by_page_with_the_ways_to_the_others(reviewer, listing) -> None:
    first = reviewer.get(_page(listing, 1)).text
    assert "<h1><bdi>certificate.pdf</bdi></h1>" in first and "Page 1 of 3" in first
    assert f'src="{_page(listing, 1)}/picture"' in first
    assert f'rel="next" href="{_page(listing, 2)}"' in first and 'rel="prev"' not in first
    assert f'href="{_file(listing)}"' in first and f'href="{_case(listing)}"' in first
    last = reviewer.get(_page(listing, 3)).text
    assert f'rel="prev" href="{_page(listing, 2)}"' in last and 'rel="next"' not in last
    pictures = [reviewer.get(f"{_page(listing, no)}/picture") for no in (1, 2, 3)]
    assert [_shown(each) for each in pictures] == [(2066, 2924)] * 3
    assert len({each.data for each in pictures}) == 3
    for no in (0, 4, 21):
        assert reviewer.get(_page(listing, no)).status_code == 404
        assert reviewer.get(f"{_page(listing, no)}/picture").status_code == 404


def test_in_place_it_is_the_page_alone_in_the_readers_language(reviewer, listing) -> None:
    reviewer.set_cookie("language", "ko")
    answer = reviewer.get(_page(listing, 2), headers=PARTIAL)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert "3쪽 중 2쪽" in answer.text and "<kbd>J</kbd>" in answer.text
    # There no script reads the keys.
    assert "<kbd>" not in reviewer.get(_page(listing, 2)).text


def test_twenty_are_shown_and_the_rest_is_in_the_file(reviewer, session, kept) -> None:
    listing = _submitted(pdfs.pages(23))
    twentieth = reviewer.get(_page(listing, 20)).text
    assert "Page 20 of 23" in twentieth and 'rel="next"' not in twentieth
    assert "The first 20 pages are shown here." in twentieth
    assert reviewer.get(_page(listing, 21)).status_code == 404


@pytest.mark.parametrize(
    ("data", "en", "ko"),
    [
        (pdfs.locked(), "locked with a password", "암호가 걸린"),
        (pdfs.without_pages(), "damaged or empty", "손상되었거나"),
        (pdfs.pages()[:300], "damaged or empty", "손상되었거나"),
        (pdfs.unpacking_to(900_000_000), "takes too much to draw", "너무 많은 자원"),
    ],
)
def test_what_cannot_be_shown_says_why_and_stays_a_download(
    reviewer, session, kept, data, en, ko
) -> None:
    listing = _submitted(data)
    answer = reviewer.get(_page(listing, 1))
    assert answer.status_code == 200 and en in answer.text and "<img" not in answer.text
    assert f'href="{_file(listing)}"' in answer.text
    assert reviewer.get(_file(listing)).data == data
    # It is known by now: nobody tries again.
    kept.delete(_document(listing).sha256)
    reviewer.set_cookie("language", "ko")
    assert ko in reviewer.get(_page(listing, 1), headers=PARTIAL).text
    assert reviewer.get(f"{_page(listing, 1)}/picture").status_code == 404


def test_a_bad_page_is_no_end_of_the_others(reviewer, session, kept) -> None:
    listing = _submitted(pdfs.bad_first())
    first = reviewer.get(_page(listing, 1)).text
    assert "takes too much to draw" in first and "Page 1 of 2" in first
    assert f'rel="next" href="{_page(listing, 2)}"' in first
    assert _shown(reviewer.get(f"{_page(listing, 2)}/picture")) == (2066, 2924)


def test_a_page_is_drawn_once_and_again_where_storage_lost_it(reviewer, listing, kept) -> None:
    before = set(kept.keys())
    first = reviewer.get(f"{_page(listing, 1)}/picture").data
    [drawn] = set(kept.keys()) - before
    original = kept.path(_document(listing).sha256).read_bytes()
    kept.delete(_document(listing).sha256)
    assert reviewer.get(f"{_page(listing, 1)}/picture").data == first
    assert reviewer.get(_page(listing, 2)).status_code == 404, "the file is gone"
    kept.put(original)
    kept.delete(drawn)
    assert reviewer.get(f"{_page(listing, 1)}/picture").data == first


def test_where_too_many_look_at_once_it_says_so_and_is_tried_again(reviewer, listing) -> None:
    for _ in range(enlarging.AT_ONCE):
        enlarging._PLACES.acquire()
    try:
        assert "cannot be shown just now" in reviewer.get(_page(listing, 1)).text
        assert reviewer.get(f"{_page(listing, 1)}/picture").status_code == 404
    finally:
        for _ in range(enlarging.AT_ONCE):
            enlarging._PLACES.release()
    assert "Page 1 of 3" in reviewer.get(_page(listing, 1)).text


def test_what_is_no_pdf_has_no_pages(reviewer, session, kept) -> None:
    listing = _submitted(pdfs.pages(), "image/png")
    assert reviewer.get(_page(listing, 1)).status_code == 404
    assert "data-leaves" not in reviewer.get(_case(listing)).text


def test_nobody_else_sees_a_page(app: Flask, session, reviewer, listing) -> None:
    number, queue = _document(listing).id, category_named(CATEGORY).queue
    addresses = [_page(listing, 1), f"{_page(listing, 1)}/picture"]
    assert all(reviewer.get(address).status_code == 200 for address in addresses)
    seller = db.session.get_one(Seller, listing.seller_id)
    within, other_queue = cases.reviewer(queue), cases.reviewer("no-such-queue")
    strangers = (other_queue, people.owner_of(seller), people.owner_of(people.seller()))
    for stranger in (people.signed_in(app.test_client(), who) for who in strangers):
        assert [stranger.get(each).status_code for each in addresses] == [404, 404]
    accounts.join(within.id, seller.id, "member")
    session.commit()
    own = people.signed_in(app.test_client(), within)
    assert [own.get(each).status_code for each in addresses] == [403, 403]
    assert [app.test_client().get(each).status_code for each in addresses] == [303, 303]
    # The seller's own address is not the reviewer's.
    theirs = f"/listings/{listing.id}/documents/{number}/pages/1"
    assert reviewer.get(theirs).status_code == 404
