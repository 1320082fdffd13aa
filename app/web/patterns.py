"""The pattern page: every component in its states, for whoever builds a page. Not in production."""

from flask import Blueprint, Response

from app.web.page import page
from app.web.vocabulary import BADGES

blueprint = Blueprint("patterns", __name__)


@blueprint.get("/patterns")
def show() -> Response:
    """Every component in its states."""
    return page("patterns/patterns.html", badges=BADGES)
