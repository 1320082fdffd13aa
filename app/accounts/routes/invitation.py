"""Joining a company by a mailed link."""

from flask import Response, url_for

from app.accounts import actions, passwords, queries
from app.accounts.current import current_person, signed_in
from app.accounts.forms import JoinForm
from app.accounts.models import Invitation
from app.accounts.routes import blueprint
from app.accounts.tokens import invitation_subject
from app.core.unit_of_work import unit_of_work
from app.web import go, page
from app.web.language import current_language


@blueprint.get("/invitations/<token>")
def invitation(token: str) -> Response:
    """Who asks whom; a new person gives name and password, a known one signs in first."""
    found = _invitation(token)
    if found is None:
        return page("accounts/link_over.html", status=404)
    return _page(found, token, JoinForm(), 200)


@blueprint.post("/invitations/<token>")
def accept(token: str) -> Response:
    """Join. The link is used up."""
    found = _invitation(token)
    if found is None:
        return page("accounts/link_over.html", status=404)
    known = queries.person_by_email(found.email)
    if known:
        if not signed_in() or current_person().id != known.id:
            return go(url_for("accounts.sign_in", next=url_for(".invitation", token=token)))
        with unit_of_work():
            actions.accept_invitation(found, known)
        return go(url_for("accounts.account", said="joined"))
    form = JoinForm()
    form.known = (found.email,)
    if not form.validate():
        return _page(found, token, form, 422)
    with unit_of_work():
        person = actions.make_person(
            found.email, form.name.data, passwords.hashed(form.password.data), current_language()
        )
        actions.accept_invitation(found, person)
    return go(url_for("accounts.sign_in", said="joined"))


def _invitation(token: str) -> Invitation | None:
    subject = invitation_subject(token)
    return queries.open_invitation(subject) if subject else None


def _page(found: Invitation, token: str, form: JoinForm, status: int) -> Response:
    known = queries.person_by_email(found.email)
    return page(
        "accounts/invitation.html",
        status=status,
        form=form,
        token=token,
        email=found.email,
        seller=queries.seller(found.seller_id),
        known=known,
        is_me=bool(known and signed_in() and current_person().id == known.id),
    )
