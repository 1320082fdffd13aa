from app.accounts import demo, queries
from app.accounts.actions import check_password
from app.core.unit_of_work import unit_of_work


def test_loading_twice_makes_everybody_once(session):
    for _ in range(2):
        with unit_of_work():
            demo.load()

    for role, email, password in demo.demo_accounts():
        person = check_password(email, password)
        assert person is not None, email
        if role.startswith("seller"):
            assert [row.role for row in queries.memberships(person.id)] == [role.split()[1]]
        else:
            assert [row.name for row in person.roles] == [role]


def test_a_reviewer_has_queues_and_belongs_to_no_seller(session):
    with unit_of_work():
        demo.load()

    reviewer = queries.person_by_email("Reviewer@Onshelf.example")

    assert queries.queues_of(reviewer.id) == ["apparel", "kitchen"]
    assert not queries.memberships(reviewer.id)
