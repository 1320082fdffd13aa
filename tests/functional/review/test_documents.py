"""Documents before a reviewer: named, changed, handed out; none in what systems are told."""

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.accounts.models import Seller
from app.core.database import db
from app.core.storage import DirectoryStorage
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.payload import product
from app.journey.review.models import ReviewCase
from app.listings import actions
from app.listings.models import Finding, Listing
from app.listings.queries import documents_of, newest_version, product_content
from app.listings.store import store
from tests.factories import listings as made
from tests.factories import people, pictures
from tests.factories import review as cases
from tests.factories.content import category_named
from tests.factories.documents import JPEG, PDF

CATEGORY = "butane-canisters"


@pytest.fixture
def listing(session: Any, kept: DirectoryStorage) -> Listing:
    """Submitted with a safety data sheet."""
    listing = made.draft(None, CATEGORY)
    _give(listing, "first.pdf", PDF)
    made.submit(listing)
    return listing


@pytest.fixture
def reviewer(client: FlaskClient, session: Any) -> FlaskClient:
    client.set_cookie("language", "en")
    return people.signed_in(client, cases.reviewer(category_named(CATEGORY).queue))


def _give(listing: Listing, name: str, data: bytes, kind: str = "application/pdf") -> None:
    with unit_of_work():
        stored = store().put(data)
        actions.give_document(listing.id, "msds", stored, name, kind, None)


def _case(listing: Listing) -> ReviewCase:
    return cases.case_of(listing)


def _number(listing: Listing, name: str) -> int:
    return next(n for n, each in documents_of(listing.id).items() if each.file_name == name)


def _address(listing: Listing, name: str) -> str:
    return f"/review/cases/{_case(listing).id}/documents/{_number(listing, name)}"


def test_a_case_shows_its_documents_and_hands_them_out(reviewer, listing) -> None:
    door = f"/review/cases/{_case(listing).id}"
    assert "data-pin=" not in reviewer.get(door).text, "nobody has claimed it yet"
    reviewer.post(f"{door}/claim")
    page = reviewer.get(door).text
    assert "first.pdf" in page and _address(listing, "first.pdf") in page
    assert 'data-pin="documents.msds"' in page, "a reason can be pinned there"
    answer = reviewer.get(_address(listing, "first.pdf"))
    assert answer.status_code == 200 and answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_paper_that_is_a_picture_is_looked_at_encoded_anew(reviewer, kept) -> None:
    listing = made.draft(None, CATEGORY)
    paper = pictures.png_carrying_html()
    _give(listing, "paper.png", paper, "image/png")
    made.submit(listing)
    shown = _address(listing, "paper.png") + "/picture"
    page = reviewer.get(f"/review/cases/{_case(listing).id}").text
    assert f'href="{shown}" data-zoom="paper.png"' in page
    answer = reviewer.get(shown)
    assert answer.status_code == 200 and answer.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(answer.data)).size == Image.open(io.BytesIO(paper)).size
    assert b"script" not in answer.data
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_cannot_be_looked_at_is_said_and_stays_a_download(reviewer, listing) -> None:
    address = _address(listing, "first.pdf")
    assert f"{address}/picture" not in reviewer.get(f"/review/cases/{_case(listing).id}").text
    assert reviewer.get(f"{address}/picture").status_code == 404
    other = made.draft(None, CATEGORY)
    _give(other, "torn.jpg", JPEG[:900], "image/jpeg")
    made.submit(other)
    answer = reviewer.get(_address(other, "torn.jpg") + "/picture")
    assert answer.status_code == 404 and "download it" in answer.text
    assert reviewer.get(_address(other, "torn.jpg")).data == JPEG[:900]


def test_a_reviewer_of_other_queues_and_sellers_get_none(app: Flask, reviewer, listing) -> None:
    address = _address(listing, "first.pdf")
    other = cases.reviewer("no-such-queue")
    seller = people.owner_of(people.seller())
    for stranger in (people.signed_in(app.test_client(), who) for who in (other, seller)):
        assert stranger.get(address).status_code == 404
        assert stranger.get(f"{address}/picture").status_code == 404
    # The seller's own address is not the reviewer's.
    number = _number(listing, "first.pdf")
    assert reviewer.get(f"/listings/{listing.id}/documents/{number}").status_code == 404


def test_the_diff_says_that_one_changed_and_a_draft_is_nobody_elses(reviewer, listing) -> None:
    made.judge(listing, "request-changes", path="documents.msds", code="document-unfit")
    made.edited(listing)
    _give(listing, "second.pdf", PDF + b"more")
    # Not yet submitted: the case that was judged still speaks of the first one alone.
    assert reviewer.get(_address(listing, "second.pdf")).status_code == 404
    made.submit(listing)
    page = reviewer.get(f"/review/cases/{_case(listing).id}").text
    changes = page.partition('id="changes"')[2].partition("</dl>")[0]
    assert "Safety data sheet (MSDS)" in changes
    assert "<del>first.pdf</del>" in changes and "<ins>second.pdf</ins>" in changes
    assert _address(listing, "second.pdf") in changes


def test_what_systems_are_told_has_no_documents(listing) -> None:
    told = json.dumps(product(listing, newest_version(listing.id), []))
    assert "first.pdf" not in told and "documents" not in told


def test_given_anew_it_ticks_off_what_the_reviewer_had_against_it(client, listing) -> None:
    made.judge(listing, "request-changes", path="documents.msds", code="document-unfit")
    made.edited(listing)
    client.set_cookie("language", "en")
    seller = people.signed_in(
        client, people.owner_of(db.session.get_one(Seller, listing.seller_id))
    )
    page = seller.get(f"/listings/{listing.id}/draft").text
    assert "Upload a valid, readable document of this product." in page
    assert "Fixed" not in page
    _give(listing, "second.pdf", PDF + b"more")
    assert "Fixed" in seller.get(f"/listings/{listing.id}/draft").text


def test_a_certification_its_number_and_the_papers_stand_together(client, session, kept) -> None:
    listing = made.draft(None, "bluetooth-speakers")
    with unit_of_work():
        stored = store().put(PDF)
        actions.give_document(listing.id, "un383", stored, "un.pdf", "application/pdf", None)
    made.submit(listing)
    client.set_cookie("language", "en")
    people.signed_in(client, cases.reviewer(category_named("bluetooth-speakers").queue))
    case = _case(listing)
    finding = Finding(
        version_id=case.version_id,
        path="certifications.kc-radio.number",
        code="certification-pattern",
        params={"message": {"ko": "모양", "en": "Odd shape"}},
        severity="advice",
        source="picture",
    )
    session.add(finding)
    session.commit()
    client.post(f"/review/cases/{case.id}/claim")
    page = client.get(f"/review/cases/{case.id}").text
    row = page.split('data-path="certifications.kc-radio.held"')[1].split("</div>")[0]
    number = product_content(newest_version(listing.id))["certifications"]["kc-radio"]["number"]
    assert "Certified" in row and number in row and "Odd shape" in row
    assert row.count("data-pin=") == 2 and "data-stop" in row.split(">")[0]
    assert f'data-pin="{finding.path}"' in row
    papers = page.split('id="g-certifications"')[1].split('id="g-', 2)
    assert papers[1].startswith("documents") and "un.pdf" in papers[1]
    assert "if it has a battery" in papers[1]
