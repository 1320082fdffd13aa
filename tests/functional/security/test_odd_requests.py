"""Single requests that once brought a page down."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DataError

from app.accounts.models import Person
from tests.factories import people
from tests.factories.listings import categories
from tests.factories.listings_with_pictures import listing


@pytest.fixture
def made(session, client):
    categories()
    seller = people.seller()
    people.signed_in(client, people.owner_of(seller))
    made = listing(seller, "t-shirts")
    session.commit()
    return made


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "x", "-1"])
def test_a_confirmed_item_that_is_no_number(client, made, odd):
    answer = client.post(f"/listings/{made.id}/staging/application", data={"confirmed": odd})
    assert answer.status_code == 303


@pytest.mark.parametrize("address", ["/listings/{}", "/listings/{}/draft", "/listings/{}/pictures"])
@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 5000, "٣", "-1"])
def test_a_number_that_no_listing_can_have(client, made, address, number):
    assert client.get(address.format(number)).status_code == 404


def test_the_browsing_of_categories_alone(client, made):
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert "category-choice" in client.get("/listings/new", headers=part).text


def test_what_was_typed_is_in_no_message_of_the_database(session):
    with pytest.raises(DataError) as told:
        session.scalar(select(Person.id).where(Person.email == "secret-word\0"))
    assert "secret-word" not in str(told.value)
