"""Putting listings away."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from app.core.database import db
from app.core.words import NOTHING, Words
from app.journey.review.queries import appealed_now
from app.listings.actions import refusal_to_retire, retire_listing
from app.listings.models import Item
from app.surfaces.seller.many.plans import Act, Plan, Wish
from app.surfaces.seller.many.subjects import Subject

ENDS_APPEAL = Words("이의 신청도 끝납니다.", "Its appeal ends, too.")


def plan(subjects: Sequence[Subject], wish: Wish) -> list[Plan]:
    """Those of which nothing is on sale or in review."""
    numbers = [subject.listing.id for subject in subjects]
    sales, appealed = _sales(numbers), appealed_now(numbers)
    plans = []
    for subject in subjects:
        number = subject.listing.id
        refusal = refusal_to_retire(subject.newest.state, sales[number])
        why = refusal.said if refusal else None
        note = ENDS_APPEAL if number in appealed else NOTHING
        plans.append(Plan(number, subject.name, acts=True, refusal=why, note=note))
    return plans


def do(subject: Subject, planned: Plan, wish: Wish, who: int) -> None:
    """Put one away."""
    retire_listing(subject.listing.id, who)


ACT = Act("retire", plan, do, with_items=False, withdraws=True)


def _sales(listing_ids: Sequence[int]) -> dict[int, set[str]]:
    rows = db.session.execute(
        select(Item.listing_id, Item.sale).where(Item.listing_id.in_(listing_ids)).distinct()
    )
    found: dict[int, set[str]] = defaultdict(set)
    for listing_id, sale in rows:
        found[listing_id].add(sale)
    return found
