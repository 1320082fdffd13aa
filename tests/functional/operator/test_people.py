"""An operator's hand on people: roles, queues, and who may sign in."""

import pytest

from app.accounts import queries
from app.core.unit_of_work import unit_of_work
from app.journey.review import claims
from app.journey.review.models import ReviewCase
from app.taxonomy.loader import load
from app.taxonomy.queues import queues
from tests.factories import people
from tests.factories import review as made


@pytest.fixture
def operator(client, session):
    people.signed_in(client, people.operator())
    return client


def address(person, *rest):
    return "/".join(["/operator/people", str(person.id), *rest])


def test_people_are_found_by_name_address_and_company(operator, session):
    seller = people.seller(name="바다상회")
    owner = people.owner_of(seller)
    named = people.person(name="100% 김나래")
    session.commit()

    by_company = operator.get("/operator/people?q=바다").text
    by_name = operator.get("/operator/people?q=100%25").text
    sellers = operator.get("/operator/people?role=seller").text

    assert owner.email in by_company and named.email not in by_company
    assert named.email in by_name and owner.email not in by_name
    assert owner.email in sellers and named.email not in sellers


def test_people_come_in_pages(operator, session, monkeypatch):
    monkeypatch.setattr(queries, "PEOPLE_PAGE", 2)
    first, second, third = (people.person() for _ in range(3))
    session.commit()

    newest = operator.get("/operator/people").text
    older = operator.get(f"/operator/people?before={second.id}").text

    assert third.email in newest and first.email not in newest
    assert f"before={second.id}" in newest
    assert first.email in older and second.email not in older


def test_a_role_given_signs_the_person_out_and_lets_them_in(operator, app, session):
    person = people.person()
    theirs = people.signed_in(app.test_client(), person)

    assert operator.post(address(person, "roles", "reviewer", "grant")).status_code == 303
    operator.post(address(person, "queues"), data={"queues": ["", "kitchen", "no-such-queue"]})

    assert theirs.get("/account").status_code == 303
    assert queries.queues_of(person.id) == ["kitchen"]
    again = people.signed_in(app.test_client(), person).get("/review")
    assert again.status_code == 200
    assert "주방용품" in again.text


def test_no_other_role_can_be_given(operator, session):
    person = people.person()
    session.commit()

    assert operator.post(address(person, "roles", "owner", "grant")).status_code == 404
    assert operator.post("/operator/people/999999/roles/reviewer/grant").status_code == 404


def test_queues_belong_to_reviewers_alone(operator, session):
    person = people.person()
    session.commit()

    answer = operator.post(address(person, "queues"), data={"queues": "kitchen"})

    assert answer.status_code == 404
    assert queries.queues_of(person.id) == []


@pytest.mark.parametrize(
    ("rest", "form"),
    [
        (("disabling",), {}),
        (("roles", "reviewer", "withdrawal"), {}),
        (("queues",), {"queues": ["food"]}),
    ],
)
def test_a_claim_goes_back_at_once(operator, session, rest, form):
    reviewer = people.reviewer(made.queue(), "food")
    case = made.case()
    with unit_of_work():
        claims.claim(case.id, reviewer.id)

    assert operator.post(address(reviewer, *rest), data=form).status_code == 303

    with unit_of_work():
        assert claims.claim_next(made.reviewer().id) == case.id


def test_a_claim_of_a_kept_queue_stays(operator, session):
    reviewer = people.reviewer(made.queue(), "food")
    case = made.case()
    with unit_of_work():
        claims.claim(case.id, reviewer.id)

    operator.post(address(reviewer, "queues"), data={"queues": [made.queue()]})

    assert session.get_one(ReviewCase, case.id).holder == reviewer.id


def test_a_disabled_person_is_out_and_may_come_back(operator, app, session):
    person = people.person()
    theirs = people.signed_in(app.test_client(), person)

    operator.post(address(person, "disabling"))
    assert theirs.get("/account").status_code == 303
    assert "사용 중지" in operator.get(address(person)).text

    operator.post(address(person, "enabling"))
    assert people.signed_in(app.test_client(), person).get("/account").status_code == 200


@pytest.mark.parametrize("rest", [("disabling",), ("roles", "operator", "withdrawal")])
def test_the_last_operator_stays(app, session, rest):
    first, second = people.operator(), people.operator()
    people.operator(practice=True)
    one = people.signed_in(app.test_client(), first)

    assert one.post(address(second, *rest)).status_code == 303
    refused = one.post(address(first, *rest))

    assert refused.status_code == 409
    assert "운영자가 한 명은" in refused.text
    assert one.get("/operator/people").status_code == 200


def test_every_queue_of_the_taxonomy_has_a_name(app):
    taxonomy = load()
    used = {node.queue for node in taxonomy.nodes.values()}
    used |= {category.queue for category in taxonomy.categories.values()}

    assert used | {"general", "practice"} <= set(queues())
