"""Mending a picture: one click, the way back, and the page of a crop by hand."""

from typing import Any

from flask import Blueprint, Response, request

from app.accounts.current import current_person
from app.accounts.permissions import seller_only
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import pages, queries
from app.journey.imaging.mends import actions
from app.journey.imaging.mends.crop import Crop, crop_of
from app.journey.imaging.mends.table import all_mends, mends_for
from app.listings.models import Picture
from app.web import go, page

blueprint = Blueprint("mends", __name__)
blueprint.add_app_template_global(mends_for, "picture_mends_for")
blueprint.add_app_template_global(all_mends, "picture_mends")
blueprint.add_app_template_global(actions.is_mendable, "picture_is_mendable")


@blueprint.post("/listings/<int:listing_id>/pictures/<int:picture_id>/mending")
@seller_only
def mending(listing_id: int, picture_id: int) -> Response:
    """Do one thing to a picture (`do`, `degrees`), or put back the one before (`do=before`)."""
    listing = pages.own(listing_id)
    who = current_person().id
    with unit_of_work():
        if request.form.get("do") == "before":
            made = actions.put_back(listing.id, picture_id, who)
        else:
            made = actions.mend(listing.id, picture_id, _step(), who)
        made_id = made.id
    return pages.changed(listing_id, mended=made_id, turning=request.form.get("do") == "turn")


@blueprint.get("/listings/<int:listing_id>/pictures/<int:picture_id>/crop")
@seller_only
def crop(listing_id: int, picture_id: int) -> Response:
    """The picture large, with what of it is to be left; fields may be given in the address."""
    listing = pages.own(listing_id)
    return _crop_page(_open_to(listing.id, picture_id), crop_of(request.args))


@blueprint.post("/listings/<int:listing_id>/pictures/<int:picture_id>/crop")
@seller_only
def cropping(listing_id: int, picture_id: int) -> Response:
    """Crop it to what the four fields say; what does not fit is told beside them."""
    listing = pages.own(listing_id)
    asked = crop_of(request.form)
    if asked.wrong or request.form.get("look"):
        found = _open_to(listing.id, picture_id)
        return _crop_page(found, asked, 422 if asked.wrong else 200)
    step = {"do": "crop", "box": asked.box}
    with unit_of_work():
        made_id = actions.mend(listing.id, picture_id, step, current_person().id).id
    return go(_place(pages.back(listing_id), made_id))


def _step() -> dict[str, Any]:
    """The step that the form asks for; a crop has a form of its own."""
    do = request.form.get("do", "")
    if do == "turn":
        return {"do": do, "degrees": request.form.get("degrees", type=int)}
    return {"do": "" if do == "crop" else do}


def _open_to(listing_id: int, picture_id: int) -> Picture:
    with unit_of_work():
        actions.to_be_mended(listing_id, picture_id)
    return queries.picture(listing_id, picture_id)


def _crop_page(found: Picture, asked: Crop, status: int = 200) -> Response:
    """The picture in its largest size, where it has one by now, and the form."""
    sizes = found.facts.get("renditions") or []
    back = pages.back(found.listing_id)
    return page(
        "imaging/crop.html",
        status=status,
        picture=found,
        asked=asked,
        wrong=[(name, wrong.words) for name, wrong in asked.wrong.items()],
        shown=next(iter(sizes), None),
        back=back,
        leave=_place(back, found.id),
    )


def _place(back: str, picture_id: int) -> str:
    """The tile of a picture on the page that the form came from."""
    return f"{back.partition('#')[0]}#f-pictures-{picture_id}"
