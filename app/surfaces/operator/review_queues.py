"""Review queues: how long a verdict may be undone, how soon one is promised, who decides."""

import logging

from flask import Response, request, url_for

from app.accounts import queries
from app.accounts.current import current_person
from app.accounts.permissions import operator_only
from app.core.errors import Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.review import appealed
from app.journey.review.queues import own_times, set_times, times_of
from app.surfaces.operator.blueprint import blueprint
from app.taxonomy.queues import queues
from app.web import go, page

log = logging.getLogger(__name__)


@blueprint.get("/queues")
@operator_only
def review_queues() -> Response:
    """Every queue with its times, its reviewers, and how appeals in it ended."""
    return _list()


@blueprint.post("/queues/<queue>")
@operator_only
def set_queue_times(queue: str) -> Response:
    """Give a queue times of its own."""
    if queue not in queues():
        raise NotFound()
    hold, promise = request.form.get("hold", ""), request.form.get("promise", "")
    try:
        with unit_of_work():
            set_times(queue, hold, promise, current_person().id)
    except Invalid as refused:
        return _list(422, queue, refused)
    log.info("operator %d: queue %s, %r, %r", current_person().id, queue, hold, promise)
    return go(url_for(".review_queues", _anchor=f"queue-{queue}"))


def _list(status: int = 200, refused_at: str = "", refused: Invalid | None = None) -> Response:
    return page(
        "operator/queues.html",
        status=status,
        queues=list(queues().items()),
        own=own_times(),
        times={code: times_of(code) for code in queues()},
        reviewers=queries.reviewers_by_queue(),
        tallies=appealed.tallies(),
        stuck=appealed.without_judge(),
        appeal_days=appealed.COUNTED_DAYS,
        refused_at=refused_at,
        refused=refused,
    )
