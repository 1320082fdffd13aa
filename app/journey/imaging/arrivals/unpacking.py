"""One archive, by a worker: each entry becomes a picture or is refused by name, once."""

import time
from collections.abc import Callable
from zipfile import ZipFile

from app.core.errors import Refusal
from app.core.file_kinds import kind_of
from app.core.storage import Incoming
from app.core.unit_of_work import unit_of_work
from app.core.words import Words
from app.journey.imaging.arrivals import actions, archive
from app.journey.imaging.arrivals.actions import Answer, Job
from app.journey.imaging.arrivals.archive import Bounds
from app.journey.imaging.arrivals.naming import Meant, plan
from app.journey.imaging.arrivals.refusals import Unfit
from app.journey.imaging.doorway import REPEATED, turned_away
from app.listings.store import store
from app.settings import settings

# A task ends long before its time limit, and before its lease, and rings for the rest.
BUSY_SECONDS = 45.0
NO_SKU = Words(
    "이름에 맞는 SKU가 없어 상품 사진으로 넣었습니다. 품목의 사진은 'SKU_1.jpg'처럼 쓰세요.",
    "No SKU of this product is in the name, so it is a picture of the product. "
    "For an item's picture, call it like SKU_1.jpg.",
)


def unpack(job: Job) -> bool:
    """Do as much as there is time for; whether nothing is left.

    Raises `Unfit` for the archive as a whole, OSError where storage does, `Superseded`.
    """
    until = time.monotonic() + BUSY_SECONDS
    limits = bounds(job)
    with archive.opened(store().path(job.key), limits) as opened:
        before = 0
        for meant in plan(archive.entries_of(opened), job.skus):
            unfit = archive.refusal_of(meant.entry, before, limits)
            before += 0 if unfit else meant.entry.info.file_size
            if meant.entry.number in job.told:
                continue
            if time.monotonic() > until:
                return False
            if unfit:
                _tell(job, _refused(meant, unfit.code, unfit.said))
            else:
                _take(job, opened, meant, limits)
    return True


def bounds(job: Job) -> Bounds:
    """How much may come out of the archive of *job*."""
    ours = settings()
    return Bounds(
        entries=ours.archive_max_entries,
        entry_bytes=job.limits.max_bytes,
        total_bytes=ours.archive_max_unpacked,
        ratio=ours.archive_max_ratio,
    )


def _take(job: Job, opened: ZipFile, meant: Meant, limits: Bounds) -> None:
    with store().receive(limits.entry_bytes) as incoming:
        try:
            archive.pour(opened, meant.entry, incoming, limits)
        except Unfit as unfit:
            _tell(job, _refused(meant, unfit.code, unfit.said))
            return
        kind = kind_of(incoming.head)
        away = turned_away(kind, incoming.size, job.limits)
        if archive.is_archive(kind):
            nested = Unfit("entry-archive")
            away = nested.code, nested.said
        if away:
            _tell(job, _refused(meant, *away))
            return
        _accept(job, meant, incoming)


def _accept(job: Job, meant: Meant, incoming: Incoming) -> None:
    key, name = incoming.keep().key, meant.entry.name

    def take() -> Answer:
        accepted = actions.take(job, key, name, meant.item_id, meant.place)
        code = "repeated" if accepted.repeated else "no-sku" if meant.lost else ""
        words = {"repeated": REPEATED, "no-sku": NO_SKU}.get(code)
        return Answer(meant.entry.number, name, code, words, accepted.picture.id)

    settle(job, take, meant.entry.number, name)


def settle(job: Job, take: Callable[[], Answer], entry: int, name: str) -> None:
    """Take a file in and say so in one transaction; what the draft refuses is said instead."""
    try:
        with unit_of_work():
            actions.tell(job, take())
    except Refusal as refusal:
        _tell(job, Answer(entry, name, refusal.code, refusal.said))


def _tell(job: Job, answer: Answer) -> None:
    with unit_of_work():
        actions.tell(job, answer)


def _refused(meant: Meant, code: str, words: Words) -> Answer:
    return Answer(meant.entry.number, meant.entry.name, code, words)
