"""The verbs of accounts. What changes what a person may do ends all their sessions."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from app.accounts import passwords
from app.accounts.events import (
    MemberInvited,
    PasswordChanged,
    RecoveryAsked,
    ReviewingEnded,
    SellerSignedUp,
    SignUpRepeated,
)
from app.accounts.models import (
    Invitation,
    Person,
    ReviewerQueue,
    Role,
    Seller,
    SellerMember,
    WebSession,
)
from app.accounts.queries import normal_email, person_by_email, queues_of
from app.core.clock import database_now, now
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.unit_of_work import record
from app.core.words import Words
from app.settings import settings

NUMBER_TAKEN = Words(
    "사업자등록번호: 이미 등록된 회사입니다. 회사의 대표 계정에 초대를 요청하세요.",
    "Registration number: this company is registered. Ask its owner to invite you.",
)
LAST_OWNER = Words(
    "회사에는 대표 계정이 하나 이상 있어야 합니다.",
    "A company keeps at least one owner.",
)
FORGOTTEN = Words(
    "사용을 멈춘 지 오래되어 이름과 주소를 지운 사람입니다. 새로 초대하세요.",
    "This person was disabled so long ago that name and address are gone. Invite them anew.",
)
LAST_OPERATOR = Words(
    "운영자가 한 명은 있어야 합니다. 다른 사람에게 먼저 운영자 역할을 주세요.",
    "There must be one operator. Make somebody else an operator first.",
)


@dataclass(frozen=True)
class SignUp:
    """What a seller gives when signing up. *business_number* is ten digits."""

    name: str
    email: str
    password: str
    company: str
    business_number: str
    phone: str
    language: str


def sign_up(wish: SignUp) -> None:
    """Make the person, the seller and the ownership.

    An address that has an account already gets a mail saying so instead, and the caller is told
    nothing: who has an account is nobody's business. `Invalid` at `business_number` when the
    company is registered, which is public knowledge.
    """
    taken = db.session.scalar(
        select(Seller.id).where(Seller.business_number == wish.business_number)
    )
    if taken:
        raise Invalid("business-number-taken", NUMBER_TAKEN, path="business_number")
    known = person_by_email(wish.email)
    stored = passwords.hashed(wish.password)  # made in either case: the answer takes as long
    if known:
        record(SignUpRepeated(known.id))
        return
    person = make_person(wish.email, wish.name, stored, wish.language)
    seller = make_seller(
        wish.company,
        wish.business_number,
        contact=(wish.name, normal_email(wish.email), wish.phone),
        language=wish.language,
    )
    join(person.id, seller.id, "owner")
    record(SellerSignedUp(seller.id, person.id))


def make_person(
    email: str, name: str, stored: str | None, language: str = "ko", practice: bool = False
) -> Person:
    """A new person with the hash *stored* of a password, or none yet."""
    person = Person(
        email=normal_email(email),
        name=name.strip(),
        password=stored,
        language=language,
        practice=practice,
        fs_uniquifier=uuid.uuid4().hex,
    )
    db.session.add(person)
    db.session.flush()
    return person


def make_seller(
    name: str,
    business_number: str,
    contact: tuple[str, str, str] = ("", "", ""),
    language: str = "ko",
    practice: bool = False,
) -> Seller:
    """A new seller; *contact* is name, email and phone."""
    seller = Seller(
        name=name.strip(),
        business_number=business_number,
        contact_name=contact[0],
        contact_email=contact[1],
        contact_phone=contact[2],
        language=language,
        practice=practice,
    )
    db.session.add(seller)
    db.session.flush()
    return seller


def join(person_id: int, seller_id: int, role: str) -> None:
    """Make the person a member or owner of the seller, unless they belong to it already."""
    db.session.execute(
        insert(SellerMember)
        .values(person_id=person_id, seller_id=seller_id, role=role)
        .on_conflict_do_nothing()
    )


def check_password(email: str, password: str) -> Person | None:
    """The active person with this address and password. Takes as long for an unknown address."""
    person = person_by_email(email)
    right = passwords.fits(password, person.password if person else None)
    return person if person and person.active and right else None


def ask_recovery(email: str) -> None:
    """Have a link mailed with which to choose a new password, if the address has an account."""
    person = person_by_email(email)
    if person and person.active:
        record(RecoveryAsked(person.id))


def set_password(person: Person, password: str) -> None:
    """Give the person a new password. Every session and every mailed link of theirs is dead."""
    person.password = passwords.hashed(password)
    end_sessions(person)
    record(PasswordChanged(person.id))


def end_sessions(person: Person) -> None:
    """Sign the person out everywhere."""
    db.session.execute(delete(WebSession).where(WebSession.person == person.fs_uniquifier))
    person.fs_uniquifier = uuid.uuid4().hex
    db.session.flush()


def disable(person: Person) -> None:
    """The person can no longer sign in. `Conflict` for the last operator."""
    _keep_an_operator(person)
    person.active = False
    person.disabled_at = now()
    end_sessions(person)
    stop_reviewing(person)


def stop_reviewing(person: Person) -> None:
    """What a reviewer holds goes back to the queues, which stay theirs."""
    if theirs := queues_of(person.id):
        record(ReviewingEnded(person.id, tuple(theirs)))


def mark_away(person: Person) -> None:
    """A reviewer takes no cases until they are back; those they hold go back at once."""
    person.away_at = person.away_at or now()
    stop_reviewing(person)


def mark_back(person: Person) -> None:
    """They take cases again."""
    person.away_at = None


def enable(person: Person) -> None:
    """The person can sign in again. `Conflict` once nothing is known of them any more."""
    if person.forgotten_at is not None:
        raise Conflict("person-forgotten", FORGOTTEN)
    person.active = True
    person.disabled_at = None


def grant(person: Person, role: str, queues: tuple[str, ...] = ()) -> None:
    """Make the person staff; *queues* are those a reviewer takes cases from."""
    db.session.execute(insert(Role).values(name=role).on_conflict_do_nothing())
    row = db.session.scalars(select(Role).where(Role.name == role)).one()
    if row not in person.roles:
        person.roles.append(row)
        end_sessions(person)
    for queue in queues:
        db.session.execute(
            insert(ReviewerQueue).values(person_id=person.id, queue=queue).on_conflict_do_nothing()
        )
    db.session.flush()


def withdraw_role(person: Person, role: str) -> None:
    """The person is no longer staff of this role. `Conflict` for the last operator."""
    if role == "operator":
        _keep_an_operator(person)
    if role == "reviewer":
        assign_queues(person, ())
        mark_back(person)
    person.roles = [row for row in person.roles if row.name != role]
    end_sessions(person)


def assign_queues(person: Person, queues: Collection[str], led: Collection[str] = ()) -> None:
    """Have a reviewer take the cases of these queues and of no others, as a lead of those *led*."""
    before = set(queues_of(person.id))
    ended = tuple(sorted(before - set(queues)))
    theirs = ReviewerQueue.person_id == person.id
    db.session.execute(delete(ReviewerQueue).where(theirs, ReviewerQueue.queue.in_(ended)))
    for queue in sorted(set(queues) - before):
        stmt = insert(ReviewerQueue).values(person_id=person.id, queue=queue)
        db.session.execute(stmt.on_conflict_do_nothing())
    db.session.execute(
        update(ReviewerQueue).where(theirs).values(lead=ReviewerQueue.queue.in_(list(led)))
    )
    if ended:
        record(ReviewingEnded(person.id, ended))


def _keep_an_operator(leaving: Person) -> None:
    # Two operators who turn each other out wait here, and the second finds itself the last.
    role = db.session.scalars(
        select(Role).where(Role.name == "operator").with_for_update()
    ).one_or_none()
    if role is None or role not in leaving.roles or not leaving.active:
        return
    others = select(Person.id).where(
        Person.roles.contains(role), Person.active, ~Person.practice, Person.id != leaving.id
    )
    if db.session.scalar(others.limit(1)) is None:
        raise Conflict("last-operator", LAST_OPERATOR)


def invite(seller_id: int, email: str, who: int) -> Invitation:
    """Ask somebody to join the seller; asking again sends the mail again."""
    expires = database_now() + timedelta(days=settings().invitation_days)
    values = {"invited_by": who, "expires_at": expires}
    stmt = (
        insert(Invitation)
        .values(seller_id=seller_id, email=normal_email(email), **values)
        .on_conflict_do_update(index_elements=["seller_id", "email"], set_=values)
        .returning(Invitation)
    )
    invitation = db.session.scalars(stmt).one()
    record(MemberInvited(invitation.id))
    return invitation


def take_back_invitation(seller_id: int, invitation_id: int) -> None:
    """The mailed link no longer works."""
    stmt = delete(Invitation).where(
        Invitation.id == invitation_id, Invitation.seller_id == seller_id
    )
    if not db.session.execute(stmt.returning(Invitation.id)).first():
        raise NotFound()


def accept_invitation(invitation: Invitation, person: Person) -> None:
    """The person joins as a member; the invitation is used up, once."""
    used = db.session.execute(
        delete(Invitation).where(Invitation.id == invitation.id).returning(Invitation.id)
    ).first()
    if not used:
        raise NotFound()
    join(person.id, invitation.seller_id, "member")


def remove_member(seller_id: int, person_id: int) -> None:
    """The person leaves the seller and is signed out. `Conflict` for the last owner."""
    leaving = _member(seller_id, person_id, stays_owner=False)
    person = leaving.person
    db.session.execute(
        delete(SellerMember).where(
            SellerMember.seller_id == seller_id, SellerMember.person_id == person_id
        )
    )
    end_sessions(person)


def change_member_role(seller_id: int, person_id: int, role: str) -> None:
    """Make the person `owner` or `member` of the seller. `Conflict` for the last owner."""
    _member(seller_id, person_id, stays_owner=role == "owner").role = role


def _member(seller_id: int, person_id: int, stays_owner: bool) -> SellerMember:
    """A membership to be changed, every one of the seller locked. `NotFound`."""
    rows = db.session.scalars(
        select(SellerMember)
        .where(SellerMember.seller_id == seller_id)
        .with_for_update(of=SellerMember)
        .execution_options(populate_existing=True)
    ).all()
    found = next((row for row in rows if row.person_id == person_id), None)
    if found is None:
        raise NotFound()
    owners = [row.person_id for row in rows if row.role == "owner"]
    if owners == [person_id] and not stays_owner:
        raise Conflict("last-owner", LAST_OWNER)
    return found


def choose_language(person_id: int, language: str) -> None:
    """The language of the person's pages and mail."""
    db.session.execute(update(Person).where(Person.id == person_id).values(language=language))
