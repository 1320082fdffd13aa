"""People and the sellers they work for.

A person signs in; a seller is a company. A membership says who may act for which seller; the roles
`reviewer` and `operator` are staff, and a reviewer sees the queues of `reviewer_queue` alone.
"""

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base, BigInt, BigIntPK, CreatedAt, Instant, Json, db

person_role = Table(
    "person_role",
    Base.metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(db.Model, RoleMixin):  # type: ignore[name-defined]
    """A staff role: `reviewer` or `operator`."""

    id: Mapped[BigIntPK]
    name: Mapped[str] = mapped_column(unique=True)

    __table_args__ = (CheckConstraint("name IN ('reviewer','operator')", name="name"),)


class Person(db.Model, UserMixin):  # type: ignore[name-defined]
    """Somebody who can sign in. A session names `fs_uniquifier`: a new one ends them all."""

    id: Mapped[BigIntPK]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    # argon2id; null until an invited person has chosen one.
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    disabled_at: Mapped[Instant | None]
    # Since when a reviewer takes no cases for now; the queues stay theirs.
    away_at: Mapped[Instant | None]
    # Set when what was known of a disabled person was forgotten (`forgetting.py`).
    forgotten_at: Mapped[Instant | None]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(default="ko", server_default="ko")
    practice: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    created_at: Mapped[CreatedAt]

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary=person_role, lazy="selectin"
    )
    memberships: Mapped[list["SellerMember"]] = relationship(
        back_populates="person", order_by="SellerMember.seller_id", lazy="select"
    )

    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("language IN ('ko','en')", name="language"),
    )


class Seller(db.Model):  # type: ignore[name-defined]
    """A company that sells. `business_number` is the ten digits of its registration."""

    id: Mapped[BigIntPK]
    name: Mapped[str]
    business_number: Mapped[str] = mapped_column(unique=True)
    representative: Mapped[str] = mapped_column(default="", server_default="")
    address: Mapped[str] = mapped_column(default="", server_default="")
    # 통신판매업 신고번호, or a code of `mail_order.EXEMPTIONS` where there is none to be had.
    mail_order_number: Mapped[str] = mapped_column(default="", server_default="")
    mail_order_exempt: Mapped[str] = mapped_column(default="", server_default="")
    contact_name: Mapped[str] = mapped_column(default="", server_default="")
    contact_email: Mapped[str] = mapped_column(default="", server_default="")
    contact_phone: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="ko", server_default="ko")
    # Its listings never reach shoppers: see `make probe`.
    practice: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # Since when it may not sell: what `suspending.py` asks under the row's lock.
    suspended_at: Mapped[Instant | None]
    created_at: Mapped[CreatedAt]

    members: Mapped[list["SellerMember"]] = relationship(
        back_populates="seller", order_by="SellerMember.person_id", lazy="select"
    )

    __table_args__ = (
        CheckConstraint("business_number ~ '^[0-9]{10}$'", name="business_number_is_ten_digits"),
    )


class Suspension(db.Model):  # type: ignore[name-defined]
    """A company was stopped from selling, by whom and why; the one not lifted is running."""

    id: Mapped[BigIntPK]
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"), index=True)
    # A code of `suspension_reasons.REASONS`, and what its seller is told besides.
    reason: Mapped[str]
    note: Mapped[str] = mapped_column(default="", server_default="")
    suspended_by: Mapped[BigInt] = mapped_column(ForeignKey("person.id"))
    suspended_at: Mapped[CreatedAt]
    items_recalled: Mapped[int] = mapped_column(default=0, server_default="0")
    lifted_by: Mapped[BigInt | None] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[Instant | None]
    lift_note: Mapped[str] = mapped_column(default="", server_default="")
    items_restored: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted"),
        Index(
            "uq_suspension_running",
            "seller_id",
            unique=True,
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )


class AcceptedNumber(db.Model):  # type: ignore[name-defined]
    """A registration number that fails its check, and that staff accepted all the same."""

    number: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    accepted_by: Mapped[BigInt] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[CreatedAt]


class CompanyChange(db.Model):  # type: ignore[name-defined]
    """One fact of a company changed: what it was and is, who did it, when."""

    id: Mapped[BigIntPK]
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"), index=True)
    # A column of `seller`.
    field: Mapped[str]
    old: Mapped[str]
    new: Mapped[str]
    who: Mapped[BigInt] = mapped_column(ForeignKey("person.id"))
    # Sellers read "Onshelf" in place of the name of one of the staff.
    by_staff: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    at: Mapped[CreatedAt]


class SellerMember(db.Model):  # type: ignore[name-defined]
    """A person works for a seller, as `owner` (also runs the team) or as `member`."""

    person_id: Mapped[BigInt] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"), primary_key=True, index=True)
    role: Mapped[str]
    created_at: Mapped[CreatedAt]

    person: Mapped[Person] = relationship(back_populates="memberships")
    seller: Mapped[Seller] = relationship(back_populates="members", lazy="joined")

    __table_args__ = (CheckConstraint("role IN ('owner','member')", name="role"),)


class ReviewerQueue(db.Model):  # type: ignore[name-defined]
    """A queue whose cases a reviewer takes. Its `lead` may take them from another reviewer."""

    person_id: Mapped[BigInt] = mapped_column(ForeignKey("person.id"), primary_key=True)
    queue: Mapped[str] = mapped_column(primary_key=True)
    lead: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Invitation(db.Model):  # type: ignore[name-defined]
    """An owner asked somebody to join. The mailed link is signed and used up with it."""

    id: Mapped[BigIntPK]
    seller_id: Mapped[BigInt] = mapped_column(ForeignKey("seller.id"))
    email: Mapped[str]
    invited_by: Mapped[BigInt] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Instant]

    __table_args__ = (
        UniqueConstraint("seller_id", "email"),
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
    )


class WebSession(db.Model):  # type: ignore[name-defined]
    """A browser's session, found by the hash of its cookie so that a copied table opens no door."""

    key: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[Json]
    # Whose it is, once signed in: the person's `fs_uniquifier`.
    person: Mapped[str | None] = mapped_column(index=True)
    created_at: Mapped[CreatedAt]
    written_at: Mapped[CreatedAt]
    expires_at: Mapped[Instant]

    __table_args__ = (Index(None, "expires_at"),)


class AccessAttempt(db.Model):  # type: ignore[name-defined]
    """One try at a guarded door (`limits.py`), counted before it is judged."""

    id: Mapped[BigIntPK]
    door: Mapped[str]
    # SHA-256 of what is counted: an account, an address, or both.
    subject: Mapped[str]
    at: Mapped[CreatedAt]

    __table_args__ = (Index(None, "door", "subject", "at"),)
