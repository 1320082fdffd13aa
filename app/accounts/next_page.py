"""Where to go after signing in: the page asked for, if it is one of ours, else the first door."""

from urllib.parse import urlsplit

from flask import current_app, url_for

from app.accounts.models import Person

# The first page of each role, in order: whoever is of two kinds starts with the rarer one.
FIRST_PAGES = (
    ("operator", "operator.ledger"),
    ("reviewer", "review.queue"),
    ("seller", "seller.home"),
)


def local_path(wanted: str | None) -> str | None:
    """*wanted* if it is a plain path here, else None.

    Refused: other hosts and schemes, `//host`, backslashes (browsers read them as slashes),
    control characters (they drop them), and the sign-in pages themselves.
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted:
        return None
    if any(ord(c) < 0x21 or ord(c) == 0x7F for c in wanted):
        return None
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or parts.path.rstrip("/") in {"/sign-in", "/sign-out"}:
        return None
    return wanted


def first_page(person: Person) -> str:
    """The page this person starts from."""
    kinds = {role.name for role in person.roles} | ({"seller"} if person.memberships else set())
    for kind, endpoint in FIRST_PAGES:
        if kind in kinds and endpoint in current_app.view_functions:
            return url_for(endpoint)
    return url_for("accounts.account")
