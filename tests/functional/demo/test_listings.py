"""The demo's listings, loaded as the start command does."""

import pytest
from sqlalchemy import func, select

from app.accounts import demo as people
from app.accounts.queries import person_by_email
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.models import Delivery
from app.journey.notifying.models import Notification
from app.journey.review.models import ReviewCase
from app.listings.models import Change, Finding, Item, Listing, Picture, TimelineEntry, Version
from app.listings.queries import content_of, newest_version, stage
from app.surfaces.cli.demo.goods import all_goods
from app.surfaces.cli.demo.loading import load
from app.taxonomy.queries import category
from app.taxonomy.queues import queues
from app.validation.engine import findings
from tests.factories.listings import categories
from tests.factories.people import signed_in

PAGES = {
    "owner@haneul.example": ("/home", "/listings", "/notifications"),
    "owner@baum.example": ("/home", "/listings"),
    "reviewer@onshelf.example": ("/review",),
    "operator@onshelf.example": ("/operator/deliveries",),
}
WRITTEN = (
    Change,
    Delivery,
    Finding,
    Item,
    Listing,
    Notification,
    Picture,
    ReviewCase,
    TimelineEntry,
    Version,
)


def counts():
    return {m.__name__: db.session.scalar(select(func.count()).select_from(m)) for m in WRITTEN}


def newest(name):
    listings = db.session.scalars(select(Listing))
    return next(v for v in (newest_version(each.id) for each in listings) if named(v) == name)


def named(version):
    return content_of(version)["product"]["name"]["ko"]


def found(version):
    of = category(version.listing.category_code)
    return {f.code for f in findings(content_of(version), of, database_day())}


def judged(name):
    version = newest(name)
    return content_of(version), category(version.listing.category_code)


def database_day():
    return db.session.scalar(select(func.current_date()))


@pytest.fixture
def everybody(session):
    categories()
    with unit_of_work():
        people.load()


def test_every_state_is_there_and_loading_twice_changes_nothing(app, session, everybody, client):
    made = load(app)

    assert made == sum(len(goods) for _seller, goods in all_goods())
    stages = [stage(each) for each in db.session.scalars(select(Listing))]
    assert {(s.live, s.edit) for s in stages} == {
        (None, "draft"),
        (None, "submitted"),
        (None, "rejected"),
        (None, "changes-requested"),
        ("on", None),
        ("on", "draft"),
        ("recalled", None),
    }
    waiting = select(ReviewCase.queue).where(ReviewCase.closed_at.is_(None))
    busy = set(db.session.scalars(waiting))
    assert len(busy) >= 5 and busy <= set(people.EVERY_QUEUE)
    assert set(people.EVERY_QUEUE) == set(queues()) - {people.PRACTICE_QUEUE}
    assert set(db.session.scalars(select(Listing.category_code).distinct())) == {
        "building-blocks",
        "fruit-juice",
        "mugs",
        "t-shirts",
        "wireless-earphones",
    }

    wrong = found(newest("하늘옷장 기모 후드 긴팔티"))
    assert {"gtin-check-digit", "amount-unreadable", "phone-shape", "brand-placeholder"} <= wrong
    ready = newest("바움 이중벽 내열 유리 머그 350ml")
    assert found(ready) <= {"certification-advised", "picture-fill"}
    advised = findings(*judged("바움 물결무늬 도자기 머그"), database_day())
    assert {f.severity for f in advised} == {"advice"}
    options = content_of(newest("하늘옷장 피그먼트 워싱 반팔 티셔츠"))["items"]
    assert [item["off"] for item in options] == [False, False, False, True]
    assert [len(item.get("pictures") or []) for item in options] == [0, 1, 0, 0]
    pins = db.session.scalars(select(Finding).where(Finding.source == "reviewer"))
    assert {pin.path.split(".")[0] for pin in pins} >= {"name", "pictures", "attributes"}
    [appeal] = db.session.scalars(select(ReviewCase).where(ReviewCase.kind == "appeal"))
    assert appeal.closed_at is None and appeal.queue == "kitchen"
    # Approved goods are due to be handed over; nothing but the worker does it.
    assert counts()["Delivery"] > 0

    for email, pages in PAGES.items():
        signed_in(client, person_by_email(email))
        for page in pages:
            assert client.get(page).status_code == 200, page

    before = counts()
    assert load(app) == 0
    assert counts() == before


def test_an_interrupted_load_goes_on(app, session, everybody, monkeypatch):
    from app.surfaces.cli.demo import loading

    def cut_off(made):
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "_travel", cut_off)
    monkeypatch.setattr(loading, "all_goods", a_few)
    with pytest.raises(KeyboardInterrupt):
        load(app)
    monkeypatch.undo()
    monkeypatch.setattr(loading, "all_goods", a_few)

    assert load(app) == 1
    states = [v.state for v in db.session.scalars(select(Version).order_by(Version.id))]
    assert states == ["submitted", "draft"]


def a_few():
    """One listing to be submitted and one that stays a draft."""
    seller, goods = all_goods()[1]
    return [
        (seller, [next(g for g in goods if g.stage == stage) for stage in ("submitted", "draft")])
    ]


def test_a_listing_that_its_people_have_changed_is_left_alone(app, session, everybody, monkeypatch):
    from app.surfaces.cli.demo import loading

    monkeypatch.setattr(loading, "all_goods", a_few)
    load(app)
    with unit_of_work():
        version = db.session.scalars(select(Version).where(Version.state == "submitted")).one()
        loading.actions.withdraw(version.id, None)

    assert load(app) == 0
    assert db.session.scalar(select(func.count()).select_from(Listing)) == 2
