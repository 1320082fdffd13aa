"""The demo's listings, loaded as the start command does."""

import time

import pytest
from sqlalchemy import func, select

from app.accounts import demo as people
from app.accounts.models import Seller
from app.accounts.queries import person_by_email
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.models import Delivery
from app.journey.notifying.models import Notification
from app.journey.review.models import ReviewCase
from app.listings.models import Change, Finding, Item, Listing, Picture, TimelineEntry, Version
from app.listings.queries import stage
from app.surfaces.cli.demo.goods import all_goods
from app.surfaces.cli.demo.loading import load
from app.taxonomy.actions import load_categories
from tests.factories.people import signed_in

TABLES = (Change, Delivery, Finding, Item, Listing, Notification, Picture, ReviewCase, TimelineEntry)


@pytest.fixture
def loaded(app, session):
    with unit_of_work():
        load_categories()
        people.load()
    return load(app)


def rows():
    return {model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) for model in TABLES}


def test_every_state_is_there(loaded, session):
    assert loaded == sum(len(goods) for _seller, goods in all_goods())
    seen = {(found.live, found.edit) for found in map(stage, db.session.scalars(select(Listing)))}
    assert seen == {
        (None, "draft"), (None, "submitted"), (None, "rejected"), (None, "changes-requested"), ("on", None), ("on", "draft"), ("recalled", None),
    }
