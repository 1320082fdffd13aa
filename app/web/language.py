"""Korean and English: chosen from the browser at first, then by the switch on every page.

Source texts are English. The Korean ones stand in `app/translations/ko/*.po`, a file per area,
merged in memory at start; there are no compiled catalogues to forget.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale, gettext, ngettext
from jinja2 import pass_context

from app.core.words import LANGUAGES, Language, Words
from app.settings import ROOT, Settings, settings

T = TypeVar("T")
COOKIE = "language"
FOLDER = ROOT / "app" / "translations"
# The catalogue of the receivers, which are applications of their own.
RECEIVERS = "receivers"


class MergedDomain(Domain):
    """The union of every area's catalogue."""

    def get_translations(self) -> Translations:
        locale = get_locale()
        return _translations(locale.language if locale else "en")

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        """The words for *num* things, which stands in them as `1,234`."""
        text: str = super().ngettext(singular, plural, _Count(num), **variables)
        return text


class _Count(int):
    """A number that reads as people write it: `%(num)s`, not `%(num)d`."""

    def __str__(self) -> str:
        return f"{int(self):,}"


def current_language() -> Language:
    """The language of this answer; outside a request, of the mail or task being written."""
    locale = get_locale()
    return "ko" if (locale.language if locale else settings().default_language) == "ko" else "en"


def words(value: Any) -> str:
    """*value* in the current language: `Words`, a `{"ko", "en"}` mapping, or a text as it is."""
    if value is None:
        return ""
    if isinstance(value, Words | dict):
        return Words.of(value).text(current_language())
    return str(value)


def spoken(function: Callable[..., T]) -> Callable[..., T]:
    """*function* as a filter that depends on the reader.

    Without the context Jinja would work a filter of a constant out once, when it compiles the
    template, and every later reader would get the first one's language.
    """

    @pass_context
    @wraps(function)
    def each_time(_context: Any, *args: Any, **kwargs: Any) -> T:
        return function(*args, **kwargs)

    return each_time


def choose_language(default: Language) -> str:
    """The cookie's choice, else the browser's, else *default*."""
    if not has_request_context():
        return default
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    asked = (tag.partition("-")[0].lower() for tag, _quality in request.accept_languages)
    return next((language for language in asked if language in LANGUAGES), default)


def catalogue_files(language: str, folder: Path = FOLDER) -> list[Path]:
    """The catalogues of one language, in order of their names."""
    return sorted((folder / language).glob("*.po"))


def read_catalogue(path: Path, language: str) -> Catalog:
    """One area's catalogue; a broken file stops the start and names itself."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@lru_cache
def _translations(language: str) -> Translations:
    merged = Translations()
    for path in catalogue_files(language):
        if path.stem == RECEIVERS:
            continue
        compiled = BytesIO()
        write_mo(compiled, read_catalogue(path, language))
        compiled.seek(0)
        area = Translations(compiled)
        merged.merge(area)
        merged.plural = area.plural
    return merged


def init(app: Flask, settings: Settings) -> None:
    """Install Babel with our catalogues and the switch's rules."""
    app.config["BABEL_DEFAULT_LOCALE"] = settings.default_language
    app.config["BABEL_DEFAULT_TIMEZONE"] = settings.time_zone
    babel = Babel(app, locale_selector=lambda: choose_language(settings.default_language))
    babel.domain_instance = MergedDomain()
    app.jinja_env.filters["words"] = spoken(words)
    app.jinja_env.globals.update(language=current_language, _=gettext, ngettext=ngettext)
    _translations.cache_clear()
    for language in LANGUAGES:
        _translations(language)
