"""HTTP in: the queue, a case, its claim, its draft, its verdict."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from app.accounts.current import current_person
from app.accounts.permissions import reviewer_only
from app.accounts.queries import led_by, queues_of
from app.core.errors import Conflict, Invalid, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, boxes, canned, claims, drafts, filters, queries
from app.journey.review.appealed import appeal_waits
from app.journey.review.case import picker
from app.journey.review.case.earlier import again
from app.journey.review.case.page import case_page
from app.journey.review.comparing.outlook import outlook
from app.journey.review.eligibility import case_for, document_for, why_barred
from app.journey.review.expectation import expected
from app.journey.review.pins import pinned
from app.journey.review.reasons import reason as reason_of
from app.listings.content import storable
from app.listings.numbers import row_id, whole_number
from app.listings.store import store
from app.taxonomy.queues import queue_name
from app.web import go, page, wants_fragment
from app.web.downloads import attachment

blueprint = Blueprint("review", __name__, url_prefix="/review")
blueprint.add_app_template_global(queue_name)
blueprint.add_app_template_global(expected, "expected_review")
blueprint.add_app_template_global(outlook, "edit_outlook")
blueprint.add_app_template_global(appeal_waits)
WHOLE, LEASE, PINS = "review/case.html", "review/_lease.html", "review/_pins.html"


@blueprint.app_template_global()
def picture_url(listing_id: int, picture_id: int, rendition: str) -> str:
    """Where a picture of a listing is shown."""
    return url_for(
        "imaging.rendition", listing_id=listing_id, picture_id=picture_id, name=rendition
    )


@blueprint.get("")
@reviewer_only
def queue() -> Response:
    """What waits in the reviewer's queues."""
    me = current_person().id
    return _queue_page(me, nothing_left="empty" in request.args)


@blueprint.post("/filters")
@reviewer_only
def keep_filter() -> Response:
    """Keep the view that is shown, by a name."""
    me = current_person().id
    queues = queues_of(me)
    told = _told(_chosen(queues), queues)
    try:
        with unit_of_work():
            filters.keep(me, request.form.get("name", ""), told)
    except Invalid as refused:
        return _queue_page(me, 422, refused=refused)
    return go(url_for("review.queue", **told))


@blueprint.post("/filters/<int:filter_id>/removal")
@reviewer_only
def forget_filter(filter_id: int) -> Response:
    """Remove a kept view."""
    with unit_of_work():
        filters.forget(current_person().id, filter_id)
    return go(url_for("review.queue"))


@blueprint.post("/claims")
@reviewer_only
def claim_next() -> Response:
    """Take the next case and open it."""
    with unit_of_work():
        case_id = claims.claim_next(current_person().id)
    return _to(case_id)


@blueprint.get("/cases/<int:case_id>")
@reviewer_only
def case(case_id: int) -> Response:
    """One case on one screen."""
    return _case_page(case_id)


@blueprint.get("/cases/<int:case_id>/documents/<int:document_id>")
@reviewer_only
def document(case_id: int, document_id: int) -> Response:
    """The file of a document that the case's version refers to."""
    found = document_for(case_for(case_id, current_person().id), document_id)
    return attachment(store().path(found.sha256), found.file_name, found.type)


@blueprint.post("/cases/<int:case_id>/claim")
@reviewer_only
def claim(case_id: int) -> Response:
    """Take this case, or renew one's claim on it."""
    if wants_fragment():
        with unit_of_work():
            claims.renew(case_id, current_person().id)
        return _case_page(case_id, template=LEASE)
    try:
        if "note" in request.form:
            # Claimed again from the desk: what was written since the claim ended comes along.
            _keep(case_id, current_person().id)
        with unit_of_work():
            claims.claim(case_id, current_person().id)
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
    if "note" in request.form:
        _keep(case_id, me)
    with unit_of_work():
        claims.release(case_id, me)
    return go(url_for("review.queue"))


@blueprint.post("/cases/<int:case_id>/draft")
@reviewer_only
def draft(case_id: int) -> Response:
    """Keep what is being written; add, repeat or remove a reason; insert a canned text."""
    try:
        _keep(case_id, current_person().id, take_reason="add" in request.form)
    except (Conflict, Invalid) as refused:
        return _case_page(case_id, refused, template=_part())
    if wants_fragment():
        return _case_page(case_id, template=_part())
    anchor = "note" if "insert" in request.form else "pins"
    return go(url_for("review.case", case_id=case_id, _anchor=anchor))


@blueprint.post("/cases/<int:case_id>/verdict")
@reviewer_only
def verdict(case_id: int) -> Response:
    """Decide. What was typed is kept first, so that a refusal loses no word."""
    me = current_person().id
    try:
        written = _keep(case_id, me, take_reason=True)
        with unit_of_work():
            actions.decide(
                case_id,
                me,
                request.form.get("verdict", ""),
                written["reasons"],
                note=written["note"],
                inside_note=written["inside_note"],
            )
    except (Conflict, Invalid) as refused:
        return _case_page(case_id, refused)
    return claim_next() if request.form.get("next") else go(url_for("review.queue"))


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


def _keep(case_id: int, me: int, take_reason: bool = False) -> dict[str, Any]:
    """Keep the form's words. A verdict takes along a reason that was chosen but not yet added."""
    form = request.form
    add = None
    if (no := whole_number(form.get("again", ""))) is not None:
        add = again(case_for(case_id, me), no)
    elif take_reason and form.get("reason"):
        path = form.get("path", "")
        add = pinned(form["reason"], path, form.get("reason-note", ""), boxes.posted(form, path))
    note, remove = form.get("note"), form.get("remove", "")
    if "insert" in form:
        chosen = row_id(form.get("canned"))
        note = canned.with_text(case_for(case_id, me), note or "", chosen)
    with unit_of_work():
        return drafts.write(
            case_id,
            me,
            note=note,
            inside_note=form.get("inside_note"),
            add=add,
            remove=whole_number(remove),
        )


def _part() -> str:
    """What answers a draft: the lease's clock to a save as one types, else the reasons."""
    if not wants_fragment():
        return WHOLE
    return LEASE if "autosave" in request.form else PINS


def _to(case_id: int | None) -> Response:
    if case_id is None:
        return go(url_for("review.queue", empty=1))
    return go(url_for("review.case", case_id=case_id))


def _case_page(case_id: int, refused: Refusal | None = None, template: str = WHOLE) -> Response:
    me = current_person().id
    found = case_for(case_id, me)
    shown = case_page(found)
    return page(
        template,
        status=refused.status if refused else 200,
        view=shown,
        me=me,
        barred=why_barred(found, me),
        refused=refused,
        # A reason half chosen stays so, whatever else was added or removed.
        typed=request.form if refused or {"again", "remove"} & request.form.keys() else {},
        chosen_path=request.values.get("path", ""),
        picker=picker.options(shown),
        held=queries.held_verdicts(me),
        standing=queries.standing(case_id, me),
        leads=found.queue in led_by(me),
        late=queries.is_late(case_id),
        reason_of=reason_of,
        canned=canned.offered(found),
        # The marks on the pictures go along with the reasons, wherever they stand on the page.
        oob=template == PINS,
    )


def _queue_page(
    me: int, status: int = 200, nothing_left: bool = False, refused: Refusal | None = None
) -> Response:
    queues = queues_of(me)
    chosen = _chosen(queues)
    after = whole_number(request.args.get("after", ""))
    returned = [] if after else queries.returned_to(me, chosen)
    besides = [line.case.id for line in returned]
    return page(
        "review/queue.html",
        status=status,
        queues=queues,
        chosen=chosen,
        told=_told(chosen, queues),
        filters=filters.filters_of(me),
        counts=queries.waiting_counts(queues),
        count_to=queries.COUNT_TO,
        mine=queries.my_cases(me),
        held=queries.held_verdicts(me),
        returned=returned,
        listed=queries.queue_page(chosen, after, besides),
        nothing_left=nothing_left,
        refused=refused,
        me=me,
    )


def _chosen(queues: list[str]) -> queries.Chosen:
    """What the address asks for; what makes no sense is as if it had not been asked."""
    asked = request.values
    state, kind = asked.get("state", ""), asked.get("kind", "")
    return queries.Chosen(
        queues=[q for q in asked.getlist("queue") if q in queues] or queues,
        state=state if state in queries.STATES else "waiting",
        kind=kind if kind in queries.KINDS else "",
        typed=storable(asked.get("q", "")).strip()[:100],
    )


def _told(chosen: queries.Chosen, queues: list[str]) -> dict[str, Any]:
    """The same as an address has it: only what differs from everything that waits."""
    some = list(chosen.queues) != queues
    told = {"queue": list(chosen.queues) if some else [], "kind": chosen.kind, "q": chosen.typed}
    told["state"] = "" if chosen.state == "waiting" else chosen.state
    return {name: value for name, value in told.items() if value}
