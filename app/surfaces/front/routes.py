"""`GET /`: a redirect for those we know, a short page for those we do not."""

from flask import Blueprint, Response, make_response, redirect

from app.accounts.current import current_person, signed_in
from app.accounts.next_page import first_page
from app.web.page import page

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
def front() -> Response:
    """The seller's home, the reviewer's queue, the operator's ledger; or what Onshelf is."""
    if not signed_in():
        return page("front/front.html")
    return make_response(redirect(first_page(current_person()), 303))
