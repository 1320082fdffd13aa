"""Fills a queue that no other test looks at: `python -m tests.browser.waiting EMAIL COUNT [FIRST]`.

A reviewer of it signs in as EMAIL; COUNT products of a demo seller, of three items each with three
pictures, the last of which is found blurred, wait there, numbered from FIRST, or from 1, before
whatever was left there. Run by `Stack.python`, in the installation's own environment.
"""

import sys
from copy import deepcopy
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app import create_app
from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import person_by_email
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.imaging.limits import limits_of
from app.journey.imaging.verdict import examine
from app.journey.review.models import ReviewCase
from app.listings import actions
from app.listings.models import Listing, Picture
from app.listings.queries import items_of, newest_version, part_of, product_part
from app.listings.store import store
from tests.factories.content import category_named, valid_content
from tests.factories.documents import PDF

QUEUE, CATEGORY, ITEMS = "leisure", "notebooks", 3
SIDES = ("front.jpg", "side.jpg", "back.jpg")
SELLER, LIKE = "owner@baum.example", "reviewer@onshelf.example"


def main() -> None:
    """Make the reviewer and what waits."""
    email, count, first = sys.argv[1], int(sys.argv[2]), int((sys.argv[3:] or ["1"])[0])
    with create_app().app_context():
        with unit_of_work():
            like = person(LIKE)
            made = accounts.make_person(email, "윤하루", like.password, "ko")
            accounts.grant(made, "reviewer", (QUEUE,))
            left = update(ReviewCase).where(ReviewCase.queue == QUEUE)
            db.session.execute(left.values(promised_at=ReviewCase.promised_at + timedelta(days=1)))
        for number in range(first, first + count):
            name = {"ko": f"하루 노트 {number}", "en": f"Day notebook {number}"}
            submit(number, CATEGORY, name)


def submit(
    number: int,
    category: str,
    name: dict[str, str],
    picture: bytes | None = None,
    paper: tuple[str, bytes, str] = ("paper.pdf", PDF, "application/pdf"),
) -> int:
    """One product of the demo seller, submitted; the number of its listing.

    It has *picture*, or the first one that there is, and *paper* (file name, bytes, MIME type) as
    each document that its category asks for.
    """
    with unit_of_work():
        owner = person(SELLER)
        seller = owner.memberships[0].seller_id
        listing = actions.start_listing(seller, category, owner.id)
        version = newest_version(listing.id)
        for _ in range(ITEMS - 1):
            actions.add_item(version.id, owner.id)
        if picture:
            key, facts = _kept(picture, listing)
            shown = actions.receive_picture(listing.id, key, "front.jpg", owner.id)
            shown.state, shown.facts = "ready", {**facts, "likes": []}
        file_name, data, kind = paper
        for rule in category_named(category).documents:
            stored = store().put(data)
            actions.give_document(listing.id, rule.code, stored, file_name, kind, owner.id)
        db.session.flush()
        pictures = [shown.id] if picture else _pictures(listing.id, owner.id)
        db.session.expire_all()
        # The seed makes barcodes: those of two categories are never the same.
        seed = number + (9000 if category == CATEGORY else 9500)
        content = valid_content(category, ITEMS, seed=seed)
        kept = product_part(version).content.get("documents", {})
        product_part(version).content = {
            **content["product"], "name": name, "pictures": pictures, "picture_texts": {},
            "documents": kept,
        }  # fmt: skip
        for item, told in zip(items_of(version), content["items"], strict=True):
            named = ("options", "gtin", "gtin_reason")
            part_of(version, item.id).content = {key: told[key] for key in named}
            item.sku = f"{category[:3].upper()}-{number}-{told['id']}"
            item.offer.price, item.stock.count = told["price"], told["stock"]
        db.session.flush()
        actions.submit(version.id, owner.id)
        return listing.id


def _kept(picture: bytes, listing: Listing) -> tuple[str, dict[str, Any]]:
    """Stored, and looked at as a worker would."""
    key = store().put(picture).key
    return key, examine(key, limits_of(listing)).facts


def _pictures(listing_id: int, who: int) -> list[int]:
    """The demo's first pictures, as the listing's own; nobody else's are like them."""
    ready = select(Picture).where(Picture.state == "ready").order_by(Picture.id).limit(len(SIDES))
    made = []
    for side, like in zip(SIDES, db.session.scalars(ready).all(), strict=True):
        picture = actions.receive_picture(listing_id, like.sha256, side, who)
        facts = {**deepcopy(like.facts), "likes": []}
        if side == SIDES[-1]:
            facts["rows"] = [_blurred(row) for row in facts["rows"]]
        picture.state, picture.facts = "ready", facts
        made.append(picture.id)
    db.session.flush()
    return made


def _blurred(row: dict[str, Any]) -> dict[str, Any]:
    """The reading of a picture's sharpness as it is of one that is not in focus."""
    if row["code"] != "picture-blurred":
        return row
    said = {"message": {"ko": "흐립니다.", "en": "It is blurred."}, "remedy": {"ko": "", "en": ""}}
    return row | said | {"ok": False, "severity": "advice"}


def person(email: str) -> Person:
    """Who has this address."""
    found = person_by_email(email)
    assert found is not None
    return found


if __name__ == "__main__":
    main()
