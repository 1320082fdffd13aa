"""The history of a listing, and the ways back: one's last save, a point of it, a whole version."""

from flask import Blueprint, Response, request

from app.accounts.current import current_person
from app.accounts.permissions import seller_only
from app.core.errors import Conflict, NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.drafting.edges import draft_version, draw, own, to_draft
from app.journey.drafting.history import history_of
from app.journey.drafting.posted import save_posted
from app.listings import actions
from app.listings.history import taken_back_by
from app.listings.locks import locked_draft
from app.listings.models import Version
from app.web.page import page

blueprint = Blueprint("history", __name__)


@blueprint.get("/listings/<int:listing_id>/history")
@seller_only
def history(listing_id: int) -> Response:
    """Every version with every save, newest first."""
    before = request.args.get("before", type=int)
    return page("drafting/history.html", history=history_of(own(listing_id), before))


@blueprint.post("/listings/<int:listing_id>/draft/undo")
@seller_only
def undo(listing_id: int) -> Response:
    """Save the form, then take back the person's last save; a second click takes back no more."""
    who = current_person().id
    with unit_of_work():
        posted = save_posted(draft_version(listing_id), request.form, who)
    if posted.conflicts:
        return draw(listing_id, 409, posted=posted)
    seen = request.form.get("step", "")[:40]
    try:
        with unit_of_work():
            # Locked before it is asked: the first click may not be through yet.
            version_id = locked_draft(draft_version(listing_id).id).id
            already = "" if posted.saved else taken_back_by(version_id, seen)
            undone = already or actions.undo_last(version_id, who)
    except Conflict as refused:
        if refused.code == "not-a-draft":
            raise
        return draw(listing_id, 409, {"undo": refused})
    return to_draft(listing_id, undone=undone)


@blueprint.post("/listings/<int:listing_id>/restorations")
@seller_only
def restore(listing_id: int) -> Response:
    """Bring an earlier content back into the draft: a whole version's, or a point of the draft."""
    who, listing = current_person().id, own(listing_id)
    point = request.form.get("point", type=int)
    if point is not None:
        with unit_of_work():
            step = actions.restore_point(draft_version(listing_id).id, point, who)
        return to_draft(listing_id, returned=step)
    source = _numbered(listing.versions, request.form.get("version", type=int))
    number = source.no
    with unit_of_work():
        step = actions.restore_version(listing_id, source.id, who)
    return to_draft(listing_id, restored=number, step=step)


def _numbered(versions: list[Version], number: int | None) -> Version:
    found = next((version for version in versions if version.no == number), None)
    if found is None:
        raise NotFound()
    return found
