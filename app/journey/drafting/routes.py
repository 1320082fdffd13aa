"""Choosing a category, writing the draft, submitting it. Another seller's listing is a 404."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app.accounts.current import current_membership, current_person, current_seller_id
from app.accounts.permissions import seller_only
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.unit_of_work import unit_of_work
from app.journey.drafting import checking
from app.journey.drafting.actions import combine as combine_options
from app.journey.drafting.building import draft_of
from app.journey.drafting.choosing import choices
from app.journey.drafting.edges import draft_version, draw, own, to_draft
from app.journey.drafting.posted import save_posted
from app.journey.drafting.preset_content import views_of
from app.journey.drafting.presets import apply_preset, presets_of
from app.journey.drafting.preview import WIDTHS, Preview, preview_of
from app.journey.drafting.telling import told_of
from app.listings import actions
from app.listings.locks import locked_draft
from app.listings.models import Version
from app.listings.queries import content_of, newest_version
from app.taxonomy import queries as taxonomy
from app.taxonomy.definitions import Category
from app.validation.fields import start_of
from app.validation.fitting import fit
from app.web.language import current_language
from app.web.page import go, page, wants_fragment

blueprint = Blueprint("drafting", __name__)
blueprint.add_app_template_global(preview_of, "shopper_preview")


@blueprint.get("/listings/new")
@seller_only
def new() -> Response:
    """Find a category by words, or browse the tree."""
    whole = views_of(presets_of(current_seller_id() or 0, "listing"))
    return _choose_category("drafting/new.html", action=url_for("drafting.start"), whole=whole)


@blueprint.post("/listings")
@seller_only
def start() -> Response:
    """Start a listing in a leaf category, with the answers of a preset if one is named."""
    category = _chosen_category()
    membership = current_membership()
    practice = bool(membership and membership.seller.practice)
    seller_id, who = current_seller_id() or 0, current_person().id
    preset_id, step = request.form.get("preset", type=int), None
    with unit_of_work():
        listing = actions.start_listing(seller_id, category.code, who, practice, start_of(category))
        listing_id = listing.id
        if preset_id is not None:
            step = apply_preset(newest_version(listing_id).id, preset_id, seller_id, who)
    return to_draft(listing_id, preset=preset_id, step=step)


@blueprint.post("/listings/<int:listing_id>/copies")
@seller_only
def copy(listing_id: int) -> Response:
    """Start another listing with what this one says; a second click finds the first one's copy."""
    who = current_person().id
    with unit_of_work():
        source = own(listing_id).id
        copied = actions.copied_just_now(source, who) or actions.copy_listing(source, who)
        copied_id = copied.id
    return to_draft(copied_id, "f-name-ko")


@blueprint.get("/listings/<int:listing_id>/draft")
@seller_only
def draft(listing_id: int) -> Response:
    """The category's form with what is there, what is missing and what is wrong."""
    listing = own(listing_id)
    version = newest_version(listing.id)
    if version.state != "draft":
        return go(url_for("seller.listing", listing_id=listing_id))
    # A part of the page asks again when the pictures have settled: lists and messages, no inputs.
    template = "drafting/_saved.html" if wants_fragment() else "drafting/draft.html"
    shown = draft_of(version, reader=current_person().id)
    return page(template, draft=shown, told=told_of(shown, request.args))


@blueprint.post("/listings/<int:listing_id>/draft")
@seller_only
def save(listing_id: int) -> Response:
    """Save whichever fields came: one of them as it is changed, or all of a form."""
    if wants_fragment():
        return _saved(listing_id)
    with unit_of_work():
        posted = save_posted(draft_version(listing_id), request.form, current_person().id)
    if posted.conflicts:
        return draw(listing_id, 409, posted=posted)
    return to_draft(listing_id, posted.section)


def _saved(listing_id: int) -> Response:
    """What one save changed; the findings are told of what it touched, and kept for the next."""
    with unit_of_work():
        version = locked_draft(draft_version(listing_id).id)
        before = checking.known(version)
        posted = save_posted(version, request.form, current_person().id)
        db.session.flush()
        judged = checking.judged(version, posted.saved, before)
    posted.fragment = True
    reader = current_person().id
    fresh = draft_of(newest_version(listing_id), posted, judged=judged, reader=reader)
    return page("drafting/_saved.html", draft=fresh)


@blueprint.post("/listings/<int:listing_id>/items")
@seller_only
def add_item(listing_id: int) -> Response:
    """One more item; what was typed in the form is saved first."""
    with unit_of_work():
        version = draft_version(listing_id)
        save_posted(version, request.form, current_person().id)
        added = actions.add_item(version.id, current_person().id).id
    return _to_item(listing_id, added)


@blueprint.post("/listings/<int:listing_id>/items/combinations")
@seller_only
def combine(listing_id: int) -> Response:
    """Make the items that the typed values of the options lack; the form is saved first."""
    with unit_of_work():
        save_posted(draft_version(listing_id), request.form, current_person().id)
    try:
        with unit_of_work():
            first = combine_options(draft_version(listing_id), current_person().id)
    except Conflict as refused:
        return draw(listing_id, 409, {"options": refused})
    return _to_item(listing_id, first)


@blueprint.post("/listings/<int:listing_id>/items/<int:item_id>/removal")
@seller_only
def remove_item(listing_id: int, item_id: int) -> Response:
    """Take an item that was never on sale out of the draft."""
    with unit_of_work():
        version = draft_version(listing_id)
        save_posted(version, request.form, current_person().id)
        near = _beside(version, item_id)
        actions.remove_item(version.id, item_id, current_person().id)
    return _to_item(listing_id, near)


@blueprint.get("/listings/<int:listing_id>/category")
@seller_only
def category(listing_id: int) -> Response:
    """Find another category; with `to`, what a move there would keep and drop."""
    listing = own(listing_id)
    present = taxonomy.category(listing.category_code)
    if code := request.args.get("to", "").replace("\x00", ""):
        chosen = taxonomy.category(code)
        content = content_of(newest_version(listing.id))
        return page(
            "drafting/move.html",
            listing=listing,
            present=present,
            chosen=chosen,
            fit=fit(content, present, chosen),
        )
    return _choose_category("drafting/new.html", present=present, listing=listing)


@blueprint.post("/listings/<int:listing_id>/category")
@seller_only
def change_category(listing_id: int) -> Response:
    """Move the draft to another category."""
    chosen = _chosen_category()
    with unit_of_work():
        version = draft_version(listing_id)
        actions.change_category(version.id, chosen.code, current_person().id)
    return to_draft(listing_id)


@blueprint.post("/listings/<int:listing_id>/submission")
@seller_only
def submit(listing_id: int) -> Response:
    """Save what the form carries, then freeze and submit; a second click changes nothing."""
    who = current_person().id
    try:
        with unit_of_work():
            posted = save_posted(draft_version(listing_id), request.form, who)
        if posted.conflicts or posted.foreign:
            return draw(listing_id, 409, posted=posted)
        with unit_of_work():
            actions.submit(draft_version(listing_id).id, who)
    except actions.NotReady:
        return draw(listing_id, 422, refused=True)
    except Invalid as refusal:
        return draw(listing_id, 422, turned_away={refusal.path: refusal})
    except Conflict as refused:
        if refused.code == "company-suspended":
            return draw(listing_id, 409, turned_away={"submission": refused})
        if newest_version(listing_id).state != "submitted":
            raise
    return go(url_for("seller.listing", listing_id=listing_id))


@blueprint.post("/listings/<int:listing_id>/submission/withdrawal")
@seller_only
def withdraw(listing_id: int) -> Response:
    """Take the submission back while no verdict is in force, and go on writing."""
    with unit_of_work():
        newest = newest_version(own(listing_id).id)
        # A second click finds the draft that the first one made.
        if newest.state != "draft" or not newest.based_on:
            actions.withdraw(newest.id, current_person().id)
            actions.revise(listing_id, current_person().id)
    return to_draft(listing_id)


@blueprint.post("/listings/<int:listing_id>/revision")
@seller_only
def revise(listing_id: int) -> Response:
    """Start an edit of what was judged; a second click finds the first one's draft."""
    try:
        with unit_of_work():
            if newest_version(own(listing_id).id).state not in ("draft", "submitted"):
                actions.revise(listing_id, current_person().id)
    except Conflict as refused:
        if refused.code != "version-open":
            raise
    return to_draft(listing_id)


@blueprint.post("/listings/<int:listing_id>/draft/removal")
@seller_only
def discard(listing_id: int) -> Response:
    """Throw an edit away; what is on sale stays."""
    with unit_of_work():
        version = draft_version(listing_id)
        actions.discard(version.id, current_person().id)
    return go(url_for("seller.listing", listing_id=listing_id))


@blueprint.get("/listings/<int:listing_id>/preview")
@seller_only
def preview(listing_id: int) -> Response:
    """What a shopper will see, with what there is so far, on a phone or a wide screen."""
    asked = request.args.get("width", "")
    width = asked if asked in WIDTHS else WIDTHS[0]
    shown = Preview(draft_of(newest_version(own(listing_id).id)), width)
    return page("drafting/preview.html", preview=shown)


def _choose_category(template: str, **context: Any) -> Response:
    words = request.args.get("q", "").replace("\x00", "").strip()[:100]
    under = request.args.get("under", "").replace("\x00", "") or None
    found = choices(words, current_language()) if words else None
    branches = [] if words else taxonomy.children(under)
    block = "results" if wants_fragment() else None
    return page(
        template, block, words=words, found=found, branches=branches, under=under, **context
    )


def _chosen_category() -> Category:
    """The leaf that the form names; what takes nothing new is refused."""
    code = request.form.get("category", "").replace("\x00", "")
    category = taxonomy.category(code)
    if taxonomy.is_retired(code):
        raise Conflict("category-retired", actions.CATEGORY_RETIRED)
    return category


def _beside(version: Version, item_id: int) -> int:
    """The item that follows, or the one before the last: where to go on when this one is gone."""
    ids = [item["id"] for item in content_of(version)["items"]]
    at = ids.index(item_id) if item_id in ids else -1
    return int((ids[at + 1 :] or ids[-2:])[0])


def _to_item(listing_id: int, item_id: int | None) -> Response:
    return to_draft(listing_id, f"f-items-{item_id}" if item_id else "s-items")
