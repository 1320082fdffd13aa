"""Reasons as data: enough of them, and links that lead to the law and nowhere else."""

from dataclasses import replace

import pytest

from app.journey.review.pins import frozen
from app.journey.review.reasons import REASONS, reason


def test_every_link_leads_where_sellers_may_be_sent() -> None:
    assert len(REASONS) >= 30
    assert [each.code for each in REASONS if each.leads_astray] == []
    assert sum(bool(each.link) for each in REASONS) >= 6


@pytest.mark.parametrize(
    "link",
    [
        "http://www.law.go.kr/법령",
        "https://law.go.kr.example/법령",
        "https://www.law.go.kr@example.org/",
        "https://www.law.go.kr:8443/",
        "//www.law.go.kr/",
        "javascript:alert(1)",
    ],
)
def test_any_other_is_astray(link) -> None:
    assert replace(REASONS[0], link=link).leads_astray


def test_the_link_is_frozen_with_the_words() -> None:
    told = frozen(
        [
            {"code": "notice-incomplete", "path": "notice.class"},
            {"code": "value-missing", "path": ""},
        ]
    )
    law = reason("notice-incomplete")
    assert law and [pin.get("link") for pin in told] == [law.link, None]
