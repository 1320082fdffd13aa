"""What needs doing now, a sentence each with its first few; what moves; what a later day brings.

Counts go as far as the listings page counts. No list is read whole: each begins at an index.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Select, select

from app.core.clock import today
from app.core.database import db
from app.core.words import NOTHING, Words
from app.journey.drafting.models import DraftFindings
from app.journey.drafting.standing import standings
from app.journey.handoff.models import Delivery
from app.journey.handoff.stopping import overtaken
from app.journey.handoff.target import TARGETS
from app.journey.review.models import ReviewCase
from app.journey.review.queries import claimed_now
from app.listings.foresight import Bite, soon_to_bite
from app.listings.models import Finding, Listing, Picture, VersionPart
from app.listings.remarks import remark_of
from app.surfaces.seller.filters import DRAFTED, Filters, chosen, counted
from app.surfaces.seller.queries import COUNTED
from app.surfaces.seller.rows import called, newest_of

# Of each list, this many lines.
FEW = 4
# Rules that begin to block within this time are told.
FORESIGHT = timedelta(days=60)
# Drafts that nobody has judged yet are looked for among so many that changed last.
LOOKED_AT = 100


@dataclass(frozen=True)
class Line:
    """One listing of a list. `path` leads to a field of its draft ('' to the draft itself)."""

    listing_id: int
    name: Words
    detail: Words = NOTHING
    path: str | None = None
    left: int = 0


@dataclass(frozen=True)
class Duty:
    """Something to do: how many listings it is about, and the first few of them."""

    code: str
    count: int
    lines: list[Line]


@dataclass(frozen=True)
class Waiting:
    """With the reviewers: since when, promised until when, and whether it is read just now."""

    listing_id: int
    name: Words
    since: datetime
    promised: datetime
    claimed: bool
    appeal: bool


@dataclass(frozen=True)
class Home:
    """All that the home page says."""

    empty: bool
    duties: list[Duty]
    waiting: list[Waiting]
    reviewed: int
    live: int
    bites: list[tuple[date | None, list[Bite]]]


def home_of(seller_id: int) -> Home:
    """The home page of a seller. What is found out of drafts for it is kept."""
    _judge_new_drafts(seller_id)
    found = (
        _returned(seller_id),
        _pictures(seller_id),
        _stuck(seller_id),
        _plain(seller_id, "sold-out"),
        _plain(seller_id, "staged"),
        *_drafts(seller_id),
    )
    waiting = _waiting(seller_id)
    return Home(
        empty=not _first(seller_id, "all", 1),
        duties=[duty for duty in found if duty.count],
        waiting=waiting,
        reviewed=_counted(seller_id, "review", waiting),
        live=_count(seller_id, "live"),
        bites=_by_day(soon_to_bite(seller_id, today(), today() + FORESIGHT)),
    )


def _count(seller_id: int, view: str) -> int:
    return counted(chosen(seller_id, Filters(view)), COUNTED)


def _counted(seller_id: int, view: str, first: Sequence[Any]) -> int:
    """How many a view has, of which *first* are the first few: most often all of them."""
    return len(first) if len(first) < FEW else max(len(first), _count(seller_id, view))


def _first(seller_id: int, view: str, few: int = FEW) -> list[int]:
    newest = chosen(seller_id, Filters(view)).order_by(Listing.changed_at.desc(), Listing.id.desc())
    return list(db.session.scalars(newest.with_only_columns(Listing.id).limit(few)))


def _plain(seller_id: int, view: str) -> Duty:
    ids = _first(seller_id, view)
    return Duty(view, _counted(seller_id, view, ids), _lines(ids))


def _lines(listing_ids: Sequence[int]) -> list[Line]:
    names = called(listing_ids)
    return [Line(number, names[number]) for number in listing_ids]


def _returned(seller_id: int) -> Duty:
    """Sent back by a reviewer, each with the first thing that was pointed out."""
    ids = _first(seller_id, "returned")
    names, newest = called(ids), newest_of(ids)
    if not ids:
        return Duty("returned", 0, [])
    rows = db.session.scalars(
        select(Finding)
        .where(
            Finding.version_id.in_([version.id for version in newest.values()]),
            Finding.source.in_(("reviewer", "receiver")),
        )
        .order_by(Finding.id.desc())
    )
    first = {row.version_id: remark_of(row).label for row in rows}
    lines = [Line(n, names[n], first.get(newest[n].id, NOTHING)) for n in ids]
    return Duty("returned", _counted(seller_id, "returned", ids), lines)


def _pictures(seller_id: int) -> Duty:
    """Refused pictures that a draft still has, newest first: which file, and why."""
    rows = db.session.scalars(
        select(Picture)
        .join(Listing, Listing.id == Picture.listing_id)
        .where(
            Picture.state == "refused",
            Listing.seller_id == seller_id,
            Listing.retired_at.is_(None),
        )
        .order_by(Picture.id.desc())
        .limit(LOOKED_AT)
    ).all()
    held = _held({row.listing_id for row in rows}) if rows else {}
    kept = [row for row in rows if row.id in held.get(row.listing_id, ())]
    names = called([row.listing_id for row in kept[:FEW]])
    lines = [
        Line(row.listing_id, names[row.listing_id], _fault(row), f"pictures.{row.id}")
        for row in kept[:FEW]
    ]
    return Duty("pictures", len(kept), lines)


def _held(listing_ids: Iterable[int]) -> dict[int, set[int]]:
    """The pictures that the drafts among these listings have."""
    drafts = [v for v in newest_of(list(listing_ids)).values() if v.state == "draft"]
    rows = db.session.execute(
        select(VersionPart.version_id, VersionPart.content["pictures"].label("pictures")).where(
            VersionPart.version_id.in_([draft.id for draft in drafts])
        )
    )
    of = {draft.id: draft.listing_id for draft in drafts}
    found: dict[int, set[int]] = {}
    for version_id, pictures in rows:
        found.setdefault(of[version_id], set()).update(pictures or ())
    return found


def _fault(picture: Picture) -> Words:
    why = Words.of(picture.facts.get("message") or "")
    file = Words(picture.file_name, picture.file_name)
    return Words.joined([file, why], by=": ")


def _stuck(seller_id: int) -> Duty:
    """Deliveries that were refused or parked: by which system, and its answer."""
    ids = _first(seller_id, "stuck")
    if not ids:
        return Duty("stuck", 0, [])
    rows = db.session.execute(
        select(Delivery.listing_id, Delivery.target, Delivery.answer_message)
        .where(
            Delivery.listing_id.in_(ids), Delivery.state.in_(("refused", "parked")), ~overtaken()
        )
        .order_by(Delivery.id)
    )
    targets = {target.code: target.names for target in TARGETS}
    told = {
        number: Words.joined([targets.get(target, NOTHING), Words.of(answer or "")], by=": ")
        for number, target, answer in rows
    }
    names = called(ids)
    lines = [Line(number, names[number], told.get(number, NOTHING)) for number in ids]
    return Duty("stuck", _counted(seller_id, "stuck", ids), lines)


def _drafts(seller_id: int) -> tuple[Duty, Duty]:
    """Drafts that may be submitted, and those with the least missing."""
    ready, lacking = _nearest(seller_id, 0, 0), _nearest(seller_id, 1)
    newest = newest_of([*ready, *lacking])
    standing = standings(list(newest.values()))
    now = {v.listing_id: standing[v.id] for v in newest.values() if v.id in standing}
    names = called(list(now))
    near = sorted((n for n in now if now[n].blocking), key=lambda n: (now[n].blocking, -n))
    left = [Line(n, names[n], path=now[n].first, left=now[n].blocking) for n in near[: FEW + FEW]]
    fine = [Line(n, names[n], path="") for n in now if not now[n].blocking]
    return (
        Duty("ready", _counted(seller_id, "ready", fine), fine[:FEW]),
        Duty("problems", _counted(seller_id, "problems", left), left),
    )


def _nearest(seller_id: int, least: int, most: int = 2**31 - 1) -> list[int]:
    known = _of_drafts(seller_id).where(DraftFindings.blocking.between(least, most))
    in_order = known.order_by(DraftFindings.blocking, DraftFindings.listing_id.desc())
    return list(db.session.scalars(in_order.limit(FEW + FEW)))


def _of_drafts(seller_id: int) -> Select[Any]:
    """The drafts of which something is known."""
    drafts = chosen(seller_id, Filters()).with_only_columns(Listing.id)
    return (
        drafts.join(DraftFindings, DraftFindings.listing_id == Listing.id)
        .where(DraftFindings.seller_id == seller_id)
        .where(DRAFTED)
    )


def _judge_new_drafts(seller_id: int) -> None:
    """Those that changed last and that nobody has judged yet."""
    newest = chosen(seller_id, Filters()).order_by(Listing.changed_at.desc(), Listing.id.desc())
    last = list(db.session.scalars(newest.with_only_columns(Listing.id).limit(LOOKED_AT)))
    known = select(DraftFindings.listing_id).where(DraftFindings.listing_id.in_(last))
    unknown = set(last) - set(db.session.scalars(known))
    drafts = [v for v in newest_of(list(unknown)).values() if v.state == "draft"]
    standings(sorted(drafts, key=lambda draft: last.index(draft.listing_id)))


def _waiting(seller_id: int) -> list[Waiting]:
    """With the reviewers, the one promised first on top."""
    cases = db.session.scalars(
        select(ReviewCase)
        .join(Listing, Listing.id == ReviewCase.listing_id)
        .where(ReviewCase.seller_id == seller_id, ReviewCase.closed_at.is_(None))
        .order_by(ReviewCase.promised_at, ReviewCase.id)
        .limit(FEW)
    ).all()
    names = called([case.listing_id for case in cases])
    claimed = claimed_now([case.version_id for case in cases])
    return [
        Waiting(
            case.listing_id,
            names[case.listing_id],
            case.created_at,
            case.promised_at,
            case.version_id in claimed,
            case.kind == "appeal",
        )
        for case in cases
    ]


def _by_day(bites: Sequence[Bite]) -> list[tuple[date | None, list[Bite]]]:
    """What will be stopped, by the day; a listing once a day, with the first of its findings."""

    def day(bite: Bite) -> date:
        return bite.day or date.max

    found = []
    for when, group in groupby(sorted(bites, key=day), key=day):
        once = list({bite.listing_id: bite for bite in reversed(list(group))}.values())
        found.append((when if when != date.max else None, once[::-1]))
    return found
