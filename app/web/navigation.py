"""Who sees which doors: the table of the top bar, and the visitor it is drawn for.

`web` knows no accounts: whoever does hands over one function that tells of the visitor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext

from app.web.preferences import current_theme


@dataclass(frozen=True)
class Visitor:
    """Who reads the page: a name, roles (`seller`, `reviewer`, `operator`), unread notices.

    `stopped` is why their company may not sell, with `reason`, `remedy`, `note`, `at` and
    `items_recalled`; None while it may.
    """

    name: str
    roles: frozenset[str]
    unread: int = 0
    stopped: Any = None


@dataclass(frozen=True)
class Door:
    """A link of the top bar, shown to a role; left out where nothing serves its endpoint.

    Behind it is every page whose address goes on from its own, or from one in `also`.
    """

    role: str
    endpoint: str
    label: Any
    icon: str
    also: tuple[str, ...] = ()


DOORS = (
    Door("seller", "seller.home", lazy_gettext("Home"), "home"),
    Door("seller", "seller.listings", lazy_gettext("Listings"), "box"),
    Door("seller", "seller.orders", lazy_gettext("Orders"), "shopping-cart"),
    Door("reviewer", "review.queue", lazy_gettext("Review queue"), "list-check"),
    Door(
        "operator",
        "operator.ledger",
        lazy_gettext("Handoffs"),
        "truck",
        ("/operator/targets", "/operator/reconciliation"),
    ),
    Door(
        "operator",
        "operator.people",
        lazy_gettext("People"),
        "user",
        ("/operator/companies", "/operator/queues"),
    ),
    Door("operator", "operator.mailbox", lazy_gettext("Mailbox"), "mail"),
)


def tell_visitor(app: Flask, visitor: Callable[[], Visitor | None]) -> None:
    """Let *visitor* say who reads each page; called once a page, `None` for nobody signed in."""
    app.extensions["visitor"] = visitor


def current_visitor() -> Visitor | None:
    """The reader of this page; asked for once a request."""
    if "visitor" not in g:
        ask = current_app.extensions.get("visitor")
        g.visitor = ask() if ask else None
    found: Visitor | None = g.visitor
    return found


def doors() -> list[Door]:
    """The links this visitor gets, in order."""
    visitor = current_visitor()
    served = current_app.view_functions
    roles = visitor.roles if visitor else frozenset()
    return [door for door in DOORS if door.role in roles and door.endpoint in served]


def whether_here(door: Door) -> str:
    """What `aria-current` says of this door: `page`, `true` on a page behind it, else nothing."""
    if request.endpoint == door.endpoint:
        return "page"
    whole = f"{request.path}/"
    leads = (url_for(door.endpoint), *door.also)
    return "true" if any(whole.startswith(f"{lead}/") for lead in leads) else ""


def served(endpoint: str) -> bool:
    """Whether this application has such a page: lets a layout link what is there."""
    return endpoint in current_app.view_functions


def init(app: Flask) -> None:
    """Give the layouts what they draw the top bar from."""
    app.jinja_env.globals.update(
        visitor=current_visitor,
        doors=doors,
        whether_here=whether_here,
        served=served,
        theme=current_theme,
    )
