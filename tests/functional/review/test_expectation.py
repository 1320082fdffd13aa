"""What a seller is told of the wait: from what happened, and nothing where too little did."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from app.accounts.models import Seller
from app.core.words import Words
from app.journey.review.expectation import LEAST, spoken
from app.journey.review.models import ReviewCase
from app.listings.models import Listing
from tests.factories import people
from tests.factories import review as made

EN = {"Accept-Language": "en"}


def seen(client: FlaskClient, listing: Listing, language: str = "en") -> str:
    return client.get(f"/listings/{listing.id}", headers={"Accept-Language": language}).text


def decided_lately(session: Any, like: ReviewCase, count: int) -> None:
    """So many cases like that one, decided after 1, 2, 3 … minutes."""
    session.execute(
        text(
            "INSERT INTO review_case (version_id, listing_id, seller_id, kind, queue, created_at,"
            " promised_at, verdict, decided_by, decided_at, release_at, not_before, applied_at,"
            " closed_at, attempts) SELECT version_id, listing_id, seller_id, kind, queue,"
            " now() - n * interval '1 minute', now(), 'approve', :who, now(), now(), now(), now(),"
            " now(), 0 FROM review_case, generate_series(1, :count) n WHERE id = :id"
        ),
        {"id": like.id, "count": count, "who": made.reviewer().id},
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
