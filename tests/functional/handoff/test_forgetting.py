"""Old payloads go slice by slice, and what is not done with stays whole."""

from datetime import timedelta

from sqlalchemy import select, update

from app.core.celery import ring
from app.core.chores import Chore
from app.core.clock import database_now
from app.journey.handoff import forgetting
from app.journey.handoff.models import Delivery
from tests.factories import people

OLD = timedelta(days=91)


def test_payloads_of_long_ago_go_and_rows_stay(
    approve, receivers, run_tasks, session, client, monkeypatch
):
    monkeypatch.setattr(forgetting, "SLICE", 3)
    for _ in range(4):
        approve(items=1)
    run_tasks()
    session.execute(
        update(Delivery).values(
            created_at=database_now() - OLD,
            answered_at=database_now() - OLD,
        )
    )
    stuck = session.scalars(select(Delivery.id).order_by(Delivery.id)).first()
    session.execute(
        update(Delivery).where(Delivery.id == stuck).values(state="parked", delivered_at=None)
    )
    approve(items=1)
    run_tasks()

    ring("reconciling.prune")
    assert run_tasks().count("reconciling.prune") == 4, "three slices, and the one that is not old"
    rows = session.scalars(select(Delivery).order_by(Delivery.id)).all()
    assert [bool(row.payload) for row in rows] == [True] + [False] * 7 + [True] * 2
    assert session.get(Chore, "payloads").finished_at is not None
    operator = people.signed_in(client, people.operator())
    page = operator.get(f"/operator/deliveries/{rows[3].id}", headers={"Accept-Language": "en"})
    assert "kept no longer" in page.text
