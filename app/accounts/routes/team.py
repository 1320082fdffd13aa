"""The people of a company: seen by all of them, run by its owners."""

from flask import Response, request, url_for

from app.accounts import actions, queries
from app.accounts.current import current_person, current_seller_id
from app.accounts.forms import InvitationForm
from app.accounts.limits import TooManyAttempts, count_attempt
from app.accounts.permissions import owner_only, seller_only
from app.accounts.routes import blueprint
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.web import go, page
from app.web.language import current_language


@blueprint.get("/team")
@seller_only
def team() -> Response:
    """Members and open invitations; for owners the form to ask somebody."""
    return _page(InvitationForm(), 200)


@blueprint.post("/team/invitations")
@owner_only
def invite() -> Response:
    """Ask somebody by mail to join."""
    form = InvitationForm()
    if not form.validate():
        return _page(form, 422)
    person = current_person()
    try:
        with unit_of_work():
            count_attempt("invitation", person.email, "")
        with unit_of_work():
            actions.invite(_seller_id(), form.email.data, person.id)
    except TooManyAttempts as refused:
        form.refuse("email", refused.text(current_language()))
        return _page(form, 429)
    return go(url_for("accounts.team", said="invited"))


@blueprint.post("/team/invitations/<int:invitation_id>/removal")
@owner_only
def take_back(invitation_id: int) -> Response:
    """Take an invitation back."""
    with unit_of_work():
        actions.take_back_invitation(_seller_id(), invitation_id)
    return go(url_for("accounts.team", said="taken-back"))


@blueprint.post("/team/members/<int:person_id>/removal")
@owner_only
def remove(person_id: int) -> Response:
    """Remove a member: they are signed out and act for the company no more."""
    with unit_of_work():
        actions.remove_member(_seller_id(), person_id)
    return go(url_for("accounts.team", said="removed"))


@blueprint.post("/team/members/<int:person_id>/role")
@owner_only
def change_role(person_id: int) -> Response:
    """Make a member an owner, or an owner a member."""
    role = request.form.get("role", "")
    if role not in ("owner", "member"):
        raise NotFound()
    with unit_of_work():
        actions.change_member_role(_seller_id(), person_id, role)
    return go(url_for("accounts.team", said="role"))


def _seller_id() -> int:
    seller_id = current_seller_id()
    if seller_id is None:
        raise NotFound()
    return seller_id


def _page(form: InvitationForm, status: int) -> Response:
    seller_id = _seller_id()
    return page(
        "accounts/team.html",
        status=status,
        form=form,
        seller=queries.seller(seller_id),
        team=queries.team(seller_id),
        invitations=queries.open_invitations(seller_id),
        me=current_person().id,
        said=request.args.get("said"),
    )
