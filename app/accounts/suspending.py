"""Suspending a company from selling, and lifting that.

Whether it may sell is decided under the lock of its row. Whoever is about to submit, to put on sale
or to let a verdict take effect shares that lock until the commit, and takes it before any other; a
suspension waits for those, and whoever comes later finds it. So nothing slips through between.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.events import SellerSuspended, SuspensionLifted
from app.accounts.models import Person, Seller, Suspension
from app.accounts.suspension_reasons import REASONS
from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.unit_of_work import record
from app.core.words import Words

NOTE_MOST = 1000
HISTORY = 20
NO_REASON = Words("사유를 고르세요.", "Choose a reason.")
NOTE_NEEDED = Words(
    "이 사유에는 설명이 필요합니다. 판매자가 읽습니다.",
    "This reason needs a note. The seller reads it.",
)
NOTE_TOO_LONG = Words(
    "설명이 {length}자입니다. {most}자까지 쓸 수 있습니다.",
    "The note has {length} characters; {most} are allowed.",
)
ALREADY = Words(
    "이미 판매가 정지된 회사입니다. 새로 고쳐 확인하세요.",
    "This company is suspended already. Reload to see by whom.",
)
NOT_SUSPENDED = Words(
    "정지된 회사가 아닙니다. 새로 고쳐 확인하세요.",
    "This company is not suspended. Reload to see what is now.",
)
SUSPENDED = Words(
    "회사의 판매가 정지되어 지금은 할 수 없습니다. 정지 사유와 할 일은 화면 위에 있습니다."
    " 작성한 내용은 남아 있습니다.",
    "Your company is suspended, so this cannot be done now. The reason and what to do stand on"
    " top of the page. What you wrote is kept.",
)


@dataclass(frozen=True)
class Told:
    """A suspension as people read it; `by` and `lifted_by` are names, for operators alone."""

    reason: Words
    remedy: Words
    source: Words
    note: str
    at: datetime
    by: str
    items_recalled: int
    lifted_at: datetime | None
    lifted_by: str
    lift_note: str
    items_restored: int


def suspend(seller_id: int, reason: str, note: str, who: int) -> Suspension:
    """Stop the company from selling. `Invalid` at `reason` or `note`; `Conflict` if it is already.

    What it has on sale is recalled and what it submitted is held back by those who hear of it, in
    the same transaction.
    """
    note = _checked_note(note)
    if reason not in REASONS:
        raise Invalid("no-reason", NO_REASON, path="reason")
    if REASONS[reason].needs_note and not note:
        raise Invalid("note-needed", NOTE_NEEDED, path="note")
    seller = _held(seller_id)
    if seller.suspended_at is not None:
        raise Conflict("already-suspended", ALREADY)
    made = Suspension(seller_id=seller_id, reason=reason, note=note, suspended_by=who)
    db.session.add(made)
    seller.suspended_at = database_now()
    db.session.flush()
    record(SellerSuspended(seller_id, made.id))
    return made


def lift(seller_id: int, note: str, who: int) -> Suspension:
    """Let the company sell again. `Conflict` where it is not suspended."""
    note = _checked_note(note)
    seller = _held(seller_id)
    found = _running(seller_id)
    if found is None:
        raise Conflict("not-suspended", NOT_SUSPENDED)
    seller.suspended_at = None
    found.lifted_at, found.lifted_by, found.lift_note = database_now(), who, note
    db.session.flush()
    record(SuspensionLifted(seller_id, found.id))
    return found


def is_suspended(seller_id: int) -> bool:
    """Whether the company may not sell; the answer holds until the commit."""
    # Shared: the company's own people do not wait for each other, only for a suspension.
    found = select(Seller).where(Seller.id == seller_id).with_for_update(read=True)
    seller = db.session.scalar(found.execution_options(populate_existing=True))
    return seller is not None and seller.suspended_at is not None


def refuse_suspended(seller_id: int) -> None:
    """`Conflict` while the company is suspended; to be asked before anything is locked."""
    if is_suspended(seller_id):
        raise Conflict("company-suspended", SUSPENDED)


def running_suspension(seller: Seller) -> Told | None:
    """The suspension that stops the company now; nothing is locked."""
    if seller.suspended_at is None:
        return None
    return next(iter(suspensions_of(seller.id, 1)), None)


def suspensions_of(seller_id: int, limit: int = HISTORY) -> list[Told]:
    """The company's suspensions, the newest first."""
    by, lifter = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(Suspension, by.name.label("by"), lifter.name.label("lifter"))
        .join(by, by.id == Suspension.suspended_by)
        .outerjoin(lifter, lifter.id == Suspension.lifted_by)
        .where(Suspension.seller_id == seller_id)
        .order_by(Suspension.id.desc())
        .limit(limit)
    )
    return [_told(row.Suspension, row.by, row.lifter or "") for row in rows]


def _told(row: Suspension, by: str, lifter: str) -> Told:
    reason = REASONS.get(row.reason, REASONS["other"])
    return Told(
        reason=reason.label,
        remedy=reason.remedy,
        source=reason.source,
        note=row.note,
        at=row.suspended_at,
        by=by,
        items_recalled=row.items_recalled,
        lifted_at=row.lifted_at,
        lifted_by=lifter,
        lift_note=row.lift_note,
        items_restored=row.items_restored,
    )


def _running(seller_id: int) -> Suspension | None:
    return db.session.scalar(
        select(Suspension).where(Suspension.seller_id == seller_id, Suspension.lifted_at.is_(None))
    )


def _held(seller_id: int) -> Seller:
    """The company, locked against all who share its row. `NotFound`."""
    seller = db.session.scalar(
        select(Seller)
        .where(Seller.id == seller_id)
        .with_for_update(of=Seller, key_share=True)
        .execution_options(populate_existing=True)
    )
    if seller is None:
        raise NotFound()
    return seller


def _checked_note(note: str) -> str:
    said = note.replace("\0", "").replace("\r\n", "\n").strip()
    if len(said) > NOTE_MOST:
        raise Invalid("note-too-long", NOTE_TOO_LONG, path="note", length=len(said), most=NOTE_MOST)
    return said
