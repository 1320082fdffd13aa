"""Pictures of a listing for its seller: sending, ordering, removing and looking at them."""

from flask import Blueprint, Response, render_template, request, send_file
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.current import current_person
from app.accounts.permissions import may, seller_only, signed_in_only
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import actions, arriving, pages, queries
from app.journey.imaging.limits import limits_of
from app.journey.imaging.panel import Panel, panel_of
from app.journey.imaging.renditions import RENDITIONS
from app.journey.imaging.texts import Saved, typed
from app.listings.store import store
from app.settings import settings
from app.web import accepts_upload, go, wants_fragment
from app.web.largest import largest
from app.web.uploads import streams_files

blueprint = Blueprint("imaging", __name__)
blueprint.add_app_template_global(panel_of, "picture_panel")

# A plain form sends all its files in one body; a file too large is turned away alone.
_SPARE = 1024 * 1024
_BODY = (settings().pictures_per_listing + 1) * (settings().picture_max_bytes + _SPARE)
_BODY += settings().archive_max_bytes + _SPARE


@blueprint.get("/listings/<int:listing_id>/pictures")
@seller_only
def pictures(listing_id: int) -> Response:
    """The pictures on a page of their own, or their tiles as they stand now."""
    listing = pages.own(listing_id)
    return pages.tiles(listing) if wants_fragment() else pages.whole(listing)


@blueprint.post("/listings/<int:listing_id>/pictures")
@seller_only
@streams_files(arriving.receiver)
@accepts_upload(_BODY)
def upload(listing_id: int) -> Response:
    """Take one or many files, pictures or ZIPs; each gets an answer of its own."""
    listing = pages.own(listing_id)
    limits, who = limits_of(listing), current_person().id
    files = [file for file in request.files.getlist("pictures") if file.filename]
    answers = [arriving.take(file, listing_id, limits, who) for file in files]
    untaken = [answer for answer in answers if not answer.taken]
    status = untaken[0].status if untaken else 200
    if wants_fragment():
        body = render_template("imaging/_answers.html", answers=answers)
        return Response(body, status, mimetype="text/html")
    if untaken or not answers:
        told = answers or [arriving.Answer("", 422, arriving.NONE)]
        return pages.whole(pages.own(listing_id), status if answers else 422, answers=told)
    return go(pages.back(listing_id))


@blueprint.post("/listings/<int:listing_id>/pictures/<int:picture_id>/place")
@seller_only
def place(listing_id: int, picture_id: int) -> Response:
    """Put a picture at the place asked for (0 is the representative).

    `returning` says that it is one not in use: it is put back, or its removal undone.
    """
    listing = pages.own(listing_id)
    position = request.form.get("position", 0, type=int)
    with unit_of_work():
        who, returning = current_person().id, "returning" in request.form
        actions.put(listing.id, picture_id, position, who, returning)
    return pages.changed(listing_id)


@blueprint.post("/listings/<int:listing_id>/pictures/<int:picture_id>/removal")
@seller_only
def removal(listing_id: int, picture_id: int) -> Response:
    """Take a picture out of the draft; its file is kept, and the answer offers to put it back."""
    listing = pages.own(listing_id)
    with unit_of_work():
        position = actions.remove(listing.id, picture_id, current_person().id)
    removed = (queries.picture(listing_id, picture_id), position)
    return pages.changed(listing_id, removed)


@blueprint.post("/listings/<int:listing_id>/pictures/<int:picture_id>/texts")
@seller_only
def texts(listing_id: int, picture_id: int) -> Response:
    """Save what a picture shows in words, in either language; fields that did not come stay."""
    listing = pages.own(listing_id)
    came = typed(request.form, picture_id)
    with unit_of_work():
        result = actions.describe(listing.id, picture_id, came, current_person().id)
    return pages.described(listing_id, picture_id, Saved(came, result))


@blueprint.get("/listings/<int:listing_id>/pictures/<int:picture_id>/<name>")
@signed_in_only
def rendition(listing_id: int, picture_id: int, name: str) -> Response:
    """One size of one picture, for its seller and for staff; kept by no shared cache."""
    if not (may("review") or may("operate")):
        pages.own(listing_id)
    row = queries.rendition(listing_id, picture_id, name)
    response = _file(row["key"], row["type"])
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/listings/<int:listing_id>/pictures/<int:picture_id>/large")
@signed_in_only
def large(listing_id: int, picture_id: int) -> Response:
    """The picture at its own size, up to `renditions.LARGEST`: for whoever looks closely.

    The largest of its renditions where that is all there is to see, or cannot be done just now.
    """
    if not (may("review") or may("operate")):
        pages.own(listing_id)
    found = queries.picture(listing_id, picture_id)
    made = queries.rendition(listing_id, picture_id, RENDITIONS[0].name)
    sides = (found.facts.get("width") or 0, found.facts.get("height") or 0)
    if max(sides) > max(made["width"], made["height"]):
        key, edits = found.sha256, list(found.edits)
        if response := largest(key, edits):
            return response
    response = _file(made["key"], made["type"])
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/pictures/<string(length=64):key>")
@blueprint.get("/pictures/<string(length=64):key>.<string:extension>")
def public(key: str, extension: str = "") -> Response:
    """A rendition that an approved version refers to: its name is its content, so for ever."""
    row = queries.published(key, extension)
    response = _file(row.key, row.type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # Shop pages live on other hosts.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _file(key: str, kind: str) -> Response:
    try:
        response = send_file(store().path(key), mimetype=kind, etag=key, conditional=True)
    except FileNotFoundError:
        raise NotFound() from None
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.app_template_global("pictures_summary")
def summary(panel: Panel) -> str:
    """'4 of 5 pictures ready', as pages and screen readers say it."""
    if not panel.pictures:
        return _("No pictures yet.")
    return ngettext(
        "%(ready)s of %(num)s picture ready", "%(ready)s of %(num)s pictures ready",
        len(panel.pictures), ready=panel.ready,
    )  # fmt: skip
