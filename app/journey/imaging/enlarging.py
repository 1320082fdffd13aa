"""A picture at its own size, made while somebody waits for it and kept nowhere."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from app.core.database import db
from app.journey.imaging import darkroom
from app.listings.store import store
from app.settings import settings

log = logging.getLogger(__name__)
# Fewer than a process has threads: pages are served whoever looks at whatever.
AT_ONCE: Final = 2
_PLACES = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def place() -> Iterator[bool]:
    """Room for one more to be made while somebody waits; whether there is any.

    For an edge: what it has read of the database is let go, so that no transaction is open
    meanwhile.
    """
    if not _PLACES.acquire(blocking=False):
        yield False
        return
    try:
        db.session.rollback()
        yield True
    finally:
        _PLACES.release()


def enlarged(key: str, edits: Sequence[dict[str, Any]] = ()) -> bytes | None:
    """The stored file *key*, mended by *edits*, as a JPEG encoded anew (`renditions.LARGEST`).

    None where it cannot be decoded, or too many are at it. For an edge, as `place` is.
    """
    with place() as free:
        if not free:
            return None
        try:
            with store().open(key) as source:
                return darkroom.enlarge(source, settings().picture_max_pixels, edits)
        except (darkroom.ChildLost, OSError) as error:
            log.warning("%s was not enlarged: %s", key, error)
            return None
