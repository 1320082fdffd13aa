"""Documents: given, turned away, taken out, and to whom their files are handed."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.storage import DirectoryStorage
from app.listings.models import Document, Listing
from app.listings.queries import content_of, documents_of, newest_version
from app.settings import settings
from tests.factories import listings as made
from tests.factories import pdfs, people
from tests.factories.documents import JPEG, PARTIAL, PDF, PNG, give

CATEGORY = "butane-canisters"  # needs a safety data sheet, whatever the goods
MSDS = "msds"


@pytest.fixture(autouse=True)
def _kept(kept: DirectoryStorage) -> None:
    """Every test here stores."""


@pytest.fixture
def listing(session: Any, seller: Any) -> Listing:
    """Nothing is missing of it but the document."""
    return made.draft(seller, CATEGORY, changes={"documents": {}})


def _given(listing: Listing) -> Document | None:
    number = (content_of(newest_version(listing.id))["product"].get("documents") or {}).get(MSDS)
    return documents_of(listing.id)[number] if number else None


def _draft_page(client: FlaskClient, listing: Listing) -> str:
    return client.get(f"/listings/{listing.id}/draft").text


def test_only_a_category_that_names_documents_has_the_section(client, listing, seller) -> None:
    page = _draft_page(client, listing)
    assert 'id="s-documents"' in page and "Safety data sheet (MSDS)" in page
    assert "(required)" not in page and "in Korean" in page
    assert 'id="s-documents"' not in _draft_page(client, made.draft(seller, "mugs"))


def test_without_it_nothing_is_submitted_and_with_it_all_is(client, listing) -> None:
    refused = client.post(f"/listings/{listing.id}/submission")
    assert refused.status_code == 422
    assert "The document is missing." in refused.text and 'href="#f-documents-msds"' in refused.text

    answer = give(client, listing, MSDS, name="msds 2026.pdf")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/listings/{listing.id}/draft#f-documents-msds")
    page = _draft_page(client, listing)
    assert "msds 2026.pdf" in page and "1 KB" in page and "/documents/msds/removal" in page
    assert client.post(f"/listings/{listing.id}/submission").status_code == 303


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [(PDF, "a.pdf", "application/pdf"), (JPEG, "a.pdf", "image/jpeg"), (PNG, "x", "image/png")],
)
def test_what_it_is_is_told_by_its_content(client, listing, data, name, kind) -> None:
    give(client, listing, MSDS, data, name)
    document = _given(listing)
    assert (document.type, document.bytes, document.file_name) == (kind, len(data), name)
    assert document.uploaded_by is not None


@pytest.mark.parametrize("script", [False, True])
@pytest.mark.parametrize(
    ("data", "name", "status", "code", "said"),
    [
        (b"", "empty.pdf", 422, "document-empty", "empty.pdf is empty."),
        (b"<!doctype html><script>", "page.pdf", 422, "document-type", "what is in it is HTML"),
        (b"PK\x03\x04", "a.docx", 422, "document-type", "what is in it is ZIP"),
        (b"hello", "a.txt", 422, "document-type", "a.txt is no PDF, JPEG or PNG."),
        (PDF + bytes(5 * 1024 * 1024), "big.pdf", 422, "document-too-large", "big.pdf: 5.1 MB."),
        (b"", "", 422, "document-none", "No file was chosen."),
    ],
)
def test_a_wrong_file_is_told_beside_its_input_and_nothing_else_is_lost(
    client, listing, kept, script, data, name, status, code, said
) -> None:
    give(client, listing, MSDS)
    before = _given(listing)
    answer = give(client, listing, MSDS, data, name, script=script)
    assert answer.status_code == status
    assert f'data-code="{code}"' in answer.text and said in answer.text
    assert ("<html" in answer.text) is not script
    assert _given(listing) == before and before.file_name in answer.text
    assert list(kept.unfinished.iterdir()) == [] and len(list(kept.keys())) == 1


def test_a_storage_that_is_full_says_so(client, listing, monkeypatch) -> None:
    def full(self: Any, source: Any, key: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(DirectoryStorage, "adopt", full)
    answer = give(client, listing, MSDS, script=True)
    assert answer.status_code == 507 and "Storage could not take this file." in answer.text
    assert _given(listing) is None


def test_with_script_the_answer_is_the_document_and_the_lists(client, listing) -> None:
    answer = give(client, listing, MSDS, script=True)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert "paper.pdf" in answer.text and "Nothing is missing. Ready to submit." in answer.text
    out = client.post(f"/listings/{listing.id}/documents/msds/removal", headers=PARTIAL)
    assert "paper.pdf" not in out.text and "The document is missing." in out.text


def test_taken_out_and_given_again_it_is_the_same_document(client, listing, kept) -> None:
    give(client, listing, MSDS)
    first = _given(listing)
    removal = f"/listings/{listing.id}/documents/msds/removal"
    assert client.post(removal).status_code == 303
    assert client.post(removal).status_code == 303
    assert _given(listing) is None
    give(client, listing, MSDS)
    assert _given(listing) == first and len(list(kept.keys())) == 1


def test_the_same_bytes_in_two_listings_are_stored_once(client, listing, seller, kept) -> None:
    other = made.draft(seller, CATEGORY, changes={"documents": {}})
    give(client, listing, MSDS)
    give(client, other, MSDS)
    assert _given(listing).id != _given(other).id
    assert len(list(kept.keys())) == 1


def test_undo_takes_it_back_and_the_history_names_the_file(client, listing) -> None:
    give(client, listing, MSDS, name="first.pdf")
    give(client, listing, MSDS, JPEG, name="second.jpg")
    page = client.get(f"/listings/{listing.id}/history").text
    assert "second.jpg" in page
    client.post(f"/listings/{listing.id}/draft/undo")
    assert _given(listing).file_name == "first.pdf"


def test_a_form_cannot_name_a_document(client, listing, page) -> None:
    fields = page(listing.id)
    fields["documents.msds"] = "1"
    client.post(f"/listings/{listing.id}/draft", data=fields)
    assert _given(listing) is None


def test_given_while_a_page_was_open_it_is_no_foreign_change(client, listing, page) -> None:
    fields = page(listing.id)
    give(client, listing, MSDS, script=True)
    assert client.post(f"/listings/{listing.id}/submission", data=fields).status_code == 303


def test_what_was_submitted_takes_no_document(client, listing) -> None:
    give(client, listing, MSDS)
    made.submit(listing)
    assert give(client, listing, MSDS, JPEG).status_code == 409
    assert client.post(f"/listings/{listing.id}/documents/msds/removal").status_code == 409
    assert _given(listing).type == "application/pdf"


def test_a_code_that_the_category_does_not_know_is_not_there(client, listing, kept) -> None:
    assert give(client, listing, "un383").status_code == 404
    assert client.post(f"/listings/{listing.id}/documents/un383/removal").status_code == 404
    assert list(kept.keys()) == []


@pytest.mark.parametrize(
    ("data", "name", "called"),
    [
        (PDF, "물질 자료.pdf", "%EB%AC%BC"),
        (PDF, "form.html", "form.html.pdf"),
        (PNG, "scan.PNG", "scan.PNG"),
        (JPEG, "../../scan", "scan.jpg"),
    ],
)
def test_a_file_is_handed_to_its_seller_to_be_kept_never_shown(
    client, listing, data, name, called
) -> None:
    give(client, listing, MSDS, data, name)
    answer = client.get(f"/listings/{listing.id}/documents/{_given(listing).id}")
    assert answer.status_code == 200 and answer.data == data
    assert answer.mimetype == _given(listing).type
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment") and called in disposition
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_another_sellers_documents_are_not_there(app: Flask, client, listing, seller) -> None:
    give(client, listing, MSDS)
    here = f"/listings/{listing.id}/documents"
    number = _given(listing).id
    stranger = people.signed_in(app.test_client(), people.owner_of(people.seller()))
    assert stranger.get(f"{here}/{number}").status_code == 404
    assert give(stranger, listing, MSDS).status_code == 404
    assert stranger.post(f"{here}/msds/removal").status_code == 404
    own = made.draft(seller, CATEGORY)
    assert client.get(f"/listings/{own.id}/documents/{number}").status_code == 404
    assert people.signed_in(app.test_client(), people.operator()).get(
        f"{here}/{number}"
    ).status_code == 404  # fmt: skip


def test_its_seller_sees_the_pages_of_a_pdf_and_no_other_seller_does(
    app: Flask, client, listing, page
) -> None:
    data = pdfs.pages(2)
    give(client, listing, MSDS, data)
    address = f"/listings/{listing.id}/documents/{_given(listing).id}/pages/2"
    link = address.replace("pages/2", "pages/1")
    assert f'href="{link}" data-zoom="paper.pdf" data-leaves' in _draft_page(client, listing)
    shown = client.get(address)
    assert shown.status_code == 200 and "Page 2 of 2" in shown.text
    assert f'href="/listings/{listing.id}/draft#f-documents-msds"' in shown.text
    picture = client.get(f"{address}/picture")
    assert picture.status_code == 200 and picture.mimetype == "image/jpeg"
    assert client.get(address.replace("pages/2", "pages/3")).status_code == 404
    others = people.owner_of(people.seller()), people.operator(), people.reviewer()
    for other in (people.signed_in(app.test_client(), who) for who in others):
        assert other.get(address).status_code == 404
        assert other.get(f"{address}/picture").status_code == 404


def test_a_file_that_storage_lost_is_not_there(client, listing, kept) -> None:
    give(client, listing, MSDS)
    kept.delete(_given(listing).sha256)
    assert client.get(f"/listings/{listing.id}/documents/{_given(listing).id}").status_code == 404
    assert settings().storage_path


def test_a_move_keeps_what_the_new_category_knows(client, listing) -> None:
    give(client, listing, MSDS)
    where = f"/listings/{listing.id}/category"
    told = client.get(f"{where}?to=engine-oils").text
    assert "Safety data sheet (MSDS)" in told.partition("Kept")[2].partition("<h2")[0]
    told = client.get(f"{where}?to=mugs").text
    assert "Safety data sheet (MSDS)" in told.partition("Not asked for there")[2]
    client.post(where, data={"category": "engine-oils"})
    assert "paper.pdf" in _draft_page(client, listing)


def test_a_copy_and_a_preset_leave_documents_out(client, listing) -> None:
    give(client, listing, MSDS)
    copy = client.post(f"/listings/{listing.id}/copies").location
    assert "paper.pdf" not in client.get(copy).text
    saved = client.post(
        f"/listings/{listing.id}/presets",
        data={"kind": "listing", "preset-name-listing": "Canister"},
    )
    assert saved.status_code == 303
    assert "Safety data sheet" not in client.get("/presets").text
