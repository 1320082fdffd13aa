"""The pattern page: every component in its states, for whoever builds a page. Not in production."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response

from app.core.clock import now
from app.core.words import Words
from app.web.page import page
from app.web.vocabulary import BADGES

blueprint = Blueprint("patterns", __name__)


@dataclass(frozen=True)
class Sample:
    """A finding as the macros see one."""

    severity: str
    fact: Words
    cure: Words

    def message(self, language: str) -> str:
        return self.fact.text(language)

    def remedy(self, language: str) -> str:
        return self.cure.text(language)


GTIN = Sample(
    "blocks",
    Words("끝자리(0)가 맞지 않습니다.", "The last digit, 0, does not fit."),
    Words("포장의 숫자와 비교하세요.", "Compare with the pack."),
)
LONG_NAME = Sample(
    "limits",
    Words("상품명이 101자입니다.", "The name has 101 characters."),
    Words("100자까지 검색에 보입니다.", "Search shows the first 100."),
)
ADVICE = Sample(
    "advice",
    Words("소재를 적으면 필터에 나옵니다.", "With a material, filters can find it."),
    Words("", ""),
)
STEPS = (
    (Words("작성", "Drafted"), "done", 240),
    (Words("제출", "Submitted"), "done", 200),
    (Words("심사", "Review"), "here", 41),
    (Words("승인", "Approval"), "next", None),
    (Words("전달", "Handoff"), "next", None),
    (Words("판매", "On sale"), "next", None),
)


@blueprint.get("/patterns")
def show() -> Response:
    """Every component in its states."""
    return page("patterns/patterns.html", badges=BADGES, **samples(now()))


def samples(at: datetime) -> dict[str, Any]:
    """What the page is filled with."""
    return {
        "gtin": GTIN,
        "long_name": LONG_NAME,
        "advice": ADVICE,
        "stops": [
            {"label": label, "state": state, "at": at - timedelta(minutes=ago) if ago else None}
            for label, state, ago in STEPS
        ],
        "at": at,
        "soon": at + timedelta(minutes=8, seconds=42),
    }
