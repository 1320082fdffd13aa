"""Which of the deliveries that stopped still matter, and which may be sent once more."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app.journey.handoff.models import Delivery


def overtaken() -> ColumnElement[bool]:
    """Whether a later delivery has made one that stopped needless: there is nothing to do for it.

    Of most subjects any newer one does. A parked amount of stock is still owed, whatever came
    since; a refused one is over once a later amount of the item has arrived.
    """
    later = aliased(Delivery)
    return (
        select(later.id)
        .where(
            later.target == Delivery.target,
            later.subject == Delivery.subject,
            later.subject_id == Delivery.subject_id,
            later.revision > Delivery.revision,
            or_(
                Delivery.subject != "stock",
                and_(Delivery.state == "refused", later.state == "delivered"),
            ),
        )
        .correlate(Delivery)
        .exists()
    )


def not_to_repeat() -> ColumnElement[bool]:
    """Refused amounts of stock: what the seller counts since would be changed behind their back."""
    return and_(Delivery.subject == "stock", Delivery.state == "refused")


def may_be_repeated(subject: str, state: str) -> bool:
    """The same of one that is not delivered, as people call its state."""
    return (subject, state) != ("stock", "refused")
