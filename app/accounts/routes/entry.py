"""Signing up, in and out."""

from flask import Response, jsonify, make_response, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from app.accounts import actions
from app.accounts.current import current_person, signed_in
from app.accounts.forms import SignInForm, SignUpForm
from app.accounts.limits import TooManyAttempts, count_attempt, forget_attempts
from app.accounts.models import Person
from app.accounts.next_page import first_page, local_path
from app.accounts.permissions import signed_in_only
from app.accounts.queries import normal_email
from app.accounts.routes import blueprint
from app.accounts.sessions import begin_session, end_session, signed_in_elsewhere
from app.core.errors import Invalid
from app.core.unit_of_work import unit_of_work
from app.web import go, page
from app.web.language import COOKIE, current_language


@blueprint.get("/sign-in")
def sign_in() -> Response:
    """The way in; whoever is in already goes on."""
    if signed_in():
        return go(_onward(current_person()))
    return _sign_in_page(SignInForm(), 200)


@blueprint.post("/sign-in")
def enter() -> Response:
    """Sign in, or say that address and password do not fit: never which of them."""
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form, 422)
    door = ("sign-in", normal_email(form.email.data), request.remote_addr or "")
    try:
        with unit_of_work():
            count_attempt(*door)
    except TooManyAttempts as refused:
        form.refuse("email", refused.text(current_language()))
        return _shut(_sign_in_page(form, 429), refused)
    person = actions.check_password(form.email.data, form.password.data)
    if person is None:
        form.refuse("password", _("The email address and the password do not match."))
        return _sign_in_page(form, 422)
    with unit_of_work():
        forget_attempts(*door)
        if COOKIE in request.cookies:
            actions.choose_language(person.id, current_language())
    begin_session(person)
    return go(_onward(person))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session; somebody signed out already is simply sent on.

    With the last of their sessions, what a reviewer holds goes back to the queues.
    """
    if signed_in() and not signed_in_elsewhere(current_person()):
        with unit_of_work():
            actions.stop_reviewing(current_person())
    end_session()
    return go(url_for("accounts.sign_in", said="signed-out"))


@blueprint.get("/sign-in/done")
@signed_in_only
def signed_in_beside() -> Response:
    """Signed in in a window of its own: it tells the page left behind, and can be closed."""
    return page("accounts/signed_in.html")


@blueprint.get("/session")
def session_state() -> Response:
    """Whether this browser is signed in, and the token its forms need now: for `session.js`."""
    return make_response(jsonify(signed_in=signed_in(), csrf=generate_csrf()))


@blueprint.get("/sign-up")
def sign_up() -> Response:
    """The one page on which a seller signs up."""
    if signed_in():
        return go(first_page(current_person()))
    return _sign_up_page(SignUpForm(), 200)


@blueprint.post("/sign-up")
def register() -> Response:
    """Make person and seller. The answer is the same when the address has an account already."""
    form = SignUpForm()
    if not form.validate():
        return _sign_up_page(form, 422)
    try:
        with unit_of_work():
            count_attempt("sign-up", normal_email(form.email.data), request.remote_addr or "")
        with unit_of_work():
            actions.sign_up(_wish(form))
    except TooManyAttempts as refused:
        form.refuse("email", refused.text(current_language()))
        return _shut(_sign_up_page(form, 429), refused)
    except Invalid as refused:
        form.refuse(refused.path, refused.text(current_language()))
        return _sign_up_page(form, 422)
    return go(url_for("accounts.sign_in", said="signed-up"))


def _wish(form: SignUpForm) -> actions.SignUp:
    return actions.SignUp(
        name=form.name.data,
        email=form.email.data,
        password=form.password.data,
        company=form.company.data,
        business_number=form.digits,
        phone=form.phone.data,
        language=current_language(),
    )


def _onward(person: Person) -> str:
    if "embedded" in request.args:
        return url_for("accounts.signed_in_beside")
    return local_path(request.args.get("next")) or first_page(person)


def _sign_in_page(form: SignInForm, status: int) -> Response:
    kept = {"next": local_path(request.args.get("next"))}
    if "embedded" in request.args:
        kept["embedded"] = "1"
    said = request.args.get("said") if request.method == "GET" else None
    return page("accounts/sign_in.html", status=status, form=form, kept=kept, said=said)


def _sign_up_page(form: SignUpForm, status: int) -> Response:
    return page("accounts/sign_up.html", status=status, form=form)


def _shut(response: Response, refused: TooManyAttempts) -> Response:
    response.headers["Retry-After"] = str(refused.params["minutes"] * 60)
    return response
