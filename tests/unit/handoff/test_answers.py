"""Answers are somebody else's words: whatever they are, a delivery ends in one of four outcomes."""

import pytest

from app.journey.handoff.answers import parse, stock_page
from app.journey.handoff.sending import reply_of, retry_after
from app.journey.handoff.wire import Response


@pytest.mark.parametrize("body", [None, 7, [], {}, {"results": None}, {"results": {"key": "k"}}])
def test_what_is_no_answer_at_all(body):
    assert parse(body) is None


@pytest.mark.parametrize(
    "result",
    [
        {"outcome": "applied", "items": 7, "stock": "x", "url": "javascript:alert(1)"},
        {"outcome": "applied", "items": [{"item_id": "x"}, None], "stock": {"item_id": 1}},
        {"outcome": "applied", "stock": {"item_id": 1, "count": -1, "revision": 2**40}},
        {"outcome": "applied", "external_id": {"a": 1}, "message": 12},
    ],
)
def test_odd_parts_of_a_good_answer_are_left_out(result):
    answer = parse({"results": [{"key": "k", **result}]})["k"]
    assert (answer.outcome, answer.url, answer.items, answer.stock) == ("delivered", "", (), None)


@pytest.mark.parametrize("outcome", [None, "APPLIED", 1, ["applied"]])
def test_an_unknown_outcome_is_asked_again(outcome):
    answer = parse({"results": [{"key": "k", "outcome": outcome}]})["k"]
    assert (answer.outcome, answer.code) == ("retry", "unreadable")


@pytest.mark.parametrize(
    ("status", "keys", "failure", "divide"),
    [
        (500, ["a"], "failed", True),
        (503, ["a", "b"], "failed", True),
        (429, ["a"], "too-many", False),
        (401, ["a"], "not-let-in", False),
        (302, ["a"], "not-let-in", False),
        (422, ["a", "b"], "not-accepted", True),
        (200, ["a"], "unreadable", True),
    ],
)
def test_classes_of_failure(status, keys, failure, divide):
    reply = reply_of(Response(status, {}, b"<html>"), keys)
    assert (reply.failure, reply.divide) == (failure, divide)
    assert {reply.to(key).outcome for key in keys} == {"retry"}


def test_a_4xx_to_one_delivery_refuses_it():
    reply = reply_of(Response(422, {}, b"not json"), ["a"])
    assert (reply.failure, reply.to("a").outcome) == ("", "refused")
    assert reply.to("a").message["ko"]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("90", 90.0), ("999999999999", 3600.0), ("", None), ("soon", None), ("-5", None)],
)
def test_retry_after(header, seconds):
    assert retry_after(Response(429, {"Retry-After": header}, b"")) == seconds


def test_a_stock_page_keeps_only_levels_that_are_levels():
    good = {"item_id": 1, "count": 2, "revision": 3}
    page = stock_page({"levels": [good, {"item_id": "x"}, 5], "cursor": "9", "more": 1})
    assert (page.levels, page.cursor, page.more) == ([good], "9", False)
