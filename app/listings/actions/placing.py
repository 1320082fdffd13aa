"""What the targets said: who has what, who counts the stock, what was refused."""

from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import database_now
from app.core.database import db
from app.listings.models import Finding, Placement, Stock


def record_placement(
    item_id: int,
    target: str,
    *,
    state: str,
    external_id: str = "",
    url: str = "",
    product_revision: int = 0,
    offer_revision: int = 0,
    sale_revision: int = 0,
) -> None:
    """Write what *target* now has of the item; revisions never fall, blanks keep what was known."""
    row = insert(Placement).values(
        item_id=item_id,
        target=target,
        state=state,
        external_id=external_id,
        url=url,
        product_revision=product_revision,
        offer_revision=offer_revision,
        sale_revision=sale_revision,
    )
    new, old = row.excluded, Placement
    greatest = db.func.greatest
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=[Placement.item_id, Placement.target],
            set_={
                "state": db.case(
                    (new.sale_revision >= old.sale_revision, new.state), else_=old.state
                ),
                "external_id": db.func.coalesce(
                    db.func.nullif(new.external_id, ""), old.external_id
                ),
                "url": db.func.coalesce(db.func.nullif(new.url, ""), old.url),
                "product_revision": greatest(new.product_revision, old.product_revision),
                "offer_revision": greatest(new.offer_revision, old.offer_revision),
                "sale_revision": greatest(new.sale_revision, old.sale_revision),
                "at": database_now(),
            },
        )
    )


def record_stock_level(item_id: int, count: int, revision: int) -> None:
    """What the order system says is left, unless newer is known; from now on it owns the count."""
    db.session.execute(
        update(Stock)
        .where(Stock.item_id == item_id, or_(Stock.owner == "seller", Stock.revision < revision))
        .values(count=count, revision=revision, owner="orders", changed_at=database_now())
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
