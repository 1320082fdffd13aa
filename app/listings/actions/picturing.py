"""Pictures come in, and what the imaging station found out about them."""

from typing import Any

from sqlalchemy import func, select, update

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict
from app.core.unit_of_work import record
from app.core.words import Words
from app.listings.actions.saving import save_fields
from app.listings.actions.timeline import note
from app.listings.content import Content, read, storable
from app.listings.events import PictureReady, PictureReceived, PictureRefused
from app.listings.locks import locked_draft
from app.listings.models import Picture, VersionPart
from app.listings.queries import open_version
from app.validation.picture_texts import LANGUAGES, path_of

# Of one listing, in use or not: what a person mends by hand, not what a program would.
MOST_MENDED = 200
_TOO_MANY_MENDED = Words(
    "한 상품에서 고친 사진은 {limit}장까지 보관합니다. 고친 파일을 새로 올리세요.",
    "Of one listing up to {limit} mended pictures are kept. Upload the file as it should be.",
)


def receive_picture(listing_id: int, sha256: str, file_name: str, who: int | None) -> Picture:
    """Take a stored file into the listing's draft, last in its pictures.

    The same bytes twice are one picture; a refused one that comes again is looked at again.
    """
    version = locked_draft(open_version(listing_id).id)
    picture = db.session.scalar(
        select(Picture).where(
            Picture.listing_id == listing_id, Picture.sha256 == sha256, Picture.edits == []
        )
    )
    if picture is None:
        name = storable(file_name)[:200]
        picture = Picture(listing_id=listing_id, sha256=sha256, file_name=name, created_by=who)
        db.session.add(picture)
        db.session.flush()
    if picture.state == "refused":
        look_again(picture)
    elif picture.state == "received":
        record(PictureReceived(listing_id, picture.id))
    _append(version.id, picture.id, who)
    return picture


def look_again(picture: Picture) -> None:
    """Have a picture processed once more, as if it had just been received."""
    picture.state, picture.facts, picture.attempts = "received", {}, 0
    picture.lease_until, picture.not_before = None, database_now()
    record(PictureReceived(picture.listing_id, picture.id))


def record_picture_read_anew(picture_id: int, facts: dict[str, Any]) -> None:
    """Write what a ready picture's numbers come to now; it stays ready, with the same files."""
    db.session.execute(
        update(Picture)
        .where(Picture.id == picture_id, Picture.state == "ready")
        .values(facts=facts)
        .execution_options(synchronize_session="fetch")
    )


def replace_picture(content: Content, old: int, new: int) -> dict[str, Any]:
    """What a part is to say, by path, once picture *new* stands wherever *old* does in *content*.

    Of the product also its texts, unless the new one has its own; of an item its pictures alone.
    Values for `save_fields`; {} where *old* is not shown.
    """
    shown = content.get("pictures")
    if not isinstance(shown, list) or old not in shown:
        return {}
    order = [new if each == old else each for each in shown if each != new]
    values: dict[str, Any] = {"pictures": order}
    for language in LANGUAGES:
        text, own = (read(content, path_of(each, language)) for each in (old, new))
        if text and not own:
            values[path_of(new, language)] = text
    return values


def mended_picture(picture: Picture, edits: list[dict[str, Any]], who: int | None) -> Picture:
    """The listing's picture of the same file with the recipe *edits*, made from *picture*.

    There is one of each recipe: the second wish for it finds the first one's row. `Conflict` where
    the listing has as many mended pictures as are kept.
    """
    locked_draft(open_version(picture.listing_id).id)
    known = db.session.scalar(
        select(Picture).where(
            Picture.listing_id == picture.listing_id,
            Picture.sha256 == picture.sha256,
            Picture.edits == edits,
        )
    )
    if known is not None:
        return known
    _refuse_too_many_mended(picture.listing_id)
    made = Picture(
        listing_id=picture.listing_id,
        sha256=picture.sha256,
        file_name=picture.file_name,
        edits=edits,
        made_from_id=picture.id,
        created_by=who,
    )
    db.session.add(made)
    db.session.flush()
    record(PictureReceived(made.listing_id, made.id))
    return made


def _refuse_too_many_mended(listing_id: int) -> None:
    mended = select(func.count()).select_from(Picture)
    here = mended.where(Picture.listing_id == listing_id, Picture.edits != [])
    if db.session.scalars(here).one() >= MOST_MENDED:
        raise Conflict("too-many-mended", _TOO_MANY_MENDED, limit=MOST_MENDED)


def record_picture_ready(picture_id: int, facts: dict[str, Any]) -> bool:
    """Write what was measured and made; False when somebody else had decided before."""
    return _decide(picture_id, "ready", facts)


def record_picture_refused(
    picture_id: int, code: str, params: dict[str, Any], facts: dict[str, Any] | None = None
) -> bool:
    """Write why the picture cannot be used; False when somebody else had decided before."""
    return _decide(picture_id, "refused", {**(facts or {}), "code": code, "params": params})


def _decide(picture_id: int, state: str, facts: dict[str, Any]) -> bool:
    decided = db.session.scalar(
        update(Picture)
        .where(Picture.id == picture_id, Picture.state == "received")
        .values(state=state, facts=facts, lease_until=None)
        .returning(Picture.id)
        .execution_options(synchronize_session=False)
    )
    if decided is None:
        return False
    picture = db.session.get_one(Picture, picture_id, populate_existing=True)
    event = PictureReady if state == "ready" else PictureRefused
    if state == "refused":
        note(picture.listing_id, "picture-refused", file=picture.file_name, code=facts.get("code"))
    record(event(picture.listing_id, picture.id))
    return True


def _append(version_id: int, picture_id: int, who: int | None) -> None:
    part = db.session.scalars(
        select(VersionPart)
        .where(VersionPart.version_id == version_id, VersionPart.item_id.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    pictures = list(part.content.get("pictures") or [])
    if picture_id not in pictures:
        save_fields(version_id, part.id, {"pictures": [*pictures, picture_id]}, part.revision, who)
