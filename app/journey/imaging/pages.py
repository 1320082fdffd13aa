"""What the routes of pictures answer with: the page of its own, or the tiles as they stand."""

from typing import Any

from flask import Response, request, url_for

from app.accounts.current import current_seller_id
from app.accounts.next_page import local_path
from app.journey.imaging.panel import panel_of
from app.journey.imaging.texts import Saved
from app.listings.models import Listing
from app.listings.queries import listing_of
from app.web import go, page, wants_fragment


def own(listing_id: int) -> Listing:
    """The listing, which is the visitor's company's. `NotFound`."""
    return listing_of(current_seller_id(), listing_id)


def back(listing_id: int) -> str:
    """The local address that a form without script returns to."""
    wanted = local_path(request.values.get("back"))
    return wanted or url_for("imaging.pictures", listing_id=listing_id)


def whole(listing: Listing, status: int = 200, saved: Saved | None = None, **told: Any) -> Response:
    """The pictures on a page of their own, with what was turned away."""
    panel = panel_of(listing, saved)
    return page("imaging/pictures.html", status=status, panel=panel, back=back(listing.id), **told)


def tiles(listing: Listing, removed: tuple[object, int] | None = None, **told: Any) -> Response:
    """The tiles alone, as htmx asks for them; *told* says what was just done to which."""
    panel, here = panel_of(listing), back(listing.id)
    response = page("imaging/_tiles.html", panel=panel, removed=removed, back=here, **told)
    if not panel.busy and panel.pictures:
        # Whoever shows what is still missing can ask again now.
        response.headers["HX-Trigger"] = "pictures-settled"
    return response


def described(listing_id: int, picture_id: int, saved: Saved) -> Response:
    """After texts were saved: what is said of them, or the page with both texts of a conflict."""
    if not wants_fragment():
        if saved.conflicts:
            return whole(own(listing_id), 409, saved=saved)
        return go(back(listing_id))
    panel = panel_of(own(listing_id), saved)
    response = page("imaging/_texts_saved.html", panel=panel, picture_id=picture_id)
    # Whoever shows what is still missing can ask again now.
    response.headers["HX-Trigger"] = "pictures-settled"
    return response


def changed(listing_id: int, removed: tuple[object, int] | None = None, **told: Any) -> Response:
    """After a change: the tiles, or back to where the form was."""
    if wants_fragment():
        return tiles(own(listing_id), removed, **told)
    return go(back(listing_id))
