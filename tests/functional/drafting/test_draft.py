"""The draft's page: saved as it is typed, merged when stale, never losing a word."""

import re

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from app.accounts.models import WebSession
from app.journey.review.models import ReviewCase
from app.listings.models import Change, Listing, Version
from app.listings.queries import content_of, newest_version
from tests.factories import listings as made
from tests.factories import people

ODD = "<script>alert('x')</script> {{ 7*7 }} \"q\" 😀 \u202eשלום\u202c 가나다 \\ %s &amp;"
CATEGORIES = ["mugs", "t-shirts", "fruit-juice", "wireless-earphones", "building-blocks"]


def _product(listing: Listing) -> dict:
    return content_of(newest_version(listing.id))["product"]


def _item(listing: Listing) -> dict:
    return content_of(newest_version(listing.id))["items"][0]


def _only(form: MultiDict[str, str], **changed: str) -> dict[str, str]:
    """What script sends of some fields: them, the page's name and the revisions."""
    kept = {k: v for k, v in form.items() if k.startswith("rev-") or k == "tab"}
    return kept | changed


def _value(answer, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', answer.text)
    assert found, f"no {name}"
    return found[1]


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("items", [1, 2])
def test_a_page_sent_back_untouched_changes_nothing(
    session, client, seller, page, category, items
) -> None:
    listing = made.draft(seller, category=category, items=items)
    before = content_of(newest_version(listing.id))
    answer = client.post(f"/listings/{listing.id}/draft", data=page(listing.id))
    assert answer.status_code == 303
    changes = session.scalars(select(Change)).all()
    assert [(c.path, c.old, c.new) for c in changes] == []
    assert content_of(newest_version(listing.id)) == before


def test_everything_typed_stands_there_when_the_page_is_opened_again(
    session, client, seller, page
) -> None:
    listing = made.empty_draft(seller, "t-shirts")
    form = page(listing.id)
    typed = [
        name
        for name in form
        if re.match(r"name\.|brand|manufacturer|description\.|notice\.fields|shipping\.[flr]", name)
        or re.match(r"items\.\d+\.(sku|price|list_price|stock|gtin)", name)
    ]
    assert len(typed) > 15
    for name in typed:
        form[name] = f"{name} {ODD}"
    assert client.post(f"/listings/{listing.id}/draft", data=form).status_code == 303
    again = page(listing.id)
    assert {name: again[name] for name in typed} == {name: form[name] for name in typed}


@pytest.mark.parametrize("path", ["/draft", "/preview", "", "/category"])
def test_hostile_text_is_text_on_every_page_of_the_listing(session, client, seller, path) -> None:
    listing = made.draft(seller, "t-shirts", changes={"name.ko": ODD, "name.en": ODD})
    made.save(listing, {"brand": ODD, "description.ko": ODD, "notice.fields.material": ODD})
    made.save(listing, {"sku": ODD[:49], "price": ODD}, made.first_item(listing))
    answer = client.get(f"/listings/{listing.id}{path}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "\u202eשלום" in answer.text or path == "/category"


def test_an_autosave_answers_messages_the_list_and_the_save_state(
    session, seller, page, autosave
) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    answer = autosave(listing.id, _only(form, brand=""))
    assert answer.status_code == 200 and "<html" not in answer.text
    for target in ("#f-brand-message", 'id="todo"', 'id="rail-list"', "#save-place"):
        assert target in answer.text
    message = re.search(r'#f-brand-message">(.*?)</div>', answer.text, re.S)
    assert message and message[1].strip(), "an emptied field says what is missing"
    assert 'name="brand"' not in answer.text, "the input itself is never replaced"
    assert _product(listing)["brand"] == ""
    mended = autosave(listing.id, _only(form, brand="온"))
    assert "Nothing is missing" in mended.text


def test_a_price_as_people_write_it(session, seller, page, autosave) -> None:
    listing = made.draft(seller)
    item_id = made.first_item(listing).id
    for typed, number in [("12,900원", 12900), ("₩ 1,000", 1000), ("１２００", 1200)]:
        autosave(listing.id, _only(page(listing.id), **{f"items.{item_id}.price": typed}))
        assert (_item(listing)["price"], _item(listing)["typed"]) == (number, {})


def test_a_number_that_is_text_is_kept_and_told_beside_it(session, seller, page, autosave) -> None:
    listing = made.draft(seller)
    item_id = made.first_item(listing).id
    path = f"items.{item_id}.price"
    answer = autosave(listing.id, _only(page(listing.id), **{path: "만 원쯤"}))
    told = re.search(rf'id="f-items-{item_id}-price-message"[^>]*>(.*?)</div>', answer.text, re.S)
    assert told and "만 원쯤" in told[1]
    assert page(listing.id)[path] == "만 원쯤"
    autosave(listing.id, _only(page(listing.id), **{"shipping.fee": "공짜"}))
    assert page(listing.id)["shipping.fee"] == "공짜"
    autosave(listing.id, _only(page(listing.id), **{"shipping.fee": "2,500원"}))
    assert page(listing.id)["shipping.fee"] == "2,500"


def test_a_save_that_a_later_one_overtook_changes_nothing(client, seller, page, autosave) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    autosave(listing.id, _only(form, brand="둘째 낱말", turn="9200"))
    autosave(listing.id, _only(form, brand="둘째", turn="8100"))
    assert _product(listing)["brand"] == "둘째 낱말"
    autosave(listing.id, _only(form, brand="셋째", turn="9900"))
    assert _product(listing)["brand"] == "셋째"


def test_two_tabs_meet_over_one_field(session, client, seller, page, autosave) -> None:
    listing = made.draft(seller)
    first, second = page(listing.id), page(listing.id)
    assert first["tab"] != second["tab"]
    autosave(listing.id, _only(first, brand="첫째 탭"))
    answer = autosave(listing.id, _only(second, brand="둘째 탭", manufacturer="이천"))
    assert answer.status_code == 200
    assert "첫째 탭" in answer.text and "둘째 탭" in answer.text
    assert (_product(listing)["brand"], _product(listing)["manufacturer"]) == ("첫째 탭", "이천")
    mine = {"mine.brand": _value(answer, "mine.brand")}
    settled = autosave(listing.id, _only(second, brand="둘째 탭", **mine))
    assert 'name="mine.brand"' not in settled.text
    assert _product(listing)["brand"] == "둘째 탭"
    # The page goes on: what it holds now is its own ground.
    seen = {"seen.brand": _value(settled, "seen.brand")}
    autosave(listing.id, _only(second, brand="둘째 탭!", **seen))
    assert _product(listing)["brand"] == "둘째 탭!"


def test_keeping_what_is_there_leaves_it(session, seller, page, autosave) -> None:
    listing = made.draft(seller)
    first, second = page(listing.id), page(listing.id)
    autosave(listing.id, _only(first, brand="첫째"))
    answer = autosave(listing.id, _only(second, brand="둘째"))
    keep = {"keep.brand": _value(answer, "keep.brand")}
    settled = autosave(listing.id, _only(second, brand="둘째", **keep))
    assert 'value="첫째"' in settled.text and _product(listing)["brand"] == "첫째"
    assert _value(settled, "seen.brand") == keep["keep.brand"]


def test_a_third_change_while_one_decides_is_a_conflict_again(
    session, seller, page, autosave
) -> None:
    listing = made.draft(seller)
    second = page(listing.id)
    made.save(listing, {"brand": "하나"}, tab="x")
    answer = autosave(listing.id, _only(second, brand="둘"))
    made.save(listing, {"brand": "셋"}, tab="y")
    mine = {"mine.brand": _value(answer, "mine.brand")}
    again = autosave(listing.id, _only(second, brand="둘", **mine))
    assert 'name="mine.brand"' in again.text and "셋" in again.text
    assert 'name="seen.brand"' not in again.text, "nothing was settled"
    assert _product(listing)["brand"] == "셋"


def test_without_script_a_conflict_is_a_409_page_with_both_texts(
    session, client, seller, page
) -> None:
    listing = made.draft(seller)
    stale = page(listing.id)
    other = people.member_of(seller)
    other.name = "김 동료"
    made.save(listing, {"brand": "동료의 글"}, who=other.id)
    stale["brand"], stale["manufacturer"] = "나의 글", "이천"
    answer = client.post(f"/listings/{listing.id}/draft", data=stale)
    assert answer.status_code == 409
    for text in ("나의 글", "동료의 글", "김 동료", 'name="keep.brand"'):
        assert text in answer.text
    assert _product(listing)["manufacturer"] == "이천"


def test_a_stale_pages_submission_is_shown_what_changed_first(
    session, client, seller, page
) -> None:
    listing = made.draft(seller)
    stale = page(listing.id)
    made.save(listing, {"brand": "동료의 글"})
    answer = client.post(f"/listings/{listing.id}/submission", data=stale)
    assert answer.status_code == 409 and "동료의 글" in answer.text
    assert newest_version(listing.id).state == "draft"
    again = client.post(f"/listings/{listing.id}/submission", data=page(listing.id))
    assert again.status_code == 303 and newest_version(listing.id).state == "submitted"


def test_a_settled_conflict_does_not_stop_the_submission(
    session, client, seller, page, autosave
) -> None:
    listing = made.draft(seller)
    mine = page(listing.id)
    made.save(listing, {"brand": "하나"}, tab="x")
    answer = autosave(listing.id, _only(mine, brand="둘"))
    decided = {"mine.brand": _value(answer, "mine.brand")}
    settled = autosave(listing.id, _only(mine, brand="둘", **decided))
    mine["brand"], mine["seen.brand"] = "둘", _value(settled, "seen.brand")
    sent = client.post(f"/listings/{listing.id}/submission", data=mine)
    assert sent.status_code == 303 and newest_version(listing.id).state == "submitted"


def test_a_submission_that_is_not_ready_lists_why_and_keeps_what_was_typed(
    session, client, seller, page
) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    item_id = made.first_item(listing).id
    form["name.ko"], form[f"items.{item_id}.price"], form["brand"] = "", "12,9x", "새 이름"
    answer = client.post(f"/listings/{listing.id}/submission", data=form)
    assert answer.status_code == 422 and newest_version(listing.id).state == "draft"
    summary = re.search(r'class="[^"]*summary.*?</ul>', answer.text, re.S)
    assert summary and 'href="#f-name-ko"' in summary[0]
    assert f'href="#f-items-{item_id}-price"' in summary[0]
    again = page(listing.id)
    assert (again["brand"], again[f"items.{item_id}.price"]) == ("새 이름", "12,9x")


def test_a_double_click_on_submit_is_one_version_and_one_case(
    app, session, client, seller, page, race
) -> None:
    listing = made.draft(seller)
    listing_id, form = listing.id, page(listing.id)
    form.pop("csrf_token")  # each client sends its own session's in a header
    owner = people.owner_of(seller)
    clients = [people.signed_in(app.test_client(), owner) for _ in range(3)]
    session.commit()

    def clicks(by):
        return lambda: by.post(f"/listings/{listing_id}/submission", data=form).status_code

    assert race(*map(clicks, clients)) == [303] * 3
    session.rollback()
    states = session.scalars(select(Version.state).where(Version.listing_id == listing_id)).all()
    assert states == ["submitted"]
    assert session.scalar(select(func.count(ReviewCase.id))) == 1


def test_a_save_after_the_submission_says_so(session, client, seller, page, autosave) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    made.submit(listing)
    answer = autosave(listing.id, _only(form, brand="늦은 글"))
    assert answer.status_code == 409 and "submitted" in answer.text
    assert answer.headers["HX-Retarget"] == "#notice"
    form["brand"] = "늦은 글"
    assert client.post(f"/listings/{listing.id}/draft", data=form).status_code == 409
    opened = client.get(f"/listings/{listing.id}/draft")
    assert (opened.status_code, opened.location) == (303, f"/listings/{listing.id}")


def test_a_lost_session_is_told_to_script_and_asked_back_without(
    app, session, client, seller, page
) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    # As with an expired session: the browser still has its cookie and its token.
    for row in session.scalars(select(WebSession)):
        session.delete(row)
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    told = client.post(f"/listings/{listing.id}/draft", data=form, headers=htmx)
    assert told.status_code == 401 and told.headers["HX-Trigger"] == "session-lost"
    assert told.headers["HX-Reswap"] == "none"
    asked = client.get(f"/listings/{listing.id}/draft")
    assert asked.status_code == 303 and f"/listings/{listing.id}/draft" in asked.location


def test_another_sellers_ids_in_a_form_change_nothing(session, client, seller, page) -> None:
    mine, theirs = made.draft(seller), made.draft()
    item, part = made.first_item(theirs), made.part(theirs)
    before = content_of(newest_version(theirs.id))
    form = page(mine.id)
    form.update({
        f"items.{item.id}.price": "1", f"items.{item.id}.sku": "X", f"rev-{part.id}": "1",
        f"seen.items.{item.id}.price": "1", f"keep.items.{item.id}.sku": "1",
        "items.x.price": "1", "items.².price": "1", "seen.items.x.price": "1",
        f"items.{10**30}.price": "1", "mine.items..": "x", "seller_id": "1", "state": "approved",
        "pictures": "1", "rev-x": "y", "attributes.none": "z", "name": "z", "typed.price": "1",
    })  # fmt: skip
    answer = client.post(f"/listings/{mine.id}/draft", data=form)
    assert answer.status_code == 303
    assert content_of(newest_version(theirs.id)) == before
    assert session.scalar(select(func.count(Change.id))) == 0
    for path in ("draft", "submission", "items", f"items/{item.id}/removal", "revision"):
        assert client.post(f"/listings/{theirs.id}/{path}", data=form).status_code == 404
    removal = client.post(f"/listings/{mine.id}/items/{item.id}/removal", data=page(mine.id))
    assert removal.status_code in (303, 409)
    assert content_of(newest_version(theirs.id)) == before


def test_very_long_values_are_kept_and_told(session, client, seller, page) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    item_id = made.first_item(listing).id
    names = ["name.ko", "brand", "shipping.fee", f"items.{item_id}.sku", f"items.{item_id}.price"]
    for name in [*names, "tab", "typing"]:
        form[name] = "가" * 10_000
    assert client.post(f"/listings/{listing.id}/draft", data=form).status_code == 303
    again = page(listing.id)
    assert {again[name] for name in names} == {"가" * 10_000}
    assert client.post(f"/listings/{listing.id}/submission", data=again).status_code == 422


def test_nul_and_odd_characters_in_every_field(session, client, seller, page) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    for name in [n for n in form if not n.startswith(("rev-", "csrf", "tab"))]:
        form[name] = f"{form[name]}\x00\ufffe"
    form["tab"] = "a\x00b"
    assert client.post(f"/listings/{listing.id}/draft", data=form).status_code == 303
    assert client.get(f"/listings/{listing.id}/draft").status_code == 200


def test_items_are_added_and_taken_out_with_what_was_typed(session, client, seller, page) -> None:
    listing = made.draft(seller, "t-shirts", items=2)
    form = page(listing.id)
    form["brand"] = "새 이름"
    added = client.post(f"/listings/{listing.id}/items", data=form)
    items = content_of(newest_version(listing.id))["items"]
    assert added.status_code == 303 and added.location.endswith(f"#f-items-{items[2]['id']}")
    assert len(items) == 3 and _product(listing)["brand"] == "새 이름"
    form = page(listing.id)
    form["manufacturer"] = "이천"
    gone = client.post(f"/listings/{listing.id}/items/{items[0]['id']}/removal", data=form)
    assert gone.status_code == 303 and gone.location.endswith(f"#f-items-{items[1]['id']}")
    left = [i["id"] for i in content_of(newest_version(listing.id))["items"]]
    assert left == [items[1]["id"], items[2]["id"]] and _product(listing)["manufacturer"] == "이천"
