"""Forgotten files: kept, but referred to by no picture, no document or page of one, nothing
published, and no archive still to be unpacked.

They are left by uploads that broke off between the file and its row, and by processing that was
killed between a rendition and its facts. A grace period spares whatever is on its way to a row.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import CompoundSelect, Select, Text, exists, func, literal_column, select, union
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import database_now
from app.core.database import db
from app.journey.imaging.models import Arrival, DocumentPage, ForgottenFile, PublishedPicture
from app.listings.models import Document, Picture
from app.listings.store import store

GRACE = timedelta(days=1)
# How often one of the 256 parts is looked at: all of them in under two days.
SECONDS = 600


def forgotten(part: str) -> list[str]:
    """The keys starting with *part* (two hexadecimal digits) to be deleted, noted as such.

    Noted first and deleted after the commit: a file may outlive its note until the next round,
    never the other way round.
    """
    _forget_pages(part)
    held = set(store().keys(GRACE.total_seconds(), part))
    unused = sorted(held - _referred_to(part)) if held else []
    if unused:
        noted = insert(ForgottenFile).values([{"key": key} for key in unused])
        again = {"at": database_now()}
        db.session.execute(noted.on_conflict_do_update(index_elements=["key"], set_=again))
    return unused


def delete(keys: Sequence[str]) -> int:
    """Delete the files that are still as old as they were; how many."""
    return sum(store().delete_if_older(key, GRACE.total_seconds()) for key in keys)


def deleted_lately() -> int:
    """How many files were found forgotten in the last two days: one whole round."""
    since = database_now() - timedelta(days=2)
    counted = select(func.count()).select_from(ForgottenFile).where(ForgottenFile.at > since)
    return db.session.scalars(counted).one()


def references(part: str = "") -> CompoundSelect[Any]:
    """The keys of every file that something refers to; only those that start with *part*."""
    made = literal_column("jsonb_path_query(picture.facts, '$.renditions[*].key') #>> '{}'", Text)
    renditions = select(made.label("key")).select_from(Picture).subquery()
    keys: list[Select[str]] = [
        select(Picture.sha256).where(Picture.sha256.startswith(part)),
        select(Document.sha256).where(Document.sha256.startswith(part)),
        select(DocumentPage.key).where(DocumentPage.key != "", DocumentPage.key.startswith(part)),
        select(Arrival.key).where(Arrival.state == "waiting", Arrival.key.startswith(part)),
        select(PublishedPicture.key).where(PublishedPicture.key.startswith(part)),
        select(renditions.c.key).where(renditions.c.key.startswith(part)),
    ]
    return union(*keys)


def _forget_pages(part: str) -> None:
    """Of files starting with *part* that no document has any more, forget what their pages are."""
    orphan = ~exists().where(Document.sha256 == DocumentPage.sha256)
    db.session.execute(sa.delete(DocumentPage).where(DocumentPage.sha256.startswith(part), orphan))


def _referred_to(part: str) -> set[str]:
    return set(db.session.scalars(references(part)))
