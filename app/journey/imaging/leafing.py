"""A page of a PDF, drawn while somebody waits and kept for whoever looks at it next."""

import logging

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.core.database import db
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import darkroom
from app.journey.imaging.enlarging import place
from app.journey.imaging.models import DocumentPage
from app.listings.store import store
from app.web.leaves import BUSY, Leaf

log = logging.getLogger(__name__)


def leaf(sha256: str, no: int) -> Leaf:
    """Page *no* of the stored PDF; NotFound for one that it does not have, or a PDF that is gone.

    What the file itself is at fault for is kept as well, so that it is tried once. For an edge, as
    `enlarging.place` is.
    """
    kept = db.session.get(DocumentPage, (sha256, no))
    if kept is not None and (kept.fault or store().exists(kept.key)):
        return Leaf(no, kept.pages, kept.key, kept.fault)
    pages = _counted(sha256)
    if pages and no > pages:
        raise NotFound()
    with place() as free:
        return _drawn(sha256, no) if free else Leaf(no, pages, fault=BUSY)


def _drawn(sha256: str, no: int) -> Leaf:
    try:
        with store().open(sha256) as source:
            drawn = darkroom.draw(source, no)
        if drawn.pages and no > drawn.pages:
            raise NotFound()
        key = store().put(drawn.data).key if drawn.data else ""
    except FileNotFoundError:
        raise NotFound() from None
    except (darkroom.ChildLost, OSError) as error:
        log.warning("page %d of %s was not drawn: %s", no, sha256, error)
        return Leaf(no, 0, fault=BUSY)
    found = Leaf(no, drawn.pages, key, drawn.fault)
    _keep(sha256, found)
    return found


def _keep(sha256: str, found: Leaf) -> None:
    told = {"pages": found.pages, "key": found.key, "fault": found.fault}
    row = insert(DocumentPage).values(sha256=sha256, no=found.no, **told)
    with unit_of_work():
        # Two may have waited for it at once.
        db.session.execute(row.on_conflict_do_update(index_elements=["sha256", "no"], set_=told))


def _counted(sha256: str) -> int:
    """How many pages it has, as far as is known."""
    counted = select(func.max(DocumentPage.pages)).where(DocumentPage.sha256 == sha256)
    return db.session.scalar(counted) or 0
