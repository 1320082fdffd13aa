"""A new password for somebody who has lost theirs, by a mailed link that works once."""

from flask import Response, request, url_for
from sqlalchemy import select

from app.accounts import actions
from app.accounts.forms import NewPasswordForm, RecoveryForm
from app.accounts.limits import TooManyAttempts, count_attempt
from app.accounts.models import Person
from app.accounts.queries import normal_email
from app.accounts.routes import blueprint
from app.accounts.tokens import recovery_subject
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.web import go, page


@blueprint.get("/recovery")
def recovery() -> Response:
    """Ask for the link."""
    return page("accounts/recovery.html", form=RecoveryForm(), asked="")


@blueprint.post("/recovery")
def ask() -> Response:
    """Mail the link if there is an account; the page says the same if there is none.

    More than a few mails to one address are not sent either, and the page says the same again.
    """
    form = RecoveryForm()
    if not form.validate():
        return page("accounts/recovery.html", status=422, form=form, asked="")
    try:
        with unit_of_work():
            count_attempt("recovery", normal_email(form.email.data), request.remote_addr or "")
        with unit_of_work():
            actions.ask_recovery(form.email.data)
    except TooManyAttempts:
        pass
    return page("accounts/recovery.html", form=form, asked=form.email.data)


@blueprint.get("/recovery/<token>")
def new_password(token: str) -> Response:
    """Choose the new password, if the link still works."""
    person = _person_of(token)
    return _page(NewPasswordForm(), 200) if person else page("accounts/link_over.html", status=404)


@blueprint.post("/recovery/<token>")
def set_new_password(token: str) -> Response:
    """Set it. The link is used up, and every session of the person is over."""
    person = _person_of(token)
    if person is None:
        return page("accounts/link_over.html", status=404)
    form = NewPasswordForm()
    form.known = (person.name, person.email)
    if not form.validate():
        return _page(form, 422)
    with unit_of_work():
        actions.set_password(person, form.password.data)
    return go(url_for("accounts.sign_in", said="password-changed"))


def _page(form: NewPasswordForm, status: int) -> Response:
    return page("accounts/new_password.html", status=status, form=form)


def _person_of(token: str) -> Person | None:
    subject = recovery_subject(token)
    if subject is None:
        return None
    stmt = select(Person).where(Person.fs_uniquifier == subject, Person.active)
    return db.session.scalar(stmt)
