"""What the targets said: who has what, who counts the stock, what was refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, func, or_, select, update

from app.core import bulk
from app.core.clock import database_now
from app.core.database import db
from app.listings.models import Finding, Placement, Stock

PLACED = (
    "item_id", "target", "state", "external_id", "url", "product_revision", "offer_revision",
    "sale_revision",
)  # fmt: skip
UNSAID = {
    "external_id": "", "url": "", "product_revision": 0, "offer_revision": 0, "sale_revision": 0,
}  # fmt: skip


def record_placement(item_id: int, target: str, **told: Any) -> None:
    """`record_placements` of one."""
    record_placements(target, [{"item_id": item_id, **told}])


def record_placements(target: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what *target* now has of items; revisions never fall, blanks keep what was known.

    Each of *rows*: `item_id`, `state`, and what of PLACED was told. Rows of one item are taken in
    their order.
    """
    table = Placement.__table__
    for some in bulk.rounds(rows, "item_id"):
        told = [{**UNSAID, **row, "target": target} for row in some]
        row = bulk.insert_all(table, told, PLACED)
        new, old, greatest = row.excluded, table.c, func.greatest
        db.session.execute(
            row.on_conflict_do_update(
                index_elements=[old.item_id, old.target],
                set_={
                    "state": case(
                        (new.sale_revision >= old.sale_revision, new.state), else_=old.state
                    ),
                    "external_id": func.coalesce(func.nullif(new.external_id, ""), old.external_id),
                    "url": func.coalesce(func.nullif(new.url, ""), old.url),
                    "product_revision": greatest(new.product_revision, old.product_revision),
                    "offer_revision": greatest(new.offer_revision, old.offer_revision),
                    "sale_revision": greatest(new.sale_revision, old.sale_revision),
                    "at": database_now(),
                },
            )
        )


def record_stock_level(item_id: int, count: int, revision: int) -> None:
    """`record_stock_levels` of one."""
    record_stock_levels([{"item_id": item_id, "count": count, "revision": revision}])


def record_stock_levels(levels: Sequence[Mapping[str, int]]) -> None:
    """What the order system says is left, unless newer is known; from now on it owns the counts.

    Levels: `{"item_id", "count", "revision"}`; of one item the newest counts.
    """
    newest = {level["item_id"]: level for level in sorted(levels, key=lambda one: one["revision"])}
    if not newest:
        return
    # In the order of the items, as everybody locks them.
    rows = [newest[item_id] for item_id in sorted(newest)]
    told = bulk.given(Stock.__table__, rows, ("item_id", "count", "revision")).subquery()
    older = or_(Stock.owner == "seller", Stock.revision < told.c.revision)
    taken = (
        select(Stock.item_id, told.c.count, told.c.revision)
        .join(told, told.c.item_id == Stock.item_id)
        .where(older)
        .order_by(Stock.item_id)
        .with_for_update(of=Stock)
        .cte("taken")
    )
    db.session.execute(
        update(Stock)
        .where(Stock.item_id == taken.c.item_id)
        .values(
            count=taken.c.count,
            revision=taken.c.revision,
            owner="orders",
            changed_at=database_now(),
        )
        .execution_options(synchronize_session=False)
    )


def record_receiver_finding(
    version_id: int, path: str, code: str, params: dict[str, Any], item_id: int | None = None
) -> None:
    """A target would not take it: stored against the version it was sent from."""
    db.session.add(
        Finding(
            version_id=version_id,
            item_id=item_id,
            path=path,
            code=code,
            params=params,
            severity="blocks",
            source="receiver",
        )
    )
