"""What happens to deliveries when a neighbour behaves, misbehaves, or a sender dies."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.core.clock import database_now, now
from app.core.database import db
from app.core.retry import DELIVERY
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import claiming, sending, tasks
from app.journey.handoff.actions import pause, resume
from app.journey.handoff.claiming import Turn, claim_due
from app.journey.handoff.models import Delivery, TargetState
from app.journey.handoff.queries import handovers_of
from app.journey.handoff.recording import record_answers
from app.journey.handoff.replaying import replay
from app.journey.handoff.target import TARGETS
from app.listings.actions import apply_staged, change_sale, stage_stock
from app.listings.models import Finding, Item, Placement, Stock, TimelineEntry
from app.settings import settings
from app.surfaces.health.due import ages
from tests.functional.handoff.conftest import impatient


def states(session, target="catalogue"):
    session.expire_all()
    rows = session.execute(
        select(Delivery.state, func.count()).filter_by(target=target).group_by(Delivery.state)
    )
    return dict(rows.all())


def make_all_due(session):
    """The waits are over: what a test would otherwise sleep for."""
    session.execute(update(Delivery).values(not_before=database_now()))
    session.execute(update(TargetState).values(hold_until=None, sender_until=None))
    session.commit()


def first(session, target="catalogue"):
    session.expire_all()
    return session.scalars(select(Delivery).filter_by(target=target)).first()


def test_both_targets_get_the_product_and_the_seller_can_read_it(
    session, approve, receivers, run_tasks
):
    listing_id = approve(items=2)
    run_tasks()
    for target, receiver in receivers.items():
        assert states(session, target) == {"delivered": 1}
        assert receiver.effects == {f"product:{listing_id}:1": 1}
    placed = session.scalars(select(Placement)).all()
    assert {(p.target, p.state, p.product_revision) for p in placed} == {
        ("catalogue", "on", 1),
        ("orders", "on", 1),
    }
    assert {p.external_id for p in placed} == {
        f"V{i}" for i in session.scalars(select(Item.id)).all()
    }
    for item in handovers_of(listing_id).values():
        assert [(h.target, h.state) for h in item] == [
            ("catalogue", "delivered"),
            ("orders", "delivered"),
        ]
        assert item[0].url.startswith("http://127.0.0.1")
    assert "delivered" in session.scalars(select(TimelineEntry.event)).all()


@pytest.mark.parametrize(
    ("mood", "cause"),
    [
        ("500", "failed"),
        ("429", "too-many"),
        ("401", "not-let-in"),
        ("slow", "too-slow"),
        ("drip", "too-slow"),
        ("reset-before", "cut-off"),
        ("reset-after", "cut-off"),
        ("garbage", "unreadable"),
        ("html", "unreadable"),
        ("forget", "left-out"),
    ],
)
def test_whatever_goes_wrong_is_asked_again_and_has_one_effect(
    session, approve, receivers, mood, cause
):
    listing_id = approve(items=1)
    receivers["catalogue"].moods.append(mood)
    with impatient() if cause == "too-slow" else nullcontext():
        tasks.send_batch(Turn("catalogue", "one"))
    tasks.send("orders")
    row = first(session)
    assert (row.state, row.answer_code, row.attempts) == ("due", cause, 1)
    assert row.answer_message["ko"] and row.lease_until is None
    assert states(session, "orders") == {"delivered": 1}, "the other target does not care"
    delayed = handovers_of(listing_id)
    (item,) = delayed.values()
    assert item[0].state == "delayed" and item[0].next_at is not None and item[0].reason

    make_all_due(session)
    asked = now()
    (item,) = handovers_of(listing_id).values()
    assert item[0].next_at >= asked, "no time that has passed is told as one to come"
    tasks.send("catalogue")
    assert states(session) == {"delivered": 1}
    assert receivers["catalogue"].effects == {f"product:{listing_id}:1": 1}


def test_a_wait_that_is_asked_for_is_kept(session, approve, receivers, run_tasks):
    approve()
    receivers["catalogue"].moods.append("429")
    run_tasks()
    row = first(session)
    assert row.not_before - row.answered_at >= timedelta(seconds=85)
    tasks.send("catalogue")
    assert len(receivers["catalogue"].requests) == 1, "the target is left in peace"


def test_only_what_failed_is_sent_again(session, approve, receivers):
    for _ in range(4):
        approve(items=1)
    receivers["orders"].moods.append("partial")
    tasks.send_batch(Turn("orders", "one"))
    assert states(session, "orders") == {"delivered": 2, "due": 2}
    make_all_due(session)
    tasks.send("orders")
    assert states(session, "orders") == {"delivered": 4}
    assert set(receivers["orders"].effects.values()) == {1}
    assert len(receivers["orders"].requests[-1]) == 2


def test_a_refusal_is_told_in_the_targets_own_words(session, approve, receivers, run_tasks):
    listing_id = approve(items=1)
    receivers["catalogue"].moods.append("refuse-all")
    run_tasks()
    assert states(session) == {"refused": 1}
    (item,) = handovers_of(listing_id).values()
    assert item[0].state == "refused"
    assert item[0].reason.en == "This brand is not accepted."
    finding = session.scalars(select(Finding)).one()
    assert (finding.source, finding.code) == ("receiver", "brand")


def test_a_4xx_to_one_is_a_refusal_and_to_many_finds_out_which(session, approve, receivers):
    approve(items=1)
    approve(items=1)
    receivers["catalogue"].moods.extend(["400", "400"])
    tasks.send_batch(Turn("catalogue", "one"))
    assert states(session) == {"due": 2}
    make_all_due(session)
    tasks.send("catalogue")
    assert states(session) == {"refused": 1, "delivered": 1}
    refused = session.scalars(select(Delivery).filter_by(state="refused")).one()
    assert refused.answer_message == {"ko": "이름이 나쁩니다", "en": "Bad name"}


def test_one_that_breaks_the_target_does_not_stop_its_neighbours(
    session, approve, receivers, run_tasks
):
    for _ in range(5):
        listing_id = approve(items=1)
    receivers["catalogue"].poison.add(f"product:{listing_id}:1")
    for _ in range(3):
        make_all_due(session)
        tasks.send("catalogue")
    assert states(session) == {"delivered": 4, "due": 1}
    bad = session.scalars(select(Delivery).filter_by(state="due", target="catalogue")).one()
    session.execute(
        update(Delivery).where(Delivery.id == bad.id).values(attempts=DELIVERY.attempts - 1)
    )
    make_all_due(session)
    tasks.send("catalogue")
    assert states(session) == {"delivered": 4, "parked": 1}

    receivers["catalogue"].poison.clear()
    with unit_of_work():
        replay(bad.id)
    tasks.send("catalogue")
    assert states(session) == {"delivered": 5}


def test_nothing_is_sent_to_a_paused_target_and_all_of_it_afterwards(
    session, approve, receivers, run_tasks
):
    with unit_of_work():
        pause("catalogue", None)
    listing_id = approve(items=1)
    run_tasks()
    assert receivers["catalogue"].requests == []
    (item,) = handovers_of(listing_id).values()
    assert item[0].state == "delayed" and item[0].next_at is None
    session.execute(update(Delivery).values(not_before=database_now() - timedelta(minutes=1)))
    session.commit()
    assert ages()["delivery"] == 0
    with unit_of_work():
        resume("catalogue")
    tasks.sweep()
    run_tasks()
    assert states(session) == {"delivered": 1}


def test_an_older_version_in_hand_never_overwrites_a_newer_one(session, approve, receivers):
    """The first is claimed, its sender stalls, the second is delivered, the first goes out."""
    from app.core.unit_of_work import record
    from app.listings.events import VersionApproved
    from app.listings.models import Listing
    from app.listings.queries import live_version, product_part
    from tests.factories import handoff as made

    listing_id = approve(items=1)
    with unit_of_work():
        stalled = claim_due(Turn("catalogue", "one"), 10)
    old = live_version(listing_id)
    version = made.new_version(
        session.get(Listing, listing_id), 2, old.category_version_id, product_part(old).content
    )
    version_id = version.id
    session.commit()
    with unit_of_work():
        record(VersionApproved(listing_id, version_id))
    make_all_due(session)
    tasks.send("catalogue")
    reply = sending.post(TARGETS["catalogue"], stalled)
    with unit_of_work():
        record_answers("catalogue", stalled, reply)
    assert receivers["catalogue"].effects == {f"product:{listing_id}:2": 1}
    assert states(session) == {"superseded": 1, "delivered": 1}
    placed = session.scalars(select(Placement).filter_by(target="catalogue")).one()
    assert placed.product_revision == 2


def test_one_sender_at_a_time_unless_it_does_not_get_on(session, approve, receivers, monkeypatch):
    """What comes while one sends waits for it, but not for one that is dead."""
    for name in ("PATIENCE", "TURN"):
        monkeypatch.setattr(claiming, name, timedelta(minutes=10))
    approve(items=1)
    with unit_of_work():
        (in_hand,) = claim_due(Turn("catalogue", "one"), 10)
    approve(items=1)
    with unit_of_work():
        assert claim_due(Turn("catalogue", "two"), 10) == []
    tasks.send("catalogue")
    assert receivers["catalogue"].requests == [], "it is the other's turn"
    long_ago = timedelta(minutes=11)
    session.execute(update(Delivery).values(not_before=database_now() - long_ago))
    tasks.send("catalogue")
    assert receivers["catalogue"].requests == [], "whoever has the turn gets on with it"
    session.execute(update(TargetState).values(sender_until=TargetState.sender_until - long_ago))
    session.commit()
    tasks.send("catalogue")
    assert states(session) == {"due": 1, "delivered": 1}
    with unit_of_work():
        record_answers("catalogue", [in_hand], sending.post(TARGETS["catalogue"], [in_hand]))
    assert states(session) == {"delivered": 2}
    tasks.send("catalogue")
    assert all(number == 1 for number in receivers["catalogue"].effects.values())


def test_a_sender_that_does_not_keep_up_is_helped(session, approve, receivers):
    for _ in range(3):
        approve(items=1)
    session.execute(
        update(Delivery).values(not_before=database_now() - 2 * claiming.PATIENCE),
    )
    session.commit()
    busy = Turn("catalogue", "busy")
    for _ in range(2):
        with unit_of_work():
            (_in_hand,) = claim_due(busy, 1)
    tasks.send("catalogue")
    assert len(receivers["catalogue"].effects) == 1
    assert states(session) == {"due": 2, "delivered": 1}


def test_what_is_seen_late_is_sent_before_the_sender_rests(session, approve, receivers):
    """A transaction that opened deliveries and took long: they are older than the last look."""
    turn = Turn("catalogue", "one")
    assert tasks.send_batch(turn) == 0
    approve(items=1)
    session.execute(update(Delivery).values(not_before=database_now() - timedelta(minutes=1)))
    session.commit()
    while tasks.send_batch(turn) or not tasks.is_over(turn):
        pass
    assert states(session) == {"delivered": 1}


def test_orders_may_wait_for_the_catalogues_number(
    session, approve, receivers, run_tasks, monkeypatch
):
    monkeypatch.setenv("ORDERS_WAIT_FOR_CATALOGUE", "true")
    settings.cache_clear()
    receivers["catalogue"].moods.append("500")
    approve(items=1)
    run_tasks()
    assert states(session, "orders") == {"waiting": 1}
    make_all_due(session)
    tasks.send("catalogue")
    run_tasks()
    assert states(session, "orders") == {"delivered": 1}
    told = first(session, "orders").payload["catalogue"]
    assert told["id"] and told["url"].startswith("http")
    # A company that no longer has it so: nothing waits for ever.
    with unit_of_work():
        pause("catalogue", None)
    approve(items=1)
    run_tasks()
    assert states(session, "orders") == {"delivered": 1, "waiting": 1}
    monkeypatch.delenv("ORDERS_WAIT_FOR_CATALOGUE")
    settings.cache_clear()
    tasks.sweep()
    run_tasks()
    assert states(session, "orders") == {"delivered": 2}


def test_a_recall_goes_out_with_the_product_it_recalls(session, approve, receivers):
    listing_id = approve(items=1)
    item_id = session.scalars(select(Item.id)).one()
    with unit_of_work():
        change_sale(listing_id, [item_id], "recall", None)
    tasks.send("catalogue")
    (request,) = receivers["catalogue"].requests
    assert [one["subject"] for one in request] == ["product", "sale"]
    session.expire_all()
    placed = session.scalars(select(Placement).filter_by(target="catalogue")).one()
    assert placed.state == "recalled"


def test_signed_stock_changes_arrive_once_and_the_feed_tells_the_count(
    session, approve, receivers, run_tasks
):
    listing_id = approve(items=1)
    item_id = session.scalars(select(Item.id)).one()
    with unit_of_work():
        stage_stock(item_id, 5, None)
    with unit_of_work():
        apply_staged(listing_id, None, [], None)
    run_tasks()
    assert receivers["orders"].effects[f"stock:{item_id}:1"] == 1
    receivers["orders"].levels = [
        {"item_id": item_id, "count": count, "revision": revision}
        for count, revision in ((10, 1), (15, 2), (14, 3), (13, 4), (12, 5))
    ]
    tasks.refresh_stock()
    tasks.refresh_stock()
    session.expire_all()
    stock = session.get(Stock, item_id)
    assert (stock.count, stock.revision, stock.owner) == (12, 5, "orders")


def test_a_sender_that_dies_at_any_step_loses_nothing_and_doubles_nothing(
    app, session, approve, receivers
):
    """Killed before sending, between effect and record, and while recording: 42 listings."""
    listings = [approve(items=1) for _ in range(42)]
    target = TARGETS["orders"]
    for step in range(8):
        with unit_of_work():
            batch = claim_due(Turn("orders", "one"), 5)
        if step % 3 == 0:
            continue  # killed before it sent anything
        reply = sending.post(target, batch)
        if step % 3 == 1:
            continue  # killed between the effect and its record
        with pytest.raises(KeyboardInterrupt), unit_of_work():
            record_answers("orders", batch, reply)
            raise KeyboardInterrupt  # killed before the commit
    assert states(session, "orders") == {"due": 42}
    for _ in range(2):
        session.execute(
            update(Delivery)
            .where(Delivery.lease_until.is_not(None))
            .values(lease_until=database_now() - timedelta(seconds=1))
        )
        make_all_due(session)
        tasks.sweep()
        tasks.send("orders")
    effects = receivers["orders"].effects
    assert states(session, "orders") == {"delivered": 42}
    lost = {f"product:{i}:1" for i in listings} - set(effects)
    assert (lost, max(effects.values()), len(effects)) == (set(), 1, 42)


def test_many_senders_and_sweepers_at_once_have_one_effect_each(app, session, approve, receivers):
    listings = [approve(items=1) for _ in range(120)]

    def work(number):
        with app.app_context():
            tasks.sweep()
            for target in ("catalogue", "orders"):
                tasks.send(target)
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(16)))
    for target, receiver in receivers.items():
        assert states(session, target) == {"delivered": 120}
        assert receiver.effects == {f"product:{i}:1": 1 for i in listings}
        sent = sum(len(request) for request in receiver.requests)
        assert sent == 120, "nobody sent what another had in hand"


def test_a_delivery_that_ends_every_sender_is_parked(session, approve, receivers):
    approve(items=1)
    session.execute(
        update(Delivery).values(
            attempts=DELIVERY.attempts, lease_until=database_now() - timedelta(seconds=1)
        )
    )
    session.commit()
    tasks.sweep()
    assert states(session) == {"parked": 1}
    assert "delivery-parked" in session.scalars(select(TimelineEntry.event)).all()


def test_a_target_that_is_down_is_probed_with_one_at_a_time(session, approve, receivers, run_tasks):
    for _ in range(6):
        approve(items=1)
    receivers["catalogue"].moods.extend(["reset-before"] * 3)
    tasks.send("catalogue")
    for _ in range(2):
        make_all_due(session)
        tasks.send("catalogue")
    assert [len(r) for r in receivers["catalogue"].requests] == [6, 1, 1]
    make_all_due(session)
    tasks.send("catalogue")
    assert states(session) == {"delivered": 6}
    assert session.get(TargetState, "catalogue").failures == 0


def test_a_target_that_stays_down_after_a_batch_was_divided_is_probed_with_one_at_a_time(
    session, approve, receivers
):
    """Each of the divided batch fails by itself; together they say that the target is down."""
    for _ in range(6):
        approve(items=1)
    receivers["catalogue"].moods.extend(["500"] * 50)
    for failed in range(1, 5):
        session.execute(update(TargetState).values(hold_until=None))
        session.commit()
        tasks.send("catalogue")
        session.expire_all()
        state = session.get(TargetState, "catalogue")
        assert (state.failures, state.hold_until > now()) == (failed, True)
    first, *probes = receivers["catalogue"].requests
    assert (len(first), [len(probe) for probe in probes]) == (6, [1, 1, 1])
    assert len({probe[0]["key"] for probe in probes}) == 3, "one failure tells of one only"
    receivers["catalogue"].moods.clear()
    make_all_due(session)
    tasks.send("catalogue")
    assert states(session) == {"delivered": 6}
    assert session.get(TargetState, "catalogue").failures == 0


def test_a_wait_that_a_failing_target_asks_for_is_kept_by_all_that_is_due(
    session, approve, receivers
):
    for _ in range(3):
        approve(items=1)
    receivers["catalogue"].moods.extend(["503"] * 50)
    for sent in range(1, 4):
        make_all_due(session)
        tasks.send("catalogue")
        session.expire_all()
        held = session.get(TargetState, "catalogue").hold_until
        assert held > now() + timedelta(seconds=80)
        assert len(receivers["catalogue"].requests) == sent, "the target is left in peace"
    # The wait is kept by the one that failed last, too: it may be the only one left.
    session.execute(update(Delivery).values(not_before=now() + timedelta(hours=1)))
    last = receivers["catalogue"].requests[-1][0]["key"]
    for row in session.scalars(select(Delivery).filter_by(target="catalogue")):
        row.not_before = database_now() if row.key == last else row.not_before
    session.execute(update(TargetState).values(hold_until=None))
    session.commit()
    tasks.send("catalogue")
    session.expire_all()
    assert receivers["catalogue"].requests[-1][0]["key"] == last
    assert session.get(TargetState, "catalogue").hold_until > now() + timedelta(seconds=80)


def test_one_that_breaks_the_target_closes_it_to_nobody(session, approve, receivers):
    """It has failed by itself before, among others that arrived: its next failures tell nothing."""
    for _ in range(3):
        bad = approve(items=1)
    receivers["catalogue"].poison.add(f"product:{bad}:1")
    for _ in range(3):
        make_all_due(session)
        tasks.send("catalogue")
    assert states(session) == {"delivered": 2, "due": 1}
    approve(items=1)
    tasks.send("catalogue")
    assert states(session) == {"delivered": 3, "due": 1}
    sent = len(receivers["catalogue"].requests)
    for _ in range(3):
        session.execute(
            update(Delivery).filter_by(state="due", alone=True).values(not_before=database_now())
        )
        session.commit()
        tasks.send("catalogue")
        session.expire_all()
        state = session.get(TargetState, "catalogue")
        assert (state.failures, state.hold_until) == (0, None)
    assert len(receivers["catalogue"].requests) == sent + 3
    approve(items=1)
    tasks.send("catalogue")
    assert states(session) == {"delivered": 4, "due": 1}


def test_two_that_break_the_target_by_turns_close_it_for_a_second_at_most(
    session, approve, receivers
):
    """Both have failed by themselves before others arrived: their waits do not grow."""
    _good, *bad = [approve(items=1) for _ in range(3)]
    receivers["catalogue"].poison.update(f"product:{listing_id}:1" for listing_id in bad)
    for _ in range(8):
        make_all_due(session)
        tasks.send("catalogue")
    assert states(session) == {"delivered": 1, "due": 2} and least_attempts(session) > 1
    approve(items=1)
    make_open(session)
    tasks.send("catalogue")
    assert states(session) == {"delivered": 2, "due": 2}
    sent = len(receivers["catalogue"].requests)
    for _ in range(3):
        for listing_id in bad:
            session.execute(
                update(Delivery)
                .filter_by(target="catalogue", state="due", listing_id=listing_id)
                .values(not_before=database_now())
            )
            make_open(session)
            tasks.send("catalogue")
            session.expire_all()
            state = session.get(TargetState, "catalogue")
            assert state.failures == 0
            held = state.hold_until
            assert held is None or held - state.answer_at <= timedelta(seconds=1)
    assert len(receivers["catalogue"].requests) == sent + 6
    # A target that fails for others, too, is held back for longer and longer.
    receivers["catalogue"].moods.extend(["500"] * 50)
    approve(items=1)
    for failures in (1, 2, 3):
        make_open(session)
        session.execute(update(Delivery).filter_by(attempts=failures - 1).values(not_before=now()))
        session.commit()
        tasks.send("catalogue")
        session.expire_all()
        assert session.get(TargetState, "catalogue").failures == failures


def make_open(session):
    """Its wait is over, not that of the deliveries."""
    session.execute(update(TargetState).values(hold_until=None, sender_until=None))
    session.commit()


def least_attempts(session):
    return session.scalar(
        select(func.min(Delivery.attempts)).filter_by(target="catalogue", state="due")
    )
