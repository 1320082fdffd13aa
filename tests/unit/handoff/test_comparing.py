"""What counts as a difference between a target and us, and what is left to the next run."""

from datetime import UTC, datetime

import pytest

from app.journey.handoff.reconciling.comparing import OurItem, OurListing, differences

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def ours(version=2, busy=(), items=2, text="", **changed):
    known = {
        "told": True, "version": 2, "digest": "", "price": 12900, "list_price": None,
        "offer_revision": 3, "sale": "on", "sale_revision": 2,
        "count": 7, "stock_revision": 4,
    } | changed  # fmt: skip
    return OurListing(
        1, version, text, {n: OurItem(n, **known) for n in range(11, 11 + items)}, busy
    )


def theirs(version=2, items=2, stock=None, text=None, item_version=2, **changed):
    known = {
        "version": item_version, "price": 12900, "offer_revision": 3, "sale": "on",
        "sale_revision": 2,
    } | changed  # fmt: skip
    told = {"count": 7, "revision": 4, "changed_at": "2026-11-26T11:00:00+00:00"} | (stock or {})
    made = [{"item_id": n, **known, "stock": told} for n in range(11, 11 + items)]
    listing = {"listing_id": 1, "version": version, "practice": False, "items": made}
    return listing | ({"digest": text} if text else {})


def found(our, their):
    return {(one.part, one.item_id, one.kind) for one in differences(our, their, NOW)}


@pytest.mark.parametrize(
    ("our", "their", "expected"),
    [
        (ours(), theirs(), set()),
        (ours(), None, {("product", None, "missing")}),
        (ours(told=False), None, set()),
        (None, theirs(), {("product", None, "unknown")}),
        (ours(), theirs(version=1), {("product", None, "older")}),
        (ours(), theirs(version=5), {("product", None, "newer")}),
        (ours(), theirs(items=1), {("item", 12, "missing")}),
        (ours(items=1), theirs(), {("item", 12, "unknown")}),
        (ours(text="a"), theirs(text="a"), set()),
        (ours(text="a"), theirs(text="b"), {("product", None, "differs")}),
        (ours(text="a", version=3), theirs(text="b"), {("product", None, "older")}),
        (ours(text="a"), theirs(), set()),
        (ours(), theirs(text="b"), set()),
        (ours(items=1, digest="a"), theirs(items=1, digest="b"), {("item", 11, "differs")}),
        (ours(items=1, digest="a"), theirs(items=1), set()),
        (ours(items=1), theirs(items=1, item_version=1), {("item", 11, "older")}),
        (ours(items=1, told=False), theirs(items=1, item_version=1), set()),
        (ours(items=1), theirs(items=1, list_price=None), set()),
        (ours(items=1), theirs(items=1, list_price=1), {("offer", 11, "differs")}),
        (ours(items=1, list_price=1), theirs(items=1), set()),
        (ours(items=1), theirs(items=1, offer_revision=2), {("offer", 11, "older")}),
        (ours(items=1), theirs(items=1, price=1), {("offer", 11, "differs")}),
        (ours(items=1), theirs(items=1, sale_revision=3), {("sale", 11, "newer")}),
        (ours(items=1), theirs(items=1, sale="recalled"), {("sale", 11, "differs")}),
        (ours(items=1), theirs(items=1, stock={"count": 6}), {("stock", 11, "differs")}),
        (ours(items=1), theirs(items=1, stock={"revision": 1}), {("stock", 11, "older")}),
        (ours(items=1), theirs(items=1, stock={"revision": 9}), set()),
        (
            ours(items=1),
            theirs(items=1, stock={"revision": 9, "count": 5}),
            {("stock", 11, "newer")},
        ),
    ],
)
def test_kinds(our, their, expected):
    assert found(our, their) == expected


def test_what_is_on_its_way_is_left_out():
    everything = theirs(version=1, price=1, sale="paused", stock={"count": 1})
    assert found(ours(busy={("product", 1)}), everything) == set()
    busy = {("offer", 11), ("sale", 11), ("stock", 11)}
    seen = found(ours(items=1, busy=busy), theirs(items=1, price=1, sale="paused"))
    assert seen == set()


def test_a_count_of_just_now_is_the_feeds():
    late = {"revision": 9, "count": 5, "changed_at": "2026-11-26T12:00:01+00:00"}
    assert found(ours(items=1), theirs(items=1, stock=late)) == set()
