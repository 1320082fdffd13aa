"""Every kind of page that the demo's people meet is valid HTML, in both languages."""

import re
from html import unescape

import pytest

from app.accounts import demo as people
from app.accounts.queries import person_by_email
from app.core.unit_of_work import unit_of_work
from app.surfaces.cli.demo.loading import load
from tests.factories import nu
from tests.factories.listings import categories
from tests.factories.people import signed_in

PEOPLE = (
    "",
    "owner@haneul.example",
    "member@haneul.example",
    "owner@baum.example",
    "reviewer@onshelf.example",
    "operator@onshelf.example",
)
# Forms that are sent empty and come back with what is wrong, by who sends them.
REFUSED = {
    "": ("/sign-in", "/sign-up", "/recovery"),
    "owner@haneul.example": ("/company", "/team/invitations", "/account/password"),
    "operator@onshelf.example": ("/operator/companies/numbers",),
}
# Pages of one route differ by what they show: this many of each are looked at.
OF_ONE_ROUTE = 6
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LINK = re.compile(r'href="(/[^"#]*)')


@pytest.fixture
def everybody(app, session):
    categories()
    with unit_of_work():
        people.load()
    load(app)


@nu.needed
def test_every_kind_of_page_is_valid(app, session, everybody, tmp_path):
    found = {}
    for language in ("ko", "en"):
        for email in PEOPLE:
            pages = _pages(app, email, language)
            found |= {f"{language} {email}{path}": page for path, page in pages.items()}

    assert nu.faults(found, tmp_path) == []


def _pages(app, email, language):
    """All pages that links lead to, a few of each route, by their addresses."""
    client = app.test_client()
    client.set_cookie("language", language)
    if email:
        signed_in(client, person_by_email(email))
    adapter = app.url_map.bind("localhost")
    waiting, pages, seen = ["/", "/sign-in", "/sign-up", "/recovery"], {}, {}
    while waiting:
        path = waiting.pop(0)
        if path in pages or not _wanted(adapter, path, seen):
            continue
        answer = client.get(path, follow_redirects=True)
        if answer.mimetype == "text/html":
            pages[path] = answer.text
            waiting += [unescape(link) for link in LINK.findall(answer.text)]
    return pages | _refused(client, email, pages)


def _refused(client, email, pages):
    """What a form answers that something is wrong with."""
    drafts = [path + "/submission" for path in pages if path.endswith("/draft")]
    token = TOKEN.search(pages.get("/account") or pages["/sign-in"])[1]
    pages = {}
    for path in (*REFUSED.get(email, ()), *(draft.replace("/draft/", "/") for draft in drafts)):
        answer = client.post(path, data={"csrf_token": token})
        if answer.status_code == 422:
            pages[f"POST {path}"] = answer.text
    return pages


def _wanted(adapter, path, seen):
    try:
        endpoint, _ = adapter.match(path.partition("?")[0])
    except Exception:  # nothing of ours, or another method's
        return False
    seen[endpoint] = seen.get(endpoint, 0) + 1
    return seen[endpoint] <= OF_ONE_ROUTE
