import pytest
from flask import session as flask_session

from app import create_app
from app.accounts import actions
from app.accounts.limits import LIMITS
from app.accounts.passwords import hashed
from app.core.unit_of_work import unit_of_work
from tests.factories import people

PASSWORD = "a kettle beside three shelves"
COOKIE = "onshelf-session"


@pytest.fixture
def owner(session):
    seller = people.seller()
    owner = people.owner_of(seller)
    owner.email = "owner@seller.example"
    owner.password = hashed(PASSWORD)
    session.commit()
    return owner


def enter(submit, url="/sign-in", **fields):
    return submit(url, **{"email": "owner@seller.example", "password": PASSWORD, **fields})


def cookie(client):
    found = client.get_cookie(COOKIE)
    return found.value if found else None


def is_in(client):
    return client.get("/account").status_code == 200


def test_the_way_in_and_out(owner, client, submit):
    assert enter(submit).status_code == 303
    assert is_in(client)

    out = submit("/account", to="/sign-out")

    assert (out.status_code, out.location) == (303, "/sign-in?said=signed-out")
    assert not is_in(client)


def test_the_id_from_before_signing_in_is_worth_nothing(owner, app, client, submit):
    client.get("/sign-in")
    before = cookie(client)
    enter(submit)

    assert before and before != cookie(client)
    thief = app.test_client()
    thief.set_cookie(COOKIE, before)
    assert not is_in(thief)


def test_an_id_of_somebodys_own_making_is_not_taken_up(owner, client, submit):
    client.set_cookie(COOKIE, "chosen-by-the-attacker")
    client.get("/sign-in")
    assert cookie(client) != "chosen-by-the-attacker"


def test_a_copied_cookie_dies_with_signing_out(owner, app, client, submit):
    enter(submit)
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie(client))
    assert is_in(thief)

    submit("/account", to="/sign-out")

    assert not is_in(thief)


def test_a_request_on_its_way_does_not_bring_a_session_back(owner, app, client, submit):
    enter(submit)
    sid = cookie(client)
    with app.test_request_context(headers={"Cookie": f"{COOKIE}={sid}"}) as late:
        flask_session["typed"] = "something"
        submit("/account", to="/sign-out")
        app.session_interface.save_session(app, late.session, app.response_class())

    thief = app.test_client()
    thief.set_cookie(COOKIE, sid)
    assert not is_in(thief)


def test_signing_out_takes_a_post_with_the_forms_token(owner, client, submit):
    enter(submit)

    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    assert is_in(client)


@pytest.mark.parametrize("change", ["password", "role", "disable", "leave"])
def test_whatever_changes_a_persons_rights_ends_their_sessions(owner, client, submit, change):
    seller = owner.memberships[0].seller_id
    enter(submit)
    with unit_of_work():
        if change == "password":
            actions.set_password(owner, "quite another kettle")
        elif change == "role":
            actions.grant(owner, "reviewer", ("general",))
        elif change == "disable":
            actions.disable(owner)
        else:
            actions.join(people.person().id, seller, "owner")
            actions.remove_member(seller, owner.id)

    assert not is_in(client)


def test_changing_the_password_keeps_only_this_session(owner, app, client, submit):
    enter(submit)
    elsewhere = app.test_client()
    submit("/sign-in", by=elsewhere, email="owner@seller.example", password=PASSWORD)
    before = cookie(client)

    wrong = submit("/account", to="/account/password", present="no", password="x" * 5)
    assert wrong.status_code == 422
    wrong = submit("/account", to="/account/password", present="no", password="four grey owls")
    assert (wrong.status_code, "지금 비밀번호가 아닙니다" in wrong.text) == (422, True)
    done = submit("/account", to="/account/password", present=PASSWORD, password="four grey owls")

    assert done.status_code == 303
    assert is_in(client) and cookie(client) != before
    assert not is_in(elsewhere)
    assert actions.check_password("owner@seller.example", "four grey owls")


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "wrong password here"},
        {"email": "nobody@seller.example"},
        {"email": "nobody\x00@seller.example"},
        {"password": "x" * 100_000},
    ],
)
def test_a_refusal_tells_nothing_but_that(owner, submit, fields):
    answer = enter(submit, **fields)

    assert answer.status_code == 422
    assert "이메일 주소와 비밀번호가 맞지 않습니다." in answer.text
    assert PASSWORD not in answer.text


def test_a_disabled_person_is_refused_like_a_wrong_password(owner, submit):
    with unit_of_work():
        actions.disable(owner)

    answer = enter(submit)

    assert answer.status_code == 422
    assert "이메일 주소와 비밀번호가 맞지 않습니다." in answer.text


def test_guessing_is_stopped_and_says_for_how_long(owner, client, submit):
    allowed = LIMITS["sign-in"][0].times
    for _ in range(allowed):
        assert enter(submit, password="wrong password here").status_code == 422

    stopped = enter(submit)

    assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "300")
    assert "5분 뒤에 다시 하세요" in stopped.text
    assert not is_in(client)


def test_another_process_keeps_the_same_count(owner, submit):
    for _ in range(LIMITS["sign-in"][0].times):
        enter(submit, password="wrong password here")

    other = create_app().test_client()
    token = other.get("/session").json["csrf"]
    answer = other.post(
        "/sign-in",
        data={"csrf_token": token, "email": "owner@seller.example", "password": PASSWORD},
    )
    assert answer.status_code == 429


def test_success_forgets_the_failures(owner, app, submit):
    for _ in range(3):
        for _ in range(LIMITS["sign-in"][0].times - 1):
            enter(submit, by=app.test_client(), password="wrong password here")
        assert enter(submit, by=app.test_client()).status_code == 303


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:a=b\r\nSet-Cookie: a=b",
        "evil.example",
        "",
        "/sign-in?next=/sign-in",
    ],
)
def test_next_leads_nowhere_else(owner, client, wanted):
    token = client.get("/session").json["csrf"]
    answer = client.post(
        "/sign-in",
        query_string={"next": wanted},
        data={"csrf_token": token, "email": "owner@seller.example", "password": PASSWORD},
    )
    assert answer.status_code == 303
    assert answer.location.startswith("/") and "evil" not in answer.location
    assert not answer.location.startswith("/sign-in")


def test_next_leads_back_to_the_page_asked_for(owner, client, submit):
    asked = client.get("/team?said=invited")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/team?said%3Dinvited")

    assert enter(submit, url=asked.location).location == "/team?said=invited"


def test_htmx_is_told_without_a_swap_that_the_session_is_over(session, client):
    answer = client.get("/account", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.data) == (401, b"")
    assert answer.headers["HX-Reswap"] == "none"
    assert answer.headers["HX-Trigger"] == "session-lost"


def test_signing_in_beside_a_page_hands_over_the_new_token(owner, client, submit):
    done = enter(submit, url="/sign-in?embedded=1")

    assert done.location == "/sign-in/done"
    assert client.get("/sign-in/done").status_code == 200
    state = client.get("/session").json
    assert state["signed_in"]
    out = client.post("/sign-out", data={"csrf_token": state["csrf"]})
    assert out.status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_sites(owner, submit):
    headers = enter(submit).headers.getlist("Set-Cookie")
    (header,) = [each for each in headers if each.startswith(COOKIE)]
    assert "HttpOnly" in header and "SameSite=Lax" in header and "Path=/" in header


def test_a_stranger_host_is_refused(app):
    assert app.test_client().get("/sign-in", base_url="http://evil.example").status_code == 400
