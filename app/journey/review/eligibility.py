"""Who may see and judge what: reviewers the cases of their queues, but none of their own company.

A case says what its reviewers note among themselves, and what they decided before it holds: its
seller's people are to learn of neither. Nor does anybody decide the appeal of their own verdict.
"""

from app.accounts.queries import belongs_to_seller, reviewing
from app.core.database import db
from app.core.errors import Forbidden, NotFound
from app.core.words import Words
from app.journey.review.models import ReviewCase
from app.listings.models import Document, Version
from app.listings.queries import document_ids, document_of

OWN_COMPANY = Words(
    "소속된 판매자의 상품은 심사할 수 없습니다. 다른 심사자가 맡습니다.",
    "You belong to this seller, so somebody else decides this case.",
)

OWN_VERDICT = Words(
    "직접 반려한 건의 이의 신청입니다. 다른 심사자가 결정합니다.",
    "You rejected what is appealed here, so somebody else decides it.",
)

NOT_SHOWN = Words(
    "지금은 이 서류를 화면에 보일 수 없습니다. 다시 해 보거나 내려받으세요.",
    "This document cannot be shown just now. Try again, or download it.",
)


def case_for(case_id: int, person_id: int) -> ReviewCase:
    """The case as it is now.

    NotFound for one of a queue this person does not review, Forbidden for one of their own company.
    """
    case = db.session.get(ReviewCase, case_id, populate_existing=True)
    if case is None or case.queue not in reviewing(person_id):
        raise NotFound()
    if belongs_to_seller(person_id, case.seller_id):
        raise Forbidden("own-company", OWN_COMPANY)
    return case


def case_to_judge(case_id: int, person_id: int) -> ReviewCase:
    """The case, if this person may judge it: besides `case_for`, no appeal of their own verdict."""
    case = case_for(case_id, person_id)
    barred = why_barred(case, person_id)
    if barred is not None:
        raise barred
    return case


def why_barred(case: ReviewCase, person_id: int) -> Forbidden | None:
    """Why somebody else has to decide a case that this person may see; None where they may."""
    if case.barred == person_id:
        return Forbidden("own-verdict", OWN_VERDICT)
    return None


def version_of(case: ReviewCase) -> Version:
    """The version that the case is about."""
    return db.session.get_one(Version, case.version_id)


def document_for(case: ReviewCase, document_id: int) -> Document:
    """A document that the case's version refers to; NotFound for the listing's others."""
    if document_id not in document_ids(version_of(case)):
        raise NotFound()
    return document_of(case.listing_id, document_id)
