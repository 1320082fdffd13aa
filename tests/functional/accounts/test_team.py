import re

from app.accounts import actions, queries
from app.accounts.actions import check_password
from app.accounts.models import Invitation
from app.accounts.tokens import invitation_token
from app.core.unit_of_work import unit_of_work
from tests.factories import people


def owner_signed_in(client):
    seller = people.seller("하늘옷장")
    return seller, people.signed_in(client, people.owner_of(seller))


def invite(seller, email):
    with unit_of_work():
        made = actions.invite(seller.id, email, people.owner_of(seller).id)
    return made, f"/invitations/{invitation_token(made.id)}"


def test_an_owner_invites_somebody_who_joins(session, app, client, submit):
    seller, owner = owner_signed_in(client)
    assert owner.post("/team/invitations", data={"email": "New@Seller.example"}).status_code == 303
    assert "new@seller.example" in owner.get("/team").text
    (invitation,) = queries.open_invitations(seller.id)
    link = f"/invitations/{invitation_token(invitation.id)}"
    guest = app.test_client()

    bad = submit(link, by=guest, name="", password="password123")
    assert bad.status_code == 422
    done = submit(link, by=guest, name="박지우", password="four grey owls here")

    assert done.location == "/sign-in?said=joined"
    person = check_password("new@seller.example", "four grey owls here")
    assert [(row.seller_id, row.role) for row in queries.memberships(person.id)] == [
        (seller.id, "member")
    ]
    assert guest.get(link).status_code == 404


def test_somebody_with_an_account_joins_with_that_account(session, app, client):
    seller, _ = owner_signed_in(client)
    known = people.person()
    _, link = invite(seller, known.email)
    stranger = people.signed_in(app.test_client(), people.person())

    assert stranger.post(link).location.startswith("/sign-in")
    joined = people.signed_in(app.test_client(), known).post(link)

    assert joined.status_code == 303
    assert queries.belongs_to_seller(known.id, seller.id)


def test_an_invitation_taken_back_or_over_is_no_way_in(session, client):
    seller, owner = owner_signed_in(client)
    first, link = invite(seller, "a@seller.example")
    owner.post(f"/team/invitations/{first.id}/removal")
    assert client.get(link).status_code == 404

    late, link = invite(seller, "b@seller.example")
    session.get(Invitation, late.id).expires_at = session.get(Invitation, late.id).created_at
    assert client.get(link).status_code == 404
    assert client.get("/invitations/made-up").status_code == 404


def test_a_removed_member_is_out_at_once(session, app, client):
    seller, owner = owner_signed_in(client)
    member = people.member_of(seller)
    theirs = people.signed_in(app.test_client(), member)
    assert theirs.get("/account").status_code == 200

    owner.post(f"/team/members/{member.id}/removal")

    assert theirs.get("/account").status_code == 303
    assert not queries.belongs_to_seller(member.id, seller.id)


def test_the_last_owner_stays(session, client):
    seller, owner = owner_signed_in(client)

    answer = owner.post(f"/team/members/{people.owner_of(seller).id}/removal")

    assert answer.status_code == 409
    assert "대표 계정이 하나 이상" in answer.text


def test_ones_own_team_only(session, client):
    _, owner = owner_signed_in(client)
    other = people.seller()
    member = people.member_of(other)
    made, _ = invite(other, "c@seller.example")

    assert owner.post(f"/team/members/{member.id}/removal").status_code == 404
    assert owner.post(f"/team/invitations/{made.id}/removal").status_code == 404
    assert queries.belongs_to_seller(member.id, other.id)


def test_somebody_of_two_companies_chooses_which_to_act_for(session, client):
    first, second = people.seller("첫째 회사"), people.seller("둘째 회사")
    owner = people.owner_of(first)
    actions.join(owner.id, second.id, "owner")
    people.signed_in(client, owner)
    assert "첫째 회사" in client.get("/team").text

    client.post("/account/seller", data={"seller_id": second.id})

    assert re.search(r"<h1>.*</h1><span[^>]*>둘째 회사", client.get("/team").text)
    stranger = people.seller()
    refused = client.post("/account/seller", data={"seller_id": stranger.id})
    assert refused.status_code == 404
