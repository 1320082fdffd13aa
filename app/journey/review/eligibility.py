"""Who may judge what: reviewers the cases of their queues, nobody those of their own company."""

from sqlalchemy import select

from app.accounts.models import ReviewerQueue, SellerMember
from app.core.database import db
from app.core.errors import Forbidden, NotFound
from app.core.words import Words
from app.journey.review.models import ReviewCase

OWN_COMPANY = Words(
    "소속된 판매자의 상품은 심사할 수 없습니다. 다른 심사자가 맡습니다.",
    "You belong to this seller, so somebody else decides this case.",
)


def queues_of(person_id: int) -> list[str]:
    """The queues this person reviews, in order of their codes."""
    rows = select(ReviewerQueue.queue).where(ReviewerQueue.person_id == person_id)
    return list(db.session.scalars(rows.order_by(ReviewerQueue.queue)))


def companies_of(person_id: int) -> list[int]:
    """The sellers this person belongs to."""
    rows = select(SellerMember.seller_id).where(SellerMember.person_id == person_id)
    return list(db.session.scalars(rows))


def case_for(case_id: int, person_id: int) -> ReviewCase:
    """The case as it is now. A case of a queue this person does not review raises NotFound."""
    case = db.session.get(ReviewCase, case_id, populate_existing=True)
    if case is None or case.queue not in queues_of(person_id):
        raise NotFound()
    return case


def case_to_judge(case_id: int, person_id: int) -> ReviewCase:
    """The case, if this person may judge it; Forbidden for one of their own company."""
    case = case_for(case_id, person_id)
    if case.seller_id in companies_of(person_id):
        raise Forbidden("own-company", OWN_COMPANY)
    return case
