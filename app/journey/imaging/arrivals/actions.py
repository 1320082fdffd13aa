"""The verbs of arrivals: sent, claimed by a worker, answered entry by entry, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import cast, delete, func, select, update
from sqlalchemy.dialects.postgresql import JSONB

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.leases import free
from app.core.retry import ARRIVAL
from app.core.unit_of_work import record
from app.core.words import Words
from app.journey.imaging import actions as pictures
from app.journey.imaging.arrivals.events import ArrivalSent
from app.journey.imaging.arrivals.refusals import Unfit
from app.journey.imaging.limits import limits_of
from app.journey.imaging.measured import Limits
from app.journey.imaging.models import Arrival
from app.listings.actions import save_fields
from app.listings.content import storable
from app.listings.events import VersionSubmitted
from app.listings.locks import locked_draft
from app.listings.models import Listing
from app.listings.queries import items_of, open_version, part_of
from app.settings import settings

# Of one listing at the same time: what a person sends by hand, not what a program would.
MOST_WAITING = 20
KEPT = timedelta(days=7)

_TOO_MANY = Words(
    "한 상품에 {limit}건까지 한꺼번에 받습니다. 앞의 것이 끝나면 다시 하세요.",
    "A listing takes {limit} at a time. Send this when the ones before it are done.",
)
_ARRIVING = Words(
    "사진이 아직 들어오는 중입니다: {name}. 끝나면 제출하거나, 아래에서 취소하고 제출하세요.",
    "Pictures are still on their way: {name}. Submit when they are here, or cancel that below.",
)


class Superseded(Exception):
    """The arrival is another worker's by now, or was taken back."""


@dataclass(frozen=True)
class Answer:
    """What became of one entry: `code` is '' for a plain picture; `picture` an id if one came."""

    entry: int
    name: str
    code: str = ""
    words: Words | None = None
    picture: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """As the row keeps it."""
        return {
            "entry": self.entry,
            "name": storable(self.name),
            "code": self.code,
            "words": self.words.as_dict() if self.words else None,
            "picture": self.picture,
        }


@dataclass(frozen=True)
class Job:
    """An arrival claimed: this is attempt number `attempt`; the entries of `told` are done."""

    arrival_id: int
    listing_id: int
    kind: str
    key: str
    address: str
    name: str
    who: int | None
    attempt: int
    # Until when it is this worker's: what is written is written under this lease alone.
    lease: datetime
    told: frozenset[int]
    limits: Limits
    # SKU -> item id, in the order of the items.
    skus: dict[str, int]


def send_archive(listing_id: int, key: str, name: str, who: int | None) -> Arrival:
    """Have a stored ZIP unpacked into the draft. `Conflict` where that is not to be."""
    return _send(Arrival(listing_id=listing_id, kind="zip", key=key, name=name, created_by=who))


def send_address(listing_id: int, address: str, who: int | None) -> Arrival:
    """Have the picture at a web address fetched into the draft. `Conflict` as above."""
    made = Arrival(listing_id=listing_id, kind="address", address=address, name=address)
    made.created_by = who
    return _send(made)


def _send(arrival: Arrival) -> Arrival:
    locked_draft(open_version(arrival.listing_id).id)
    _refuse_too_many(arrival.listing_id)
    arrival.name = storable(arrival.name)
    db.session.add(arrival)
    db.session.flush()
    record(ArrivalSent(arrival.listing_id, arrival.id))
    return arrival


def _refuse_too_many(listing_id: int) -> None:
    waiting = select(func.count()).select_from(Arrival)
    here = waiting.where(Arrival.listing_id == listing_id, Arrival.state == "waiting")
    if db.session.scalars(here).one() >= MOST_WAITING:
        raise Conflict("too-many-arrivals", _TOO_MANY, limit=MOST_WAITING)


def again(listing_id: int, arrival_id: int) -> None:
    """Try an address once more of which nothing came. `NotFound` for anything else."""
    locked_draft(open_version(listing_id).id)
    _refuse_too_many(listing_id)
    begun = db.session.scalar(
        update(Arrival)
        .where(
            Arrival.id == arrival_id,
            Arrival.listing_id == listing_id,
            Arrival.kind == "address",
            Arrival.state == "done",
        )
        .values(
            state="waiting", finished_at=None, answers=[], attempts=0, not_before=database_now()
        )
        .returning(Arrival.id)
        .execution_options(synchronize_session=False)
    )
    if begun is None:
        raise NotFound()
    record(ArrivalSent(listing_id, arrival_id))


def take_back(listing_id: int, arrival_id: int) -> None:
    """End a waiting arrival, or clear away a finished one; pictures that came of it stay."""
    db.session.execute(
        delete(Arrival).where(Arrival.id == arrival_id, Arrival.listing_id == listing_id)
    )


def claim(arrival_id: int) -> Job | None:
    """Lease a waiting arrival that is due and count the attempt; None when it is not to be had.

    Counted before the risky step: an archive that kills its worker cannot do so for ever.
    """
    claimed = db.session.execute(
        update(Arrival)
        .where(
            Arrival.id == arrival_id,
            Arrival.state == "waiting",
            Arrival.not_before <= database_now(),
            free(Arrival.lease_until),
        )
        .values(
            attempts=Arrival.attempts + 1,
            lease_until=database_now() + timedelta(seconds=settings().arrival_lease_seconds),
        )
        .returning(Arrival, Arrival.lease_until)
        .execution_options(populate_existing=True, synchronize_session=False)
    ).one_or_none()
    if claimed is None:
        return None
    job = _job(claimed.Arrival, claimed.lease_until)
    if job.attempt > ARRIVAL.attempts:
        refuse(job, Unfit("arrival-unprocessed"))
        return None
    return job


def _job(row: Arrival, lease: datetime) -> Job:
    listing = db.session.get_one(Listing, row.listing_id)
    try:
        skus = {i.sku: i.id for i in items_of(open_version(row.listing_id)) if i.sku}
    except NotFound:
        skus = {}
    return Job(
        row.id, row.listing_id, row.kind, row.key, row.address, row.name, row.created_by,
        row.attempts, lease, frozenset(each["entry"] for each in row.answers), limits_of(listing),
        skus,
    )  # fmt: skip


def take(job: Job, sha256: str, name: str, item_id: int | None, place: int) -> pictures.Accepted:
    """Take a stored file into the draft, and into the item's own pictures at *place* (from 1)."""
    accepted = pictures.accept(job.listing_id, sha256, name, job.who)
    if item_id is not None:
        _put(job, item_id, accepted.picture.id, place)
    return accepted


def _put(job: Job, item_id: int, picture_id: int, place: int) -> None:
    part = part_of(open_version(job.listing_id), item_id)
    present = part.content.get("pictures")
    order = [each for each in present if each != picture_id] if isinstance(present, list) else []
    order.insert(min(place - 1, len(order)), picture_id)
    save_fields(part.version_id, part.id, {"pictures": order}, part.revision, job.who)


def tell(job: Job, answer: Answer) -> None:
    """Write what became of one entry. `Superseded`: nothing of this transaction may stay."""
    _write(job, answers=Arrival.answers.op("||")(_json([answer])))


def finish(job: Job, answers: Sequence[Answer] = ()) -> None:
    """End the arrival, with what is still to be said. `Superseded` as above."""
    added = Arrival.answers.op("||")(_json(answers))
    _write(job, answers=added, state="done", finished_at=database_now(), lease_until=None)


def refuse(job: Job, unfit: Unfit) -> None:
    """End the arrival as a whole for one reason; what came of it before stays."""
    finish(job, [Answer(-1, job.name, unfit.code, unfit.said)])


def put_off(job: Job, unfit: Unfit | None = None, counted: bool = True) -> None:
    """Let go of what cannot be done now. After enough counted failures *unfit* ends it."""
    if counted and ARRIVAL.exhausted(job.attempt):
        refuse(job, unfit or Unfit("arrival-unprocessed"))
        return
    _write(
        job,
        attempts=job.attempt if counted else job.attempt - 1,
        lease_until=None,
        not_before=database_now() + ARRIVAL.delay(job.attempt + (0 if counted else 3)),
    )


def go_on_later(job: Job) -> None:
    """Give back an arrival of which a part went well: its next part begins with no failure."""
    _write(job, attempts=0, lease_until=None, not_before=database_now())


def refuse_submission(event: VersionSubmitted) -> None:
    """Pictures still on their way would miss the version that is reviewed. `Invalid`."""
    waiting = select(Arrival.name).where(
        Arrival.listing_id == event.listing_id, Arrival.state == "waiting"
    )
    name = db.session.scalar(waiting.order_by(Arrival.id).limit(1))
    if name is not None:
        raise Invalid("pictures-arriving", _ARRIVING, path="pictures", name=name)


def prune() -> None:
    """Forget what was finished long ago."""
    db.session.execute(delete(Arrival).where(Arrival.finished_at < database_now() - KEPT))


def _write(job: Job, **values: Any) -> None:
    written = db.session.scalar(
        update(Arrival)
        .where(
            Arrival.id == job.arrival_id,
            Arrival.state == "waiting",
            Arrival.lease_until == job.lease,
        )
        .values(**values)
        .returning(Arrival.id)
        .execution_options(synchronize_session=False)
    )
    if written is None:
        raise Superseded()


def _json(answers: Sequence[Answer]) -> Any:
    return cast([answer.as_dict() for answer in answers], JSONB)
