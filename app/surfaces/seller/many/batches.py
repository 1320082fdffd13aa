"""The rows of what is wished for many: opened, claimed, let go; a line for each listing."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import NotFound
from app.core.leases import free
from app.core.words import Words
from app.surfaces.seller.many.choosing import own, refuse_too_many
from app.surfaces.seller.many.models import Batch, BatchLine
from app.surfaces.seller.many.plans import Wish

# Longer than any run at it takes.
LEASE = timedelta(seconds=60)
# What became of each can be read for so long.
KEPT = timedelta(days=90)


def open_batch(
    seller_id: int, who: int, token: str, act: str, wish: Wish, sealed: Sequence[tuple[int, str]]
) -> int:
    """The batch of this token: a new one, or the one that a first click made.

    Listings of others are left out; `NotFound` where none is left, `Invalid` where they are more
    than a page would have shown.
    """
    mine = own(seller_id, [number for number, _ in sealed])
    kept = [[number, seal] for number, seal in dict(sealed).items() if number in mine]
    if not kept:
        raise NotFound()
    refuse_too_many(len(kept))
    values = {"seller_id": seller_id, "who": who, "token": token}
    made = db.session.scalar(
        insert(Batch)
        .values(act=act, wish=wish, sealed=kept, **values)
        .on_conflict_do_nothing(index_elements=["seller_id", "token"])
        .returning(Batch.id)
    )
    if made is not None:
        return made
    present = select(Batch.id).where(Batch.seller_id == seller_id, Batch.token == token)
    return db.session.scalars(present).one()


def batch_of(seller_id: int, batch_id: int) -> Batch:
    """The seller's own batch. `NotFound`."""
    batch = db.session.get(Batch, batch_id)
    if batch is None or batch.seller_id != seller_id:
        raise NotFound()
    return batch


def left_of(batch: Batch) -> dict[int, str]:
    """The listings of which nothing has become yet, with their seals."""
    told = set(
        db.session.scalars(select(BatchLine.listing_id).where(BatchLine.batch_id == batch.id))
    )
    return {number: seal for number, seal in batch.sealed if number not in told}


def due(most: int = 50) -> list[int]:
    """Batches with something left that nobody is at work on, the oldest first."""
    waiting = select(Batch.id).where(Batch.finished_at.is_(None), free(Batch.lease_until))
    return list(db.session.scalars(waiting.order_by(Batch.id).limit(most)))


def claim(batch_id: int) -> Batch | None:
    """Lease an unfinished batch and count the attempt; None where somebody else is at work on it.

    Counted before the risky step: a listing that kills its worker cannot do so for ever.
    """
    return db.session.scalar(
        update(Batch)
        .where(Batch.id == batch_id, Batch.finished_at.is_(None), free(Batch.lease_until))
        .values(attempts=Batch.attempts + 1, lease_until=database_now() + LEASE)
        .returning(Batch)
        .execution_options(populate_existing=True, synchronize_session=False)
    )


def let_go(batch_id: int) -> bool:
    """End a run that went well; answers whether nothing is left."""
    batch = db.session.get_one(Batch, batch_id)
    finished = not left_of(batch)
    batch.attempts, batch.lease_until = 0, None
    if finished:
        batch.finished_at = database_now()
    return finished


def claim_line(batch_id: int, listing_id: int) -> bool:
    """Begin the listing's line; False where it is there. Whoever writes it now is waited for."""
    return _insert_line(batch_id, listing_id, "done", Words("", ""))


def note_refused(batch_id: int, listing_id: int, why: Words) -> None:
    """Say why nothing became of a listing, unless its line says already what did."""
    _insert_line(batch_id, listing_id, "refused", why)


def prune(most: int = 500) -> None:
    """Delete batches that were finished long ago, with their lines."""
    old = select(Batch.id).where(Batch.finished_at < database_now() - KEPT)
    ids = list(db.session.scalars(old.order_by(Batch.id).limit(most)))
    db.session.execute(delete(BatchLine).where(BatchLine.batch_id.in_(ids)))
    db.session.execute(delete(Batch).where(Batch.id.in_(ids)))


def _insert_line(batch_id: int, listing_id: int, outcome: str, told: Words) -> bool:
    values = {"batch_id": batch_id, "listing_id": listing_id, "outcome": outcome}
    made = db.session.scalar(
        insert(BatchLine)
        .values(told=told.as_dict(), **values)
        .on_conflict_do_nothing()
        .returning(BatchLine.listing_id)
    )
    return made is not None
