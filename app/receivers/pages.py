"""What the receivers' few pages share: two languages, filters, the style sheet, safe headers."""

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from flask import Flask, Response, g, render_template, request, send_file
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from app.core.clock import MARKET_ZONE, today
from app.core.words import LANGUAGES, Words
from app.receivers import answers
from app.receivers.settings import ReceiverSettings

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "static" / "css" / "shop.css"
TEXTS = ROOT / "app" / "translations" / "ko" / "receivers.po"
COOKIE = "language"
YEAR = 365 * 24 * 3600

MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def install(app: Flask, settings: ReceiverSettings, image_sources: str) -> None:
    """Make the pages of *app* speak both languages and send only safe headers."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        translated, lambda one, many, n: translated(one if n == 1 else many), newstyle=True
    )
    app.jinja_env.filters.update(words=words, money=money, number=number)
    app.jinja_env.filters.update(moment=moment, hour=hour)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"language": language(), "styles": f"/assets/{_digest()}.css"})
    app.before_request(lambda: _choose(settings.default_language))
    app.after_request(lambda response: _headers(response, image_sources))
    app.add_url_rule("/assets/<name>.css", "styles", _styles)
    app.add_url_rule("/favicon.ico", "icon", lambda: ("", 204, {"Cache-Control": "max-age=86400"}))
    app.register_error_handler(HTTPException, _page_of_error)


def language() -> str:
    """The reader's language: asked for, remembered, or the browser's."""
    return str(getattr(g, "language", "ko"))


def translated(message: str) -> str:
    """The page text *message* in the reader's language."""
    if language() == "ko" and message:
        return _korean().get(message, message)
    return message


def words(value: Any) -> str:
    """One text of `{"ko", "en"}` or Words: the reader's language, else the other."""
    if not isinstance(value, dict | Words):
        return str(value or "")
    return Words.of(value).text(language())


def money(won: int) -> str:
    """`12,900원`, `₩12,900`."""
    return f"{won:,}원" if language() == "ko" else f"₩{won:,}"


def number(value: int) -> str:
    """With commas."""
    return f"{value:,}"


def moment(at: datetime | str) -> Markup:
    """The market's local time in a `<time>`: `2026. 11. 22. 14:05`, `22 Nov 2026, 14:05`."""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    local = instant.astimezone(MARKET_ZONE)
    if language() == "ko":
        shown = f"{local.year}. {local.month}. {local.day}. {local:%H:%M}"
    else:
        month = MONTHS[local.month * 3 - 3 : local.month * 3]
        shown = f"{local.day} {month} {local.year}, {local:%H:%M}"
    told = instant.isoformat(timespec="seconds")
    return Markup('<time datetime="{}">{}</time>').format(told, shown)


def hour(at: str) -> Markup:
    """The same as `14:05` where it is today, with the day where it is not."""
    instant = datetime.fromisoformat(at).astimezone(MARKET_ZONE)
    if instant.date() != today():
        return moment(at)
    told = instant.isoformat(timespec="seconds")
    return Markup('<time datetime="{}">{}</time>').format(told, f"{instant:%H:%M}")


@lru_cache
def _korean() -> dict[str, str]:
    with TEXTS.open("rb") as file:
        catalogue = read_po(file, locale="ko")
    texts: dict[str, str] = {}
    for message in catalogue:
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        said = message.string[0] if isinstance(message.string, list | tuple) else message.string
        texts |= {name: said for name in ids if name and said}
    return texts


def _choose(default: str) -> None:
    if answers.for_machines():
        return
    asked = request.args.get("lang", "")
    known = asked if asked in LANGUAGES else request.cookies.get(COOKIE, "")
    if known not in LANGUAGES:
        # Not best_match(): for `ko-KR,en;q=0.5` that answers `en`, which alone fits exactly.
        asked_for = (tag.partition("-")[0].lower() for tag, _quality in request.accept_languages)
        known = next((one for one in asked_for if one in LANGUAGES), default)
    g.language = known
    g.language_asked = asked in LANGUAGES


def _headers(response: Response, image_sources: str) -> Response:
    if getattr(g, "language_asked", False):
        response.set_cookie(COOKIE, language(), max_age=YEAR, httponly=True, samesite="Lax")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; img-src 'self' {image_sources}".rstrip()
        + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _styles(name: str) -> Response:
    response = send_file(STYLES, mimetype="text/css", max_age=YEAR, etag=True)
    if name == _digest():
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


@lru_cache
def _digest() -> str:
    return hashlib.sha256(STYLES.read_bytes()).hexdigest()[:16]


def _page_of_error(error: HTTPException) -> Any:
    status = error.code or 500
    if answers.for_machines() or status < 400:
        return answers.http(error)
    return render_template("receivers/error.html", status=status), status
