"""A change that reaches a target before its product does: it waits no longer than it must."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import record, unit_of_work
from app.journey.handoff import sending, tasks
from app.journey.handoff.claiming import Turn, claim_due
from app.journey.handoff.models import Delivery
from app.journey.handoff.recording import record_answers
from app.journey.handoff.target import TARGETS
from app.listings.actions import apply_staged, stage_stock
from app.listings.events import VersionApproved
from app.listings.models import Item, Listing
from app.listings.queries import live_version, product_part
from tests.factories import handoff as made

ORDERS = "orders"
BLOCKED = text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'transactionid'"
    " AND datname = current_database()"
)


@pytest.fixture
def listing_id(session, approve, neighbours):
    """Approved, and then its stock changed; neither has been sent."""
    listing_id = approve(items=1)
    with unit_of_work():
        stage_stock(session.scalars(select(Item.id)).one(), 5, None)
    with unit_of_work():
        apply_staged(listing_id, None, [], None)
    return listing_id


def _claimed(session, subject):
    """It alone is taken in hand, after so many attempts that its next wait would be an hour's."""
    ours = Delivery.target == ORDERS
    session.execute(
        update(Delivery)
        .where(ours, Delivery.subject != subject, Delivery.lease_until.is_(None))
        .values(not_before=database_now() + timedelta(hours=1))
    )
    session.execute(
        update(Delivery)
        .where(ours, Delivery.subject == subject)
        .values(not_before=database_now(), attempts=20)
    )
    session.commit()
    with unit_of_work():
        (one,) = claim_due(Turn(ORDERS, "one"), 10)
        return one


def _sent(one):
    return sending.post(TARGETS[ORDERS], [one])


def _record(one, reply):
    record_answers(ORDERS, [one], reply)


def _is_due(session):
    session.expire_all()
    due = select(Delivery.not_before <= database_now()).filter_by(target=ORDERS, subject="stock")
    return session.scalars(due).one()


@contextmanager
def _meanwhile(app, act):
    """*act* is done by another sender, in its own transaction, while the block runs."""

    def work():
        with app.app_context():
            act()

    other = threading.Thread(target=work)
    other.start()
    try:
        yield other
    finally:
        other.join()


def test_it_goes_behind_the_newer_version_of_its_product(session, listing_id):
    """The version before the change is overtaken: the change is older than what is left to send."""
    old = live_version(listing_id)
    listing = session.get(Listing, listing_id)
    newer = made.new_version(listing, 2, old.category_version_id, product_part(old).content)
    version_id = newer.id
    session.commit()
    with unit_of_work():
        record(VersionApproved(listing_id, version_id))
    tasks.send_batch(Turn(ORDERS, "one"))
    rows = select(Delivery.subject, Delivery.revision, Delivery.state, Delivery.attempts)
    assert session.execute(rows.filter_by(target=ORDERS).order_by(Delivery.id)).all() == [
        ("product", 1, "superseded", 0),
        ("stock", 1, "delivered", 1),
        ("product", 2, "delivered", 1),
    ]


def test_it_waits_its_time_while_the_product_is_not_there(session, listing_id):
    change = _claimed(session, "stock")
    with unit_of_work():
        _record(change, _sent(change))
    assert not _is_due(session)


def test_it_goes_again_when_the_product_arrived_while_it_was_in_hand(session, listing_id):
    change = _claimed(session, "stock")
    unknown = _sent(change)
    product = _claimed(session, "product")
    with unit_of_work():
        _record(product, _sent(product))
    with unit_of_work():
        _record(change, unknown)
    assert _is_due(session)
    tasks.send_batch(Turn(ORDERS, "one"))
    states = session.scalars(select(Delivery.state).filter_by(target=ORDERS)).all()
    assert states == ["delivered", "delivered"]


def test_it_goes_again_when_the_products_arrival_is_just_being_recorded(session, listing_id):
    change = _claimed(session, "stock")
    unknown = _sent(change)
    product = _claimed(session, "product")
    with db.engine.begin() as other:
        row = select(Delivery.id).where(Delivery.id == product.id).with_for_update()
        other.execute(row)
        with unit_of_work():
            _record(change, unknown)
    assert _is_due(session)


def test_it_goes_again_when_the_product_arrives_while_its_answer_is_recorded(
    app, session, listing_id
):
    change = _claimed(session, "stock")
    unknown = _sent(change)
    product = _claimed(session, "product")
    known = _sent(product)

    def arrive():
        with unit_of_work():
            _record(product, known)

    with unit_of_work():
        _record(change, unknown)
        with _meanwhile(app, arrive) as other:
            while other.is_alive() and not session.scalar(BLOCKED):
                other.join(0.05)
            session.commit()
    assert _is_due(session)


def test_what_another_sender_has_taken_over_meanwhile_stays_in_its_hands(session, listing_id):
    """The first was slow: its lease ran out, and its answer comes while the second is at work."""
    change = _claimed(session, "stock")
    unknown = _sent(change)
    ours = update(Delivery).filter_by(target=ORDERS, subject="stock")
    session.execute(ours.values(lease_until=None))
    assert _claimed(session, "stock").id == change.id
    session.execute(ours.values(attempts=change.attempts + 1))
    session.commit()
    product = _claimed(session, "product")
    with unit_of_work():
        _record(product, _sent(product))
    with unit_of_work():
        _record(change, unknown)
    session.expire_all()
    assert session.get(Delivery, change.id).lease_until is not None
