"""The documents of a draft for its seller: giving one, taking it out, having it back."""

from flask import Blueprint, Response, request

from app.accounts.current import current_person
from app.accounts.permissions import seller_only
from app.core.errors import Invalid, NotFound, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.drafting import documents
from app.journey.drafting.building import draft_of
from app.journey.drafting.edges import draft_version, draw, own, to_draft
from app.journey.drafting.posted import Posted
from app.listings.actions import take_out_document
from app.listings.locks import locked_draft
from app.listings.queries import document_of, newest_version
from app.listings.store import store
from app.taxonomy import queries as taxonomy
from app.web.downloads import attachment
from app.web.leaves import leaf, leaf_page, leaf_picture
from app.web.page import page, wants_fragment
from app.web.security import accepts_upload
from app.web.uploads import streams_files

blueprint = Blueprint("documents", __name__)

# A file too large is turned away beside its field, not with the whole request.
_BODY = 100 * 1024 * 1024


@blueprint.post("/listings/<int:listing_id>/documents/<code>")
@seller_only
@streams_files(documents.receiver)
@accepts_upload(_BODY)
def give(listing_id: int, code: str) -> Response:
    """Take one file as the document of that code, in place of what stood there."""
    _asked(listing_id, code)
    try:
        documents.take(listing_id, code, request.files.get("document"), current_person().id)
    except (Invalid, documents.NoRoom) as refused:
        return _answer(listing_id, code, refused)
    return _answer(listing_id, code)


@blueprint.post("/listings/<int:listing_id>/documents/<code>/removal")
@seller_only
def removal(listing_id: int, code: str) -> Response:
    """Take the document out of the draft; its file is kept."""
    listing = own(listing_id)
    with unit_of_work():
        take_out_document(listing.id, code, current_person().id)
    return _answer(listing_id, code)


@blueprint.get("/listings/<int:listing_id>/documents/<int:document_id>")
@seller_only
def document(listing_id: int, document_id: int) -> Response:
    """The file of one of the listing's documents, in its draft or not."""
    found = document_of(own(listing_id).id, document_id)
    return attachment(store().path(found.sha256), found.file_name, found.type)


@blueprint.get("/listings/<int:listing_id>/documents/<int:document_id>/pages/<int:no>")
@seller_only
def document_page(listing_id: int, document_id: int, no: int) -> Response:
    """A page of a document that is a PDF, as its reviewer sees it."""
    found = document_of(own(listing_id).id, document_id)
    shown = leaf(found.sha256, found.type, no)
    told = {"listing_id": listing_id, "document": found, "leaf": shown}
    return leaf_page("drafting/document.html", **told)


@blueprint.get("/listings/<int:listing_id>/documents/<int:document_id>/pages/<int:no>/picture")
@seller_only
def document_page_picture(listing_id: int, document_id: int, no: int) -> Response:
    """The picture of that page."""
    found = document_of(own(listing_id).id, document_id)
    shown = leaf(found.sha256, found.type, no)
    if not shown.key:
        raise NotFound("document-not-shown", shown.words)
    return leaf_picture(store().path(shown.key))


def _asked(listing_id: int, code: str) -> None:
    """`NotFound` where the category knows no such document, `Conflict` where there is no draft."""
    with unit_of_work():
        version = locked_draft(draft_version(listing_id).id)
        if taxonomy.category(version.listing.category_code).document(code) is None:
            raise NotFound()


def _answer(listing_id: int, code: str, refused: Refusal | None = None) -> Response:
    path = f"documents.{code}"
    turned_away = {path: refused} if refused else {}
    status = refused.status if refused else 200
    if not wants_fragment():
        if refused:
            return draw(listing_id, status, turned_away)
        return to_draft(listing_id, f"f-documents-{code}")
    posted = Posted(saved=[] if refused else [path], fragment=True)
    draft = draft_of(newest_version(listing_id), posted, reader=current_person().id)
    draft.turned_away = turned_away
    return page("drafting/_document_answer.html", status=status, draft=draft, path=path)
