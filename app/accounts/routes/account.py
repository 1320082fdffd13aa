"""One's own account: the password, and which company one acts for."""

from flask import Response, request, session, url_for
from flask_babel import gettext as _

from app.accounts import actions, passwords, queries
from app.accounts.current import current_person, current_seller_id
from app.accounts.forms import ChangePasswordForm
from app.accounts.limits import TooManyAttempts, count_attempt, forget_attempts
from app.accounts.next_page import first_page
from app.accounts.permissions import signed_in_only
from app.accounts.routes import blueprint
from app.accounts.sessions import begin_session
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.web import go, page
from app.web.language import current_language


@blueprint.get("/account")
@signed_in_only
def account() -> Response:
    """Name, address, companies, password."""
    return _page(ChangePasswordForm(), 200)


@blueprint.post("/account/password")
@signed_in_only
def change_password() -> Response:
    """Change the password: other sessions end, this one goes on under a new id."""
    person = current_person()
    form = ChangePasswordForm()
    form.known = (person.name, person.email)
    if not form.validate():
        return _page(form, 422)
    door = ("password", person.email, "")
    try:
        with unit_of_work():
            count_attempt(*door)
    except TooManyAttempts as refused:
        form.refuse("present", refused.text(current_language()))
        return _page(form, 429)
    if not passwords.fits(form.present.data, person.password):
        form.refuse("present", _("This is not your current password."))
        return _page(form, 422)
    with unit_of_work():
        actions.set_password(person, form.password.data)
        forget_attempts(*door)
    begin_session(person)
    return go(url_for("accounts.account", said="password-changed"))


@blueprint.post("/account/seller")
@signed_in_only
def act_for() -> Response:
    """Act for another of one's companies from now on, in this session."""
    seller_id = request.form.get("seller_id", type=int)
    person = current_person()
    if seller_id is None or not queries.belongs_to_seller(person.id, seller_id):
        raise NotFound()
    session["seller_id"] = seller_id
    return go(first_page(person))


def _page(form: ChangePasswordForm, status: int) -> Response:
    person = current_person()
    return page(
        "accounts/account.html",
        status=status,
        form=form,
        person=person,
        memberships=queries.memberships(person.id),
        acting_for=current_seller_id(),
        said=request.args.get("said"),
    )
