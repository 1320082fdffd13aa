"""Who may do what. `ROLES` is the whole table; the decorators ask it before a route runs.

Nobody signed in: the browser is sent to sign in and comes back. htmx, which may have typed text
around it, gets 401 and the event `session-lost`, and the page offers to sign in where it stands.
Signed in but not allowed: 404, for what is there is not everybody's to know.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, make_response, redirect, request, url_for

from app.accounts.current import current_membership, current_person, signed_in
from app.accounts.models import Person
from app.core.errors import NotFound

View = TypeVar("View", bound=Callable[..., Any])

# Role -> what it may do. `owner` and `member` are of the seller one acts for; the others are staff.
ROLES: dict[str, frozenset[str]] = {
    "owner": frozenset({"account", "listings", "team"}),
    "member": frozenset({"account", "listings"}),
    "reviewer": frozenset({"account", "review"}),
    "operator": frozenset({"account", "operate"}),
}
# What everybody signed in may do, even somebody who has just left their last company.
EVERYBODY = frozenset({"account"})


def roles_of(person: Person) -> frozenset[str]:
    """The person's roles in this request."""
    membership = current_membership()
    own = {membership.role} if membership else set()
    return frozenset(own | {role.name for role in person.roles})


def may(permission: str) -> bool:
    """Whether who is asking may do this."""
    if not signed_in():
        return False
    granted = EVERYBODY.union(*(ROLES[role] for role in roles_of(current_person())))
    return permission in granted


def requires(permission: str) -> Callable[[View], View]:
    """A decorator: the route runs only for those who have *permission*."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            return turn_away() or view(*args, **kwargs)

        def turn_away() -> Response | None:
            if not signed_in():
                return ask_to_sign_in()
            if not may(permission):
                raise NotFound()
            return None

        guarded.__dict__["permission"] = permission
        # Asked once more before a large body is read, where the view takes such.
        guarded.__dict__["turn_away"] = turn_away
        return guarded  # type: ignore[return-value]

    return guard


signed_in_only = requires("account")
seller_only = requires("listings")
owner_only = requires("team")
reviewer_only = requires("review")
operator_only = requires("operate")


def ask_to_sign_in() -> Response:
    """The answer to somebody who is not signed in, or no longer."""
    if request.headers.get("HX-Request") == "true":
        response = make_response("", 401)
        # htmx 4 swaps error answers too: nothing of the page may be replaced by this one.
        response.headers["HX-Reswap"] = "none"
        response.headers["HX-Trigger"] = "session-lost"
        return response
    come_back = request.full_path if request.method == "GET" else ""
    target = url_for("accounts.sign_in", next=come_back.rstrip("?") or None)
    return make_response(redirect(target, 303))
