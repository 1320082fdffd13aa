"""People and sellers as tests need them; what a test does not state is made up.

Call them in an application context (the `session` fixture opens one).
"""

import itertools
import secrets
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from app.accounts import actions, passwords
from app.accounts.business_number import _check_digit
from app.accounts.models import Person, Seller, WebSession
from app.accounts.sessions import _key
from app.core.clock import database_now
from app.core.database import db
from app.settings import settings

_numbers = itertools.count(1)


def business_number() -> str:
    """A registration number nobody has had, with its check digit."""
    first = f"22{next(_numbers):07d}"
    return f"{first}{_check_digit(first)}"


def person(email: str = "", name: str = "", password: str = "", **columns: Any) -> Person:
    """A person of no company and no role. Without a password they cannot use the sign-in page."""
    no = next(_numbers)
    stored = passwords.hashed(password) if password else None
    made = actions.make_person(email or f"person{no}@seller.example", name or f"사람 {no}", stored)
    for column, value in columns.items():
        setattr(made, column, value)
    db.session.flush()
    return made


def seller(name: str = "", **columns: Any) -> Seller:
    """A seller with one owner: `owner_of(seller)`."""
    made = actions.make_seller(name or f"회사 {next(_numbers)}", business_number())
    for column, value in columns.items():
        setattr(made, column, value)
    db.session.flush()
    actions.join(person().id, made.id, "owner")
    return made


def owner_of(of: Seller) -> Person:
    """The owner of a seller made here."""
    db.session.refresh(of)
    return next(row.person for row in of.members if row.role == "owner")


def member_of(of: Seller) -> Person:
    """A new member of the seller."""
    made = person()
    actions.join(made.id, of.id, "member")
    db.session.refresh(of)
    return made


def reviewer(*queues: str, **columns: Any) -> Person:
    """A reviewer of these queues, or of `general`."""
    made = person(**columns)
    actions.grant(made, "reviewer", queues or ("general",))
    return made


def operator(**columns: Any) -> Person:
    """An operator."""
    made = person(**columns)
    actions.grant(made, "operator")
    return made


def signed_in(client: FlaskClient, who: Person) -> FlaskClient:
    """The client, signed in as *who* and with that session's CSRF token on every request."""
    sid, token = secrets.token_urlsafe(32), secrets.token_hex(20)
    data = {"_user_id": who.fs_uniquifier, "_fresh": True, "csrf_token": token}
    data["staff"] = bool(who.roles)
    db.session.add(
        WebSession(
            key=_key(sid),
            data=data,
            person=who.fs_uniquifier,
            expires_at=database_now() + timedelta(hours=1),
        )
    )
    db.session.commit()
    client.set_cookie("onshelf-session", sid)
    signed = URLSafeTimedSerializer(settings().secret_key, salt="wtf-csrf-token").dumps(token)
    client.environ_base["HTTP_X_CSRFTOKEN"] = signed
    return client
