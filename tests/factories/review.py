"""Submitted listings and their cases as tests need them.

Call them in an application context (the `session` fixture opens one); each commits what it made.
"""

from typing import Any

from sqlalchemy import select, text

from app.accounts.models import Person, Seller
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, appeals, claims
from app.journey.review.models import ReviewCase
from app.listings import actions as listings
from app.listings.models import Listing
from tests.factories import listings as make
from tests.factories import people
from tests.factories.content import category_named

CATEGORY = "mugs"


def queue() -> str:
    """The queue of the category that cases here belong to."""
    return category_named(CATEGORY).queue


def reviewer(*queues: str, **columns: Any) -> Person:
    """A reviewer of these queues, or of the usual one."""
    made = people.reviewer(*(queues or (queue(),)), **columns)
    db.session.commit()
    return made


def submitted(
    seller: Seller | None = None, practice: bool = False, items: int = 1, **changes: Any
) -> Listing:
    """A listing with nothing wrong in it, submitted; *changes* go into the product's content."""
    return make.submitted(seller, practice=practice, items=items, changes=changes)


def resubmitted(listing: Listing, **changes: Any) -> None:
    """A newer version of the listing, with *changes* in the product's content."""
    with unit_of_work():
        version = listings.revise(listing.id, None)
        part = next(part for part in version.parts if part.item_id is None)
        part.content = {**part.content, **changes}
        db.session.flush()
        listings.submit(version.id, None)


def case(claimed_by: Person | None = None, **given: Any) -> ReviewCase:
    """A case of its own listing, claimed by somebody if told so."""
    made = case_of(submitted(**given))
    if claimed_by is not None:
        case_id, who = made.id, claimed_by.id
        with unit_of_work():
            claims.claim(case_id, who)
    return made


def case_of(listing: Listing) -> ReviewCase:
    """The newest case of the listing."""
    newest = select(ReviewCase).where(ReviewCase.listing_id == listing.id)
    return db.session.scalars(newest.order_by(ReviewCase.id.desc()).limit(1)).one()


def decided(who: Person, verdict: str = "approve", **given: Any) -> ReviewCase:
    """A case with a verdict of *who*, held or applied as the setting says."""
    made = case(claimed_by=who, **given)
    decide(made.id, who.id, verdict)
    return made


def decide(case_id: int, who: int, verdict: str = "approve", path: str = "name.ko") -> None:
    """Decide as a request would; a refusal carries one reason."""
    reasons = [] if verdict == "approve" else [{"code": "attribute-wrong", "path": path}]
    with unit_of_work():
        actions.decide(case_id, who, verdict, reasons)


def move(case_id: int, **seconds: int) -> None:
    """Move instants of a case by so many seconds: `held_until=-3600` ends its lease."""
    for column, by in seconds.items():
        db.session.execute(
            text(
                f"UPDATE review_case SET {column} = {column} + make_interval(secs => :by)"
                " WHERE id = :id"
            ),
            {"by": by, "id": case_id},
        )
    db.session.commit()


def release_now(case_id: int) -> None:
    """Let the hold of a verdict be over."""
    move(case_id, decided_at=-7200, release_at=-7200, not_before=-7200)


GROUNDS = "The name is exactly what stands on the box, see the second picture."


def rejected(who: Person | None = None, **given: Any) -> Listing:
    """A listing whose first version *who*, or somebody, rejected for its name."""
    case = decided(who or reviewer(), "reject", **given)
    return db.session.get_one(Listing, case.listing_id)


def appeal(listing: Listing, grounds: str = GROUNDS) -> ReviewCase:
    """The appeal of its rejection, as its owner makes it."""
    listing_id = listing.id
    owner = people.owner_of(db.session.get_one(Seller, listing.seller_id)).id
    db.session.commit()
    with unit_of_work():
        case_id = appeals.appeal(listing_id, owner, grounds)
    return db.session.get_one(ReviewCase, case_id)


def appealed(claimed_by: Person | None = None, **given: Any) -> ReviewCase:
    """The case of an appeal, claimed by somebody if told so."""
    case = appeal(rejected(**given))
    if claimed_by is not None:
        case_id, who = case.id, claimed_by.id
        with unit_of_work():
            claims.claim(case_id, who)
    return case
