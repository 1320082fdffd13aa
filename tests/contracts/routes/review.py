import itertools

from app.accounts.models import ReviewerQueue
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.review import canned, claims
from tests.contracts.visitors import Row, reviewers
from tests.factories import review as made


def a_case(world):
    db.session.merge(ReviewerQueue(person_id=world.reviewer.id, queue=made.queue()))
    db.session.commit()
    return {"case_id": made.case(seller=world.seller).id}


def a_claimed_case(world):
    places = a_case(world)
    with unit_of_work():
        claims.claim(places["case_id"], world.reviewer.id)
    return places


# A queue has no two texts of one title.
_titles = itertools.count(1)
WORDS = {"title": "x", "ko": "가", "en": "a"}


def a_led_queue(world):
    lead = ReviewerQueue(person_id=world.reviewer.id, queue=made.queue(), lead=True)
    db.session.merge(lead)
    db.session.commit()
    return {}


def a_canned_text(world):
    a_led_queue(world)
    with unit_of_work():
        words = WORDS | {"title": f"y{next(_titles)}"}
        made_id = canned.add(made.queue(), world.reviewer.id, **words)
    return {"text_id": made_id}


ROUTES = {
    "GET /review": Row(reviewers(200)),
    "POST /review/claims": Row(reviewers(303)),
    "POST /review/return": Row(reviewers(303)),
    "GET /review/cases/<int:case_id>": Row(reviewers(200), a_case),
    "GET /review/cases/<int:case_id>/shopper": Row(reviewers(200), a_case),
    # The case has no such document.
    "GET /review/cases/<int:case_id>/documents/<int:document_id>": Row(
        reviewers(404), lambda world: a_case(world) | {"document_id": 1}
    ),
    "GET /review/cases/<int:case_id>/documents/<int:document_id>/picture": Row(
        reviewers(404), lambda world: a_case(world) | {"document_id": 1}
    ),
    "GET /review/cases/<int:case_id>/documents/<int:document_id>/pages/<int:no>": Row(
        reviewers(404), lambda world: a_case(world) | {"document_id": 1, "no": 1}
    ),
    "GET /review/cases/<int:case_id>/documents/<int:document_id>/pages/<int:no>/picture": Row(
        reviewers(404), lambda world: a_case(world) | {"document_id": 1, "no": 1}
    ),
    "POST /review/cases/<int:case_id>/claim": Row(reviewers(303), a_case),
    "POST /review/cases/<int:case_id>/release": Row(reviewers(303), a_claimed_case),
    "POST /review/cases/<int:case_id>/draft": Row(
        reviewers(303), a_claimed_case, lambda world: {"note": "x"}
    ),
    # Nobody decides what they have not claimed.
    "POST /review/cases/<int:case_id>/verdict": Row(
        reviewers(409), a_case, lambda world: {"verdict": "approve"}
    ),
    # Whoever has it already takes it from nobody.
    "POST /review/cases/<int:case_id>/takeover": Row(reviewers(403), a_case),
    "POST /review/filters": Row(reviewers(303), form=lambda world: {"name": "x", "q": "mug"}),
    "POST /review/filters/<int:filter_id>/removal": Row(
        reviewers(303), lambda world: {"filter_id": 1}
    ),
    "GET /review/texts": Row(reviewers(200)),
    "POST /review/texts": Row(
        reviewers(303), a_led_queue, lambda world: WORDS | {"queue": made.queue()}
    ),
    # The page did not see it as it is.
    "POST /review/texts/<int:text_id>": Row(reviewers(409), a_canned_text, lambda world: WORDS),
    "POST /review/texts/<int:text_id>/removal": Row(reviewers(303), a_canned_text),
    "POST /review/cases/<int:case_id>/undo": Row(reviewers(409), a_case),
}
