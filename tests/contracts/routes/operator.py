from sqlalchemy import select

from app.accounts import suspending
from app.core.database import db
from app.core.mail import Mail, mailbox, send
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import actions
from app.journey.handoff.models import Delivery
from app.journey.handoff.reconciling import runs
from app.listings.events import VersionApproved
from app.listings.queries import newest_version
from tests.contracts.visitors import Row, operators
from tests.factories.handoff import approved_listing


def a_letter(world):
    send(Mail("key", "a@seller.example", "제목", "본문", "<p>본문</p>", "ko"))
    return {"name": max(file.name for file in mailbox().glob("*.eml"))}


def a_delivery(world):
    listing = approved_listing()
    with unit_of_work():
        actions.open_product_deliveries(VersionApproved(listing.id, newest_version(listing.id).id))
    return {"delivery_id": db.session.scalars(select(Delivery.id)).first()}


def a_stopped_cause(world):
    stopped = db.session.get(Delivery, a_delivery(world)["delivery_id"])
    stopped.state, stopped.answer_code = "parked", "failed"
    db.session.commit()
    return {"code": stopped.target, "state": "parked", "cause": "failed"}


def a_cause(world):
    told = a_stopped_cause(world)
    return {"state": "parked", "cause": "failed", "upto": 2**40, "code": told["code"]}


def a_choice(world):
    return {"delivery": a_delivery(world)["delivery_id"]}


def a_suspended_company(world):
    with unit_of_work():
        suspending.suspend(world.seller.id, "counterfeit", "", world.operator.id)
    return {"seller_id": world.seller.id}


def a_person(world):
    return {"person_id": world.member.id}


def a_role(world):
    return {"person_id": world.member.id, "role": "reviewer"}


def a_reviewer(world):
    return {"person_id": world.reviewer.id}


def a_target(world):
    return {"code": "orders"}


def a_company(world):
    return {"seller_id": world.seller.id}


def a_run(world):
    with unit_of_work():
        return {"run_id": runs.start()}


ROUTES = {
    "GET /operator/reconciliation": Row(operators(200)),
    "POST /operator/reconciliation": Row(operators(303)),
    "GET /operator/reconciliation/<int:run_id>": Row(operators(200), a_run),
    "GET /operator/deliveries": Row(operators(200)),
    "GET /operator/deliveries/<int:delivery_id>": Row(operators(200), a_delivery),
    "POST /operator/deliveries/<int:delivery_id>/replay": Row(operators(303), a_delivery),
    "POST /operator/deliveries/replays": Row(operators(303), form=a_choice),
    "GET /operator/targets/<code>/replay": Row(operators(200), a_stopped_cause),
    "POST /operator/targets/<code>/replay": Row(operators(303), a_target, a_cause),
    "GET /operator/targets/<code>/pause": Row(operators(200), a_target),
    "POST /operator/targets/<code>/pause": Row(operators(303), a_target),
    "POST /operator/targets/<code>/resumption": Row(operators(303), a_target),
    "GET /operator/mailbox": Row(operators(200)),
    "GET /operator/mailbox/<name>": Row(operators(200), a_letter),
    "POST /operator/mailbox/parked/<int:notification_id>/sending": Row(
        operators(303), lambda world: {"notification_id": 1}
    ),
    "GET /operator/companies": Row(operators(200)),
    "POST /operator/companies/numbers": Row(operators(422)),
    "GET /operator/companies/<int:seller_id>": Row(operators(200), a_company),
    "POST /operator/companies/<int:seller_id>/number": Row(operators(422), a_company),
    "GET /operator/companies/<int:seller_id>/suspension": Row(operators(200), a_company),
    "POST /operator/companies/<int:seller_id>/suspension": Row(
        operators(303), a_company, lambda world: {"reason": "counterfeit"}
    ),
    "POST /operator/companies/<int:seller_id>/suspension/lifting": Row(
        operators(303), a_suspended_company
    ),
    "GET /operator/people": Row(operators(200)),
    "GET /operator/people/<int:person_id>": Row(operators(200), a_person),
    "POST /operator/people/<int:person_id>/roles/<role>/grant": Row(operators(303), a_role),
    "POST /operator/people/<int:person_id>/roles/<role>/withdrawal": Row(operators(303), a_role),
    "POST /operator/people/<int:person_id>/queues": Row(operators(303), a_reviewer),
    "POST /operator/people/<int:person_id>/absence": Row(operators(303), a_reviewer),
    "POST /operator/people/<int:person_id>/return": Row(operators(303), a_reviewer),
    "GET /operator/queues": Row(operators(200)),
    "POST /operator/queues/<queue>": Row(
        operators(303), lambda world: {"queue": "kitchen"}, lambda world: {"hold": "30"}
    ),
    "POST /operator/people/<int:person_id>/disabling": Row(operators(303), a_person),
    "POST /operator/people/<int:person_id>/enabling": Row(operators(303), a_person),
}
