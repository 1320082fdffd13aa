"""Copying listings: each becomes a new draft."""

from collections.abc import Sequence

from app.listings.actions import copy_listing
from app.surfaces.seller.many.plans import Act, Plan, Wish
from app.surfaces.seller.many.subjects import Subject


def plan(subjects: Sequence[Subject], wish: Wish) -> list[Plan]:
    """Any of them can be copied."""
    return [Plan(subject.listing.id, subject.name, acts=True) for subject in subjects]


def do(subject: Subject, planned: Plan, wish: Wish, who: int) -> int:
    """Copy one; answers the copy."""
    return copy_listing(subject.listing.id, who).id


ACT = Act("copy", plan, do, with_items=False)
