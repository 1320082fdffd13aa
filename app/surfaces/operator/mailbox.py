"""Mail without a mail server, and mail that was given up."""

from flask import Response, url_for

from app.accounts.permissions import operator_only
from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.journey.notifying import actions, queries
from app.settings import settings
from app.surfaces.operator import letters
from app.surfaces.operator.blueprint import blueprint
from app.web import go, page


@blueprint.get("/mailbox")
@operator_only
def mailbox() -> Response:
    """What was written, newest first; above it what could not be sent."""
    return page(
        "operator/mailbox.html",
        letters=letters.letters(),
        parked=queries.parked(),
        has_server=bool(settings().smtp_url),
    )


@blueprint.get("/mailbox/<name>")
@operator_only
def letter(name: str) -> Response:
    """One mail, its body as text."""
    return page("operator/letter.html", letter=letters.letter(name))


@blueprint.post("/mailbox/parked/<int:notification_id>/sending")
@operator_only
def send_again(notification_id: int) -> Response:
    """Try a mail again that was given up."""
    with unit_of_work():
        actions.send_again(notification_id)
    ring("notifying.send")
    return go(url_for(".mailbox"))
