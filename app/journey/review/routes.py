"""HTTP in: a case, its claim, its draft, its verdict; the queue has a module of its own."""

from contextlib import suppress
from typing import Any

from flask import Response, request, url_for

from app.accounts import actions as accounts
from app.accounts.current import current_person
from app.accounts.permissions import reviewer_only
from app.accounts.queries import away_since, reviewing
from app.core.errors import Conflict, Invalid, NotFound, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, boxes, canned, claims, drafts, queries, queue_routes
from app.journey.review.case import picker
from app.journey.review.case.earlier import again
from app.journey.review.case.page import case_page
from app.journey.review.eligibility import (
    NOT_SHOWN,
    case_for,
    document_for,
    version_of,
    why_barred,
)
from app.journey.review.pins import pinned
from app.journey.review.reasons import reason as reason_of
from app.journey.review.viewing import view_of
from app.listings.content import storable, typed_text
from app.listings.numbers import row_id, whole_number
from app.listings.store import store
from app.settings import settings
from app.web import go, page, wants_fragment, wants_whole
from app.web.downloads import attachment
from app.web.largest import largest
from app.web.leaves import leaf, leaf_page, leaf_picture

# The same blueprint: one address, two modules.
blueprint = queue_routes.blueprint
WHOLE, LEASE, PINS = "review/case.html", "review/_lease.html", "review/_pins.html"


@blueprint.post("/claims")
@reviewer_only
def claim_next() -> Response:
    """Take the next case of the view that the address names, and open it."""
    me = current_person().id
    chosen, told = view_of(me)
    try:
        with unit_of_work():
            case_id = claims.claim_next(me, chosen.queues, chosen.kind)
    except Conflict:
        # The queue says that they are away, and offers to end it.
        return go(url_for("review.queue", **told))
    if case_id is None:
        return go(url_for("review.queue", empty=1, **told))
    return _to(case_id)


@blueprint.post("/return")
@reviewer_only
def back() -> Response:
    """Whoever was marked as away takes cases again."""
    with unit_of_work():
        accounts.mark_back(current_person())
    return go(url_for("review.queue"))


@blueprint.get("/cases/<int:case_id>")
@reviewer_only
def case(case_id: int) -> Response:
    """One case on one screen."""
    return _case_page(case_id)


@blueprint.get("/cases/<int:case_id>/shopper")
@reviewer_only
def shopper(case_id: int) -> Response:
    """What the shopper will see of the case's version: the fold's content, or a page."""
    found = case_for(case_id, current_person().id)
    version = version_of(found)
    part = "shopper" if wants_fragment() else None
    return page("review/shopper.html", block=part, case=found, version=version)


@blueprint.get("/cases/<int:case_id>/documents/<int:document_id>")
@reviewer_only
def document(case_id: int, document_id: int) -> Response:
    """The file of a document that the case's version refers to."""
    found = document_for(case_for(case_id, current_person().id), document_id)
    return attachment(store().path(found.sha256), found.file_name, found.type)


@blueprint.get("/cases/<int:case_id>/documents/<int:document_id>/picture")
@reviewer_only
def document_picture(case_id: int, document_id: int) -> Response:
    """The same as a picture to look at, where it is one: encoded anew, never the file itself."""
    found = document_for(case_for(case_id, current_person().id), document_id)
    shown = largest(found.sha256) if found.type.startswith("image/") else None
    if shown is None:
        raise NotFound("document-not-shown", NOT_SHOWN)
    return shown


@blueprint.get("/cases/<int:case_id>/documents/<int:document_id>/pages/<int:no>")
@reviewer_only
def document_page(case_id: int, document_id: int, no: int) -> Response:
    """A page of a document that is a PDF: what the desk shows in place, or a page of ours."""
    found = document_for(case_for(case_id, current_person().id), document_id)
    shown = leaf(found.sha256, found.type, no)
    told = {"case_id": case_id, "document": found, "leaf": shown}
    return leaf_page("review/document.html", **told)


@blueprint.get("/cases/<int:case_id>/documents/<int:document_id>/pages/<int:no>/picture")
@reviewer_only
def document_page_picture(case_id: int, document_id: int, no: int) -> Response:
    """The picture of that page."""
    found = document_for(case_for(case_id, current_person().id), document_id)
    shown = leaf(found.sha256, found.type, no)
    if not shown.key:
        raise NotFound("document-not-shown", shown.words)
    return leaf_picture(store().path(shown.key))


@blueprint.post("/cases/<int:case_id>/claim")
@reviewer_only
def claim(case_id: int) -> Response:
    """Take this case, or renew one's claim on it."""
    me = current_person().id
    if wants_fragment():
        return _renewed(case_id, me)
    try:
        if "note" in request.form:
            # Claimed again from the desk: what was written since the claim ended comes along.
            _keep(case_id, me)
        with unit_of_work():
            claims.claim(case_id, me)
    except (Conflict, Invalid) as refused:
        return _case_page(case_id, refused)
    return _to(case_id)


@blueprint.post("/cases/<int:case_id>/takeover")
@reviewer_only
def take_over(case_id: int) -> Response:
    """A lead takes the case from whoever has it."""
    try:
        with unit_of_work():
            claims.take_over(case_id, current_person().id)
    except Conflict as refused:
        return _case_page(case_id, refused)
    return _to(case_id)


@blueprint.post("/cases/<int:case_id>/release")
@reviewer_only
def release(case_id: int) -> Response:
    """Give the case back, keeping what was written."""
    me = current_person().id
    try:
        if "note" in request.form:
            _keep(case_id, me)
        with unit_of_work():
            claims.release(case_id, me)
    except (Conflict, Invalid) as refused:
        return _case_page(case_id, refused)
    return go(_queue(me))


@blueprint.post("/cases/<int:case_id>/draft")
@reviewer_only
def draft(case_id: int) -> Response:
    """Keep what is being written; add, repeat or remove a reason; insert a canned text."""
    me = current_person().id
    try:
        _keep(case_id, me, take_reason="add" in request.form)
    except (Conflict, Invalid) as refused:
        return _case_page(case_id, refused, template=_part())
    if wants_fragment():
        return _case_page(case_id, template=_part())
    anchor = "note" if "insert" in request.form else "pins"
    return go(url_for("review.case", case_id=case_id, _anchor=anchor, **view_of(me)[1]))


@blueprint.post("/cases/<int:case_id>/verdict")
@reviewer_only
def verdict(case_id: int) -> Response:
    """Decide. What was typed is kept with it, or alone where it is refused: no word is lost."""
    me = current_person().id
    try:
        with unit_of_work():
            # Kept by the verdict itself.
            _, written = drafts.compose(case_id, me, **_typed(case_id, me, take_reason=True))
            actions.decide(
                case_id,
                me,
                request.form.get("verdict", ""),
                written["reasons"],
                note=written["note"],
                inside_note=written["inside_note"],
            )
    except (Conflict, Invalid) as refused:
        with suppress(Conflict, Invalid):
            _keep(case_id, me, take_reason=True)
        return _case_page(case_id, refused)
    return claim_next() if request.form.get("next") else go(_queue(me))


@blueprint.post("/cases/<int:case_id>/undo")
@reviewer_only
def undo(case_id: int) -> Response:
    """Take one's held verdict back and go on with the case."""
    try:
        with unit_of_work():
            actions.undo(case_id, current_person().id)
    except Conflict as refused:
        return _case_page(case_id, refused)
    return _to(case_id)


def _renewed(case_id: int, me: int) -> Response:
    """The lease's clock, started afresh; or whose the case is by now, and why."""
    try:
        with unit_of_work():
            claims.renew(case_id, me)
    except Conflict as refused:
        return _case_page(case_id, refused, template=LEASE)
    return _case_page(case_id, template=LEASE)


def _queue(me: int) -> str:
    return url_for("review.queue", **view_of(me)[1])


def _keep(case_id: int, me: int, take_reason: bool = False) -> dict[str, Any]:
    with unit_of_work():
        return drafts.write(case_id, me, **_typed(case_id, me, take_reason))


def _typed(case_id: int, me: int, take_reason: bool) -> drafts.Typed:
    """The form's words. A verdict takes along a reason that was chosen but not yet added."""
    form = request.form
    add = None
    if (no := whole_number(form.get("again", ""))) is not None:
        add = again(case_for(case_id, me), no)
    elif take_reason and form.get("reason"):
        path = form.get("path") or picker.place_of(case_for(case_id, me), form["reason"])
        said = storable(form.get("reason-note", ""))
        add = pinned(form["reason"], path, said, boxes.posted(form, path))
    note, inside = (_written(form.get(name)) for name in ("note", "inside_note"))
    if "insert" in form:
        chosen = row_id(form.get("canned"))
        note = canned.with_text(case_for(case_id, me), note or "", chosen)
    remove = whole_number(form.get("remove", ""))
    choosing = {} if take_reason and add else picker.begun(form)
    return {
        "note": note, "inside_note": inside, "choosing": choosing, "add": add, "remove": remove,
    }  # fmt: skip


def _written(note: str | None) -> str | None:
    return None if note is None else typed_text(note)


def _part() -> str:
    """What answers a draft: the lease's clock to a save as one types, else the reasons."""
    if not wants_fragment():
        return WHOLE
    return LEASE if "autosave" in request.form else PINS


def _to(case_id: int) -> Response:
    address = url_for("review.case", case_id=case_id, **view_of(current_person().id)[1])
    if not wants_whole():
        return go(address)
    # The desk has a case open: the next one comes with the answer, not with a second request.
    opened = _case_page(case_id)
    opened.headers["HX-Push-Url"] = address
    return opened


def _case_page(case_id: int, refused: Refusal | None = None, template: str = WHOLE) -> Response:
    me = current_person().id
    found = case_for(case_id, me)
    shown = case_page(found)
    barred, (standing, late) = why_barred(found, me), queries.standing(case_id, me)
    _, told = view_of(me)
    # A reason half chosen stays so, whatever else was added, removed or claimed again.
    typed = request.form if refused else shown.written.get("choosing", {})
    return page(
        template,
        status=refused.status if refused else 200,
        view=shown,
        me=me,
        barred=barred,
        away=away_since(me),
        refused=refused,
        typed=typed,
        chosen_path=request.values.get("path") or typed.get("path", ""),
        picker=picker.options(shown),
        # It lies over the pictures: the newest, and whether there are others.
        held=queries.held_verdicts(me, 2),
        standing=standing,
        leads=reviewing(me)[found.queue],
        late=late,
        reason_of=reason_of,
        open=standing == "mine" and barred is None,
        told=told,
        draft_url=url_for("review.draft", case_id=case_id, **told),
        lease_seconds=settings().claim_minutes * 60,
        canned=canned.offered(found),
        # The marks on the pictures go along with the reasons, wherever they stand on the page.
        oob=template == PINS,
    )
