"""Which entry of the top bar says that one is behind it."""

import re

import pytest

from tests.factories import people

CURRENT = re.compile(r'<a class="door" href="([^"]+)" aria-current="(page|true)">')


@pytest.mark.parametrize(
    ("address", "door", "current"),
    [
        ("/operator/deliveries", "/operator/deliveries", "page"),
        ("/operator/deliveries?state=parked", "/operator/deliveries", "page"),
        ("/operator/targets/orders/pause", "/operator/deliveries", "true"),
        ("/operator/reconciliation", "/operator/deliveries", "true"),
        ("/operator/people", "/operator/people", "page"),
        ("/operator/people/{person}", "/operator/people", "true"),
        ("/operator/companies", "/operator/people", "true"),
        ("/operator/companies/{seller}/suspension", "/operator/people", "true"),
        ("/operator/queues", "/operator/people", "true"),
        ("/operator/mailbox", "/operator/mailbox", "page"),
    ],
)
def test_one_entry_is_current_on_its_page_and_on_those_behind_it(
    client, session, address, door, current
):
    operator, seller = people.operator(), people.seller()
    asked = address.format(person=operator.id, seller=seller.id)
    page = people.signed_in(client, operator).get(asked)
    assert page.status_code == 200
    assert CURRENT.findall(page.text) == [(door, current)]


@pytest.mark.parametrize(
    ("address", "currents"),
    [
        ("/home", [("/home", "page")]),
        ("/listings", [("/listings", "page")]),
        ("/listings/new", [("/listings", "true")]),
        ("/orders", [("/orders", "page")]),
        ("/account", []),
    ],
)
def test_sellers_know_where_they_are(client, session, address, currents):
    page = people.signed_in(client, people.owner_of(people.seller())).get(address)
    assert page.status_code == 200
    assert CURRENT.findall(page.text) == currents
