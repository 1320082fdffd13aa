"""Who reads the page, for the layouts: name, roles, notices, why they may not sell."""

from app.accounts.current import current_membership, current_person, signed_in
from app.accounts.permissions import roles_of
from app.accounts.suspending import Told, running_suspension
from app.journey.notifying.queries import unread
from app.web.navigation import Visitor


def visitor() -> Visitor | None:
    """The person signed in, as the layouts show them; None for anybody else."""
    if not signed_in():
        return None
    person = current_person()
    roles = roles_of(person)
    sells = bool(roles & {"owner", "member"})
    shown = (roles - {"owner", "member"}) | ({"seller"} if sells else set())
    return Visitor(person.name, frozenset(shown), unread(person.id), _stopped())


def _stopped() -> Told | None:
    membership = current_membership()
    return running_suspension(membership.seller) if membership else None
