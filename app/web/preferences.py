"""The two switches of every page: language and light or dark. A cookie each, nothing more."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from app.core.words import LANGUAGES
from app.web.language import COOKIE
from app.web.page import go

YEAR = 365 * 24 * 60 * 60
THEMES = ("auto", "light", "dark")
blueprint = Blueprint("preferences", __name__)


@blueprint.post("/language")
def language() -> Response:
    """Speak the chosen language from now on."""
    return _keep(COOKIE, request.form.get("language", ""), LANGUAGES)


@blueprint.post("/theme")
def theme() -> Response:
    """Look as chosen from now on; `auto` follows the system."""
    return _keep("theme", request.form.get("theme", ""), THEMES)


def current_theme() -> str:
    """`light`, `dark`, or nothing when the system decides."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES[1:] else ""


def _keep(name: str, value: str, allowed: tuple[str, ...]) -> Response:
    response = go(_back())
    if value in allowed:
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure)
    return response


def _back() -> str:
    """The page the switch stood on, if it was one of ours."""
    try:
        came_from = urlsplit(request.referrer or "")
    except ValueError:  # "http://[" and the like
        return "/"
    if came_from.netloc != request.host or not came_from.path.startswith("/"):
        return "/"
    path = "/" + came_from.path.lstrip("/\\")
    return f"{path}?{came_from.query}" if came_from.query else path
