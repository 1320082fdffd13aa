"""Who hears of what, from the event on."""

import pytest

from app.accounts.models import Seller
from app.core.unit_of_work import record, unit_of_work
from app.journey.notifying import reacting
from app.journey.notifying.queries import notices
from app.journey.review import actions as review
from app.journey.review import claims
from app.listings.actions import receive_picture
from app.listings.events import PictureRefused, VersionApproved, VersionReturned
from app.listings.queries import newest_version
from tests.factories import listings, people
from tests.factories import review as cases
from tests.factories.listings_with_pictures import listing


@pytest.fixture
def seller(session):
    return people.seller()


def titles(person):
    return [notice.title.en for notice in notices(person.id)]


@pytest.mark.parametrize(
    ("state", "event", "title"),
    [
        ("approved", VersionApproved, "Approved: unnamed product"),
        ("partly_approved", VersionApproved, "Partly approved: unnamed product"),
        ("rejected", VersionReturned, "Rejected: unnamed product"),
        ("changes_requested", VersionReturned, "Changes requested: unnamed product"),
    ],
)
def test_everybody_of_the_seller_hears_of_a_verdict(session, seller, state, event, title):
    member, stranger = people.member_of(seller), people.person()
    made = listing(seller)
    version = newest_version(made.id)
    now = made.created_at
    version.state, version.submitted_at, version.decided_at = state, now, now
    version.rules_as_of = now.date()
    session.commit()

    with unit_of_work():
        reacting.tell_verdict(event(made.id, version.id))

    assert titles(people.owner_of(seller)) == titles(member) == [title]
    assert titles(stranger) == []


def test_the_note_with_an_approval_is_told(session, client):
    made = listings.submitted()
    owner = people.owner_of(session.get(Seller, made.seller_id))
    case_id, who = cases.case_of(made).id, cases.reviewer().id
    with unit_of_work():
        claims.claim(case_id, who)
    with unit_of_work():
        review.decide(case_id, who, "approve", note="다음에는 옆모습도 올리세요.")

    (notice,) = [each for each in notices(owner.id) if each.note.ko]
    assert notice.note.ko == "심사자의 메모: 다음에는 옆모습도 올리세요."
    assert notice.note.en == "Note from the reviewer: 다음에는 옆모습도 올리세요."
    people.signed_in(client, owner)
    for door in ("/notifications", f"/listings/{made.id}"):
        assert "다음에는 옆모습도 올리세요." in client.get(door).text
    listings.edited(made)
    draft = client.get(f"/listings/{made.id}/draft").text
    assert "다음에는 옆모습도 올리세요." in draft and "심사자가 쓴 내용" in draft


def test_who_uploaded_a_picture_hears_once_of_all_that_were_refused(session, seller):
    member = people.member_of(seller)
    made = listing(seller)
    for name in ("a.jpg", "b.jpg"):
        with unit_of_work():
            picture = receive_picture(made.id, name[0] * 64, name, member.id)
        with unit_of_work():
            record(PictureRefused(made.id, picture.id))

    (notice,) = notices(member.id)
    assert notice.body.en.startswith("a.jpg, b.jpg: not usable")
    assert titles(people.owner_of(seller)) == []


def test_a_parked_delivery_is_told_to_the_seller_and_the_operators(session, seller):
    operator, practice = people.operator(), people.operator(practice=True)
    made = listing(seller)

    class Parked:
        listing_id, delivery_id, target = made.id, 7, "orders"

    with unit_of_work():
        reacting.tell_delivery_parked(Parked())

    assert titles(people.owner_of(seller)) == ["Handoff stopped: unnamed product"]
    (notice,) = notices(operator.id)
    assert (notice.title.ko, notice.url) == (
        "전달 멈춤: 이름 없는 상품 (주문)",
        "/operator/deliveries/7",
    )
    assert titles(practice) == []
