"""What was measured of a picture, and a likely duplicate beside it, before the reviewer."""

import html
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.storage import DirectoryStorage
from app.listings.models import Listing
from tests.factories import listings, people
from tests.factories import pictures as files
from tests.factories import review as made
from tests.factories.listings_with_pictures import pictures, send

SAME = files.saved(files.goods(), quality=92)


@pytest.fixture
def twice(session: Any, kept: DirectoryStorage, client: FlaskClient, run_tasks: Any) -> Listing:
    """Submitted; its second picture is one that another listing of the seller shows too."""
    seller = people.seller()
    people.signed_in(client, people.owner_of(seller))
    first = listings.draft(seller, changes={"name.ko": "먼저 있던 컵", "name.en": "Older cup"})
    second = listings.draft(seller)
    for listing in (first, second):
        send(client, listing, ("same.jpg", SAME))
        run_tasks()
    listings.submit(second)
    return second


def _case(client: FlaskClient, listing: Listing, language: str) -> str:
    client.set_cookie("language", language)
    people.signed_in(client, made.reviewer())
    return html.unescape(client.get(f"/review/cases/{made.case_of(listing).id}").text)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_numbers_and_the_likely_duplicate_stand_at_the_picture(twice, client, language) -> None:
    mine = pictures(twice)[1]
    page = _case(client, twice, language)
    shot = page.split(f'id="p-{mine.id}"')[1].split("</figure>")[0]
    rows = shot.split('class="tile-rows"')[1].split("</details>")[0]
    assert rows.startswith(" open") and "800" in rows
    for row in mine.facts["rows"]:
        assert row["label"][language] in rows and row["rule"][language] in rows
    alike = shot.split('class="alike"')[1]
    assert ("먼저 있던 컵" if language == "ko" else "Older cup") in alike
    addresses = {part.split('"')[0] for part in alike.split('href="')[1:]}
    assert len(addresses) == 2 and all(client.get(each).status_code == 200 for each in addresses)


def test_a_picture_that_is_gone_or_not_named_leaves_the_sentence(twice, client, session) -> None:
    mine = pictures(twice)[1]
    rows = [{k: v for k, v in row.items() if k != "picture"} for row in mine.facts["rows"]]
    mine.facts = mine.facts | {"rows": rows}
    session.commit()
    page = _case(client, twice, "en")
    assert 'class="alike"' not in page and "nearly the same" in page
