"""Listings on their way: drafted, submitted, approved, live; the one way tests make them.

Every builder starts from content with nothing wrong in it and one picture that is ready; *changes*
go to paths of findings (`{"name.ko": "컵"}`; items are numbered from 1). Call them in an
application context (the `session` fixture opens one); each commits what it made.
"""

import itertools
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, text

from app.accounts.models import Seller
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions as review
from app.journey.review import claims
from app.journey.review.models import ReviewCase
from app.listings import actions
from app.listings.actions import SaveResult
from app.listings.models import Document, Item, Listing, Picture, Version, VersionPart
from app.listings.queries import items_of, newest_version, part_of
from app.taxonomy.actions import load_categories
from app.taxonomy.models import CategoryNode
from tests.factories import people
from tests.factories.content import changed, valid_content

CATEGORY = "mugs"
_OF_CATEGORIES = ("category", "category_version", "category_word", "taxonomy_edition")
_numbers = itertools.count(1)


def categories() -> None:
    """Our own categories, in the database: read from the files once a run, then copied."""
    if db.session.scalar(select(CategoryNode.code).limit(1)) is not None:
        return
    if db.session.scalar(text("SELECT to_regclass('kept.category')")) is None:
        load_categories()
        db.session.execute(text("CREATE SCHEMA kept"))
        for table in _OF_CATEGORIES:
            db.session.execute(text(f"CREATE TABLE kept.{table} AS TABLE {table}"))
    else:
        for table in _OF_CATEGORIES:
            copy = f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM kept.{table}"
            db.session.execute(text(copy))
    db.session.commit()


def empty_draft(
    seller: Seller | None = None, category: str = CATEGORY, practice: bool = False
) -> Listing:
    """A listing as it is just after its category was chosen: nothing filled in."""
    categories()
    seller = seller or people.seller()
    seller_id, who = seller.id, people.owner_of(seller).id
    db.session.commit()
    with unit_of_work():
        made = actions.start_listing(seller_id, category, who, practice=practice)
        listing_id = made.id
    return db.session.get_one(Listing, listing_id)


def draft(
    seller: Seller | None = None,
    category: str = CATEGORY,
    items: int = 1,
    practice: bool = False,
    changes: Mapping[str, Any] | None = None,
) -> Listing:
    """A draft that may be submitted as it stands."""
    made = empty_draft(seller, category, practice)
    version = newest_version(made.id)
    with unit_of_work():
        for _ in range(items - 1):
            actions.add_item(version.id, None)
    _fill(version, valid_content(category, items, seed=next(_numbers)), changes or {})
    db.session.commit()
    return made


def submitted(seller: Seller | None = None, **given: Any) -> Listing:
    """A listing whose first version waits for review, its case open."""
    made = draft(seller, **given)
    submit(made)
    return made


def approved(seller: Seller | None = None, **given: Any) -> Listing:
    """A listing whose first version was approved: items on sale, deliveries waiting."""
    made = submitted(seller, **given)
    judge(made)
    return made


def live(seller: Seller | None = None, **given: Any) -> Listing:
    """An approved listing that both targets say they have."""
    made = approved(seller, **given)
    with unit_of_work():
        for item in items_of(newest_version(made.id)):
            actions.record_stock_level(item.id, item.stock.count or 0, revision=1)
            for target in ("catalogue", "orders"):
                actions.record_placement(
                    item.id, target, state="on", external_id=f"{target}-{item.id}",
                    product_revision=1, offer_revision=1, sale_revision=item.sale_revision,
                )  # fmt: skip
    return made


def submit(of: Listing) -> None:
    """Submit the draft of a listing as its owner would."""
    version_id, who = newest_version(of.id).id, people.owner_of(_seller(of)).id
    db.session.commit()
    with unit_of_work():
        actions.submit(version_id, who)


def judge(of: Listing, verdict: str = "approve", path: str = "name.ko", code: str = "") -> None:
    """Claim and decide the open case; applied at once unless a test holds verdicts."""
    case = db.session.scalars(
        select(ReviewCase).where(ReviewCase.listing_id == of.id, ReviewCase.closed_at.is_(None))
    ).one()
    case_id, who = case.id, people.reviewer(case.queue).id
    db.session.commit()
    reasons = [] if verdict == "approve" else [{"code": code or "attribute-wrong", "path": path}]
    with unit_of_work():
        claims.claim(case_id, who)
    with unit_of_work():
        review.decide(case_id, who, verdict, reasons)
    db.session.expire_all()


def edited(of: Listing) -> Version:
    """A fresh draft of a judged listing."""
    with unit_of_work():
        version_id = actions.revise(of.id, None).id
    return db.session.get_one(Version, version_id)


def picture(of: Listing, state: str = "ready") -> Picture:
    """A picture of the listing, in no version yet."""
    made = Picture(
        listing_id=of.id,
        sha256=f"{next(_numbers):064x}",
        file_name="front.jpg",
        state=state,
        facts={"width": 1200, "height": 1200, "bytes": 345_678, "format": "JPEG", "renditions": []},
    )
    db.session.add(made)
    db.session.flush()
    return made


def document(of: Listing, code: str, **columns: Any) -> Document:
    """A document of the listing, in no version yet."""
    given = {"sha256": f"{next(_numbers):064x}", "file_name": f"{code}.pdf", "bytes": 1234}
    made = Document(listing_id=of.id, code=code, type="application/pdf", **given | columns)
    db.session.add(made)
    db.session.flush()
    return made


def part(of: Listing, item: Item | None = None) -> VersionPart:
    """A part of the newest version: the product's, or one item's."""
    return part_of(newest_version(of.id), item.id if item else None)


def save(
    of: Listing,
    values: dict[str, Any],
    item: Item | None = None,
    seen: int | None = None,
    **given: Any,
) -> SaveResult:
    """Save as one request would; *seen* is the revision of the page, by default the newest.

    *given*: `who`, `tab`, and `seen_later`, the revisions at which single paths were seen.
    """
    to = part(of, item)
    version_id, part_id = to.version_id, to.id
    revision = to.revision if seen is None else seen
    who, later = given.pop("who", None), given.pop("seen_later", None)
    db.session.commit()
    with unit_of_work():
        return actions.save_fields(version_id, part_id, values, revision, who, seen=later, **given)


def first_item(of: Listing) -> Item:
    """The first item of the newest version."""
    return items_of(newest_version(of.id))[0]


def _seller(of: Listing) -> Seller:
    return db.session.get_one(Seller, of.seller_id)


def _fill(version: Version, content: dict[str, Any], changes: Mapping[str, Any]) -> None:
    listing, product = version.listing, content["product"]
    picture_id = picture(listing).id
    product["pictures"] = [picture_id]
    product["picture_texts"] = {str(picture_id): product["picture_texts"]["1"]}
    product["documents"] = {code: document(listing, code).id for code in product["documents"]}
    content = changed(content, changes)
    for each in version.parts:
        if each.item_id is None:
            each.content = content["product"]
    for item, given in zip(items_of(version), content["items"], strict=True):
        item.sku = given.get("sku") or ""
        item.offer.price, item.offer.list_price = given.get("price"), given.get("list_price")
        item.stock.count = given.get("stock")
        part_of(version, item.id).content = {
            key: given[key] for key in ("options", "gtin", "gtin_reason") if given.get(key)
        }
    db.session.flush()
