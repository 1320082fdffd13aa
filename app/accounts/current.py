"""Who is asking: for edges only."""

from flask import g, session
from flask_security import current_user

from app.accounts import queries
from app.accounts.models import Person, SellerMember


def signed_in() -> bool:
    """Whether anybody is signed in."""
    return bool(current_user.is_authenticated)


def current_person() -> Person:
    """The person signed in. Only behind a decorator of `permissions.py`."""
    if not signed_in():
        raise RuntimeError("nobody is signed in: the route lacks a decorator of permissions.py")
    person: Person = current_user._get_current_object()
    return person


def current_membership() -> SellerMember | None:
    """The membership the person acts under: the one chosen, else the oldest."""
    if "membership" not in g:
        g.membership = _membership()
    membership: SellerMember | None = g.membership
    return membership


def current_seller_id() -> int | None:
    """The seller the person acts for; None for anybody else."""
    membership = current_membership()
    return membership.seller_id if membership else None


def _membership() -> SellerMember | None:
    if not signed_in():
        return None
    rows = queries.memberships(current_person().id)
    chosen = [row for row in rows if row.seller_id == session.get("seller_id")]
    return next(iter(chosen or rows), None)
