"""The company's page: its owners write it, its people read it, and what changed is kept."""

import pytest

from app.accounts import queries
from app.accounts.company import accept_number
from tests.factories import people
from tests.factories.pages import fields_of

FACTS = {
    "name": "하늘옷장",
    "business_number": "120-88-00767",
    "representative": "김하늘",
    "address": "서울특별시 동대문구 왕산로 214, 3층",
    "mail_order_number": "제2024-서울강남-01234호",
    "mail_order_exempt": "",
    "contact_name": "이서준",
    "contact_email": "help@haneul.example",
    "contact_phone": "02-555-0101",
}
# A certificate says so, and the last digit does not fit all the same.
ODD = "306-82-00417"


@pytest.fixture
def seller(session):
    return people.seller("옛 이름", business_number="1208800767")


@pytest.fixture
def owner(client, seller):
    return people.signed_in(client, people.owner_of(seller))


def save(owner, **changed):
    form = fields_of(owner.get("/company").text, action="/company")
    return owner.post("/company", data=form.to_dict() | FACTS | changed)


def test_an_owner_writes_it_and_what_changed_is_kept(owner, seller):
    assert save(owner).location == "/company?said=saved"

    kept = queries.seller_of(seller.id)
    assert kept.mail_order_number == "2024-서울강남-01234"
    assert (kept.business_number, kept.address) == ("1208800767", FACTS["address"])
    page = owner.get("/company").text
    assert "<del><bdi>옛 이름</bdi></del>" in page
    assert f"<bdi>{people.owner_of(seller).name}</bdi>" in page
    before = len(queries.company_history(seller.id))
    save(owner)
    assert len(queries.company_history(seller.id)) == before


def test_a_member_reads_it(app, owner, seller):
    save(owner)
    member = people.signed_in(app.test_client(), people.member_of(seller))

    page = member.get("/company")

    assert "2024-서울강남-01234" in page.text and "120-88-00767" in page.text
    assert 'action="/company"' not in page.text
    assert member.post("/company", data=FACTS).status_code == 404
    team = member.get("/team").text
    assert people.owner_of(seller).email in team
    assert "/team/members" not in team and 'action="/team/invitations"' not in team


@pytest.mark.parametrize(
    ("field", "value", "ko"),
    [
        ("name", "", "회사 이름을 입력하세요."),
        ("business_number", "120-88-00768", "support@onshelf.example 주소로 알려 주세요"),
        ("contact_email", "help@", "이메일 주소가 아닙니다"),
        ("contact_phone", "없음", "전화번호가 아닙니다"),
        ("address", "가" * 201, "200자까지"),
        ("mail_order_exempt", "simplified", "이유는 고르지 마세요"),
        ("mail_order_exempt", "because", "목록에서 고르세요"),
    ],
)
def test_a_wrong_field_says_so_and_nothing_typed_is_lost(owner, seller, field, value, ko):
    answer = save(owner, **{field: value})

    assert answer.status_code == 422
    assert ko in answer.text
    assert FACTS["representative"] in answer.text
    assert queries.seller_of(seller.id).name == "옛 이름"


def test_what_the_law_asks_for_is_advised_and_not_demanded(owner):
    answer = save(owner, representative="", address="", mail_order_number="제 01-285호")
    assert answer.status_code == 303
    page = owner.get("/company").text
    assert "대표자를 밝혀야 합니다" in page
    assert "제 01-285호: 보통 2024-서울강남-01234 형식입니다" in page

    save(owner, mail_order_number="", mail_order_exempt="simplified")
    assert "신고번호를 밝혀야 합니다" not in owner.get("/company").text
    save(owner, mail_order_number="")
    assert "신고번호를 밝혀야 합니다" in owner.get("/company").text


def test_two_owners_at_once_lose_nothing(app, owner, seller):
    other = people.signed_in(app.test_client(), people.owner_of(seller))
    opened = fields_of(owner.get("/company").text, action="/company").to_dict()
    save(other, name="먼저 저장한 이름")

    late = owner.post("/company", data=opened | FACTS | {"name": "나중 이름"})

    assert late.status_code == 409
    assert "나중 이름" in late.text and "먼저 저장한 이름" in late.text
    assert queries.seller_of(seller.id).name == "먼저 저장한 이름"
    again = fields_of(late.text, action="/company").to_dict()
    assert owner.post("/company", data=again).status_code == 303
    assert queries.seller_of(seller.id).name == "나중 이름"


def test_a_second_click_is_no_second_owner(owner, seller):
    form = fields_of(owner.get("/company").text, action="/company").to_dict() | FACTS
    answers = [owner.post("/company", data=form) for _ in range(2)]
    assert [each.location for each in answers] == ["/company?said=saved"] * 2


def test_a_line_break_becomes_a_blank(owner, seller):
    save(owner, name="하늘옷장\r\n\r\n지금 바로 송금하세요")
    assert queries.seller_of(seller.id).name == "하늘옷장 지금 바로 송금하세요"


def test_another_companys_number_is_not_to_be_had(owner, seller):
    people.seller(business_number="2208162517")

    answer = save(owner, business_number="220-81-62517")

    assert answer.status_code == 422
    assert "이미 등록된 회사입니다" in answer.text


def test_a_number_that_staff_accepted_passes_and_says_so(owner, session):
    assert save(owner, business_number=ODD).status_code == 422
    accept_number("3068200417", "등록증 확인", people.operator().id)

    assert save(owner, business_number=ODD).status_code == 303
    assert "Onshelf에서 인정한 번호입니다" in owner.get("/company").text
    assert "등록증 확인" not in owner.get("/company").text


def test_a_company_whose_number_was_accepted_signs_up(session, submit):
    wish = {
        "name": "김하늘", "email": "odd@seller.example", "password": "선반 위의 파란 주전자",
        "company": "홀수상회", "business_number": ODD, "phone": "02-555-0101",
    }  # fmt: skip
    refused = submit("/sign-up", **wish)
    assert refused.status_code == 422
    assert "support@onshelf.example" in refused.text
    accept_number("3068200417", "등록증 확인", people.operator().id)

    assert submit("/sign-up", **wish).status_code == 303


def test_an_owner_makes_another_owner_and_steps_down(owner, seller):
    member = people.member_of(seller)
    mine = people.owner_of(seller)
    refused = owner.post(f"/team/members/{mine.id}/role", data={"role": "member"})
    assert refused.status_code == 409
    odd = owner.post(f"/team/members/{member.id}/role", data={"role": "operator"})
    assert odd.status_code == 404

    owner.post(f"/team/members/{member.id}/role", data={"role": "owner"})
    answer = owner.post(f"/team/members/{mine.id}/role", data={"role": "member"})

    assert answer.location == "/team?said=role"
    assert {row.person_id: row.role for row in queries.team(seller.id)} == {
        member.id: "owner",
        mine.id: "member",
    }
