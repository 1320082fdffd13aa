"""Presets of the company: saved from a draft, used in another, renamed and taken away."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app.accounts.current import current_person, current_seller_id
from app.accounts.permissions import seller_only
from app.core.errors import Conflict, Invalid
from app.core.unit_of_work import unit_of_work
from app.journey.drafting import presets
from app.journey.drafting.edges import draft_version, draw, to_draft
from app.journey.drafting.models import Preset
from app.journey.drafting.posted import save_posted
from app.journey.drafting.preset_content import KINDS, views_of
from app.listings.locks import locked_draft
from app.web.page import go, page

blueprint = Blueprint("presets", __name__)


@blueprint.get("/presets")
@seller_only
def shelf() -> Response:
    """Every preset of the company, by kind, with what is in it."""
    return _draw()


@blueprint.post("/presets/<int:preset_id>/name")
@seller_only
def rename(preset_id: int) -> Response:
    """Give it another name."""
    name = request.form.get("name", "")
    try:
        with unit_of_work():
            presets.rename(preset_id, _seller(), name)
    except (Invalid, Conflict) as refused:
        return _draw(refused.status, wrong={preset_id: (name, refused)})
    return go(url_for("presets.shelf", _anchor=f"preset-{preset_id}"))


@blueprint.post("/presets/<int:preset_id>/removal")
@seller_only
def remove(preset_id: int) -> Response:
    """Take it away; the page that follows offers to bring it back."""
    with unit_of_work():
        presets.delete(preset_id, _seller())
    return go(url_for("presets.shelf", removed=preset_id))


@blueprint.post("/presets/<int:preset_id>/removal/undo")
@seller_only
def restore(preset_id: int) -> Response:
    """Bring back one that was taken away lately."""
    with unit_of_work():
        presets.restore(preset_id, _seller())
    return go(url_for("presets.shelf", _anchor=f"preset-{preset_id}"))


@blueprint.post("/listings/<int:listing_id>/presets")
@seller_only
def save(listing_id: int) -> Response:
    """Save the form, then a part of it under a name."""
    kind = request.form.get("kind", "")
    name = request.form.get(f"preset-name-{kind}", "")
    who = current_person().id
    with unit_of_work():
        posted = save_posted(draft_version(listing_id), request.form, who)
    if posted.conflicts:
        return draw(listing_id, 409, posted=posted)
    try:
        with unit_of_work():
            over = f"preset-over-{kind}" in request.form
            # Locked: a second click finds the preset that the first one made.
            version = locked_draft(draft_version(listing_id).id)
            saved = presets.save_preset(version, kind, name, who, over).id
    except (Invalid, Conflict) as refused:
        if refused.code == "not-a-draft":
            raise
        return draw(listing_id, refused.status, {f"preset-{kind}": refused}, named=name)
    return to_draft(listing_id, _place(kind), made=saved)


@blueprint.post("/listings/<int:listing_id>/presets/application")
@seller_only
def apply(listing_id: int) -> Response:
    """Save the form, then write a preset over it."""
    chosen = request.form.get("preset", 0, type=int)
    who = current_person().id
    with unit_of_work():
        posted = save_posted(draft_version(listing_id), request.form, who)
    if posted.conflicts:
        return draw(listing_id, 409, posted=posted)
    with unit_of_work():
        step = presets.apply_preset(draft_version(listing_id).id, chosen, _seller(), who)
    return to_draft(listing_id, preset=chosen, step=step)


def _draw(
    status: int = 200, wrong: dict[int, tuple[str, Invalid | Conflict]] | None = None
) -> Response:
    known = views_of(presets.presets_of(_seller()))
    groups = [
        (kind, label, [view for view in known if view.preset.kind == kind])
        for kind, label in KINDS.items()
    ]
    context: dict[str, Any] = {"groups": groups, "wrong": wrong or {}, "removed": _removed()}
    return page("drafting/presets.html", status=status, **context)


def _removed() -> Preset | None:
    """The preset that the address says was just taken away, while it can be brought back."""
    number = request.args.get("removed", type=int)
    return presets.deleted_preset(_seller(), number) if number else None


def _place(kind: str) -> str | None:
    return None if kind == "listing" else f"s-{kind}"


def _seller() -> int:
    return current_seller_id() or 0
