"""People: who they are, what they may do, and whether they may sign in at all.

Whoever is changed is signed out by it; the last operator cannot be turned out.
"""

import logging

from flask import Response, request, url_for

from app.accounts import actions, queries
from app.accounts.current import current_person
from app.accounts.models import Person
from app.accounts.permissions import operator_only
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.review.appealed import COUNTED_DAYS, tally_of
from app.surfaces.operator.blueprint import blueprint
from app.taxonomy.queues import queues
from app.web import go, page

log = logging.getLogger(__name__)
STAFF = ("reviewer", "operator")
KINDS = ("seller", *STAFF)


@blueprint.get("/people")
@operator_only
def people() -> Response:
    """Everybody, newest first, by the words and the role in the address."""
    words = request.args.get("q", "").strip()[:100]
    role = request.args.get("role", "")
    role = role if role in KINDS else ""
    found = queries.found_people(words, role, before=request.args.get("before", type=int))
    shown = found[: queries.PEOPLE_PAGE]
    older = (
        url_for(".people", q=words or None, role=role or None, before=shown[-1].id)
        if len(found) > len(shown)
        else None
    )
    return page("operator/people.html", people=shown, words=words, role=role, older=older)


@blueprint.get("/people/<int:person_id>")
@operator_only
def person(person_id: int) -> Response:
    """One person with everything an operator may change."""
    found = queries.person_of(person_id)
    return page(
        "operator/person.html",
        person=found,
        roles={role.name for role in found.roles},
        memberships=queries.memberships(found.id),
        queues=list(queues().items()),
        theirs=queries.queues_of(found.id),
        led=queries.led_by(found.id),
        tally=tally_of(found.id),
        appeal_days=COUNTED_DAYS,
        me=current_person().id,
    )


@blueprint.post("/people/<int:person_id>/roles/<role>/grant")
@operator_only
def grant_role(person_id: int, role: str) -> Response:
    """Make somebody a reviewer or an operator."""
    with unit_of_work():
        actions.grant(_person(person_id), _staff(role))
    return _done(person_id, f"granted {role}")


@blueprint.post("/people/<int:person_id>/roles/<role>/withdrawal")
@operator_only
def withdraw_role(person_id: int, role: str) -> Response:
    """Take a role away; a reviewer's claims go back to their queues."""
    with unit_of_work():
        actions.withdraw_role(_person(person_id), _staff(role))
    return _done(person_id, f"withdrew {role}")


@blueprint.post("/people/<int:person_id>/queues")
@operator_only
def assign_queues(person_id: int) -> Response:
    """Have a reviewer take cases of exactly the queues that are ticked, as a lead of some."""
    chosen = [code for code in request.form.getlist("queues") if code in queues()]
    led = [code for code in request.form.getlist("led") if code in chosen]
    with unit_of_work():
        actions.assign_queues(_reviewer(person_id), chosen, led)
    return _done(person_id, f"assigned queues {chosen}, lead of {led}")


@blueprint.post("/people/<int:person_id>/absence")
@operator_only
def mark_away(person_id: int) -> Response:
    """A reviewer takes no cases for now; what they hold goes back at once."""
    with unit_of_work():
        actions.mark_away(_reviewer(person_id))
    return _done(person_id, "marked as away", anchor="queues")


@blueprint.post("/people/<int:person_id>/return")
@operator_only
def mark_back(person_id: int) -> Response:
    """They take cases again."""
    with unit_of_work():
        actions.mark_back(_reviewer(person_id))
    return _done(person_id, "marked as back", anchor="queues")


@blueprint.post("/people/<int:person_id>/disabling")
@operator_only
def disable(person_id: int) -> Response:
    """Sign somebody out for good; what they hold goes back at once."""
    with unit_of_work():
        actions.disable(_person(person_id))
    return _done(person_id, "disabled")


@blueprint.post("/people/<int:person_id>/enabling")
@operator_only
def enable(person_id: int) -> Response:
    """Let somebody sign in again."""
    with unit_of_work():
        actions.enable(_person(person_id))
    return _done(person_id, "enabled")


def _person(person_id: int) -> Person:
    return queries.person_of(person_id)


def _reviewer(person_id: int) -> Person:
    found = _person(person_id)
    if not found.has_role("reviewer"):
        raise NotFound()
    return found


def _staff(role: str) -> str:
    if role not in STAFF:
        raise NotFound()
    return role


def _done(person_id: int, what: str, anchor: str | None = None) -> Response:
    log.info("operator %d: %s of person %d", current_person().id, what, person_id)
    return go(url_for(".person", person_id=person_id, _anchor=anchor))
