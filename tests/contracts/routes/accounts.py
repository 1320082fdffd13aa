from app.accounts import actions
from app.accounts.tokens import invitation_token, recovery_token
from app.core.unit_of_work import unit_of_work
from tests.contracts.visitors import Row, everybody, sellers, signed_in
from tests.factories import people


def invitation(world):
    with unit_of_work():
        made = actions.invite(world.seller.id, "new@seller.example", world.owner.id)
    return {"invitation_id": made.id}


def invitation_link(world):
    return {"token": invitation_token(invitation(world)["invitation_id"])}


def recovery_link(world):
    return {"token": recovery_token(people.person().fs_uniquifier)}


def a_member(world):
    return {"person_id": people.member_of(world.seller).id}


# Signed in already: on to the first page.
WAY_IN = everybody(303, anonymous=200, disabled=200)

ROUTES = {
    "GET /sign-in": Row(WAY_IN),
    "POST /sign-in": Row(everybody(422)),
    "POST /sign-out": Row(everybody(303)),
    "GET /sign-in/done": Row(signed_in(200)),
    "GET /session": Row(everybody(200)),
    "GET /sign-up": Row(WAY_IN),
    "POST /sign-up": Row(everybody(422)),
    "GET /recovery": Row(everybody(200)),
    "POST /recovery": Row(everybody(422)),
    "GET /recovery/<token>": Row(everybody(200), recovery_link),
    "POST /recovery/<token>": Row(everybody(422), recovery_link),
    "GET /account": Row(signed_in(200)),
    "POST /account/password": Row(signed_in(422)),
    "POST /account/seller": Row(
        signed_in(404, owner=303, member=303),
        form=lambda world: {"seller_id": world.seller.id},
    ),
    "GET /company": Row(sellers(200)),
    "POST /company": Row(sellers(422, member=404)),
    "GET /team": Row(sellers(200)),
    "POST /team/invitations": Row(sellers(422, member=404)),
    "POST /team/invitations/<int:invitation_id>/removal": Row(
        sellers(303, member=404, other=404), invitation
    ),
    "POST /team/members/<int:person_id>/role": Row(
        sellers(303, member=404, other=404), a_member, lambda world: {"role": "owner"}
    ),
    "POST /team/members/<int:person_id>/removal": Row(
        sellers(303, member=404, other=404), a_member
    ),
    "GET /invitations/<token>": Row(everybody(200), invitation_link),
    "POST /invitations/<token>": Row(everybody(422), invitation_link),
}
