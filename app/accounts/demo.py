"""The people of a first run (ONSHELF_ENV=demo), and the practice accounts of `make probe`.

Loading twice changes nothing; an account whose owner has changed it is left as it is.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import select

from app.accounts import passwords
from app.accounts.actions import assign_queues, grant, join, make_person, make_seller
from app.accounts.models import Person, Seller
from app.accounts.queries import person_by_email
from app.core.database import db
from app.settings import Settings

PASSWORD = "onshelf-demo-2026"  # noqa: S105 - printed by the start command, for demo alone
EVERY_QUEUE = (
    "general", "apparel", "kitchen", "electronics", "food", "children", "beauty", "home", "leisure",
)  # fmt: skip
PRACTICE_QUEUE = "practice"
PRACTICE_NUMBER = "2148800043"


@dataclass(frozen=True)
class Company:
    """A demo seller with its owner and one member, each (email, name)."""

    name: str
    business_number: str
    phone: str
    address: str
    mail_order_number: str
    language: str
    owner: tuple[str, str]
    member: tuple[str, str]


COMPANIES = (
    Company(
        "하늘옷장",
        "2208100016",
        "02-555-0101",
        "서울특별시 동대문구 왕산로 214, 3층",
        "2021-서울동대문-00412",
        "ko",
        ("owner@haneul.example", "김하늘"),
        ("member@haneul.example", "이서준"),
    ),
    Company(
        "Baum Kitchen Korea",
        "1198600026",
        "02-555-0102",
        "서울특별시 성동구 아차산로 49, 8층",
        "2019-서울성동-01077",
        "en",
        ("owner@baum.example", "Anna Baum"),
        ("member@baum.example", "박지우"),
    ),
)
STAFF = (
    ("reviewer", "reviewer@onshelf.example", "최은영", ("apparel", "kitchen")),
    ("reviewer", "reviewer-all@onshelf.example", "정민호", EVERY_QUEUE),
    ("operator", "operator@onshelf.example", "한도윤", ()),
)
LEAD = "reviewer@onshelf.example"


def load() -> None:
    """Make the demo companies and staff that are not there yet. Inside a unit of work."""
    for company in COMPANIES:
        _company(company)
    for role, email, name, queues in STAFF:
        _staff(_person(email, name, "ko", PASSWORD), role, queues, led=email == LEAD)


def load_practice(settings: Settings) -> None:
    """Make the practice seller and reviewer where a password for them is set, or in demo."""
    password = probe_password(settings)
    if not password:
        return
    person = _person(settings.probe_seller_email, "Practice seller", "en", password, practice=True)
    seller = _seller("Practice seller", PRACTICE_NUMBER, person, "", practice=True)
    join(person.id, seller.id, "owner")
    email = settings.probe_reviewer_email
    reviewer = _person(email, "Practice reviewer", "en", password, practice=True)
    _staff(reviewer, "reviewer", (PRACTICE_QUEUE,))


def probe_password(settings: Settings) -> str:
    """The password of the practice accounts; empty where there are none."""
    return settings.probe_password or (PASSWORD if settings.onshelf_env == "demo" else "")


def demo_accounts() -> list[tuple[str, str, str]]:
    """(role, email, password) of every demo person, for the start command's block."""
    sellers = [
        (role, email, PASSWORD)
        for company in COMPANIES
        for role, email in (
            ("seller owner", company.owner[0]),
            ("seller member", company.member[0]),
        )
    ]
    return sellers + [(role, email, PASSWORD) for role, email, _name, _queues in STAFF]


def _company(company: Company) -> None:
    owner = _person(*company.owner, company.language, PASSWORD)
    member = _person(*company.member, company.language, PASSWORD)
    known = db.session.scalar(
        select(Seller).where(Seller.business_number == company.business_number)
    )
    if known:
        return
    seller = _seller(company.name, company.business_number, owner, company.phone)
    seller.representative, seller.address = owner.name, company.address
    seller.mail_order_number = company.mail_order_number
    join(owner.id, seller.id, "owner")
    join(member.id, seller.id, "member")


def _seller(
    name: str, business_number: str, owner: Person, phone: str, practice: bool = False
) -> Seller:
    known = db.session.scalar(select(Seller).where(Seller.business_number == business_number))
    return known or make_seller(
        name, business_number, (owner.name, owner.email, phone), owner.language, practice
    )


def _staff(person: Person, role: str, queues: tuple[str, ...], led: bool = False) -> None:
    if not person.roles:
        grant(person, role, queues)
        if led:
            assign_queues(person, queues, led=queues)


def _person(email: str, name: str, language: str, password: str, practice: bool = False) -> Person:
    known = person_by_email(email)
    return known or make_person(email, name, _hashed(password), language, practice)


@cache
def _hashed(password: str) -> str:
    # All demo people share one password, which everybody knows: hashed once, it starts sooner.
    return passwords.hashed(password)
