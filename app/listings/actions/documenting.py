"""Documents come into a draft and are taken out of it; their files and rows stay."""

from sqlalchemy import select

from app.core.database import db
from app.core.errors import NotFound
from app.core.storage import Stored
from app.listings.actions.saving import PartSave, Step, save_parts
from app.listings.content import storable
from app.listings.locks import locked_draft
from app.listings.models import Document, Version
from app.listings.queries import open_version, parts_of
from app.taxonomy import queries as taxonomy


def give_document(
    listing_id: int, code: str, stored: Stored, file_name: str, kind: str, who: int | None
) -> Document:
    """Put a stored file of the MIME type *kind* into the draft as the document *code*.

    What stood there before is replaced. The same file given again under the same name is the same
    document. `NotFound` for a code that the listing's category does not know.
    """
    version = _draft(listing_id, code)
    told = {
        "listing_id": listing_id,
        "code": code,
        "sha256": stored.key,
        "file_name": storable(file_name)[:200],
    }
    document = db.session.scalar(select(Document).filter_by(**told).limit(1))
    if document is None:
        document = Document(**told, bytes=stored.size, type=kind, uploaded_by=who)
        db.session.add(document)
        db.session.flush()
    _write(version, code, document.id, who)
    return document


def take_out_document(listing_id: int, code: str, who: int | None) -> None:
    """Leave the document *code* out of the draft; once it is out, nothing changes."""
    _write(_draft(listing_id, code), code, None, who)


def _draft(listing_id: int, code: str) -> Version:
    version = locked_draft(open_version(listing_id).id)
    if taxonomy.category(version.listing.category_code).document(code) is None:
        raise NotFound()
    return version


def _write(version: Version, code: str, value: int | None, who: int | None) -> None:
    part_id, _ = parts_of(version)[None]
    save_parts(version.id, [PartSave(part_id, {f"documents.{code}": value})], Step(who))
