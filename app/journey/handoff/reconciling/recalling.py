"""What a target sells and nobody here approved: recalled there, and never deleted silently."""

from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import payload
from app.journey.handoff.reconciling.asking import tell
from app.journey.handoff.reconciling.comparing import Told, on_sale
from app.journey.handoff.reconciling.models import Difference
from app.journey.handoff.target import TARGETS
from app.journey.handoff.wire import NoAnswerError

BATCH = 100


def recall_unknown(run_id: int, target: str, listing_ids: list[int]) -> None:
    """Recall what of *listing_ids* this run found unknown and on sale.

    It has no rows here that a delivery could refer to, so it is told at once. Its key follows from
    the target's revision: said twice, it has one effect. What does not get through is told again
    by the next run.
    """
    with unit_of_work():
        recalls = [
            (row.id, recall)
            for row in _unknown(run_id, target, listing_ids)
            for recall in _recalls(row)
        ]
    for start in range(0, len(recalls), BATCH):
        some = recalls[start : start + BATCH]
        try:
            told = tell(TARGETS[target], [recall for _, recall in some])
        except NoAnswerError:
            return
        failed = {number for number, recall in some if recall["key"] not in told}
        with unit_of_work():
            for number in {number for number, _ in some} - failed:
                db.session.get_one(Difference, number).done = "recalled"


def _unknown(run_id: int, target: str, listing_ids: list[int]) -> list[Difference]:
    return list(
        db.session.scalars(
            select(Difference)
            .where(
                Difference.target == target,
                Difference.kind == "unknown",
                Difference.settled_at.is_(None),
                Difference.last_run_id == run_id,
                Difference.listing_id.in_(listing_ids),
                Difference.done != "left",
            )
            .order_by(Difference.id)
        )
    )


def _recalls(row: Difference) -> list[dict[str, Any]]:
    theirs: Told = row.theirs or {}
    items = theirs["items"] if row.part == "product" else [theirs]
    return [_recall(row.listing_id, item) for item in on_sale({"items": items})]


def _recall(listing_id: int, item: Told) -> dict[str, Any]:
    revision = item["sale_revision"] + 1
    said = {
        "listing_id": listing_id,
        "item_id": item["item_id"],
        "sale": {"state": "recalled", "revision": revision},
    }
    return payload.delivery("sale", item["item_id"], revision, False, said)
