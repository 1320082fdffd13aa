"""The ledger: how the targets do, what is on its way, and an operator's hand on it."""

import json
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.accounts.current import current_person
from app.accounts.permissions import operator_only
from app.core.celery import ring
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import actions
from app.journey.handoff import ledger as book
from app.journey.handoff.target import TARGETS
from app.surfaces.operator.blueprint import blueprint
from app.web import go, page


@blueprint.get("/deliveries")
@operator_only
def ledger() -> Response:
    """Health of the targets, and the deliveries that the filters in the address let through."""
    asked = {name: request.args.get(name, "") for name in ("state", "target", "text")}
    found = book.lines(**asked, before=request.args.get("before", type=int))
    shown = found[: book.PAGE]
    older = (
        url_for(".ledger", **_told(asked), before=shown[-1].id) if len(found) > book.PAGE else ""
    )
    return page(
        "operator/ledger.html",
        health=book.health(),
        lines=shown,
        asked=asked,
        filtered=any(asked.values()),
        states=_states(),
        targets=[(target.code, target.names) for target in TARGETS],
        older=older,
    )


@blueprint.get("/deliveries/<int:delivery_id>")
@operator_only
def delivery(delivery_id: int) -> Response:
    """One delivery with what it says."""
    line, row = book.line_of(delivery_id)
    payload = json.dumps(row.payload, ensure_ascii=False, indent=2)
    free = row.lease_until is None
    return page(
        "operator/delivery.html",
        line=line,
        row=row,
        payload=payload,
        may_replay=line.state in ("parked", "refused", "delayed") and free,
    )


@blueprint.post("/deliveries/<int:delivery_id>/replay")
@operator_only
def replay(delivery_id: int) -> Response:
    """Send it again, now."""
    with unit_of_work():
        target = actions.replay(delivery_id).target
    ring("handoff.send", target)
    return go(url_for(".delivery", delivery_id=delivery_id))


@blueprint.get("/targets/<code>/pause")
@operator_only
def pausing(code: str) -> Response:
    """What pausing would mean, before it is done."""
    health = next((each for each in book.health() if each.code == code), None)
    if health is None:
        raise NotFound()
    return page("operator/pausing.html", health=health)


@blueprint.post("/targets/<code>/pause")
@operator_only
def pause(code: str) -> Response:
    """Send it nothing for now."""
    with unit_of_work():
        actions.pause(code, current_person().id)
    return go(url_for(".ledger"))


@blueprint.post("/targets/<code>/resumption")
@operator_only
def resume(code: str) -> Response:
    """Send again what has been waiting."""
    with unit_of_work():
        actions.resume(code)
    ring("handoff.send", code)
    return go(url_for(".ledger"))


def _told(asked: dict[str, str]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value}


def _states() -> list[tuple[str, str]]:
    return [
        ("due", _("On their way")),
        ("delayed", _("Delayed")),
        ("parked", _("Parked")),
        ("refused", _("Refused")),
        ("delivered", _("Delivered")),
        ("superseded", _("Superseded")),
    ]
