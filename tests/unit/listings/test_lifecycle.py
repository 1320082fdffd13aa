"""Both tables, every (state, action) pair: a stated answer, None where it is not allowed."""

import pytest

from app.listings.lifecycle import (
    ITEM_SALE,
    JUDGED_STATES,
    ON_APPEAL,
    OPEN_STATES,
    VERSION,
    next_state,
)

# One row a state; `.` is "not allowed".
VERSIONS = """
                  submit     discard    withdraw   approve   approve-in-part  reject    request-changes    grant     grant-in-part    ease               uphold
draft             submitted  withdrawn  .          .         .                .         .                  .         .                .                  .
submitted         .          .          withdrawn  approved  partly_approved  rejected  changes_requested  .         .                .                  .
approved          .          .          .          .         .                .         .                  .         .                .                  .
partly_approved   .          .          .          .         .                .         .                  .         .                .                  .
rejected          .          .          .          .         .                .         .                  approved  partly_approved  changes_requested  rejected
changes_requested .          .          .          .         .                .         .                  .         .                .                  .
withdrawn         .          .          .          .         .                .         .                  .         .                .                  .
"""  # noqa: E501
SALES = """
          release   pause   resume  recall    retire
never     on        .       .       .         retired
on        on        paused  .       recalled  retired
paused    paused    .       on      recalled  retired
recalled  recalled  .       on      .         retired
retired   .         .       .       .         .
"""


def _pairs(drawn: str) -> list[tuple[str, str, str | None]]:
    head, *rows = [line.split() for line in drawn.strip().splitlines()]
    return [
        (state, action, None if target == "." else target)
        for state, *targets in rows
        for action, target in zip(head, targets, strict=True)
    ]


@pytest.mark.parametrize(("state", "action", "target"), _pairs(VERSIONS))
def test_a_version_moves_as_the_table_says(state, action, target) -> None:
    assert next_state(VERSION, state, action) == target


@pytest.mark.parametrize(("state", "action", "target"), _pairs(SALES))
def test_an_item_moves_as_the_table_says(state, action, target) -> None:
    assert next_state(ITEM_SALE, state, action) == target


@pytest.mark.parametrize(("table", "drawn"), [(VERSION, VERSIONS), (ITEM_SALE, SALES)])
def test_the_tables_know_no_other_pair(table, drawn) -> None:
    assert table == {(state, action): to for state, action, to in _pairs(drawn) if to}


def test_only_an_appeal_moves_a_judged_version_and_nothing_a_retired_item() -> None:
    moved = {action for state, action in VERSION if state in {*JUDGED_STATES, "withdrawn"}}
    assert moved == {*ON_APPEAL.values()}
    assert "retired" not in {state for state, _ in ITEM_SALE}


def test_every_open_state_has_a_way_out() -> None:
    assert {state for state, _ in VERSION} == {*OPEN_STATES, "rejected"}
