"""Which columns of the listings a browser shows: a matter of screens, and so kept in a cookie."""

from collections.abc import Iterable

from flask import Request, Response

from app.surfaces.seller.vocabulary import COLUMNS
from app.web.preferences import YEAR

COOKIE = "columns"
USUAL = tuple(code for code in COLUMNS if code != "category")


def shown(request: Request) -> tuple[str, ...]:
    """The columns that this browser shows, in their order."""
    kept = request.cookies.get(COOKIE)
    return USUAL if kept is None else _known(kept.split("."))


def keep(response: Response, codes: Iterable[str], secure: bool) -> None:
    """Show *codes* from now on."""
    value = ".".join(_known(codes))
    response.set_cookie(COOKIE, value, max_age=YEAR, samesite="Lax", secure=secure)


def _known(codes: Iterable[str]) -> tuple[str, ...]:
    given = set(codes)
    return tuple(code for code in COLUMNS if code in given)
