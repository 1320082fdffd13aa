"""HTTP in: the canned texts of a reviewer's queues; those who lead one keep its texts."""

from typing import Any

from flask import Blueprint, Response, request, session, url_for

from app.accounts.current import current_person
from app.accounts.permissions import reviewer_only
from app.accounts.queries import led_by, names_of, queues_of
from app.core.errors import Conflict, Invalid, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.review import canned
from app.taxonomy.queues import queues
from app.web import go, page

blueprint = Blueprint("canned", __name__, url_prefix="/review/texts")
FIELDS = ("title", "ko", "en")
# The text that was removed last, for its undo: within the session, on the server.
REMOVED = "removed_canned_text"


@blueprint.get("")
@reviewer_only
def shelf() -> Response:
    """The texts of each queue that they review."""
    removed = session.pop(REMOVED, None) if "removed" in request.args else None
    return _draw(removed=removed)


@blueprint.post("")
@reviewer_only
def add() -> Response:
    """One more text of a queue."""
    queue = request.form.get("queue", "")
    try:
        with unit_of_work():
            made = canned.add(queue, current_person().id, **_typed())
    except Invalid as refused:
        return _draw(refused, f"new-{queue}")
    return go(url_for(".shelf", _anchor=f"text-{made}"))


@blueprint.post("/<int:text_id>")
@reviewer_only
def change(text_id: int) -> Response:
    """Change a text."""
    seen = request.form.get("seen", "")
    try:
        with unit_of_work():
            canned.change(text_id, current_person().id, seen, **_typed())
    except (Invalid, Conflict) as refused:
        gone = refused.code == "canned-text-gone"
        return _draw(refused, f"new-{request.form.get('queue', '')}" if gone else str(text_id))
    return go(url_for(".shelf", _anchor=f"text-{text_id}"))


@blueprint.post("/<int:text_id>/removal")
@reviewer_only
def remove(text_id: int) -> Response:
    """Take a text away; the page that follows offers to have it back."""
    with unit_of_work():
        removed = canned.remove(text_id, current_person().id)
    if removed:
        session[REMOVED] = removed
    return go(url_for(".shelf", removed=1 if removed else None))


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in FIELDS}


def _draw(refused: Refusal | None = None, at: str = "", **context: Any) -> Response:
    """The page; *at* is the form that was refused, with all that was typed in it."""
    me = current_person().id
    mine = queues_of(me)
    texts = canned.texts_of([code for code in queues() if code in mine])
    wrong = refused.each if isinstance(refused, canned.Unfit) else {}
    if refused and not wrong:
        wrong = {"title": refused.said}
    people = {text.changed_by for some in texts.values() for text in some if text.changed_by}
    return page(
        "review/texts.html",
        status=refused.status if refused else 200,
        texts=texts,
        led=led_by(me),
        names=names_of(list(people)),
        most=canned.MOST,
        lengths={"title": canned.TITLE_LENGTH, "ko": canned.TEXT_LENGTH, "en": canned.TEXT_LENGTH},
        at=at,
        refused=refused,
        wrong=wrong,
        typed=_typed() if refused else {},
        **context,
    )
