"""Reading the queue: what waits, what is mine, what may still be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, select, tuple_, union_all
from sqlalchemy import case as sql_case

from app.accounts.models import Person, Seller
from app.core.clock import database_now
from app.core.database import db
from app.core.words import Words
from app.journey.review.conditions import free, held, open_appeal, running, undecided
from app.journey.review.models import ReviewCase
from app.journey.review.search import found_by
from app.listings.models import Listing, Version, VersionPart

PAGE: Final = 50
COUNT_TO: Final = 1000
STATES: Final = ("waiting", "claimed", "all")
KINDS: Final = ("review", "second", "appeal")


@dataclass(frozen=True)
class Line:
    """One case as a list shows it."""

    case: ReviewCase
    name: Words
    seller: str
    version_no: int
    practice: bool
    holder: str
    claimed: bool
    late: bool


@dataclass(frozen=True)
class Page:
    """A stretch of the queue, oldest promise first; `next` is the id to go on after."""

    lines: list[Line]
    next: int | None


@dataclass(frozen=True)
class Chosen:
    """What of the queues a reviewer wants to see.

    *state* is one of STATES, *kind* one of KINDS or empty for every kind, *typed* words to find;
    *own* are the companies they belong to, whose cases they do not get to see.
    """

    queues: Sequence[str]
    state: str = "waiting"
    kind: str = ""
    typed: str = ""
    own: Sequence[int] = ()


def queue_page(chosen: Chosen, after: int | None = None, besides: Sequence[int] = ()) -> Page:
    """Undecided cases as *chosen*, but for those *besides*, which are shown elsewhere."""
    conditions = [*_conditions(chosen), ReviewCase.id.not_in(besides)]
    if after is not None:
        conditions.append(_beyond(after))
    # Each queue gives a page of its own, read from its own stretch of the index: of them all the
    # first are these, whatever waits behind them.
    each = [
        _in_order(select(ReviewCase.id).where(ReviewCase.queue == queue, *conditions))
        .limit(PAGE + 1)
        .subquery()
        .select()
        for queue in chosen.queues
    ]
    if not each:
        return Page([], None)
    wanted = _lines().where(ReviewCase.id.in_(union_all(*each)))
    rows = db.session.execute(_in_order(wanted).limit(PAGE + 1)).all()
    lines = [_line(row) for row in rows[:PAGE]]
    return Page(lines, lines[-1].case.id if len(rows) > PAGE else None)


def returned_to(who: int, chosen: Chosen) -> list[Line]:
    """Free cases as *chosen* of which *who* decided the version before: theirs first."""
    known = _lines().where(
        ReviewCase.queue.in_(chosen.queues),
        *_conditions(chosen),
        ReviewCase.known_to == who,
        undecided(),
        free(),
    )
    return [_line(row) for row in db.session.execute(_in_order(known).limit(PAGE))]


def my_cases(who: int) -> list[Line]:
    """What *who* holds under a running lease, the one that ends first on top."""
    mine = _lines().where(undecided(), running(), ReviewCase.holder == who)
    return [_line(row) for row in db.session.execute(mine.order_by(ReviewCase.held_until))]


def held_verdicts(who: int, most: int | None = None) -> list[Line]:
    """Verdicts of *who* that can still be undone, the newest first; *most* of them or all."""
    mine = _lines().where(
        held(), ReviewCase.decided_by == who, ReviewCase.release_at > database_now()
    )
    newest = mine.order_by(ReviewCase.decided_at.desc()).limit(most)
    return [_line(row) for row in db.session.execute(newest)]


def waiting_counts(queues: Sequence[str], own: Sequence[int] = ()) -> dict[str, int]:
    """How many cases of each queue wait or are claimed, counted no further than COUNT_TO + 1.

    Those of the companies *own* are left out.
    """
    return {queue: _count(queue, own) for queue in queues}


def claimed_now(version_ids: Sequence[int]) -> set[int]:
    """Those of the versions that somebody is reading at this moment, or has just decided.

    A held verdict still reads as in review to sellers.
    """
    busy = select(ReviewCase.version_id).where(
        ReviewCase.version_id.in_(version_ids),
        ReviewCase.closed_at.is_(None),
        running() | ReviewCase.verdict.is_not(None),
    )
    return set(db.session.scalars(busy))


def appealed_now(listing_ids: Sequence[int]) -> set[int]:
    """Those of the listings of which an appeal waits, or is decided and not yet applied."""
    waiting = select(ReviewCase.listing_id).where(
        ReviewCase.listing_id.in_(listing_ids), open_appeal()
    )
    return set(db.session.scalars(waiting))


def open_cases_of(seller_id: int) -> tuple[int, int]:
    """How many cases of the company wait for a verdict, and how many verdicts are held."""
    rows = select(
        func.count().filter(ReviewCase.verdict.is_(None)),
        func.count().filter(ReviewCase.verdict.is_not(None)),
    ).where(ReviewCase.seller_id == seller_id, ReviewCase.closed_at.is_(None))
    waiting, decided = db.session.execute(rows).one()
    return waiting, decided


def standing(case_id: int, who: int) -> tuple[str, bool]:
    """What the case is to *who* at this moment, and whether its promised time has passed.

    On the database's clock: `mine`, `over` (my lease ran out, nobody else has it), `free`,
    `theirs`, `held` (my verdict, to be undone), `decided`, `suspended` (its company is), `applied`
    or `withdrawn` (an appeal: closed by something newer).
    """
    mine = (ReviewCase.decided_by == who) & (ReviewCase.release_at > database_now())
    what = sql_case(
        (ReviewCase.applied_at.is_not(None), "applied"),
        (ReviewCase.closed_at.is_not(None), "withdrawn"),
        (ReviewCase.verdict.is_not(None) & mine, "held"),
        (ReviewCase.verdict.is_not(None), "decided"),
        (ReviewCase.suspended, "suspended"),
        (running() & (ReviewCase.holder == who), "mine"),
        (running(), "theirs"),
        (ReviewCase.holder == who, "over"),
        else_="free",
    )
    found = select(what, ReviewCase.promised_at < database_now()).where(ReviewCase.id == case_id)
    standing, late = db.session.execute(found).one()
    return standing, late


def latest_applied(listing_id: int) -> ReviewCase | None:
    """The case of the listing whose verdict took effect last."""
    applied = select(ReviewCase).where(
        ReviewCase.listing_id == listing_id, ReviewCase.applied_at.is_not(None)
    )
    return db.session.scalar(applied.order_by(ReviewCase.id.desc()).limit(1))


def kind_after(before: ReviewCase | None) -> str:
    """The kind of the case that follows: what comes after a refusal is a second look."""
    return "second" if before and before.verdict != "approve" else "review"


def _count(queue: str, own: Sequence[int]) -> int:
    some = select(literal(1)).where(undecided(), ReviewCase.queue == queue, *_of_others(own))
    some = some.limit(COUNT_TO + 1)
    return db.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _conditions(chosen: Chosen) -> list[ColumnElement[bool]]:
    """What is asked of a case besides its queue."""
    wanted = [*_state(chosen.state), *_of_others(chosen.own)]
    if chosen.kind:
        wanted.append(ReviewCase.kind == chosen.kind)
    if chosen.typed.strip():
        wanted.append(found_by(chosen.typed))
    return wanted


def _of_others(own: Sequence[int]) -> list[ColumnElement[bool]]:
    """Nothing is asked of a case where there is no company to leave out: hardly anybody has one."""
    return [ReviewCase.seller_id.not_in(own)] if own else []


def _state(state: str) -> tuple[ColumnElement[bool], ...]:
    if state == "claimed":
        return undecided(), running()
    if state == "all":
        return (undecided(),)
    return undecided(), free()


def _beyond(after: int) -> ColumnElement[bool]:
    here = select(ReviewCase.promised_at, ReviewCase.id).where(ReviewCase.id == after)
    return tuple_(ReviewCase.promised_at, ReviewCase.id) > here.scalar_subquery()


def _in_order(statement: Select[Any]) -> Select[Any]:
    return statement.order_by(ReviewCase.promised_at, ReviewCase.id)


def _lines() -> Select[Any]:
    """Cases with what a list says of them, in one round trip."""
    return (
        select(
            ReviewCase,
            VersionPart.content["name"].label("name"),
            Seller.name.label("seller"),
            Version.no,
            Listing.practice,
            Person.name.label("holder"),
            func.coalesce(running(), False).label("claimed"),
            (ReviewCase.promised_at < database_now()).label("late"),
        )
        .join(Version, Version.id == ReviewCase.version_id)
        .join(Listing, Listing.id == ReviewCase.listing_id)
        .join(Seller, Seller.id == ReviewCase.seller_id)
        .join(
            VersionPart,
            and_(VersionPart.version_id == ReviewCase.version_id, VersionPart.item_id.is_(None)),
        )
        .outerjoin(Person, Person.id == ReviewCase.holder)
        # What the page has read already may be older than what it lists here.
        .execution_options(populate_existing=True)
    )


def _line(row: Row[Any]) -> Line:
    found = row._mapping
    name = Words.of(found["name"] or "")
    return Line(
        case=found[ReviewCase],
        name=name if name.ko else Words("?", "?"),
        seller=found["seller"],
        version_no=found["no"],
        practice=found["practice"],
        holder=found["holder"] or "",
        claimed=found["claimed"],
        late=found["late"],
    )


def cases_of(listing_ids: Sequence[int]) -> Sequence[Row]:
    """Every case of these listings, all columns, the oldest first."""
    table = ReviewCase.__table__
    rows = select(table).where(table.c.listing_id.in_(listing_ids)).order_by(table.c.id)
    return db.session.execute(rows).all()
