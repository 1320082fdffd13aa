"""A reason that was chosen but not added yet is there again, whatever else was done meanwhile."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.unit_of_work import unit_of_work
from app.journey.review import claims
from tests.factories import people
from tests.factories import review as made

BEGUN = {"path": "brand", "reason": "attribute-wrong", "reason-note": "포장과 다릅니다", "note": ""}


@pytest.fixture
def door(client: FlaskClient, session: Any) -> str:
    """The address of a case that is claimed and has one reason."""
    me = made.reviewer()
    case = made.case(claimed_by=me)
    people.signed_in(client, me)
    found = f"/review/cases/{case.id}"
    client.post(f"{found}/draft", data={"add": "1", "reason": "listing-repeated", "note": ""})
    return found


def _chosen(page: str) -> tuple[str, str, str]:
    """The place, the reason and the remark that stand in the form."""
    place, reason = (
        re.findall(r'<option value="([^"]*)"[^>]* selected', _part(page, name))
        for name in ("path", "reason")
    )
    remark = re.search(r'name="reason-note"[^>]*value="([^"]*)"', page)
    assert remark
    return (place or [""])[0], (reason or [""])[0], remark[1]


def _part(page: str, name: str) -> str:
    return page.partition(f'<select class="form-select" id="{name}"')[2].partition("</select>")[0]


@pytest.mark.parametrize("act", [{"remove": "0"}, {"autosave": "1"}])
def test_it_outlives_what_else_is_done(client: FlaskClient, door: str, act: dict[str, str]) -> None:
    client.post(f"{door}/draft", data=BEGUN | act)
    assert _chosen(client.get(door).text) == ("brand", "attribute-wrong", "포장과 다릅니다")


def test_it_comes_along_when_the_case_is_claimed_again(client: FlaskClient, door: str) -> None:
    case_id = int(door.rsplit("/", 1)[1])
    made.move(case_id, held_until=-3600)
    assert client.post(f"{door}/claim", data=BEGUN).status_code == 303
    assert _chosen(client.get(door).text) == ("brand", "attribute-wrong", "포장과 다릅니다")


def test_so_does_a_part_of_a_picture(client: FlaskClient, door: str) -> None:
    path = re.search(r'data-shot [^>]*data-path="(pictures\.(\d+))"', client.get(door).text)
    assert path
    box = {f"box.{path[2]}.{name}": "25" for name in ("left", "top", "width", "height")}
    client.post(f"{door}/draft", data=BEGUN | box | {"path": path[1], "autosave": "1"})
    assert _chosen(client.get(door).text)[0] == path[1]


def test_once_added_or_taken_back_nothing_is_begun(client: FlaskClient, door: str) -> None:
    for last in ({"add": "1"}, {"reason": "", "reason-note": "", "autosave": "1"}):
        client.post(f"{door}/draft", data=BEGUN | {"autosave": "1"})
        client.post(f"{door}/draft", data=BEGUN | last)
        assert _chosen(client.get(door).text) == ("", "", "")


def test_who_claims_it_next_finds_it(client: FlaskClient, door: str) -> None:
    client.post(f"{door}/release", data=BEGUN)
    case_id, other = int(door.rsplit("/", 1)[1]), made.reviewer()
    with unit_of_work():
        claims.claim(case_id, other.id)
    people.signed_in(client, other)
    assert _chosen(client.get(door).text)[1] == "attribute-wrong"
