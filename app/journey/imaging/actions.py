"""The verbs of the imaging station: take files in, process them, publish what was approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from app.core import bulk
from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict
from app.core.leases import free
from app.core.retry import IMAGING
from app.core.words import Words
from app.journey.imaging.likeness import with_twin
from app.journey.imaging.limits import limits_of, most_pictures
from app.journey.imaging.measured import Limits
from app.journey.imaging.models import PublishedPicture
from app.journey.imaging.queries import (
    draft_pictures,
    order_of,
    picture,
    renditions_of_version,
)
from app.journey.imaging.texts import Typed
from app.journey.imaging.verdict import Verdict, unprocessed
from app.listings.actions import (
    SaveResult,
    Step,
    look_again,
    receive_picture,
    record_picture_ready,
    record_picture_refused,
    save_fields,
    save_parts,
)
from app.listings.events import VersionApproved
from app.listings.locks import locked_draft
from app.listings.models import Listing, Picture
from app.listings.queries import open_version, product_part
from app.settings import settings

_TOO_MANY = Words(
    "사진은 상품 하나에 {limit}장까지 올릴 수 있습니다. 하나를 빼고 다시 올리세요.",
    "A listing takes up to {limit} pictures. Remove one, then upload this again.",
)
_NOT_SHOWN = Words(
    "이 사진은 더 이상 상품에 없습니다. 지금 있는 사진에서 다시 하세요.",
    "This picture is no longer in the draft. Do that with one that is there now.",
)


@dataclass(frozen=True)
class Accepted:
    """A file that was taken in; `repeated` when the listing had the same bytes already."""

    picture: Picture
    repeated: bool


@dataclass(frozen=True)
class Job:
    """A picture claimed for processing: this is attempt number `attempt`, counting from 1."""

    picture_id: int
    sha256: str
    attempt: int
    limits: Limits
    # What is to be done to it: see `mends/recipe.py`.
    edits: Sequence[dict[str, Any]] = ()


def accept(listing_id: int, sha256: str, file_name: str, who: int | None) -> Accepted:
    """Take a stored file into the draft, last in order. `Conflict` when there are enough."""
    version = locked_draft(open_version(listing_id).id)
    present = draft_pictures(version)
    known = next((p for p in present if p.sha256 == sha256 and not p.edits), None)
    limit = most_pictures(version.listing)
    if known is None and sum(p.state != "refused" for p in present) >= limit:
        raise Conflict("too-many-pictures", _TOO_MANY, limit=limit)
    return Accepted(receive_picture(listing_id, sha256, file_name, who), known is not None)


def not_shown() -> Conflict:
    """What a page hears that still shows a picture which the draft leaves out by now."""
    return Conflict("picture-not-in-draft", _NOT_SHOWN)


def put(
    listing_id: int, picture_id: int, position: int, who: int | None, returning: bool = False
) -> None:
    """Put a picture of the draft at *position*; 0 is the representative.

    One that the draft leaves out comes in only where it is meant to (*returning*): a page that
    still shows it would bring it back beside what was made of it. `Conflict`.
    """
    known = picture(listing_id, picture_id)
    present = _order(listing_id)
    if known.id not in present and not returning:
        raise not_shown()
    order = [number for number in present if number != known.id]
    order.insert(min(max(0, position), len(order)), known.id)
    _write_order(listing_id, order, who)


def remove(listing_id: int, picture_id: int, who: int | None) -> int:
    """Take a picture out of the draft; the position it had. Its file is kept. `Conflict`."""
    known = picture(listing_id, picture_id)
    order = _order(listing_id)
    if known.id not in order:
        raise not_shown()
    _write_order(listing_id, [number for number in order if number != known.id], who)
    return order.index(known.id)


def describe(listing_id: int, picture_id: int, typed: Typed, who: int | None) -> SaveResult:
    """Write the texts of a picture of the listing, in its draft's order or not."""
    known = picture(listing_id, picture_id)
    version = locked_draft(open_version(known.listing_id).id)
    save = typed.save_of(product_part(version))
    return save_parts(version.id, [save], Step(who, typed.tab))[save.part_id]


def _order(listing_id: int) -> list[int]:
    return order_of(locked_draft(open_version(listing_id).id))


def _write_order(listing_id: int, order: Sequence[int], who: int | None) -> None:
    # The version is locked: what was read of it just now is what stands.
    part = product_part(open_version(listing_id))
    save_fields(part.version_id, part.id, {"pictures": list(order)}, part.revision, who)


def claim(picture_id: int) -> Job | None:
    """Lease a received picture that is due and count the attempt; None when it is not to be had.

    Counted before the risky step: a picture that kills its worker cannot do so for ever.
    """
    claimed = db.session.execute(
        update(Picture)
        .where(
            Picture.id == picture_id,
            Picture.state == "received",
            Picture.not_before <= database_now(),
            free(Picture.lease_until),
        )
        .values(
            attempts=Picture.attempts + 1,
            lease_until=database_now() + timedelta(seconds=settings().picture_lease_seconds),
        )
        .returning(Picture.listing_id, Picture.sha256, Picture.attempts, Picture.edits)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if claimed is None:
        return None
    limits = limits_of(db.session.get_one(Listing, claimed.listing_id))
    job = Job(picture_id, claimed.sha256, claimed.attempts, limits, claimed.edits)
    if job.attempt > IMAGING.attempts:
        settle(job, unprocessed(limits))
        return None
    return job


def settle(job: Job, verdict: Verdict) -> bool:
    """Write what came out; False when another worker had done so before.

    So too where the listing got another category meanwhile: it is processed again by that one's.
    """
    present = db.session.get_one(
        Picture, job.picture_id, with_for_update=True, populate_existing=True
    )
    listing = db.session.get_one(Listing, present.listing_id, populate_existing=True)
    if present.state == "received" and limits_of(listing) != job.limits:
        look_again(present)
        return False
    if verdict.code:
        return record_picture_refused(job.picture_id, verdict.code, verdict.params, verdict.facts)
    return record_picture_ready(
        job.picture_id, with_twin(job.picture_id, verdict, job.limits).facts
    )


def put_off(job: Job, counted: bool) -> None:
    """Let go of a picture that could not be processed now.

    A counted failure may be the picture's fault and, after enough of them, sets it aside; one of
    ours (storage away, disk full) is not counted, and the picture waits as long as it takes.
    """
    if counted and IMAGING.exhausted(job.attempt):
        settle(job, unprocessed(job.limits))
        return
    db.session.execute(
        update(Picture)
        .where(Picture.id == job.picture_id, Picture.attempts == job.attempt)
        .values(
            attempts=job.attempt if counted else job.attempt - 1,
            lease_until=None,
            not_before=database_now() + IMAGING.delay(job.attempt + (0 if counted else 3)),
        )
        .execution_options(synchronize_session=False)
    )


def publish(event: VersionApproved) -> None:
    """Open the public address for every rendition the approved version refers to."""
    rows = [
        {"key": row["key"], "type": row["type"], "version_id": event.version_id}
        for row in renditions_of_version(event.version_id)
    ]
    if rows:
        names = ("key", "type", "version_id")
        statement = bulk.insert_all(PublishedPicture.__table__, rows, names)
        db.session.execute(statement.on_conflict_do_nothing())
