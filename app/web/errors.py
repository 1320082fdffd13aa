"""Refusals and failures as people, htmx and programs can read them.

Each answer says what happened, whether the work is safe, and what to do now.
"""

import logging
import secrets
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from app.core.errors import Invalid, Refusal
from app.web.language import current_language
from app.web.page import wants_fragment

log = logging.getLogger(__name__)

SAFE_NOT_SENT = _l("Nothing was changed. What you typed is still in the page you came from.")
SAFE_STORED = _l("Everything saved before this is safe.")
# status: (what happened, is my work safe, what now)
TEXTS: dict[int, tuple[Any, Any, Any]] = {
    400: (
        _l("The request could not be read."),
        SAFE_NOT_SENT,
        _l("Go back, reload the page and try again."),
    ),
    401: (
        _l("You are signed out."),
        _l("Your input is still in the page. It is saved once you sign in."),
        _l("Sign in and come back."),
    ),
    403: (
        _l("This is not open to you."),
        _l("Nothing was changed."),
        _l("Ask the owner of your company's account, or sign in as somebody else."),
    ),
    404: (
        _l("There is nothing at this address."),
        _l("Nothing was changed."),
        _l("Check the address, or start from your home page."),
    ),
    405: (
        _l("This address does not take that request."),
        _l("Nothing was changed."),
        _l("Start from your home page."),
    ),
    409: (
        _l("Somebody else was first."),
        SAFE_NOT_SENT,
        _l("Go back and reload the page to see what is there now."),
    ),
    413: (
        _l("That is too large to send."),
        _l("Nothing was stored. Everything saved before this is safe."),
        _l("Send a smaller file, or fewer at once."),
    ),
    422: (
        _l("Something in the form does not fit."),
        SAFE_NOT_SENT,
        _l("Go back and change the field named above."),
    ),
    429: (
        _l("Too many requests in a short time."),
        SAFE_NOT_SENT,
        _l("Wait a minute, then try again."),
    ),
    500: (
        _l("Onshelf made a mistake."),
        SAFE_STORED,
        _l("Try again. If it happens again, tell us the number below."),
    ),
    503: (
        _l("Onshelf cannot reach its database right now."),
        SAFE_STORED,
        _l("Try again in a minute."),
    ),
}
CSRF_TEXT = (
    _l("This page was open too long, or your session changed."),
    SAFE_NOT_SENT,
    _l("Reload the page and send the form again."),
)


def init(app: Flask) -> None:
    """Install the handlers. In tests an unexpected error still fails the test."""
    app.register_error_handler(Refusal, refusal)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DataError, no_such_value)
    app.register_error_handler(IntegrityError, second_of_two)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(InterfaceError, database_away)
    app.register_error_handler(InternalServerError, mistake)


def refusal(error: Refusal) -> Response:
    """A verb would not: its own sentence, with the status's advice."""
    what = error.text(current_language())
    path = error.path if isinstance(error, Invalid) else ""
    return answer(error.status, code=error.code, what=what, path=path)


def stale_form(error: CSRFError) -> Response:
    """The form's token is not this session's."""
    log.info("csrf: %s", error.description)
    return answer(400, code="stale-form", texts=CSRF_TEXT)


def http_error(error: HTTPException) -> Response:
    """What Werkzeug, Flask or a library raised; a ready response (a redirect) passes through."""
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    response = answer(status, code=(error.name or "error").lower().replace(" ", "-"))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers.setdefault(name, value)
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"
    return response


def no_such_value(error: Exception) -> Response:
    """A number that no column holds, or a NUL: nothing that a page of ours would send."""
    log.warning("unstorable value at %s %r: %s", request.method, request.path, error)
    return answer(400, code="unstorable")


def second_of_two(error: Exception) -> Response:
    """Two requests made the same thing at the same moment; the other one has it."""
    log.warning("second of two at %s %r: %s", request.method, request.path, error)
    return answer(409, code="second-of-two")


def database_away(error: Exception) -> Response:
    """The database did not answer."""
    log.error("database away: %s", error)
    response = answer(503, code="database-away")
    response.headers["Retry-After"] = "5"
    return response


def mistake(error: InternalServerError) -> Response:
    """A fault of ours: logged under a number that the page shows."""
    number = secrets.token_hex(4)
    where = (number, request.method, request.path)
    log.error("mistake %s at %s %r", *where, exc_info=error.original_exception)
    return answer(500, code="mistake", number=number)


def answer(
    status: int, code: str, what: str = "", path: str = "", number: str = "", texts: Any = None
) -> Response:
    """The error as JSON, as a fragment for the page's notice, or as a page."""
    known = texts or TEXTS.get(status) or TEXTS[400 if status < 500 else 500]
    said = {"what": what or str(known[0]), "safe": str(known[1]), "now": str(known[2])}
    if wants_json():
        error = {"code": code, "message": said["what"], "path": path, "number": number}
        return make_response(jsonify(error={k: v for k, v in error.items() if v}), status)
    if request.headers.get("HX-Request") == "true":
        body = render_template("errors/_notice.html", number=number, status=status, **said)
        response = make_response(body, status)
        # Beside whatever the person did: the notice above the content, which is announced.
        response.headers["HX-Retarget"] = "#notice"
        response.headers["HX-Reswap"] = "innerHTML"
        if not wants_fragment():
            # Asked for a whole page, to take a part of it: the page that asked stays as typed.
            response.headers["HX-Reselect"] = ".notice-sheet"
        return response
    body = render_template("errors/error.html", number=number, status=status, **said)
    return make_response(body, status)


def wants_json() -> bool:
    """Whether a program asks."""
    if request.path.startswith(("/api/", "/v1/")):
        return True
    accepts = request.accept_mimetypes
    return bool(accepts) and accepts.best_match(["text/html", "application/json"]) != "text/html"
