"""What `/metrics` tells, in Prometheus' text format: read from rows, so that any process tells all.

Names end in their unit. Counts are of what waits or went wrong, never of all that ever was: each
is read from a partial index, however large the tables are.
"""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from app.core.clock import database_now
from app.core.database import db
from app.core.heartbeat import silence
from app.journey.handoff.models import Delivery, TargetState
from app.journey.handoff.target import TARGETS
from app.surfaces.health.due import ages, ages_by_target

# What is neither on its way nor there.
TROUBLE = ("waiting", "due", "parked", "refused")


def text() -> bytes:
    """Everything, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(_Rows())
    return generate_latest(registry)


class _Rows(Collector):
    """One reading of the database."""

    def describe(self) -> list[Metric]:
        """Nothing before it is asked for: naming the metrics must not need the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Every gauge."""
        yield _oldest()
        yield _oldest_deliveries()
        yield _worker()
        yield _deliveries()
        yield from _targets()


def _oldest() -> Metric:
    told = GaugeMetricFamily(
        "onshelf_oldest_due_seconds",
        "How long the oldest row of a kind has been due and in nobody's hands; 0 for none."
        " Deliveries to targets that are paused or fail are not among them.",
        labels=["kind"],
    )
    for kind, age in ages().items():
        told.add_metric([kind], age)
    return told


def _oldest_deliveries() -> Metric:
    told = GaugeMetricFamily(
        "onshelf_oldest_delivery_seconds",
        "How long the oldest delivery to a target has been due, whatever keeps it; 0 for none.",
        labels=["target"],
    )
    for target, age in ages_by_target().items():
        told.add_metric([target], age)
    return told


def _worker() -> Metric:
    told = GaugeMetricFamily(
        "onshelf_worker_silence_seconds", "Since the last sign of life of any worker."
    )
    quiet = silence()
    if quiet is not None:
        told.add_metric([], quiet.total_seconds())
    return told


def _deliveries() -> Metric:
    told = GaugeMetricFamily(
        "onshelf_deliveries", "Deliveries that have not arrived.", labels=["target", "state"]
    )
    counted = (
        select(Delivery.target, Delivery.state, func.count())
        .where(Delivery.state.in_(TROUBLE))
        .group_by(Delivery.target, Delivery.state)
    )
    found = {(target, state): number for target, state, number in db.session.execute(counted)}
    for target in TARGETS.load():
        for state in TROUBLE:
            told.add_metric([target, state], found.get((target, state), 0))
    return told


def _targets() -> Iterator[Metric]:
    closed = GaugeMetricFamily(
        "onshelf_target_closed",
        "1 while nothing is sent: paused by a person, or held because it fails.",
        labels=["target", "by"],
    )
    failures = GaugeMetricFamily(
        "onshelf_target_failures", "Requests that failed since one did not.", labels=["target"]
    )
    held = func.coalesce(TargetState.hold_until > database_now(), False)
    asked = select(TargetState.target, TargetState.paused_at, held, TargetState.failures)
    for target, paused_at, is_held, number in db.session.execute(asked):
        closed.add_metric([target, "person"], paused_at is not None)
        closed.add_metric([target, "failures"], is_held)
        failures.add_metric([target], number)
    yield closed
    yield failures
