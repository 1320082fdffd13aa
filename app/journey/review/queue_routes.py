"""HTTP in: the queue, and the views of it that a reviewer keeps."""

from flask import Response, request, url_for

from app.accounts.current import current_person
from app.accounts.permissions import reviewer_only
from app.accounts.queries import away_since, queues_of
from app.core.errors import Invalid, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.review import filters, queries
from app.journey.review.blueprint import blueprint
from app.journey.review.viewing import view_of
from app.listings.numbers import whole_number
from app.web import go, page


@blueprint.get("")
@reviewer_only
def queue() -> Response:
    """What waits in the reviewer's queues."""
    me = current_person().id
    return _queue_page(me, nothing_left="empty" in request.args)


@blueprint.post("/filters")
@reviewer_only
def keep_filter() -> Response:
    """Keep the view that is shown, by a name."""
    me = current_person().id
    _, told = view_of(me)
    try:
        with unit_of_work():
            filters.keep(me, request.form.get("name", ""), told)
    except Invalid as refused:
        return _queue_page(me, 422, refused=refused)
    return go(url_for("review.queue", **told))


@blueprint.post("/filters/<int:filter_id>/removal")
@reviewer_only
def forget_filter(filter_id: int) -> Response:
    """Remove a kept view."""
    with unit_of_work():
        filters.forget(current_person().id, filter_id)
    return go(url_for("review.queue"))


def _queue_page(
    me: int, status: int = 200, nothing_left: bool = False, refused: Refusal | None = None
) -> Response:
    queues = queues_of(me)
    chosen, told = view_of(me)
    after = whole_number(request.args.get("after", ""))
    returned = [] if after else queries.returned_to(me, chosen)
    besides = [line.case.id for line in returned]
    return page(
        "review/queue.html",
        status=status,
        queues=queues,
        chosen=chosen,
        told=told,
        filters=filters.filters_of(me),
        counts=queries.waiting_counts(queues, chosen.own),
        count_to=queries.COUNT_TO,
        mine=queries.my_cases(me),
        held=queries.held_verdicts(me),
        returned=returned,
        listed=queries.queue_page(chosen, after, besides),
        nothing_left=nothing_left,
        away=away_since(me),
        refused=refused,
        me=me,
    )
