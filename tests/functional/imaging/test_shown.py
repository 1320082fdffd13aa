"""Every page that shows a product's pictures says how large each is, and offers it in sizes."""

import io
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from PIL import Image

from app.listings.queries import newest_version, product_part
from tests.factories import listings as made
from tests.factories import listings_with_pictures as make
from tests.factories import people, review
from tests.factories import pictures as files
from tests.factories.pages import offered_in, pictures_in

SAID = {"ko": "손잡이가 오른쪽에 있습니다", "en": "The handle is on the right"}


def _look(client: FlaskClient, path: str) -> list[dict[str, str]]:
    """The pictures of a page, each held against the files that it names."""
    page = client.get(path)
    found = pictures_in(page.text)
    assert page.status_code == 200 and found, path
    for given in found:
        assert "alt" in given and given["decoding"] == "async", path
        sides = _sides(client, given["src"])
        assert (int(given["width"]), int(given["height"])) == sides, path
        offered = offered_in(given)
        # What is drawn small has the smallest size alone.
        assert len(offered) > 1 or given["src"].endswith("/160"), path
        for address, width in offered.items():
            assert _sides(client, address)[0] == width, path
    return found


def _sides(client: FlaskClient, address: str) -> tuple[int, int]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Image.open(io.BytesIO(answer.data)).size


def test_pictures_have_their_sides_their_words_and_their_sizes(
    app: Any, session: Any, kept: Any, client: FlaskClient, run_tasks: Callable[[], list[str]]
) -> None:
    owner = people.seller()
    listing = made.draft(owner)
    seller = people.signed_in(client, people.owner_of(owner))
    wide = Image.new("RGB", (900, 600), "white")
    drawn = [("a.jpg", files.goods(side=800)), ("b.jpg", wide), ("c.jpg", files.goods(0.7))]
    make.send(seller, listing, *[(name, files.saved(one)) for name, one in drawn])
    run_tasks()
    here = f"/listings/{listing.id}"
    stand_in, _, second, third = product_part(newest_version(listing.id)).content["pictures"]
    for number in (stand_in, third):
        seller.post(f"{here}/pictures/{number}/removal")
    told = {f"picture_texts.{second}.{code}": text for code, text in SAID.items()}
    seller.post(f"{here}/pictures/{second}/texts", data=told)
    for page, count in (("draft", 3), ("pictures", 3), ("preview", 4)):
        assert len(_look(seller, f"{here}/{page}")) == count
    assert SAID["ko"] in [each["alt"] for each in _look(seller, f"{here}/preview")]
    assert len(_look(seller, "/listings")) == 1

    made.submit(listing)
    made.judge(listing)
    texts = {str(second): {"ko": "왼쪽입니다"}}
    review.resubmitted(listing, pictures=[third, second], picture_texts=texts)
    reviewer = people.signed_in(app.test_client(), review.reviewer())
    case = f"/review/cases/{review.case_of(listing).id}"
    # Those of the version, and both versions side by side.
    found = _look(reviewer, case)
    assert len(found) == 2 + 4 and found[1]["alt"] == "왼쪽입니다"
    # What shoppers see, with its thumbnails.
    assert len(_look(reviewer, f"{case}/shopper")) == 4
    page = reviewer.get(case).text
    assert f"<del>{SAID['ko']}</del><ins>왼쪽입니다</ins>" in page
    assert "사진 2: 대체 텍스트 (한국어)" in page
