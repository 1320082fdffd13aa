"""What a company has on sale goes with its suspension, and comes back with its end."""

from sqlalchemy import ColumnElement

from app.accounts.events import SellerSuspended, SuspensionLifted
from app.accounts.models import Suspension
from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import record
from app.listings.actions.moving import move_items_on
from app.listings.actions.timeline import note_all
from app.listings.events import SaleChanged
from app.listings.models import Item


def recall_suspended(event: SellerSuspended) -> None:
    """Recall what is on sale; what its seller paused or recalled stays as it is."""
    count = _move("recall", "on", Item.seller_id == event.seller_id, event.suspension_id)
    db.session.get_one(Suspension, event.suspension_id).items_recalled = count


def resume_suspended(event: SuspensionLifted) -> None:
    """Put back on sale what this suspension recalled, unless its seller ended the sale since."""
    mine = Item.suspension_id == event.suspension_id
    count = _move("resume", "recalled", mine, None)
    db.session.get_one(Suspension, event.suspension_id).items_restored = count


def _move(action: str, source: str, which: ColumnElement[bool], suspension_id: int | None) -> int:
    moved = move_items_on(
        action, source, which, sale_changed_at=database_now(), suspension_id=suspension_id
    )
    note_all(sorted({listing_id for _, listing_id in moved}), f"suspension-{action}")
    if moved:
        record(SaleChanged(tuple(sorted(item_id for item_id, _ in moved))))
    return len(moved)
