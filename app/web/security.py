"""What every answer carries and what no request may exceed.

The policy allows our own files and nothing inline. `data:` pictures are the small icons of the CSS
foundation's checkboxes.
"""

import logging
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from markupsafe import Markup

from app.settings import Settings

log = logging.getLogger(__name__)
csrf = CSRFProtect()
View = TypeVar("View", bound=Callable[..., Any])

REQUEST_BYTES = 1024 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'; manifest-src 'self'; report-uri /csp"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000"


def accepts_upload(limit: int) -> Callable[[View], View]:
    """Let the view under this decorator take a body of *limit* bytes instead of 1 MB."""

    def mark(view: View) -> View:
        view.__dict__["body_limit"] = limit
        return view

    return mark


def csrf_field() -> Markup:
    """The hidden field that every form carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def init(app: Flask, settings: Settings) -> None:
    """Limits, trusted hosts, CSRF and headers, in the order in which they must run."""
    app.config["MAX_CONTENT_LENGTH"] = REQUEST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = 500_000
    app.config["MAX_FORM_PARTS"] = 2_000
    app.config["TRUSTED_HOSTS"] = trusted_hosts(settings)
    # A review may take hours; the token dies with the session instead.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.before_request(_widen_body)
    csrf.init_app(app)
    app.after_request(_protect)
    app.jinja_env.globals["csrf"] = csrf_field
    app.add_url_rule("/csp", "csp_report", csrf.exempt(_report), methods=["POST"])


def trusted_hosts(settings: Settings) -> list[str]:
    """The host people use, this machine's own names, and those of TRUSTED_HOSTS (by commas)."""
    public = urlsplit(settings.public_url).hostname or "localhost"
    more = [host.strip() for host in settings.trusted_hosts.split(",") if host.strip()]
    return list(dict.fromkeys([public, "127.0.0.1", "localhost", *more]))


def _widen_body() -> Any:
    """Runs before CSRF reads the form, so that an upload is not cut by the general limit.

    A stranger's is not read at all: the guard of the view turns them away first.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    limit = getattr(view, "body_limit", None)
    if not limit:
        return None
    turn_away = getattr(view, "turn_away", None)
    answer = turn_away() if turn_away else None
    if answer is None:
        request.max_content_length = limit
    return answer


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    # Any page may tell of the person who is signed in: no cache keeps one unless a view says so.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _report() -> tuple[str, int]:
    log.warning("content policy violated: %r", request.get_data(cache=False)[:1000])
    return "", 204
