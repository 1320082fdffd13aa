"""Fills a queue that no other test looks at: `python -m tests.browser.waiting EMAIL COUNT [FIRST]`.

A reviewer of it signs in as EMAIL; COUNT products of a demo seller, of three items each with one
picture, wait there, numbered from FIRST, or from 1. Run by `Stack.python`, in the installation's
own environment.
"""

import sys
from copy import deepcopy

from sqlalchemy import select

from app import create_app
from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import person_by_email
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.listings import actions
from app.listings.models import Picture
from app.listings.queries import items_of, newest_version, part_of, product_part
from tests.factories.content import valid_content

QUEUE, CATEGORY, ITEMS = "leisure", "notebooks", 3
SELLER, LIKE = "owner@baum.example", "reviewer@onshelf.example"


def main() -> None:
    """Make the reviewer and what waits."""
    email, count, first = sys.argv[1], int(sys.argv[2]), int((sys.argv[3:] or ["1"])[0])
    with create_app().app_context():
        with unit_of_work():
            like = _person(LIKE)
            made = accounts.make_person(email, "윤하루", like.password, "ko")
            accounts.grant(made, "reviewer", (QUEUE,))
        for number in range(first, first + count):
            _submit(number)


def _submit(number: int) -> None:
    with unit_of_work():
        owner = _person(SELLER)
        picture = db.session.scalars(
            select(Picture).where(Picture.state == "ready").order_by(Picture.id).limit(1)
        ).one()
        seller = owner.memberships[0].seller_id
        listing = actions.start_listing(seller, CATEGORY, owner.id)
        version = newest_version(listing.id)
        for _ in range(ITEMS - 1):
            actions.add_item(version.id, owner.id)
        shown = actions.receive_picture(listing.id, picture.sha256, "front.jpg", owner.id)
        shown.state, shown.facts = "ready", {**deepcopy(picture.facts), "likes": []}
        db.session.flush()
        db.session.expire_all()
        content = valid_content(CATEGORY, ITEMS, seed=9000 + number)
        name = {"ko": f"하루 노트 {number}", "en": f"Day notebook {number}"}
        product_part(version).content = {
            **content["product"], "name": name, "pictures": [shown.id], "picture_texts": {}
        }  # fmt: skip
        for item, told in zip(items_of(version), content["items"], strict=True):
            kept = ("options", "gtin", "gtin_reason")
            part_of(version, item.id).content = {key: told[key] for key in kept}
            item.sku = f"DAY-{number}-{told['id']}"
            item.offer.price, item.stock.count = told["price"], told["stock"]
        db.session.flush()
        actions.submit(version.id, owner.id)


def _person(email: str) -> Person:
    found = person_by_email(email)
    assert found is not None
    return found


if __name__ == "__main__":
    main()
