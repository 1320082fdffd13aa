import pytest

from app.accounts import queries
from app.accounts.models import Seller
from app.core.database import db
from tests.factories import people

GOOD = {
    "name": "김하늘",
    "email": "Haneul@Seller.example",
    "password": "선반 위의 파란 주전자",
    "company": "하늘옷장",
    "business_number": "120-88-00767",
    "phone": "02-555-0101",
}


@pytest.fixture
def wish():
    return dict(GOOD)


def test_a_seller_signs_up_and_signs_in(session, client, submit, wish):
    answer = submit("/sign-up", **wish)
    assert (answer.status_code, answer.location) == (303, "/sign-in?said=signed-up")

    answer = submit("/sign-in", email="haneul@seller.example", password=wish["password"])
    assert answer.status_code == 303

    person = queries.person_by_email("haneul@seller.example")
    (membership,) = queries.memberships(person.id)
    seller = membership.seller
    assert (membership.role, seller.name, seller.business_number) == (
        "owner",
        "하늘옷장",
        "1208800767",
    )
    assert (seller.contact_email, seller.contact_phone) == (person.email, "02-555-0101")
    assert "하늘옷장" in client.get("/account").text


@pytest.mark.parametrize(
    ("field", "value", "ko", "en"),
    [
        ("name", " ", "이름을 입력하세요.", "Enter your name."),
        ("email", "haneul@", "이메일 주소가 아닙니다", "not an email address"),
        ("password", "짧은비번", "10자 이상으로 정하세요", "Use 10 or more"),
        ("password", "password123", "쉽게 짐작할 수 있는", "easy to guess"),
        ("password", "x" * 257, "256자까지", "at most 256"),
        ("company", "", "회사 이름을 입력하세요.", "Enter the company&#39;s name."),
        ("company", "가" * 101, "100자까지", "at most 100"),
        ("business_number", "12345", "열 자리", "ten digits"),
        ("business_number", "120-88-00768", "끝자리가 맞지 않습니다", "last digit does not fit"),
        ("phone", "call me", "전화번호가 아닙니다", "not a phone number"),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_wrong_field_says_so_and_the_rest_stays(
    session, client, submit, wish, field, value, ko, en, language
):
    client.set_cookie("language", language)
    answer = submit("/sign-up", **{**wish, field: value})

    assert answer.status_code == 422
    assert (ko if language == "ko" else en) in answer.text
    for name, typed in wish.items():
        if name != field and name != "password":
            assert f'value="{typed}"' in answer.text
    assert wish["password"] not in answer.text
    assert db.session.query(Seller).count() == 0


def test_a_registered_company_is_told_to_ask_its_owner(session, submit, wish):
    people.seller(business_number="1208800767")

    answer = submit("/sign-up", **wish)

    assert answer.status_code == 422
    assert "이미 등록된 회사입니다" in answer.text
    assert queries.person_by_email(wish["email"]) is None


def test_an_address_with_an_account_gets_the_same_answer(session, submit, wish):
    people.person(email="haneul@seller.example", password="another long password")

    answer = submit("/sign-up", **wish)

    assert (answer.status_code, answer.location) == (303, "/sign-in?said=signed-up")
    assert db.session.query(Seller).count() == 0
    refused = submit("/sign-in", email=wish["email"], password=wish["password"])
    assert refused.status_code == 422


def test_control_characters_and_markup_are_only_text(session, submit, wish):
    wish |= {"name": "<script>alert(1)</script>\x00", "company": "\u202e회사🙂"}

    assert submit("/sign-up", **wish).status_code == 303
    submit("/sign-in", email=wish["email"], password=wish["password"])

    assert queries.person_by_email(wish["email"]).name == "<script>alert(1)</script>"
