"""Whatever stands in an address, a query or a form: an answer for people, never a fault of ours."""

import functools
import itertools
import re

import pytest

from app.settings import ROOT
from tests.functional.security.conftest import insider, rows

HOSTILE = (
    "\x00",
    "a\x00b",
    "-1",
    "0",
    "9" * 25,
    "9" * 5000,
    "²",
    "٣",
    "1e9",
    "NaN",
    "'\"><script>alert(1)</script>",
    "{{ 7*7 }}${7*7}%s%n",
    "../../../../etc/passwd",
    "a\r\nSet-Cookie: x=1",
    "http://[",
    "//evil.example/\\",
    "\u202e\u200b\ufeff\U0001f469\u200d\U0001f680",
    "items.9999999999999999999999.price",
    "'; DROP TABLE person; --",
)
# Bytes that are no UTF-8, and an escape that is none, as a client of its own might send them.
BYTES = ("%ff%fe", "%ed%a0%80", "%", "%zz", "%c0%af")
TURNS, STEP = 3, 7
READ = re.compile(r"""(?:args|form|values)(?:\.getlist|\.get)?[(\[]\s*["']([\w.-]+)["']""")
FIELD = re.compile(r"^    (\w+) = (?:line|_secret|_optional|StringField)\(", re.MULTILINE)
OPEN_ENDED = (
    "items.{}.price", "items.{}.stock_change", "seen.items.{}.price", "mine.{}",
    "keep.items.{}.sku", "rev-{}", "name.ko", "attributes.{}", "attributes.material",
    "notice.class", "options",
    "option_values.colour", "items.{}.options.colour", "items.{}.off", "shipping.fee",
    "description.ko", "certifications.{}.number",
)  # fmt: skip


@functools.cache
def names():
    """Every name that the application reads from a query or a form, as its source says."""
    files = (ROOT / "app").glob("[!r]*/**/*.py")
    sources = [file.read_text() for file in files if "receivers" not in file.parts]
    return sorted({name for text in sources for name in READ.findall(text) + FIELD.findall(text)})


def everything(turn):
    """A query or form in which every name we know holds something odd, another one each turn."""
    odd = itertools.cycle(HOSTILE[turn * STEP :] + HOSTILE[: turn * STEP])
    known = [*names(), *OPEN_ENDED, *(name.format(next(odd)[:40]) for name in OPEN_ENDED)]
    return {name: next(odd)[:4500] for name in known}


def test_the_names_are_found():
    assert {"next", "before", "position", "reason", "email", "confirmed"} <= set(names())


@pytest.fixture
def tell(app, monkeypatch):
    """What went wrong, all of it: a fault raises in tests, and would be a 500 outside."""
    wrong = []

    def ask(client, method, url, **sent):
        shown = f"{method} {url[:120]} {str(sent)[:60]!r}"
        try:
            answer = client.open(url, method=method, **sent)
        except Exception as fault:
            wrong.append(f"{shown}: {fault!r:.200}")
            return
        if answer.status_code >= 500:
            wrong.append(f"{shown}: {answer.status_code}")

    yield ask
    assert wrong == []


def test_no_place_in_an_address_can_be_too_odd(app, visitor, tell):
    for method, rule, row in rows("GET", "POST"):
        if "<" not in rule:
            continue
        client = visitor(insider(row))
        for value in (*HOSTILE[::2], *BYTES):
            escaped = value if value in BYTES else re.sub(
                rb"[^A-Za-z0-9.-]", lambda m: b"%%%02X" % m[0][0], value.encode()
            ).decode()  # fmt: skip
            url = re.sub(r"<string\(length=64\)[^>]*>", escaped * 64, rule)
            tell(client, method, re.sub(r"<[^>]*>", escaped[:6000], url))


def test_no_query_can_be_too_odd(app, world, visitor, address, tell):
    for method, rule, row in rows("GET"):
        if rule == "/readyz":  # no worker runs: it rightly says so
            continue
        client, url = visitor(insider(row)), address(rule, row.places(world)).partition("?")[0]
        for turn in range(TURNS):
            tell(client, method, url, query_string=everything(turn))
        for raw in BYTES:
            tell(client, method, f"{url}?" + "&".join(f"{name}={raw}" for name in names()))


def test_no_form_can_be_too_odd(app, world, visitor, address, tell):
    for method, rule, row in rows("POST"):
        if rule == "/sign-out":
            continue
        client, places = visitor(insider(row)), row.places(world)
        for turn in range(TURNS):
            sent = row.form(world) | everything(turn)
            tell(client, method, address(rule, places), data=sent)


@pytest.mark.parametrize(
    "referer", ["http://[", "http://localhost//evil.example/", "\\", "x" * 9000]
)
def test_the_switches_lead_back_here_whatever_was_the_page(client, referer):
    client.environ_base["HTTP_X_CSRFTOKEN"] = client.get("/session").json["csrf"]

    answer = client.post("/language", data={"language": "en"}, headers={"Referer": referer})

    assert answer.status_code == 303
    assert re.fullmatch(r"/([^/\\].*)?", answer.location)
