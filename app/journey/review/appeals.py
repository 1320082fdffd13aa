"""Verbs of an appeal: made by the seller, closed by what comes after. None commits.

One appeal a rejection, of the newest judged version, decided by somebody else than who rejected.
The version's lock comes first (`hold_judged`), the listing's later: a second click, a submission
and a verdict taking effect wait for one another there, and each finds what the one before did.
"""

from datetime import timedelta

from sqlalchemy import select, update

from app.accounts.suspending import refuse_suspended
from app.core.clock import database_now, today
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.unit_of_work import record
from app.core.words import Words
from app.journey.review.conditions import open_appeal
from app.journey.review.models import ReviewCase
from app.journey.review.pins import Pin, frozen, pinned
from app.journey.review.queues import times_of
from app.journey.review.refusals import VERDICTS
from app.journey.review.search import words_of
from app.listings.actions import note
from app.listings.content import ITEM_COLUMNS, split_item_path, typed_text
from app.listings.events import (
    AppealClosed,
    AppealMade,
    CategoryChanged,
    ListingRetired,
    VersionSubmitted,
)
from app.listings.locks import hold_judged
from app.listings.models import Listing, Version, touch
from app.listings.queries import content_of, newest_version
from app.taxonomy.queries import category_by_version
from app.validation.engine import findings as check

SHORTEST, LONGEST = 20, 2000
TOO_SHORT = Words(
    "이의 사유가 {length}자입니다. 무엇이 왜 맞지 않는지 {least}자 이상 적으세요.",
    "Your grounds have {length} characters. Say in {least} or more what is wrong, and why.",
)
TOO_LONG = Words(
    "이의 사유가 {length}자입니다. {most}자까지 적을 수 있습니다.",
    "Your grounds have {length} characters. They may have {most}.",
)
WAITING = Words(
    "이미 이의를 신청했고 심사를 기다립니다. 반려마다 한 번 신청할 수 있습니다.",
    "It was appealed already, and the appeal waits. There is one appeal for each rejection.",
)
ENDED = Words(
    "이미 이의를 신청했고 결과가 나왔습니다: {verdict}. 반려마다 한 번 신청할 수 있습니다.",
    "It was appealed already and decided: {verdict}. There is one appeal for each rejection.",
)
CLOSED = Words(
    "이미 이의를 신청했고, 새로 제출해 끝났습니다. 반려마다 한 번 신청할 수 있습니다.",
    "It was appealed already; the appeal ended when something newer was submitted. There is one"
    " appeal for each rejection.",
)
NEWER = Words(
    "버전 {version}: 그 뒤에 제출해 심사를 기다립니다. 이의를 신청하려면 제출을 취소하세요.",
    "Version {version}, submitted since, waits for review. Withdraw it first to appeal.",
)
NOT_REJECTED = Words(
    "반려된 내용만 이의를 신청할 수 있습니다. 화면을 새로 고쳐 확인하세요.",
    "Only a rejection can be appealed. Reload to see what is now.",
)
PUT_AWAY = Words(
    "보관한 상품이라 이의를 신청할 수 없습니다.", "This listing was put away: there is no appeal."
)
OTHER_CATEGORY = Words(
    "반려된 뒤에 카테고리를 바꿨습니다. 원래 카테고리로 되돌린 다음 이의를 신청하세요.",
    "The category was changed after the rejection. Change it back first to appeal.",
)
APPEAL_WAITS = Words(
    "이의 신청이 심사를 기다리는 동안에는 카테고리를 바꿀 수 없습니다. 결과가 나온 다음 바꾸세요.",
    "While an appeal waits, the category stays. Change it once the appeal is decided.",
)


def appeal(listing_id: int, who: int | None, grounds: str) -> int:
    """Open the appeal of the newest judged version's rejection; the number of its case.

    `Invalid` for grounds that are too short or too long; `Conflict` where there is nothing to
    appeal, or it was appealed before. Something newer that was withdrawn again does not count.
    """
    said = _checked(grounds)
    refuse_suspended(db.session.get_one(Listing, listing_id).seller_id)
    version, listing = _appealed(listing_id)
    rejection = _rejection(version)
    case = ReviewCase(
        version_id=version.id,
        listing_id=listing_id,
        seller_id=listing.seller_id,
        kind="appeal",
        queue=rejection.queue,
        promised_at=database_now() + timedelta(minutes=times_of(rejection.queue).promise_minutes),
        words=words_of(listing, version),
        grounds=said,
        appeal_of=rejection.id,
        barred=rejection.decided_by,
    )
    db.session.add(case)
    db.session.flush()
    note(listing_id, "appealed", who, "seller", version=version.no)
    touch(listing)
    record(
        AppealMade(listing_id, version.id, case.id, who, said, rejection.id, rejection.decided_by)
    )
    return case.id


def close_for_newer(event: VersionSubmitted) -> None:
    """Something newer was submitted: what is said of the older version matters no more."""
    newer = db.session.get_one(Version, event.version_id)
    _close(event.listing_id, newer.submitted_by, "newer-submitted", newer.no)


def close_put_away(event: ListingRetired) -> None:
    """The listing was put away: nothing of it is to be approved any more."""
    _close(event.listing_id, event.who, "put-away")


def refuse_other_category(event: CategoryChanged) -> None:
    """`Conflict` while an appeal waits: granted, it would be approved under another's rules."""
    if _open(event.listing_id):
        raise Conflict("appeal-waits", APPEAL_WAITS)


def lacking(case: ReviewCase) -> list[Pin]:
    """What stops an appealed version from being sold though it is approved, as reasons.

    Its items' codes, prices and stock went on with the seller's newer draft; the content did not.
    What rules have against them is told in the rules' words; what is refused anyway lacks nothing.
    """
    if case.kind != "appeal":
        return []
    version = db.session.get_one(Version, case.version_id)
    category = category_by_version(version.category_version_id or 0)
    found = check(content_of(version), category, version.rules_as_of or today())
    refused = {split_item_path(reason["path"])[0] for reason in case.reasons}
    return [
        {
            **frozen([pinned("value-missing", each.path)])[0],
            "message": Words.told(each.message).as_dict(),
            "remedy": Words.told(each.remedy).as_dict(),
        }
        for each in found
        if each.severity == "blocks" and _unversioned(each.path)
        if split_item_path(each.path)[0] not in refused
    ]


def _unversioned(path: str) -> bool:
    """Whether it is a column of an item: it may have changed since the version was submitted."""
    item_id, field = split_item_path(path)
    return item_id is not None and field in ITEM_COLUMNS


def _checked(grounds: str) -> str:
    said = typed_text(grounds).strip()
    if len(said) < SHORTEST:
        raise Invalid(
            "grounds-too-short", TOO_SHORT, path="grounds", length=len(said), least=SHORTEST
        )
    if len(said) > LONGEST:
        raise Invalid("grounds-too-long", TOO_LONG, path="grounds", length=len(said), most=LONGEST)
    return said


def _appealed(listing_id: int) -> tuple[Version, Listing]:
    """The version and its listing, both locked; `Conflict` where it is none to appeal."""
    version = hold_judged(listing_id)
    listing = db.session.get_one(
        Listing, listing_id, populate_existing=True, with_for_update={"key_share": True}
    )
    if listing.retired_at is not None:
        raise Conflict("put-away", PUT_AWAY)
    newest = newest_version(listing_id)
    if newest.state == "submitted":
        raise Conflict("newer-submitted", NEWER, version=newest.no)
    if version is not None and (before := appeal_case(version.id)):
        raise _appealed_before(before)
    if version is None or version.state != "rejected":
        raise Conflict("not-rejected", NOT_REJECTED)
    if category_by_version(version.category_version_id or 0).code != listing.category_code:
        raise Conflict("other-category", OTHER_CATEGORY)
    return version, listing


def appeal_case(version_id: int) -> ReviewCase | None:
    """The appeal of a version, however it stands; a version is rejected, and appealed, once."""
    made = select(ReviewCase).where(
        ReviewCase.version_id == version_id, ReviewCase.kind == "appeal"
    )
    return db.session.scalar(made.execution_options(populate_existing=True))


def _appealed_before(case: ReviewCase) -> Conflict:
    if case.closed_at is None:
        return Conflict("already-appealed", WAITING)
    if case.applied_at is None:
        return Conflict("already-appealed", CLOSED)
    return Conflict("already-appealed", ENDED, verdict=VERDICTS[str(case.verdict)])


def _rejection(version: Version) -> ReviewCase:
    found = db.session.scalar(
        select(ReviewCase).where(
            ReviewCase.version_id == version.id,
            ReviewCase.verdict == "reject",
            ReviewCase.applied_at.is_not(None),
        )
    )
    if found is None:
        raise Conflict("not-rejected", NOT_REJECTED)
    return found


def _open(listing_id: int) -> int | None:
    waiting = select(ReviewCase.id).where(ReviewCase.listing_id == listing_id, open_appeal())
    return db.session.scalar(waiting)


def _close(listing_id: int, who: int | None, why: str, newer: int | None = None) -> None:
    """Close the listing's open appeal, a held verdict included; nothing where there is none."""
    closed = db.session.execute(
        update(ReviewCase)
        .where(ReviewCase.listing_id == listing_id, open_appeal())
        .values(closed_at=database_now(), holder=None, held_until=None)
        .returning(ReviewCase.id, ReviewCase.version_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if closed is None:
        return
    version = db.session.get_one(Version, closed.version_id)
    step, told = ("appeal-closed", {"newer": newer}) if newer else ("appeal-put-away", {})
    note(listing_id, step, who, "seller", version=version.no, **told)
    record(AppealClosed(listing_id, version.id, closed.id, who, why))
