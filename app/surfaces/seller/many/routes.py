"""Many listings at once: choose, look at what would happen, do it, read what became of each."""

import re
import secrets
from typing import Any

from flask import Blueprint, Response, request, url_for

from app.accounts.current import current_person, current_seller_id
from app.accounts.permissions import seller_only
from app.core.celery import ring
from app.core.errors import Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.reservations import reserved_of, total
from app.surfaces.seller.many.acts import ACTS
from app.surfaces.seller.many.batches import batch_of, open_batch
from app.surfaces.seller.many.choosing import Choice, choice_of, listings_of
from app.surfaces.seller.many.plans import Act, tally
from app.surfaces.seller.many.results import result_of
from app.surfaces.seller.many.running import run
from app.surfaces.seller.many.subjects import subjects_of
from app.surfaces.seller.withdrawing import withdrawn_items
from app.web.page import go, page

blueprint = Blueprint("many", __name__)
# A page is waited for this long; what is left then is done by a worker.
SECONDS = 5.0
_SEALED = re.compile(r"([0-9]{1,18}):([0-9a-f]{16})")


@blueprint.get("/listings/many")
@seller_only
def look() -> Response:
    """What would happen to the chosen listings; first, where it must be asked, what is wished."""
    act, choice = _act(request.args), choice_of(request.args)
    try:
        chosen = listings_of(_seller(), choice, act.with_items)
    except Invalid as refused:
        return _page("seller/many/none.html", act, choice, status=422, refused=refused)
    if act.asks and not any(name in request.args for name in act.asks):
        return _page("seller/many/ask.html", act, choice, count=len(chosen), typed={})
    try:
        wish = act.read(request.args)
    except Invalid as wrong:
        given = {"count": len(chosen), "typed": request.args, "wrong": wrong}
        return _page("seller/many/ask.html", act, choice, status=422, **given)
    # Closed before a neighbour is waited for: no connection of the database is kept meanwhile.
    with unit_of_work():
        plans = tally(act.plan(subjects_of(_seller(), chosen, act.with_items), wish))
        done = [plan.listing_id for plan in plans["done"]]
        withdrawn = withdrawn_items(done) if act.withdraws else []
    return _page(
        "seller/many/look.html",
        act,
        choice,
        plans=plans,
        count=len(chosen),
        withdrawn=bool(withdrawn),
        reserved=total(reserved_of(withdrawn)),
        wish={name: request.args.get(name, "") for name in act.asks},
        token=secrets.token_urlsafe(16),
    )


@blueprint.post("/listings/many")
@seller_only
def do() -> Response:
    """Do what was looked at, listing by listing; a second click finds what the first one did."""
    act = _act(request.form)
    wish = act.read(request.form)
    sealed = [
        (int(found[1]), found[2])
        for each in request.form.getlist("sealed")
        if (found := _SEALED.fullmatch(each))
    ]
    token = request.form.get("token", "").replace("\x00", "")[:40] or secrets.token_urlsafe(16)
    with unit_of_work():
        batch_id = open_batch(_seller(), current_person().id, token, act.code, wish, sealed)
    if run(batch_id, SECONDS):
        ring("many.go_on", batch_id)
    return go(url_for("many.result", batch_id=batch_id))


@blueprint.get("/listings/many/<int:batch_id>")
@seller_only
def result(batch_id: int) -> Response:
    """What became of each listing, and why where nothing did."""
    found = result_of(batch_of(_seller(), batch_id))
    return page("seller/many/result.html", result=found, act=ACTS[found.batch.act])


def _act(given: Any) -> Act:
    act = ACTS.get(given.get("act", ""))
    if act is None:
        raise NotFound()
    return act


def _page(template: str, act: Act, choice: Choice, status: int = 200, **context: Any) -> Response:
    offers = act.offers(_seller())
    return page(template, status=status, act=act, choice=choice, offers=offers, **context)


def _seller() -> int:
    return current_seller_id() or 0
