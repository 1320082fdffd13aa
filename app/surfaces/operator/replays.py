"""Sending again: one delivery, those ticked, or all that stopped for one cause."""

import logging
import time
from typing import Any

from flask import Response, request, url_for

from app.accounts.current import current_person
from app.accounts.permissions import operator_only
from app.core.celery import ring
from app.core.errors import Invalid
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import replaying, stopped
from app.journey.handoff.health import health
from app.journey.handoff.target import TARGETS
from app.listings.numbers import row_id
from app.surfaces.operator.blueprint import blueprint
from app.surfaces.operator.ledger import FILTERS, draw
from app.web import go, page

log = logging.getLogger(__name__)
# Whoever pressed the button waits no longer; what is left is still listed, to be sent with another.
BUSY_SECONDS = 20.0


@blueprint.post("/deliveries/<int:delivery_id>/replay")
@operator_only
def replay(delivery_id: int) -> Response:
    """Send it again, now."""
    with unit_of_work():
        target = replaying.replay(delivery_id, current_person().id)
    log.info("operator %d: sent delivery %d again", current_person().id, delivery_id)
    ring("handoff.send", target)
    return go(url_for(".delivery", delivery_id=delivery_id))


@blueprint.post("/deliveries/replays")
@operator_only
def replay_chosen() -> Response:
    """Send the ticked ones again; the page says how many were and were not."""
    given = (row_id(raw) for raw in request.form.getlist("delivery"))
    chosen = {number for number in given if number is not None}
    try:
        with unit_of_work():
            deed = replaying.replay_chosen(chosen, current_person().id)
            deed_id = deed.id
    except Invalid as refused:
        return draw(refused)
    told = {name: request.form[name] for name in FILTERS if request.form.get(name)}
    return _done(deed_id, **told)


@blueprint.get("/targets/<code>/replay")
@operator_only
def replaying_cause(code: str) -> Response:
    """How many of one cause would be sent again, before they are."""
    state, cause = request.args.get("state", ""), request.args.get("cause", "")
    found = stopped.cause_of(code, state, cause)
    target = next(each for each in health() if each.code == code)
    return page("operator/replaying.html", cause=found, health=target)


@blueprint.post("/targets/<code>/replay")
@operator_only
def replay_cause(code: str) -> Response:
    """Send again all of the cause up to the newest that the operator was told of."""
    state, cause = request.form.get("state", ""), request.form.get("cause", "").replace("\0", "")
    upto, who = min(request.form.get("upto", 0, type=int), 2**62), current_person().id
    with unit_of_work():
        deed_id = replaying.begin_replay(code, state, cause, upto, who).id
    until = time.monotonic() + BUSY_SECONDS
    while time.monotonic() < until and _slice(deed_id, upto):
        pass
    return _done(deed_id)


def _slice(deed_id: int, upto: int) -> bool:
    with unit_of_work():
        return replaying.replay_more(deed_id, upto)


def _done(deed_id: int, **filters: Any) -> Response:
    (deed,) = stopped.deeds(deed_id)
    who, sent = current_person().id, deed.sent
    log.info("operator %d: deed %d, sent %d of %d again", who, deed_id, sent, deed.asked)
    for target in TARGETS:
        ring("handoff.send", target.code)
    return go(url_for(".ledger", deed=deed_id, **filters))
