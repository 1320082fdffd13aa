"""What every answer carries, and how refusals and failures read to people, htmx and programs."""

import gzip
import re

import brotli
import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from app.core.errors import Conflict
from app.core.words import Words
from app.settings import ROOT, settings
from app.web import accepts_upload, csrf, go, init_web

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}
TAKEN = Words("{who} 님이 먼저 맡았습니다.", "{who} claimed it first.")


@pytest.fixture(scope="module")
def app() -> Flask:
    """The web side alone, with a few addresses to ask."""
    made = Flask("app", root_path=str(ROOT / "app"), template_folder=str(ROOT / "templates"))
    made.config["SECRET_KEY"] = settings().secret_key
    init_web(made, settings())
    for name, view, methods in (
        ("conflict", conflict, ["GET"]),
        ("small", csrf.exempt(small), ["POST"]),
        ("large", csrf.exempt(large), ["POST"]),
        ("away", csrf.exempt(away), ["POST"]),
        ("mistake", mistake, ["GET"]),
    ):
        made.add_url_rule(f"/test/{name}", f"test-{name}", view, methods=methods)
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def conflict() -> None:
    raise Conflict("taken", TAKEN, who="김하나")


def small() -> str:
    return str(len(request.get_data()))


@accepts_upload(3_000_000)
def large() -> str:
    return str(len(request.get_data()))


def away() -> Response:
    return go("/patterns")


def mistake() -> None:
    raise ZeroDivisionError("a fault nobody foresaw")


def token_of(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/patterns").text)
    assert found
    return found[1]


def test_a_refusal_leaves_the_page_that_wanted_a_whole_one(client: FlaskClient) -> None:
    """The desk takes the next case out of a page; an error is no case and stands above this one."""
    whole = {"HX-Request": "true", "HX-Request-Type": "full"}
    answer = client.get("/test/conflict", headers=whole)
    assert answer.status_code == 409
    assert "<main" not in answer.text
    assert answer.headers["HX-Retarget"] == "#notice"
    assert f'class="{answer.headers["HX-Reselect"].removeprefix(".")} ' in answer.text


@pytest.mark.parametrize("address", ["/patterns", "/nowhere", "/api/nowhere"])
def test_every_answer_carries_the_policy(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "먼저 맡았습니다"), ("en", "claimed it first")]
)
def test_a_refusal_says_its_own_sentence(client: FlaskClient, language: str, said: str) -> None:
    answer = client.get("/test/conflict", headers={"Accept-Language": language})
    assert answer.status_code == 409
    assert said in answer.text
    assert f'lang="{language}"' in answer.text


def test_htmx_gets_a_refusal_in_the_notice(client: FlaskClient) -> None:
    answer = client.get("/test/conflict", headers=FRAGMENT)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#notice"
    assert "<html" not in answer.text


def test_programs_get_json(client: FlaskClient) -> None:
    asked = {"Accept": "application/json", "Accept-Language": "en"}
    answer = client.get("/test/conflict", headers=asked)
    assert answer.json == {"error": {"code": "taken", "message": "김하나 claimed it first."}}


def test_a_mistake_of_ours_has_a_number_and_no_trace(client: FlaskClient) -> None:
    answer = client.get("/test/mistake", headers={"Accept-Language": "en"})
    assert answer.status_code == 500
    assert re.search(r"<code>[0-9a-f]{8}</code>", answer.text)
    assert "ZeroDivision" not in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_a_stale_form_is_said_and_nothing_changes(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "en", "csrf_token": "stale"})
    assert answer.status_code == 400
    assert client.get_cookie("language") is None
    assert "다시 보내세요" in answer.text


def test_a_foreign_host_is_turned_away(client: FlaskClient) -> None:
    answer = client.get("/patterns", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_bodies_are_limited_unless_a_view_takes_uploads(client: FlaskClient) -> None:
    body = b"x" * 2_000_000
    assert client.post("/test/small", data=body).status_code == 413
    assert client.post("/test/large", data=body).text == "2000000"
    assert client.post("/test/large", data=body * 2).status_code == 413


def test_going_elsewhere_is_a_303_or_a_full_load(client: FlaskClient) -> None:
    plain = client.post("/test/away")
    assert (plain.status_code, plain.location) == (303, "/patterns")
    live = client.post("/test/away", headers=FRAGMENT)
    assert (live.status_code, live.headers["HX-Redirect"]) == (200, "/patterns")


@pytest.mark.parametrize(
    ("asked", "cookie", "spoken"),
    [("en-GB", "", "en"), ("ko-KR,en;q=0.5", "", "ko"), ("fr", "", "ko"), ("ko", "en", "en")],
)
def test_the_language_is_the_cookies_then_the_browsers(
    client: FlaskClient, asked: str, cookie: str, spoken: str
) -> None:
    if cookie:
        client.set_cookie("language", cookie)
    page = client.get("/patterns", headers={"Accept-Language": asked}).text
    assert f'<html lang="{spoken}">' in page


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://localhost/patterns?a=1", "/patterns?a=1"),
        ("http://localhost//evil.example", "/evil.example"),
        ("http://evil.example/patterns", "/"),
        ("", "/"),
    ],
)
def test_a_switch_returns_to_our_own_page_alone(
    client: FlaskClient, referrer: str, back: str
) -> None:
    data = {"language": "en", "csrf_token": token_of(client)}
    answer = client.post("/language", data=data, headers={"Referer": referrer})
    assert (answer.status_code, answer.location) == (303, back)
    cookie = client.get_cookie("language")
    assert cookie is not None
    assert cookie.value == "en"


def test_an_unknown_language_is_not_kept(client: FlaskClient) -> None:
    client.post("/language", data={"language": "xx", "csrf_token": token_of(client)})
    assert client.get_cookie("language") is None


def test_files_are_kept_for_a_year_and_pages_are_compressed(
    app: Flask, client: FlaskClient
) -> None:
    name = app.extensions["assets"].names["css/onshelf.css"]
    file = client.get(f"/static/{name}")
    assert file.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    plain = client.get("/patterns").data
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get("/patterns", headers={"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert len(unpack(packed.data)) > 4 * len(packed.data)
    assert b"<html" in plain
