"""The ledger: how the targets do, what is on its way, and an operator's hand on it."""

import json
import logging
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.accounts.current import current_person
from app.accounts.permissions import operator_only
from app.core.celery import ring
from app.core.errors import NotFound, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import actions, stopped
from app.journey.handoff import ledger as book
from app.journey.handoff.health import NEWEST, health
from app.journey.handoff.stopping import may_be_repeated
from app.journey.handoff.target import TARGETS
from app.surfaces.operator.blueprint import blueprint
from app.web import go, page

log = logging.getLogger(__name__)
FILTERS = ("state", "target", "age", "attempts", "text", "order")
REPLAYABLE = ("parked", "refused", "delayed")


@blueprint.get("/deliveries")
@operator_only
def ledger() -> Response:
    """Health of the targets, and the deliveries that the filters in the address let through."""
    return draw()


def draw(refused: Refusal | None = None) -> Response:
    """The ledger as its address asks for it; with *refused* why something was not done."""
    asked = {name: request.values.get(name, "") for name in FILTERS}
    found = book.lines(**asked, before=request.values.get("before", type=int))
    shown = found[: book.PAGE]
    told = {name: value for name, value in asked.items() if value}
    # The slowest are one page: what comes after them is not slow.
    goes_on = len(found) > book.PAGE and asked["order"] != book.SLOWEST
    further: dict[str, Any] = told | {"before": shown[-1].id} if goes_on else {}
    deed_id = request.args.get("deed", type=int)
    return page(
        "operator/ledger.html",
        status=refused.status if refused else 200,
        refused=refused,
        health=health(),
        causes=stopped.causes(),
        deeds=stopped.deeds(),
        done=next(iter(stopped.deeds(deed_id)), None) if deed_id else None,
        lines=shown,
        asked=asked,
        told=told,
        filtered=bool(told),
        states=_states(),
        ages=_ages(),
        attempts=[(str(n), _("%(num)s or more", num=n)) for n in (2, 5, 10)],
        orders=[(book.SLOWEST, _("Slowest of the last hour"))],
        slowest=(book.PAGE, NEWEST) if asked["order"] == book.SLOWEST else None,
        targets=[(target.code, target.names) for target in TARGETS],
        older=url_for(".ledger", **further) if further else "",
        replayable={line.id for line in shown if _may_replay(line)},
    )


@blueprint.get("/deliveries/<int:delivery_id>")
@operator_only
def delivery(delivery_id: int) -> Response:
    """One delivery with what it says, what was answered and who had it sent again."""
    line, row = book.line_of(delivery_id)
    free = row.lease_until is None
    return page(
        "operator/delivery.html",
        line=line,
        row=row,
        payload=json.dumps(row.payload, ensure_ascii=False, indent=2),
        answers=book.answers_of(delivery_id),
        deed=next(iter(stopped.deeds(row.deed_id)), None) if row.deed_id else None,
        may_replay=_may_replay(line) and free,
        count_anew=not may_be_repeated(row.subject, row.state),
    )


@blueprint.get("/targets/<code>/pause")
@operator_only
def pausing(code: str) -> Response:
    """What pausing would mean, before it is done."""
    found = next((each for each in health() if each.code == code), None)
    if found is None:
        raise NotFound()
    return page("operator/pausing.html", health=found)


@blueprint.post("/targets/<code>/pause")
@operator_only
def pause(code: str) -> Response:
    """Send it nothing for now."""
    with unit_of_work():
        actions.pause(code, current_person().id)
    log.info("operator %d: paused %s", current_person().id, code)
    return go(url_for(".ledger"))


@blueprint.post("/targets/<code>/resumption")
@operator_only
def resume(code: str) -> Response:
    """Send again what has been waiting."""
    with unit_of_work():
        actions.resume(code, current_person().id)
    log.info("operator %d: resumed %s", current_person().id, code)
    ring("handoff.send", code)
    return go(url_for(".ledger"))


def _may_replay(line: book.Line) -> bool:
    return line.state in REPLAYABLE and may_be_repeated(line.key.partition(":")[0], line.state)


def _states() -> list[tuple[str, str]]:
    return [
        ("due", _("On their way")),
        ("waiting", _("Waiting for another target")),
        ("delayed", _("Delayed")),
        ("parked", _("Parked")),
        ("refused", _("Refused")),
        ("delivered", _("Delivered")),
        ("superseded", _("Superseded")),
    ]


def _ages() -> list[tuple[str, str]]:
    return [
        ("10m", _("Over 10 minutes")),
        ("1h", _("Over an hour")),
        ("1d", _("Over a day")),
    ]
