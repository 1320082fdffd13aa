"""One text for one fact: what comes back from JSONB has the hash of what went in."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.journey.auditing.canonical import (
    NOTHING_BEFORE,
    canonical,
    checkpoint_hash,
    entry_hash,
    heads_hash,
    plain,
)

AT = datetime(2026, 3, 1, 9, 30, 0, 250, tzinfo=timezone(timedelta(hours=9)))


def test_the_hash_of_an_entry_never_changes() -> None:
    made = entry_hash(
        7, 1, AT, 3, "reviewer", "decided", {"note": "컵 ☕", "held": None}, NOTHING_BEFORE
    )
    assert made == "300c1b978c7445bc7fdb768e351a4e212d3e1f7c1b2bd5b593978170ccb7dfe7"


def test_the_hash_of_a_checkpoint_never_changes() -> None:
    heads = heads_hash([(2, 1, "ab"), (10, 3, "cd")])
    assert heads == "c66d7e0e88309b959a568a2651e2877ce19f7ed235f5c571e679f4dee3b6f88d"
    assert (
        checkpoint_hash(AT, 9, 4, 2, heads, NOTHING_BEFORE)
        == "e7d941330a015deff11401157235e072cabf35ee8c0fec5abd15dd7bbd2ee2bd"
    )


def test_keys_are_sorted_as_texts_and_letters_stay_letters() -> None:
    assert canonical({10: "가", 9: [True, None, ()], "b": '"\n'}) == (
        '{"10":"가","9":[true,null,[]],"b":"\\"\\n"}'
    )


def test_instants_are_utc_with_microseconds() -> None:
    assert plain([AT, AT.astimezone(UTC), date(2026, 3, 1)]) == [
        "2026-03-01T00:30:00.000250Z",
        "2026-03-01T00:30:00.000250Z",
        "2026-03-01",
    ]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (1.0, "1.0"),
        (1e2, "100"),
        (-0.0, "-0.0"),
        (1e23, "100000000000000000000000"),
        (0.1, "0.10"),
        (1e-7, "0.0000001"),
        (2**60, "1152921504606846976"),
    ],
)
def test_a_number_is_its_value_however_it_is_written(written: float, stored: str) -> None:
    assert canonical({"n": written}) == canonical(json.loads(f'{{"n": {stored}}}'))


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        canonical({"a": b""})
    with pytest.raises(ValueError, match="nan"):
        canonical([float("nan")])
