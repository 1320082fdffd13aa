"""An operator's hand on companies: seeing them, and accepting a number that fails its check."""

import pytest

from app.accounts import queries
from tests.factories import people

ODD, FITS = "306-82-00417", "120-88-00767"


@pytest.fixture
def operator(client, session):
    return people.signed_in(client, people.operator(name="한도윤"))


def test_companies_are_found_by_name_and_number(operator, session):
    one = people.seller("바다상회", business_number="1208800767")
    other = people.seller("100% 산상회")

    assert f"/operator/companies/{one.id}" in operator.get("/operator/companies?q=바다").text
    by_number = operator.get("/operator/companies?q=120-88").text
    assert one.name in by_number and other.name not in by_number
    assert other.name in operator.get("/operator/companies?q=100%25").text
    assert "조건에 맞는 회사가 없습니다" in operator.get("/operator/companies?q=강").text


def test_companies_come_in_pages(operator, session, monkeypatch):
    monkeypatch.setattr(queries, "COMPANIES_PAGE", 2)
    first, second, third = (people.seller() for _ in range(3))

    newest = operator.get("/operator/companies").text
    older = operator.get(f"/operator/companies?before={second.id}").text

    assert f"companies/{third.id}" in newest and f"companies/{first.id}" not in newest
    assert f"companies/{first.id}" in older and f"companies/{second.id}" not in older


def test_a_number_is_accepted_before_its_company_signs_up(operator, session):
    send = {"business_number": ODD, "reason": "국세청에 전화로 확인"}
    assert operator.post("/operator/companies/numbers", data=send).status_code == 303

    page = operator.get("/operator/companies").text
    assert ODD in page and "국세청에 전화로 확인" in page and "한도윤" in page
    again = operator.post("/operator/companies/numbers", data=send | {"reason": "또"})
    assert again.status_code == 303
    assert queries.acceptance_of("3068200417").reason == "국세청에 전화로 확인"


@pytest.mark.parametrize(
    ("number", "reason", "ko"),
    [
        (ODD, "", "확인한 근거를 쓰세요"),
        ("306-82", "등록증", "열 자리"),
        (FITS, "등록증", "끝자리가 맞는 번호입니다"),
    ],
)
def test_what_is_no_such_number_or_has_no_reason_is_refused(operator, session, number, reason, ko):
    seller = people.seller()
    send = {"business_number": number, "reason": reason}

    for address in ("numbers", f"{seller.id}/number"):
        answer = operator.post(f"/operator/companies/{address}", data=send)
        assert answer.status_code == 422, address
        assert ko in answer.text, address
    assert queries.accepted_numbers() == []


def test_a_company_gets_such_a_number_and_its_people_see_who(operator, app, session):
    seller = people.seller("홀수상회")
    send = {"business_number": ODD, "reason": "등록증 사본 확인"}
    address = f"/operator/companies/{seller.id}"

    answer = operator.post(f"{address}/number", data=send)

    assert answer.location == f"{address}?said=accepted"
    page = operator.get(address).text
    assert "등록증 사본 확인" in page and "Onshelf (<bdi>한도윤</bdi>)" in page
    theirs = people.signed_in(app.test_client(), people.member_of(seller)).get("/company").text
    assert ODD in theirs and "Onshelf 인정" in theirs
    assert "한도윤" not in theirs and "등록증 사본 확인" not in theirs


def test_another_companys_number_is_not_given_twice(operator, session):
    people.seller(business_number="3068200417")
    seller = people.seller()

    send = {"business_number": ODD, "reason": "등록증"}
    answer = operator.post(f"/operator/companies/{seller.id}/number", data=send)

    assert answer.status_code == 422
    assert "이미 등록된 회사입니다" in answer.text
    assert queries.accepted_numbers() == []
