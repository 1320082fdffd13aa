"""Home, the listings with their views and search, and what these pages cost."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.core.database import db
from app.listings.models import Listing
from tests.factories import listings as made
from tests.factories import people
from tests.factories.statements import statements

ODD = "<script>alert('x')</script> 😀 \u202eשלום\u202c"


@pytest.fixture
def cost(client) -> Callable[[str], int]:
    def of(url: str) -> int:
        client.get(url)  # what is read once a process is read by now
        with statements() as sent:
            assert client.get(url).status_code == 200
        return len(sent)

    return of


def _names(page: str) -> list[str]:
    return re.findall(r'href="/listings/\d+">([^<]*)</a>', page)


def _copies(of: Listing, count: int) -> None:
    """So many listings like this one, with versions, parts, items, offers and a picture each."""
    for table, keys in [
        ("listing", "id"), ("version", "id, listing_id"), ("item", "id, listing_id"),
        ("version_part", "id, version_id, item_id"), ("offer", "item_id"), ("stock", "item_id"),
    ]:  # fmt: skip
        columns = session_columns(table)
        own = [key.strip() for key in keys.split(",")]
        chosen = ", ".join(f"t.{c} + n * 100000" if c in own else f"t.{c}" for c in columns)
        if table == "item":
            chosen = chosen.replace("t.sku", "t.sku || n").replace(
                "t.approved_version_id", "t.approved_version_id + n * 100000"
            )
        where = {"listing": "t.id", "version": "t.listing_id", "item": "t.listing_id"}.get(table)
        only = f"{where} = :id" if where else "true"
        db.session.execute(
            text(
                f"INSERT INTO {table} ({', '.join(columns)}) OVERRIDING SYSTEM VALUE"
                f" SELECT {chosen} FROM {table} t, generate_series(1, :count) AS n"
                f" WHERE {only}"
            ),
            {"id": of.id, "count": count},
        )
    db.session.commit()


def session_columns(table: str) -> list[str]:
    return [column.name for column in db.metadata.tables[table].columns]


def test_home_says_what_waits(session, client, seller) -> None:
    rejected = made.submitted(seller, changes={"name.ko": "돌아온 컵", "name.en": "Returned cup"})
    made.judge(rejected, "reject")
    made.draft(seller, changes={"name.en": "Drafted cup"})
    made.submitted(seller, changes={"name.en": "Waiting cup"})
    made.draft(changes={"name.en": "Foreign cup"})
    page = client.get("/home").text
    for name in ("Returned cup", "Drafted cup", "Waiting cup"):
        assert name in page
    assert "Foreign cup" not in page


FOUND = [
    ("moon", {"Moon jar 100%"}), ("달항", {"Moon jar 100%"}), ("JAR 100%", {"Moon jar 100%"}),
    ("0%", {"Moon jar 100%"}), ("%", {"Moon jar 100%"}), ("sku_1", {"Plain\\cup"}),
    ("_", {"Plain\\cup"}), ("n\\c", {"Plain\\cup"}), ("\\", {"Plain\\cup"}),
    ("' OR 1=1 --", set()), ("a\x00b", set()), (" moon ", {"Moon jar 100%"}),
]  # fmt: skip


def test_search_takes_words_as_they_are(session, client, seller) -> None:
    jar = made.draft(seller, changes={"name.ko": "달항아리", "name.en": "Moon jar 100%"})
    made.save(jar, {"sku": "JAR-9"}, made.first_item(jar))
    cup = made.draft(seller, changes={"name.ko": "컵", "name.en": "Plain\\cup"})
    made.save(cup, {"sku": "SKU_1"}, made.first_item(cup))
    for words, found in FOUND:
        answer = client.get("/listings", query_string={"q": words})
        assert answer.status_code == 200 and set(_names(answer.text)) == found, words


def test_pages_of_fifty_forth_and_back(session, client, seller) -> None:
    _copies(made.draft(seller), 104)
    newest, oldest = (_walked_through(client, sort) for sort in ("newest", "oldest"))
    assert len(set(newest)) == 105 and newest == oldest[::-1]


def _walked_through(client, sort: str) -> list[int]:
    """Every listing in the order of the pages, gone through to the last and back."""
    seen, pages, url = [], [], f"/listings?sort={sort}"
    while url:
        page = client.get(url).text
        seen.append(_ids(page))
        pages.append(page)
        url = _beside(page, "next")
    assert [len(ids) for ids in seen] == [50, 50, 5]
    assert "105 listings" in pages[0] and _beside(pages[0], "prev") is None
    back = client.get(_beside(pages[2], "prev")).text
    assert _ids(back) == seen[1]
    assert _ids(client.get(_beside(back, "prev")).text) == seen[0]
    return [number for ids in seen for number in ids]


CURSORS = ("0", "x", "1.2.3", "9" * 40, "-1.5", "99999999999999999.1")


def test_a_cursor_that_is_none_is_no_error(session, client, seller) -> None:
    made.draft(seller)
    for cursor in CURSORS:
        for side in ("after", "before"):
            answer = client.get("/listings", query_string={side: cursor})
            assert answer.status_code == 200, cursor


def test_views_hold_what_they_say(session, client, seller) -> None:
    draft, waiting, live = made.draft(seller), made.submitted(seller), made.live(seller)
    rejected, returned = made.submitted(seller), made.submitted(seller)
    made.judge(rejected, "reject")
    made.judge(returned, "request-changes")
    made.live()
    every = {draft.id, waiting.id, live.id, rejected.id, returned.id}
    for view, own in {
        "all": every,
        "no-such-view": every,
        "yours": {draft.id, rejected.id, returned.id},
        "review": {waiting.id},
        "returned": {rejected.id, returned.id},
        "live": {live.id},
        "sold-out": set(),
    }.items():
        answer = client.get(f"/listings?view={view}")
        assert answer.status_code == 200 and set(_ids(answer.text)) == own, view
    made.first_item(live).stock.count = 0
    session.commit()
    assert _ids(client.get("/listings?view=sold-out").text) == [live.id]


def _ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<a href="/listings/(\d+)">', page)]


def _beside(page: str, which: str) -> str | None:
    found = re.search(rf'rel="{which}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None


def test_what_a_page_costs_does_not_grow_with_its_rows(session, client, seller, cost) -> None:
    urls = ("/home", "/listings")
    one = made.draft(seller)
    few = [cost(url) for url in urls]
    _copies(one, 49)
    for url, before in zip(urls, few, strict=True):
        assert cost(url) <= before + 1 and before < 35, url


def test_what_a_listing_costs_does_not_grow_with_its_items(session, client, seller, cost) -> None:
    small, large = (made.draft(seller, "t-shirts", items=n).id for n in (2, 12))
    for path in ("", "/draft", "/preview"):
        few, many = (cost(f"/listings/{number}{path}") for number in (small, large))
        assert many <= few + 1 and few < 50, path


def test_a_live_listing_costs_the_same_with_many_items(session, client, seller, cost) -> None:
    few = cost(f"/listings/{made.live(seller, category='t-shirts', items=2).id}")
    many = cost(f"/listings/{made.live(seller, category='t-shirts', items=5).id}")
    assert many <= few + 1 and few < 50


def test_hostile_names_are_text_everywhere(session, client, seller) -> None:
    listing = made.draft(seller, changes={"name.ko": ODD, "name.en": ODD})
    made.save(listing, {"sku": ODD[:40]}, made.first_item(listing))
    for url in ("/home", "/listings", f"/listings/{listing.id}", f"/listings?q={ODD[:10]}"):
        page = client.get(url).text
        assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_an_owner_of_nothing_sees_how_to_begin(session, client) -> None:
    for url in ("/home", "/listings"):
        assert "/listings/new" in client.get(url).text


def test_anothers_listing_is_nowhere(app, session, client, seller) -> None:
    theirs = made.live(people.seller())
    assert client.get(f"/listings/{theirs.id}").status_code == 404
    assert client.get(f"/listings/{10**30}").status_code == 404
    for path in ("staging", "staging/application", "staging/removal", "sale", "retirement"):
        assert client.post(f"/listings/{theirs.id}/{path}").status_code == 404
