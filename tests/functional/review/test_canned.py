"""Canned texts: kept by the leads of a queue, put into notes, never in place of what is written."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person, ReviewerQueue, Seller
from app.accounts.queries import ids_of_seller
from app.journey.review import canned
from app.journey.review.models import CannedText, ReviewCase
from app.listings.models import Version
from tests.factories import people
from tests.factories import review as made
from tests.factories.pages import fields_of

WORDS = {
    "title": "사진 글자",
    "ko": "글자 없는 사진으로 바꾸세요.",
    "en": "Use a picture without text.",
}
DOOR = "/review/texts"


@pytest.fixture
def lead(session: Any) -> Person:
    """Leads the usual queue, and reviews `food`."""
    who = made.reviewer(made.queue(), "food")
    session.merge(ReviewerQueue(person_id=who.id, queue=made.queue(), lead=True))
    session.commit()
    return who


@pytest.fixture
def shelf(client: FlaskClient, lead: Person) -> FlaskClient:
    client.set_cookie("language", "en")
    return people.signed_in(client, lead)


def _add(shelf: FlaskClient, **words: str) -> Any:
    return shelf.post(DOOR, data={"queue": made.queue(), **WORDS, **words})


def _form(shelf: FlaskClient, door: str) -> Any:
    return fields_of(shelf.get(DOOR).text, action=door)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_lead_adds_changes_and_removes(session, shelf, language) -> None:
    shelf.set_cookie("language", language)
    added = _add(shelf, title="  사진   글자 ")
    assert added.status_code == 303
    text = session.query(CannedText).one()
    assert text.title == "사진 글자" and text.changed_by
    assert f"{DOOR}#text-{text.id}" in added.location
    door = f"{DOOR}/{text.id}"
    changed = shelf.post(door, data={**_form(shelf, door), "en": "Another one."})
    assert changed.status_code == 303 and "Another one." in shelf.get(DOOR).text
    gone = shelf.post(f"{door}/removal")
    page = shelf.get(gone.location).text
    assert ("삭제함: 사진 글자" if language == "ko" else "Deleted: 사진 글자") in page
    # A second click finds nothing to remove; the undo brings it back as it was.
    assert shelf.post(f"{door}/removal").status_code == 303
    sent = page.partition('id="removed"')[2].partition("</form>")[0]
    again = fields_of(f'<form action="{DOOR}">{sent.partition(">")[2]}</form>', action=DOOR)
    assert shelf.post(DOOR, data=again).status_code == 303
    session.expunge_all()
    assert session.query(CannedText).one().en == "Another one."


def test_what_does_not_fit_is_told_beside_its_field_and_stays(session, shelf) -> None:
    answer = _add(shelf, title="x" * 61, en=" ")
    assert answer.status_code == 422 and "x" * 61 in answer.text and WORDS["ko"] in answer.text
    key = f"new-{made.queue()}"
    assert "these are 61" in answer.text.partition(f'id="title-{key}-message"')[2][:400]
    assert "these are 0" in answer.text.partition(f'id="en-{key}-message"')[2][:400]
    assert f'id="ko-{key}-message">' in answer.text
    _add(shelf)
    twice = _add(shelf, ko="다른 글")
    assert twice.status_code == 422 and "다른 글" in twice.text and "사진 글자" in twice.text
    assert session.query(CannedText).count() == 1


def test_a_queue_keeps_so_many(session, shelf, lead) -> None:
    for no in range(canned.MOST):
        session.add(CannedText(queue=made.queue(), title=str(no), ko="가", en="a"))
    session.commit()
    answer = _add(shelf)
    assert answer.status_code == 422 and "50 texts at most" in answer.text


def test_two_leads_do_not_write_over_each_other(session, shelf) -> None:
    _add(shelf)
    door = f"{DOOR}/{session.query(CannedText.id).scalar()}"
    mine = _form(shelf, door)
    assert shelf.post(door, data={**mine, "ko": "먼저 온 글"}).status_code == 303
    late = shelf.post(door, data={**mine, "ko": "늦게 온 글"})
    assert late.status_code == 409 and "먼저 온 글" in late.text and "늦게 온 글" in late.text
    fresh = fields_of(late.text, action=door)
    assert fresh["ko"] == "늦게 온 글"
    assert shelf.post(door, data=fresh).status_code == 303
    shelf.post(f"{door}/removal")
    lost = shelf.post(door, data=fresh)
    assert lost.status_code == 409 and "늦게 온 글" in lost.text
    assert shelf.post(DOOR, data=fresh).status_code == 303


def test_whoever_only_reviews_reads(session, shelf) -> None:
    session.add(CannedText(queue="food", title="식품", ko="가", en="a"))
    session.add(CannedText(queue="apparel", title="의류", ko="가", en="a"))
    session.commit()
    page = shelf.get(DOOR).text
    assert "식품" in page and "의류" not in page
    assert page.count(f'action="{DOOR}"') == 1
    for queue, status in (("food", 403), ("apparel", 404), ("no-such", 404)):
        assert _add(shelf, queue=queue).status_code == status
    text = session.query(CannedText).filter_by(queue="apparel").one()
    assert shelf.post(f"{DOOR}/{text.id}/removal").status_code == 404


@pytest.fixture
def case(session: Any, shelf: FlaskClient, lead: Person) -> ReviewCase:
    """Claimed by the lead, in a queue with one text."""
    _add(shelf)
    return made.case(claimed_by=lead)


def _insert(shelf: FlaskClient, case: ReviewCase, note: str, text_id: Any = None) -> Any:
    text_id = text_id or CannedText.query.one().id
    sent = {"insert": "1", "canned": text_id, "note": note}
    return shelf.post(f"/review/cases/{case.id}/draft", data=sent)


@pytest.mark.parametrize(
    ("languages", "put"),
    [
        (("ko",), WORDS["ko"]),
        (("en",), WORDS["en"]),
        (("en", "ko"), f"{WORDS['ko']}\n\n{WORDS['en']}"),
        ((), f"{WORDS['ko']}\n\n{WORDS['en']}"),
    ],
)
def test_it_speaks_as_the_sellers_people_read(session, shelf, case, languages, put) -> None:
    for person_id in ids_of_seller(case.seller_id):
        session.get(Person, person_id).active = False
    seller = session.get(Seller, case.seller_id)
    for language in languages:
        people.member_of(seller).language = language
    session.commit()
    answer = _insert(shelf, case, "먼저 쓴\r\n말\r\n")
    assert answer.status_code == 303 and answer.location.endswith("#note")
    # Each line break is one character, as the note's length is counted on the page.
    assert session.get(ReviewCase, case.id).draft["note"] == f"먼저 쓴\n말\n{put}"


def test_what_was_decided_keeps_its_words(session, shelf, case) -> None:
    _insert(shelf, case, "")
    form = fields_of(shelf.get(f"/review/cases/{case.id}").text, form_id="verdict")
    decided = shelf.post(f"/review/cases/{case.id}/verdict", data=form | {"verdict": "approve"})
    assert decided.status_code == 303
    shelf.post(f"{DOOR}/{session.query(CannedText).one().id}/removal")
    session.expire_all()
    assert WORDS["ko"] in session.get(Version, case.version_id).note


@pytest.mark.parametrize("note", ["쓴 말", "가" * 1995])
def test_what_cannot_be_put_in_is_told_and_nothing_is_lost(session, shelf, case, note) -> None:
    session.add(CannedText(queue="food", title="식품", ko="가", en="a"))
    session.commit()
    texts = session.query(CannedText.queue, CannedText.id)
    other, own = (dict(texts.all())[queue] for queue in ("food", made.queue()))
    for text_id in [own] if len(note) > 1000 else [other, "x"]:
        answer = _insert(shelf, case, note, text_id)
        assert answer.status_code == 422 and note in answer.text
        assert "finding-blocks" in answer.text.partition('id="canned-message"')[2][:200]
