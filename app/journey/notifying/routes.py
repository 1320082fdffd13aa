"""The bell's page."""

from flask import Blueprint, Response, request, url_for

from app.accounts.current import current_person
from app.accounts.next_page import local_path
from app.accounts.permissions import signed_in_only
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.notifying import actions, queries
from app.web import go, page

blueprint = Blueprint("notifying", __name__)


@blueprint.get("/notifications")
@signed_in_only
def notices() -> Response:
    """The newest notices, a page of them."""
    found = queries.notices(current_person().id, request.args.get("before", type=int))
    older = found[queries.PAGE - 1].id if len(found) > queries.PAGE else None
    return page("notifying/notices.html", notices=found[: queries.PAGE], older=older)


@blueprint.post("/notifications/<int:notification_id>/reading")
@signed_in_only
def read(notification_id: int) -> Response:
    """Mark one as read and go where it leads."""
    person = current_person()
    notice = queries.notice_of(person.id, notification_id)
    if notice is None:
        raise NotFound()
    target = local_path(notice.url)
    with unit_of_work():
        actions.mark_read(person.id, notification_id)
    return go(target or url_for(".notices"))


@blueprint.post("/notifications/reading")
@signed_in_only
def read_all() -> Response:
    """Mark all as read."""
    with unit_of_work():
        actions.mark_read(current_person().id)
    return go(url_for(".notices"))
