"""What a seller is told of the wait: from what happened, and nothing where too little did."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app.accounts.models import Seller
from app.core.words import Words
from app.journey.review.expectation import LATEST, LEAST, spoken
from app.journey.review.models import ReviewCase
from app.listings.models import Listing
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made

EN = {"Accept-Language": "en"}


def seen(client: FlaskClient, listing: Listing, language: str = "en") -> str:
    return client.get(f"/listings/{listing.id}", headers={"Accept-Language": language}).text


def decided_lately(
    session: Any,
    like: ReviewCase,
    count: int,
    known: bool = False,
    waited: timedelta = timedelta(),
    ago: timedelta = timedelta(),
) -> None:
    """So many cases like that one, decided *ago* after 1, 2, 3 … minutes and all that *waited*.

    *known*: to a reviewer each.
    """
    session.execute(
        text(
            "INSERT INTO review_case (version_id, listing_id, seller_id, kind, queue, known_to,"
            " created_at, promised_at, verdict, decided_by, decided_at, release_at, not_before,"
            " applied_at, closed_at, attempts) SELECT version_id, listing_id, seller_id, kind,"
            " queue, CASE WHEN :known THEN CAST(:who AS bigint) END,"
            " at - :waited - n * interval '1 minute', at, 'approve', :who, at, at, at, at, at, 0"
            " FROM review_case, generate_series(1, :count) n, (SELECT now() - :ago AS at) AS days"
            " WHERE id = :id"
        ),
        {
            "id": like.id,
            "count": count,
            "who": made.reviewer().id,
            "known": known,
            "waited": waited,
            "ago": ago,
        },
    )
    session.commit()


def test_place_and_times_are_told_from_our_own_cases(session: Any, client: FlaskClient) -> None:
    made.case()
    made.case()
    mine = made.case()
    listing = session.get(Listing, mine.listing_id)
    people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    page = seen(client, listing)
    assert "2 are ahead of it." in page and "not enough cases" in page
    decided_lately(session, mine, LEAST - 1)
    assert "not enough cases" in seen(client, listing)
    decided_lately(session, mine, 50)
    page = seen(client, listing)
    # 1 to 29 minutes and 1 to 50: the fortieth is 20, the seventy-second 43.
    assert "half of such were decided within 20 minutes, nine in ten within 43 minutes" in page
    page = seen(client, listing, "ko")
    assert "앞에 2건이 있습니다." in page and "열에 아홉은" in page


def test_a_first_listing_is_told_of_first_listings_alone(session: Any, client: FlaskClient) -> None:
    """Edits of what was approved are of the same kind, and go first to who knows them."""
    mine = made.case()
    listing = session.get(Listing, mine.listing_id)
    people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    decided_lately(session, mine, LEAST, waited=timedelta(days=2))
    decided_lately(session, mine, 2 * LEAST, known=True)
    page = seen(client, listing)
    assert "half of such were decided within 3 days" in page
    assert (
        "Listings that go back to a reviewer who has seen them before may be taken first." in page
    )
    assert "돌아온 건은 먼저 심사될 수 있습니다." in seen(client, listing, "ko")


def test_an_edit_of_what_was_approved_is_told_of_such(session: Any, client: FlaskClient) -> None:
    first = made.case()
    decided_lately(session, first, LEAST, waited=timedelta(days=2))
    listing = make.approved()
    people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    make.edited(listing)
    draft = f"/listings/{listing.id}/draft"
    assert "not enough cases" in client.get(draft, headers=EN).text
    decided_lately(session, first, LEAST, known=True)
    told = "half of such were decided within 15 minutes"
    assert told in client.get(draft, headers=EN).text
    make.submit(listing)
    assert made.case_of(listing).known_to and told in seen(client, listing)


def test_lately_is_when_they_were_decided(session: Any, client: FlaskClient) -> None:
    """What was submitted last and decided at once tells nothing of what has waited for days."""
    mine = made.case()
    listing = session.get(Listing, mine.listing_id)
    people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    decided_lately(session, mine, LATEST, waited=timedelta(days=3))
    decided_lately(session, mine, LATEST, ago=timedelta(days=1))
    assert "half of such were decided within 4 days" in seen(client, listing)


@pytest.mark.parametrize(
    ("seconds", "en", "ko"),
    [
        (1, "1 minute", "1분"),
        (61, "2 minutes", "2분"),
        (3600, "1 hour", "1시간"),
        (3601, "2 hours", "2시간"),
        (86_400, "1 day", "1일"),
        (300_000, "4 days", "4일"),
    ],
)
def test_a_wait_is_said_in_one_unit_and_never_too_short(seconds: int, en: str, ko: str) -> None:
    assert spoken(timedelta(seconds=seconds)) == Words(ko, en)
