"""Reading about people and sellers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import (
    AcceptedNumber,
    CompanyChange,
    Invitation,
    Person,
    ReviewerQueue,
    Role,
    Seller,
    SellerMember,
)
from app.core.clock import database_now
from app.core.database import db, once
from app.core.errors import NotFound

PEOPLE_PAGE = 50
COMPANIES_PAGE = 50
HISTORY = 30


def person_by_email(email: str) -> Person | None:
    """The person with this address, in whatever case it was typed."""
    return db.session.scalar(select(Person).where(Person.email == normal_email(email)))


def normal_email(email: str) -> str:
    """The form an address is stored and found in."""
    return email.strip().lower()


def memberships(person_id: int) -> list[SellerMember]:
    """What the person belongs to, oldest first, with the sellers loaded."""
    stmt = select(SellerMember).where(SellerMember.person_id == person_id)
    return list(db.session.scalars(stmt.order_by(SellerMember.created_at, SellerMember.seller_id)))


def belongs_to_seller(person_id: int, seller_id: int) -> bool:
    """Whether the person is of this company: staff then keep their hands off its listings.

    Asked once a transaction.
    """
    stmt = select(
        exists().where(SellerMember.person_id == person_id, SellerMember.seller_id == seller_id)
    )
    key = ("belongs-to-seller", person_id, seller_id)
    return once(key, lambda: bool(db.session.scalar(stmt)))


def ids_of_seller(seller_id: int) -> list[int]:
    """The active people of a seller: who hears about its listings."""
    stmt = select(Person.id).join(SellerMember, SellerMember.person_id == Person.id)
    stmt = stmt.where(SellerMember.seller_id == seller_id, Person.active)
    return list(db.session.scalars(stmt.order_by(Person.id)))


def languages_of_seller(seller_id: int) -> set[str]:
    """The languages that they read in."""
    stmt = select(Person.language).join(SellerMember, SellerMember.person_id == Person.id)
    return set(db.session.scalars(stmt.where(SellerMember.seller_id == seller_id, Person.active)))


def ids_with_role(role: str) -> list[int]:
    """The active staff of a role, practice people left out."""
    stmt = (
        select(Person.id)
        .join(Person.roles)
        .where(Role.name == role, Person.active, ~Person.practice)
        .order_by(Person.id)
    )
    return list(db.session.scalars(stmt))


def found_people(words: str = "", role: str = "", before: int | None = None) -> list[Person]:
    """Up to PEOPLE_PAGE + 1 people, newest first, with their roles and sellers loaded.

    *words* are looked for in names, addresses and companies; *role* is `reviewer`, `operator`,
    `seller` or empty; *before* is the id that the page goes on from.
    """
    stmt = select(Person).options(selectinload(Person.memberships))
    if words:
        companies = SellerMember.seller.has(Seller.name.icontains(words, autoescape=True))
        stmt = stmt.where(
            or_(
                Person.name.icontains(words, autoescape=True),
                Person.email.icontains(words, autoescape=True),
                Person.memberships.any(companies),
            )
        )
    if role == "seller":
        stmt = stmt.where(Person.memberships.any())
    elif role:
        stmt = stmt.where(Person.roles.any(Role.name == role))
    if before is not None:
        stmt = stmt.where(Person.id < before)
    return list(db.session.scalars(stmt.order_by(Person.id.desc()).limit(PEOPLE_PAGE + 1)))


def person_of(person_id: int) -> Person:
    """The person, as they are now. `NotFound`."""
    found = db.session.get(Person, person_id, populate_existing=True)
    if found is None:
        raise NotFound()
    return found


def away_since(person_id: int) -> datetime | None:
    """Since when the person takes no cases; None for whoever does."""
    return db.session.scalar(select(Person.away_at).where(Person.id == person_id))


def queues_of(person_id: int) -> list[str]:
    """The queues a reviewer takes cases from."""
    stmt = select(ReviewerQueue.queue).where(ReviewerQueue.person_id == person_id)
    return list(db.session.scalars(stmt.order_by(ReviewerQueue.queue)))


def reviewing(person_id: int) -> dict[str, bool]:
    """Those queues, each with whether they lead it; asked once a transaction."""
    stmt = select(ReviewerQueue.queue, ReviewerQueue.lead).order_by(ReviewerQueue.queue)
    stmt = stmt.where(ReviewerQueue.person_id == person_id)
    return once(
        ("reviewing", person_id), lambda: {row.queue: row.lead for row in db.session.execute(stmt)}
    )


def reviewers_by_queue() -> dict[str, list[tuple[Person, bool]]]:
    """Who takes cases of each queue, by name, and whether as its lead."""
    rows = db.session.execute(
        select(ReviewerQueue.queue, ReviewerQueue.lead, Person)
        .join(Person, Person.id == ReviewerQueue.person_id)
        .where(Person.active)
        .order_by(ReviewerQueue.queue, Person.name, Person.id)
    )
    found: dict[str, list[tuple[Person, bool]]] = {}
    for queue, lead, person in rows:
        found.setdefault(queue, []).append((person, lead))
    return found


def led_by(person_id: int) -> list[str]:
    """Those of their queues in which a reviewer may take cases from others."""
    stmt = select(ReviewerQueue.queue).where(
        ReviewerQueue.person_id == person_id, ReviewerQueue.lead
    )
    return list(db.session.scalars(stmt.order_by(ReviewerQueue.queue)))


def seller(seller_id: int) -> Seller | None:
    """The seller, if there is one."""
    return db.session.get(Seller, seller_id)


def team(seller_id: int) -> list[SellerMember]:
    """The people of a seller, owners first, with the persons loaded."""
    stmt = (
        select(SellerMember)
        .options(joinedload(SellerMember.person))
        .where(SellerMember.seller_id == seller_id)
        .order_by(SellerMember.role.desc(), SellerMember.created_at)
    )
    return list(db.session.scalars(stmt))


def open_invitations(seller_id: int) -> list[Invitation]:
    """Invitations that may still be accepted."""
    stmt = select(Invitation).where(
        Invitation.seller_id == seller_id, Invitation.expires_at > database_now()
    )
    return list(db.session.scalars(stmt.order_by(Invitation.id)))


def open_invitation(invitation_id: int) -> Invitation | None:
    """The invitation, unless it is used up, taken back or over."""
    stmt = select(Invitation).where(
        Invitation.id == invitation_id, Invitation.expires_at > database_now()
    )
    return db.session.scalar(stmt)


def names_of(person_ids: Sequence[int]) -> dict[int, str]:
    """Names to show, by person."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


def seller_of(seller_id: int) -> Seller:
    """The seller, as it is now. `NotFound`."""
    found = db.session.get(Seller, seller_id, populate_existing=True)
    if found is None:
        raise NotFound()
    return found


def found_companies(words: str = "", before: int | None = None) -> list[Seller]:
    """Up to COMPANIES_PAGE + 1 companies, newest first; *before* is the id to go on from.

    *words* are looked for in names and registration numbers.
    """
    stmt = select(Seller)
    if words:
        fits = [Seller.name.icontains(words, autoescape=True)]
        if digits := "".join(c for c in words if c.isdigit()):
            fits.append(Seller.business_number.contains(digits))
        stmt = stmt.where(or_(*fits))
    if before is not None:
        stmt = stmt.where(Seller.id < before)
    return list(db.session.scalars(stmt.order_by(Seller.id.desc()).limit(COMPANIES_PAGE + 1)))


def acceptance_of(number: str) -> AcceptedNumber | None:
    """Who of the staff accepted a registration number that fails its check, and why."""
    return db.session.get(AcceptedNumber, number)


def accepted_numbers() -> list[tuple[AcceptedNumber, str]]:
    """All that were accepted, newest first, each with the name of who did it."""
    stmt = select(AcceptedNumber, Person.name).join(Person, Person.id == AcceptedNumber.accepted_by)
    rows = db.session.execute(stmt.order_by(AcceptedNumber.accepted_at.desc()))
    return [(row[0], row[1]) for row in rows]


def newest_change(seller_id: int) -> int:
    """The id of the company's newest change, 0 for none."""
    newest = select(func.max(CompanyChange.id)).where(CompanyChange.seller_id == seller_id)
    return db.session.scalar(newest) or 0


def company_history(seller_id: int) -> list[tuple[CompanyChange, str]]:
    """The newest HISTORY changes of the company's facts, each with the name of who made it."""
    stmt = (
        select(CompanyChange, Person.name)
        .join(Person, Person.id == CompanyChange.who)
        .where(CompanyChange.seller_id == seller_id)
        .order_by(CompanyChange.id.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(stmt.limit(HISTORY))]
