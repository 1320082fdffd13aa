"""Stopping a company from selling, and letting it sell again: asked first, with what it touches."""

import logging
from dataclasses import dataclass

from flask import Response, request, url_for
from sqlalchemy import func, select

from app.accounts import queries, suspending
from app.accounts.current import current_person
from app.accounts.forms import Said
from app.accounts.permissions import operator_only
from app.accounts.suspension_reasons import REASONS
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.confirming import (
    Closed,
    Unconfirmed,
    closed_targets,
    unconfirmed_recalls,
)
from app.journey.handoff.reservations import Reserved, reserved_of, total
from app.journey.review.queries import open_cases_of
from app.listings.models import Item
from app.surfaces.operator.blueprint import blueprint
from app.web import go, page
from app.web.language import current_language

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Touched:
    """What a suspension touches now; `reserved` is None while the order system does not say.

    `closed` are targets that would not take its recalls at once, `unconfirmed` what was recalled
    and is still on sale there.
    """

    on_sale: int
    paused: int
    waiting: int
    held: int
    reserved: Reserved | None
    closed: list[Closed]
    unconfirmed: list[Unconfirmed]


@blueprint.get("/companies/<int:seller_id>/suspension")
@operator_only
def suspending_company(seller_id: int) -> Response:
    """What it would mean, before it is done; where it is done already, what stands."""
    return _draw(seller_id)


@blueprint.post("/companies/<int:seller_id>/suspension")
@operator_only
def suspend(seller_id: int) -> Response:
    """Recall what the company sells and hold back what it submitted."""
    queries.seller_of(seller_id)
    reason, note = request.form.get("reason", ""), request.form.get("note", "")
    try:
        with unit_of_work():
            suspending.suspend(seller_id, reason, note, current_person().id)
    except (Invalid, Conflict) as refused:
        return _draw(seller_id, refused, reason, note)
    log.info("operator %d: suspended company %d, %s", current_person().id, seller_id, reason)
    return go(url_for(".one_company", seller_id=seller_id, _anchor="suspension"))


@blueprint.post("/companies/<int:seller_id>/suspension/lifting")
@operator_only
def lift_suspension(seller_id: int) -> Response:
    """Put back on sale what the suspension recalled; its cases come back to their places."""
    queries.seller_of(seller_id)
    note = request.form.get("note", "")
    try:
        with unit_of_work():
            suspending.lift(seller_id, note, current_person().id)
    except (Invalid, Conflict) as refused:
        return _draw(seller_id, refused, note=note)
    log.info("operator %d: lifted the suspension of company %d", current_person().id, seller_id)
    return go(url_for(".one_company", seller_id=seller_id, _anchor="suspension"))


def _draw(
    seller_id: int, refused: Invalid | Conflict | None = None, reason: str = "", note: str = ""
) -> Response:
    seller = queries.seller_of(seller_id)
    return page(
        "operator/suspension.html",
        status=refused.status if refused else 200,
        seller=seller,
        running=suspending.running_suspension(seller),
        reasons=[(code, each.label) for code, each in REASONS.items()],
        touched=_touched(seller_id),
        refused=refused,
        said=lambda path: _said(refused, path),
        reason=reason,
        note=note,
        note_most=suspending.NOTE_MOST,
    )


def _said(refused: Invalid | Conflict | None, path: str) -> list[Said]:
    """What stands beside the field at *path*."""
    here = isinstance(refused, Invalid) and refused.path == path
    return [Said(refused.text(current_language()))] if refused and here else []


def _touched(seller_id: int) -> Touched:
    of_sale = select(Item.id).where(Item.seller_id == seller_id, Item.sale == "on")
    paused = select(func.count()).where(Item.seller_id == seller_id, Item.sale == "paused")
    # Closed before a neighbour is waited for: no connection of the database is kept meanwhile.
    with unit_of_work():
        on_sale = list(db.session.scalars(of_sale))
        waiting, held = open_cases_of(seller_id)
        count = db.session.scalar(paused) or 0
        closed, unconfirmed = closed_targets(), unconfirmed_recalls(seller_id)
    reserved = total(reserved_of(on_sale))
    return Touched(len(on_sale), count, waiting, held, reserved, closed, unconfirmed)
