"""Putting listings away."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from app.core.database import db
from app.listings.actions import refusal_to_retire, retire_listing
from app.listings.models import Item
from app.surfaces.seller.many.plans import Act, Plan, Wish
from app.surfaces.seller.many.subjects import Subject


def plan(subjects: Sequence[Subject], wish: Wish) -> list[Plan]:
    """Those of which nothing is on sale or in review."""
    sales = _sales([subject.listing.id for subject in subjects])
    plans = []
    for subject in subjects:
        refusal = refusal_to_retire(subject.newest.state, sales[subject.listing.id])
        why = refusal.said if refusal else None
        plans.append(Plan(subject.listing.id, subject.name, acts=True, refusal=why))
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
