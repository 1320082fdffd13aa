"""Web addresses that pictures are fetched from, and what is to be done about arrivals."""

from typing import Any

from flask import Blueprint, Response, request

from app.accounts.current import current_person
from app.accounts.permissions import seller_only
from app.core.errors import Invalid, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import pages
from app.journey.imaging.arrivals import actions
from app.journey.imaging.arrivals.address import place_of
from app.journey.imaging.arrivals.fetch import reachable
from app.journey.imaging.arrivals.refusals import Unfit
from app.journey.imaging.panel import panel_of
from app.web import go, page, wants_fragment

blueprint = Blueprint("arrivals", __name__)


@blueprint.post("/listings/<int:listing_id>/arrivals")
@seller_only
def send(listing_id: int) -> Response:
    """Note a web address for a worker to fetch; nothing of it is looked up here."""
    listing = pages.own(listing_id)
    address = request.form.get("address", "").strip()
    try:
        with unit_of_work():
            _judge(address)
            actions.send_address(listing.id, address, current_person().id)
    except Refusal as refused:
        return _refused(listing_id, address, refused)
    if not wants_fragment():
        return go(pages.back(listing_id))
    panel, back = panel_of(pages.own(listing_id)), pages.back(listing_id)
    response = page("imaging/_address.html", panel=panel, back=back)
    # The tiles show the address now.
    response.headers["HX-Trigger"] = "onshelf:uploaded"
    return response


@blueprint.post("/listings/<int:listing_id>/arrivals/<int:arrival_id>/removal")
@seller_only
def removal(listing_id: int, arrival_id: int) -> Response:
    """Cancel a waiting arrival, or clear away what a finished one said."""
    listing = pages.own(listing_id)
    with unit_of_work():
        actions.take_back(listing.id, arrival_id)
    return pages.changed(listing_id)


@blueprint.post("/listings/<int:listing_id>/arrivals/<int:arrival_id>/retry")
@seller_only
def retry(listing_id: int, arrival_id: int) -> Response:
    """Fetch an address again of which nothing came."""
    listing = pages.own(listing_id)
    with unit_of_work():
        actions.again(listing.id, arrival_id)
    return pages.changed(listing_id)


def _judge(address: str) -> None:
    """`Invalid` for what cannot be an address to open, before a worker is troubled."""
    try:
        place_of(address, reachable().ports)
    except Unfit as unfit:
        raise Invalid(unfit.code, unfit.said, "address") from unfit


def _refused(listing_id: int, address: str, refused: Refusal) -> Response:
    told: dict[str, Any] = {"address": address, "address_refused": refused}
    if not wants_fragment():
        return pages.whole(pages.own(listing_id), refused.status, **told)
    panel, back = panel_of(pages.own(listing_id)), pages.back(listing_id)
    return page("imaging/_address.html", status=refused.status, panel=panel, back=back, **told)
