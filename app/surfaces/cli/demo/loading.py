"""Makes the demo listings through the verbs that people's own go through, each once.

A seller's first listings are the demo's, in the order of its file; those there already are left
as their people have them. What an interrupted start left as a draft goes on from there.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.accounts.demo import STAFF
from app.accounts.models import Seller
from app.accounts.queries import person_by_email
from app.core.clock import today
from app.core.database import db
from app.core.errors import Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import tasks as imaging
from app.journey.review import actions as review
from app.journey.review import appeals, claims
from app.journey.review.models import ReviewCase
from app.listings import actions
from app.listings.models import Listing, Version
from app.listings.queries import (
    content_of,
    items_of,
    name_of,
    newest_version,
    part_of,
    product_part,
)
from app.listings.store import store
from app.surfaces.cli.demo.drawings import drawing, sheet
from app.surfaces.cli.demo.goods import Goods, all_goods
from app.taxonomy.queries import category
from app.validation.documents import is_missing
from app.validation.picture_texts import path_of
from app.validation.subject import Subject

log = logging.getLogger(__name__)
VERDICTS = {"rejected": "reject", "changes-requested": "request-changes"}
DRAWN_AT_ONCE = 2


@dataclass(frozen=True)
class Made:
    """A listing of the demo, and the person who made it."""

    goods: Goods
    listing_id: int
    who: int


def load(app: Flask) -> int:
    """Make what is missing and return how many; outside any unit of work."""
    with app.app_context():
        missing = [made for number, goods in all_goods() for made in _missing(number, goods)]
    with ThreadPoolExecutor(DRAWN_AT_ONCE) as pool:
        list(pool.map(partial(_add_pictures, app), missing))
    for made in missing:
        with app.app_context():
            _add_documents(made)
            _travel(made)
    return len(missing)


def _missing(number: str, goods: Sequence[Goods]) -> list[Made]:
    """Drafts of what this seller lacks, and what was left under way."""
    with unit_of_work():
        seller = db.session.scalars(select(Seller).where(Seller.business_number == number)).one()
        who = next(row.person_id for row in seller.members if row.role == "owner")
        own = select(Listing).where(Listing.seller_id == seller.id).order_by(Listing.id)
        there = db.session.scalars(own.limit(len(goods))).all()
        pairs = zip(goods, there, strict=False)
        left = [Made(row, listing.id, who) for row, listing in pairs if _left(row, listing)]
        return left + [_started(row, seller.id, who) for row in goods[len(there) :]]


def _left(goods: Goods, listing: Listing) -> bool:
    version = newest_version(listing.id)
    untouched = version.no == 1 and version.state == "draft"
    same = goods.category == listing.category_code and goods.product["name"] == _name(version)
    return goods.stage != "draft" and untouched and same


def _name(version: Version) -> dict[str, str]:
    return {language: text for language, text in name_of(version).items() if text}


def _started(goods: Goods, seller_id: int, who: int) -> Made:
    listing = actions.start_listing(seller_id, goods.category, who)
    version = newest_version(listing.id)
    values = goods.values(category(goods.category))
    _save(version, None, values, who)
    for _ in goods.items[1:]:
        actions.add_item(version.id, who)
    db.session.expire(version, ["parts"])
    for item, row in zip(items_of(version), goods.items, strict=False):
        _save(version, item.id, {k: v for k, v in row.items() if k != "pictures"}, who)
    return Made(goods, listing.id, who)


def _save(version: Version, item_id: int | None, values: dict[str, Any], who: int) -> None:
    part = part_of(version, item_id)
    actions.save_fields(version.id, part.id, values, part.revision, who)


def _add_pictures(app: Flask, made: Made) -> None:
    """Draw the listing's pictures, take them in, and process them as a worker would."""
    with app.app_context():
        known: dict[str, int] = {}
        texts: dict[str, str] = {}
        for row in made.goods.pictures:
            told = dict(row)
            name, shows = told.pop("name"), told.pop("shows", {})
            key = store().put(drawing(told.pop("drawing"), **told)).key
            with unit_of_work():
                picture_id = actions.receive_picture(made.listing_id, key, name, made.who).id
            imaging.process(picture_id)
            known[name] = picture_id
            texts |= {path_of(picture_id, language): text for language, text in shows.items()}
        with unit_of_work():
            _save(newest_version(made.listing_id), None, texts, made.who)
            _show_items(made, known)


def _show_items(made: Made, known: dict[str, int]) -> None:
    """Give items the pictures of their own, which their file names."""
    version = newest_version(made.listing_id)
    for item, row in zip(items_of(version), made.goods.items, strict=False):
        if names := row.get("pictures"):
            _save(version, item.id, {"pictures": [known[name] for name in names]}, made.who)


def _add_documents(made: Made) -> None:
    """Give the listing a sheet for each document that its rules ask for."""
    definition = category(made.goods.category)
    with unit_of_work():
        version = newest_version(made.listing_id)
        subject = Subject(content_of(version), definition, today())
        asked = [d for d in definition.documents if d.requirement != "optional"]
        for document in [] if made.goods.bare else asked:
            if is_missing(document, subject):
                actions.give_document(
                    made.listing_id,
                    document.code,
                    store().put(sheet()),
                    f"{document.label.ko}.pdf",
                    "application/pdf",
                    made.who,
                )


def _travel(made: Made) -> None:
    """Submit, judge, sell: as far as the listing's stage says."""
    if made.goods.stage == "draft":
        return
    try:
        with unit_of_work():
            actions.submit(newest_version(made.listing_id).id, made.who)
        if made.goods.stage != "submitted":
            _judge(made)
            _sell(made)
            _appeal(made)
    except Refusal:
        # The next start goes on with it; this one is not stopped by a demo.
        log.exception("demo listing %d stays where it is", made.listing_id)


def _judge(made: Made) -> None:
    reviewer = person_by_email(STAFF[1][1])
    assert reviewer is not None  # noqa: S101 - the demo's people were loaded before
    verdict = VERDICTS.get(made.goods.stage, "approve")
    with unit_of_work():
        of_listing = ReviewCase.listing_id == made.listing_id
        case = db.session.scalars(select(ReviewCase.id).where(of_listing)).one()
        claims.claim(case, reviewer.id)
        reasons = [_pin(reason, made.listing_id) for reason in made.goods.reasons]
        review.decide(case, reviewer.id, verdict, reasons, made.goods.message, hold=0)


def _appeal(made: Made) -> None:
    if made.goods.appeal:
        with unit_of_work():
            appeals.appeal(made.listing_id, made.who, made.goods.appeal)


def _pin(reason: dict[str, str], listing_id: int) -> dict[str, str]:
    pictures = product_part(newest_version(listing_id)).content["pictures"]
    kind, _, number = reason["path"].partition(" ")
    path = f"pictures.{pictures[int(number) - 1]}" if kind == "picture" else reason["path"]
    return reason | {"path": path}


def _sell(made: Made) -> None:
    if made.goods.stage == "editing":
        with unit_of_work():
            version = actions.revise(made.listing_id, made.who)
            db.session.flush()
            _save(version, None, made.goods.edit, made.who)
    elif made.goods.stage == "recalled":
        with unit_of_work():
            items = [item.id for item in items_of(newest_version(made.listing_id))]
            actions.change_sale(made.listing_id, items, "recall", made.who, why=made.goods.why)
