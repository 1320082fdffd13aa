"""The outbox: a row for everything a target must hear. A row is the truth, a task a doorbell."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, BigIntPK, CreatedAt, Instant, Json, StateName, db

# What is sent first: a recall before everything, prices and stock before whole products.
RECALL, CHANGE, PRODUCT = 0, 1, 2

STATES = ("waiting", "due", "delivered", "superseded", "refused", "parked")
# Neither on their way nor over: few, and with what is due all that has not ended.
SET_ASIDE = ("waiting", "parked", "refused")


def key_of(subject: str, subject_id: int, revision: int) -> str:
    """What the receiver knows a delivery by, whatever the number of attempts."""
    return f"{subject}:{subject_id}:{revision}"


class Delivery(db.Model):  # type: ignore[name-defined]
    """One thing one target must hear. The payload is frozen when the row is opened.

    `subject_id` is the listing of a product, the item of anything else; `revision` counts within
    (target, subject, subject_id): a version's number, an offer's or sale state's revision, or the
    number of a stock change.
    """

    id: Mapped[BigIntPK]
    target: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[BigInt]
    revision: Mapped[int]
    listing_id: Mapped[BigInt] = mapped_column(ForeignKey("listing.id"), index=True)
    practice: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    urgency: Mapped[int] = mapped_column(default=CHANGE, server_default=text("1"))
    state: Mapped[StateName] = mapped_column(default="due", server_default="due")
    not_before: Mapped[CreatedAt]
    lease_until: Mapped[Instant | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    # Sent in a request of its own, so that what it does to the target is done to nothing else.
    alone: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    payload: Mapped[Json]
    # What holdings tell of a target that has this product: `{"product": digest, "items": {id:
    # digest}}`. It outlives the payload; null for anything else.
    digests: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    # The last answer: a code, the sentence in both languages, and how long it took.
    answer_code: Mapped[str] = mapped_column(default="", server_default="")
    answer_message: Mapped[Json | None] = mapped_column(JSONB)
    created_at: Mapped[CreatedAt]
    answered_at: Mapped[Instant | None]
    delivered_at: Mapped[Instant | None]
    # The operator's deed that sent it again, the newest one.
    deed_id: Mapped[BigInt | None] = mapped_column(ForeignKey("handoff_deed.id"))

    __table_args__ = (
        UniqueConstraint("subject", "subject_id", "target", "revision"),
        CheckConstraint("subject IN ('product','offer','sale','stock')", name="subject"),
        CheckConstraint(
            "state IN ('waiting','due','delivered','superseded','refused','parked')", name="state"
        ),
        CheckConstraint("(state = 'delivered') = (delivered_at IS NOT NULL)", name="delivered_at"),
        CheckConstraint("lease_until IS NULL OR state = 'due'", name="lease_only_when_due"),
        CheckConstraint("urgency BETWEEN 0 AND 2 AND attempts >= 0", name="counts"),
        Index(
            "ix_delivery_due",
            "target",
            "alone",
            "urgency",
            "not_before",
            postgresql_where=text("state = 'due'"),
        ),
        # What arrived is by far the most, and is in here no more.
        Index(
            "ix_delivery_state",
            "state",
            "target",
            "id",
            postgresql_where=text("state NOT IN ('due', 'delivered')"),
        ),
        # How long they took lately.
        Index(
            "ix_delivery_arrived",
            "target",
            "delivered_at",
            postgresql_where=text("state = 'delivered'"),
        ),
        # Room for a row to be claimed without any index being told.
        {"postgresql_with": {"fillfactor": "70"}},
    )

    @property
    def key(self) -> str:
        """See `key_of`."""
        return key_of(self.subject, self.subject_id, self.revision)


class TargetState(db.Model):  # type: ignore[name-defined]
    """How one target is doing: paused by a person, or held back because it does not answer."""

    target: Mapped[str] = mapped_column(primary_key=True)
    paused_at: Mapped[Instant | None]
    paused_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    # Requests that failed as a whole since the last that did not.
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    hold_until: Mapped[Instant | None]
    # The delivery that the last failure may be the fault of, because it was sent by itself. It
    # may be forgotten since.
    suspect_id: Mapped[BigInt | None]
    # Who sends to it, and until when: a lease, renewed with every batch.
    sender: Mapped[str] = mapped_column(default="", server_default="")
    sender_until: Mapped[Instant | None]
    # What it took last had waited for seconds, and there was more: others may send, too.
    behind: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    answer_code: Mapped[str] = mapped_column(default="", server_default="")
    answer_at: Mapped[Instant | None]
    # How far its stock feed was read, and when its end was last reached.
    cursor: Mapped[str] = mapped_column(default="", server_default="")
    fed_at: Mapped[Instant | None]

    __table_args__ = (
        CheckConstraint("paused_by IS NULL OR paused_at IS NOT NULL", name="paused_by_somebody"),
    )


class DeliveryAnswer(db.Model):  # type: ignore[name-defined]
    """What a target answered that was no arrival: kept by a trigger, whoever records it.

    `state` is what the delivery was after it, `attempt` how often it had been sent by then.
    """

    id: Mapped[BigIntPK]
    delivery_id: Mapped[BigInt] = mapped_column(
        ForeignKey("delivery.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[Instant]
    attempt: Mapped[int]
    state: Mapped[str]
    code: Mapped[str]
    message: Mapped[Json | None] = mapped_column(JSONB)


class HandoffDeed(db.Model):  # type: ignore[name-defined]
    """What an operator did: paused or resumed a target, or had deliveries sent again.

    Of *asked* deliveries `sent` are on their way again and `superseded` had a newer one; the rest
    were in a sender's hands or had arrived. `state` and `cause` say of which a whole cause was.
    """

    id: Mapped[BigIntPK]
    act: Mapped[str]
    who: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[CreatedAt]
    target: Mapped[str] = mapped_column(default="", server_default="")
    state: Mapped[str] = mapped_column(default="", server_default="")
    cause: Mapped[str] = mapped_column(default="", server_default="")
    asked: Mapped[int] = mapped_column(default=0, server_default="0")
    sent: Mapped[int] = mapped_column(default=0, server_default="0")
    superseded: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (CheckConstraint("act IN ('replay','pause','resume')", name="act"),)
