"""One file that has arrived at the door: kept and taken into the draft, or turned away by name.

A ZIP is kept as it is; a worker looks into it.
"""

import logging
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from app.core.errors import Refusal
from app.core.file_kinds import kind_of
from app.core.storage import Incoming
from app.core.unit_of_work import unit_of_work
from app.core.words import Words
from app.journey.imaging import actions
from app.journey.imaging.arrivals import actions as arrivals
from app.journey.imaging.arrivals.refusals import sentence
from app.journey.imaging.checks.size import amount
from app.journey.imaging.doorway import REPEATED, turned_away
from app.journey.imaging.measured import Limits
from app.listings.store import store
from app.settings import settings
from app.web.uploads import shown_name

log = logging.getLogger(__name__)
FULL = Words(
    "저장 공간 문제로 이 파일을 받지 못했습니다. 잠시 뒤 다시 올리세요.",
    "Storage could not take this file. Upload it again in a few minutes.",
)
NONE = Words(
    "고른 파일이 없습니다. 사진이나 ZIP을 고르세요.",
    "No file was chosen. Choose pictures or a ZIP.",
)


@dataclass(frozen=True)
class Answer:
    """What became of one file: a sentence under its name, and the status it stands for.

    201 is taken in, 202 to be unpacked, 200 the same as one that was there; anything else is
    turned away.
    """

    file_name: str
    status: int
    words: Words | None = None

    @property
    def taken(self) -> bool:
        """Whether the file is in the draft now."""
        return self.status < 400


def receiver() -> Incoming:
    """Where a file is written while it arrives."""
    return store().receive(most_bytes)


def most_bytes(head: bytes) -> int:
    """How large a file may be that begins with *head*."""
    ours = settings()
    return ours.archive_max_bytes if kind_of(head) == "ZIP" else ours.picture_max_bytes


def take(file: FileStorage, listing_id: int, limits: Limits, who: int) -> Answer:
    """Keep one arrived file and take it into the draft, in a transaction of its own."""
    name = shown_name(file.filename)
    incoming: Incoming = file.stream  # type: ignore[assignment]
    turned_away = _at_the_door(incoming, limits)
    if turned_away:
        return Answer(name, *turned_away)
    try:
        stored = incoming.keep()
    except OSError:
        log.exception("storage did not take a file of %s bytes", incoming.size)
        return Answer(name, 507, FULL)
    try:
        with unit_of_work():
            if kind_of(incoming.head) == "ZIP":
                arrivals.send_archive(listing_id, stored.key, name, who)
                return Answer(name, 202)
            accepted = actions.accept(listing_id, stored.key, name, who)
            repeated = accepted.repeated
    except Refusal as refusal:
        return Answer(name, refusal.status, refusal.said)
    return Answer(name, 200, REPEATED) if repeated else Answer(name, 201)


def _at_the_door(incoming: Incoming, limits: Limits) -> tuple[int, Words] | None:
    """Status and sentence for a file refused by its size alone."""
    if incoming.too_large and kind_of(incoming.head) == "ZIP":
        return 413, sentence("archive-too-large", limit=amount(settings().archive_max_bytes))
    if incoming.size and not incoming.too_large:
        return None
    found = turned_away("JPEG", incoming.size, limits)
    return ((413 if incoming.too_large else 422), found[1]) if found else None
