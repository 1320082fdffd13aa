"""A notice to one person, and the state of its mail."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import BigInt, BigIntPK, CreatedAt, Instant, Json, StateName, db


class Notification(db.Model):  # type: ignore[name-defined]
    """What somebody is told; the sentences are made of code and params (`texts.py`).

    `email` is the address instead of a person's, for those who have no account yet.
    mail_state: waiting -> sent | parked; `none` where no mail is wanted.
    """

    id: Mapped[BigIntPK]
    person_id: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str] = mapped_column(default="", server_default="")
    code: Mapped[str]
    params: Mapped[Json] = mapped_column(default=dict)
    # A path here; mails put the public address in front.
    url: Mapped[str] = mapped_column(default="", server_default="")
    # Whether it stands under the bell.
    shown: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    created_at: Mapped[CreatedAt]
    read_at: Mapped[Instant | None]

    mail_state: Mapped[StateName] = mapped_column(default="waiting")
    not_before: Mapped[CreatedAt]
    lease_until: Mapped[Instant | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    # Why the last attempt failed, for operators.
    trouble: Mapped[str] = mapped_column(default="", server_default="")

    __table_args__ = (
        CheckConstraint("mail_state IN ('waiting','sent','parked','none')", name="mail_state"),
        CheckConstraint("person_id IS NOT NULL OR email <> ''", name="has_an_address"),
        Index("ix_notification_due", "not_before", postgresql_where=text("mail_state = 'waiting'")),
        Index("ix_notification_bell", "person_id", "id", postgresql_where=text("shown")),
    )


Params = dict[str, Any]
