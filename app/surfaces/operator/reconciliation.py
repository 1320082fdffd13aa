"""Runs of reconciliation: what the targets had against what was approved, and what was done."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.accounts.current import current_person
from app.accounts.permissions import operator_only
from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.core.words import Words
from app.journey.handoff.reconciling import queries
from app.journey.handoff.reconciling.models import Difference
from app.journey.handoff.reconciling.runs import start
from app.journey.handoff.target import TARGETS
from app.surfaces.operator.blueprint import blueprint
from app.web import go, page
from app.web.formatting import money, number
from app.web.vocabulary import badge_of

PARTS = {
    "product": Words("상품", "Product"),
    "item": Words("상품의 품목", "Item of it"),
    "offer": Words("가격", "Price"),
    "sale": Words("판매 상태", "Sale state"),
    "stock": Words("재고", "Stock"),
}
KINDS = {
    "missing": Words("대상에 없음", "Not there"),
    "older": Words("대상이 옛것", "Older there"),
    "newer": Words("대상이 새것", "Newer there"),
    "differs": Words("내용이 다름", "Different there"),
    "unknown": Words("여기에는 없음", "Unknown to us"),
}
DEEDS = {
    "": Words("할 수 있는 일이 없음", "Nothing could be done"),
    "resent": Words("새 개정으로 다시 보냄", "Sent again as a newer revision"),
    "taken": Words("대상의 것을 받아들임", "Theirs was taken"),
    "recalled": Words("대상에서 판매 철회", "Recalled there"),
    "left": Words("판매 중이 아니라서 그대로 둠", "Left there, off sale"),
}


@dataclass(frozen=True)
class Line:
    """One difference in words; `ours` and `theirs` are a phrase a fact."""

    row: Difference
    target: Words
    part: Words
    kind: Words
    ours: list[str]
    theirs: list[str]
    done: Words


@blueprint.get("/reconciliation")
@operator_only
def reconciliation() -> Response:
    """Every run, newest first; above, what several runs could not mend."""
    found = queries.runs(before=request.args.get("before", type=int))
    shown = found[: queries.PAGE]
    older = url_for(".reconciliation", before=shown[-1].id) if len(found) > len(shown) else ""
    return page(
        "operator/reconciliation.html",
        runs=shown,
        flagged=[_line(row) for row in queries.flagged()],
        running=bool(shown) and shown[0].finished_at is None,
        older=older,
    )


@blueprint.post("/reconciliation")
@operator_only
def reconcile() -> Response:
    """Begin a run now, or show the one under way."""
    with unit_of_work():
        run_id = start(current_person().id)
    ring("reconciling.go_on", run_id)
    return go(url_for(".reconciliation_run", run_id=run_id))


@blueprint.get("/reconciliation/<int:run_id>")
@operator_only
def reconciliation_run(run_id: int) -> Response:
    """One run with the differences that it saw."""
    run = queries.run_of(run_id)
    found = queries.seen_by(run_id, after=request.args.get("after", 0, type=int))
    shown = found[: queries.PAGE]
    more = ""
    if len(found) > len(shown):
        more = url_for(".reconciliation_run", run_id=run_id, after=shown[-1].id)
    lines = [_line(row) for row in shown]
    return page("operator/reconciliation_run.html", run=run, lines=lines, more=more)


def _line(row: Difference) -> Line:
    return Line(
        row,
        TARGETS[row.target].names,
        PARTS[row.part],
        KINDS[row.kind],
        _told(row.ours),
        _told(row.theirs),
        DEEDS[row.done],
    )


def _told(said: dict[str, Any] | None) -> list[str]:
    """What one side says, a phrase a fact."""
    if said is None:
        return [_("Nothing")]
    phrases = []
    if "version" in said:
        phrases.append(_("Version %(number)s", number=number(said["version"])))
    if "digest" in said:
        phrases.append(_("Content %(mark)s", mark=said["digest"][:8]))
    if "price" in said:
        phrases.append(money(said["price"]))
    if said.get("list_price") is not None:
        phrases.append(_("List price %(price)s", price=money(said["list_price"])))
    if "sale" in said:
        phrases.append(str(badge_of(said["sale"]).label))
    if "count" in said:
        phrases.append(_("%(count)s in stock", count=number(said["count"])))
    if "items" in said:
        selling = sum(item["sale"] == "on" for item in said["items"])
        phrases.append(_("%(count)s on sale", count=number(selling)))
    if "revision" in said:
        phrases.append(_("Revision %(number)s", number=number(said["revision"])))
    return phrases
