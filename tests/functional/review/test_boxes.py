"""A reason on a part of a picture: from the desk's fields to the seller's tile, in one place."""

import itertools
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person, Seller
from app.core.errors import Invalid
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, drafts
from app.journey.review.models import ReviewCase
from app.listings.models import Finding, Listing, Picture, Version
from app.listings.queries import product_content
from tests.factories import people
from tests.factories import review as made
from tests.factories.listings import edited

SIDES = {"left": "12.5", "top": "10", "width": "30", "height": "20"}
BOX = [1250, 1000, 4250, 3000]
# Of a picture twice as wide as high, in the drawing's units.
RECT = 'x="1250" y="500" width="3000" height="1000"'
RENDITIONS = [
    {"name": "160", "width": 160, "height": 80, "type": "image/webp", "key": "0" * 64},
    {"name": "1200", "width": 1200, "height": 600, "type": "image/webp", "key": "1" * 64},
]


@pytest.fixture
def case(session: Any) -> ReviewCase:
    """Claimed by `case.holder`; its picture is ready in two sizes."""
    case = made.case(claimed_by=made.reviewer())
    picture = session.get(Picture, _picture(session, case))
    picture.facts = picture.facts | {"width": 2400, "height": 1200, "renditions": RENDITIONS}
    session.commit()
    return case


@pytest.fixture
def desk(client: FlaskClient, session: Any, case: ReviewCase) -> FlaskClient:
    return people.signed_in(client, session.get(Person, case.holder))


def _picture(session: Any, case: ReviewCase) -> int:
    return int(product_content(session.get(Version, case.version_id))["pictures"][0])


def _told(picture: int, **sides: str) -> dict[str, str]:
    told = {"reason": "picture-text", "path": f"pictures.{picture}", "reason-note": "왼쪽 위"}
    return told | {f"box.{picture}.{name}": typed for name, typed in (SIDES | sides).items()}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_part_travels_to_the_sellers_tile(session, desk, case, client, language) -> None:
    client.set_cookie("language", language)
    case_id, listing_id, picture = case.id, case.listing_id, _picture(session, case)
    door = f"/review/cases/{case_id}"
    assert desk.post(f"{door}/draft", data=_told(picture) | {"add": "1"}).status_code == 303
    page = desk.get(door).text
    assert RECT in page and "12.5 %" in page
    assert desk.post(f"{door}/verdict", data={"verdict": "reject"}).status_code == 303
    kept = session.query(Finding).filter_by(version_id=case.version_id, source="reviewer").one()
    assert kept.params["box"] == BOX
    assert RECT in desk.get(door).text

    listing = session.get(Listing, listing_id)
    edited(listing)
    seller = people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    for url in (f"/listings/{listing_id}/draft", f"/listings/{listing_id}/pictures"):
        tile = seller.get(url).text.split(f'id="f-pictures-{picture}"')[1].split("</li>")[0]
        assert RECT in tile and "왼쪽 위" in tile
        assert ("표시한 곳" if language == "ko" else "Part marked") in tile


def test_the_reasons_come_with_the_marks_and_empty_fields(session, desk, case) -> None:
    picture = _picture(session, case)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    for left in ("1", "60", "60"):
        answer = desk.post(
            f"/review/cases/{case.id}/draft",
            data=_told(picture, left=left) | {"add": "1"},
            headers=headers,
        )
    assert answer.status_code == 200 and "<html" not in answer.text
    drawing = answer.text.split(f'id="marks-{picture}"')[1].split("</svg>")[0]
    # The same part for the same reason is one; another part is another.
    assert re.findall(r'data-mark="(\d)"', drawing) == ["1", "2"]
    assert re.search(rf'name="box.{picture}.left" value=""', answer.text)
    gone = desk.post(f"/review/cases/{case.id}/draft", data={"remove": "0"}, headers=headers)
    drawing = gone.text.split(f'id="marks-{picture}"')[1].split("</svg>")[0]
    assert re.findall(r'data-mark="(\d)"', drawing) == ["1"] and 'x="6000"' in drawing


NO_PARTS = ({"left": "NaN"}, {"left": "-1"}, {"width": "0.5"}, {"left": "80"}, {"height": ""})


def test_what_is_no_part_is_refused_beside_its_numbers(session, desk, case) -> None:
    picture = _picture(session, case)
    for sides, door in itertools.product(NO_PARTS, ("draft", "verdict")):
        told = _told(picture, **sides) | {"add": "1", "verdict": "reject", "note": "다시"}
        answer = desk.post(f"/review/cases/{case.id}/{door}", data=told)
        assert answer.status_code == 422 and "다시" in answer.text, sides
        fold = answer.text.split("data-box-part", 1)[1].split("</details>")[0]
        assert fold.startswith(" open") and "aria-invalid" in fold and "finding-blocks" in fold
        for typed in (SIDES | sides).values():
            assert f'value="{typed}"' in fold
    assert session.get(ReviewCase, case.id).draft.get("reasons", []) == []


def test_a_part_of_one_picture_is_not_pinned_elsewhere(session, desk, case) -> None:
    picture = _picture(session, case)
    for told in (
        _told(picture) | {"reason": "name-promotion", "path": "name.ko"},
        _told(picture) | {"path": "pictures.999999"},
        _told(999999) | {"path": f"pictures.{picture}"},
        _told(999999),
    ):
        answer = desk.post(f"/review/cases/{case.id}/verdict", data=told | {"verdict": "reject"})
        assert answer.status_code == 422
    assert session.get(ReviewCase, case.id).verdict is None


NO_BOXES = (
    {"path": "name.ko", "code": "attribute-wrong", "box": BOX},
    {"path": "", "code": "picture-other-product", "box": BOX},
    {"box": [0, 0, 20000, 20000]},
    {"box": [float("nan"), 0, 500, 500]},
)


def test_verbs_refuse_a_box_that_is_none(session, case) -> None:
    case_id, who = case.id, case.holder
    path = f"pictures.{_picture(session, case)}"
    for pin in NO_BOXES:
        told = {"code": "picture-text", "path": path} | pin
        with pytest.raises(Invalid), unit_of_work():
            actions.decide(case_id, who, "reject", [told])
    with unit_of_work():
        assert drafts.write(case_id, who)["reasons"] == []
