"""One file that has arrived at the door: kept and taken into the draft, or turned away by name."""

import logging
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from app.core.errors import Refusal
from app.core.storage import Incoming
from app.core.unit_of_work import unit_of_work
from app.core.words import Words
from app.journey.imaging import actions
from app.journey.imaging.check import readings, sentence
from app.journey.imaging.measured import Limits, Measured
from app.listings.store import store
from app.settings import settings
from app.web.uploads import shown_name

log = logging.getLogger(__name__)
FULL = Words(
    "저장 공간 문제로 이 파일을 받지 못했습니다. 잠시 뒤 다시 올리세요.",
    "Storage could not take this file. Upload it again in a few minutes.",
)
REPEATED = Words(
    "이미 올린 사진과 같은 파일입니다. 한 장으로 둡니다.",
    "The same file is here already. It stays one picture.",
)


@dataclass(frozen=True)
class Answer:
    """What became of one file: a sentence under its name, and the status it stands for.

    201 is taken in, 200 the same as one that was there; anything else is turned away.
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
    return store().receive(settings().picture_max_bytes)


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
            accepted = actions.accept(listing_id, stored.key, name, who)
            repeated = accepted.repeated
    except Refusal as refusal:
        return Answer(name, refusal.status, refusal.said)
    return Answer(name, 200, REPEATED) if repeated else Answer(name, 201)


def _at_the_door(incoming: Incoming, limits: Limits) -> tuple[int, Words] | None:
    """Status and sentence for a file refused by its size alone."""
    if incoming.size and not incoming.too_large:
        return None
    told = readings(Measured("JPEG", incoming.size), limits)
    check, reading = next((c, r) for c, r in told if not r.ok)
    return (413 if incoming.too_large else 422), sentence(check.code, reading.params)
