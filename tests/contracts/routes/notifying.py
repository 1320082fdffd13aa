from sqlalchemy import func, select

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.notifying import actions
from app.journey.notifying.models import Notification
from tests.contracts.visitors import Row, signed_in


def notice_of_the_owner(world):
    with unit_of_work():
        actions.notify([world.owner.id], "version-approved", {"name": "x"}, "/listings/1")
    newest = db.session.scalar(select(func.max(Notification.id)))
    return {"notification_id": newest}


ROUTES = {
    "GET /notifications": Row(signed_in(200)),
    "POST /notifications/reading": Row(signed_in(303)),
    "POST /notifications/<int:notification_id>/reading": Row(
        signed_in(404, owner=303), notice_of_the_owner
    ),
}
