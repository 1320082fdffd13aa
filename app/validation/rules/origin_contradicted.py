"""Made in Korea and a foreign country of origin cannot both be true (대외무역법 제33조)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.countries import countries
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    country = subject.text("origin.country")
    if subject.text("origin.kind") == "domestic" and country not in ("", "KR"):
        label = next((c.label for c in countries() if c.code == country), Words.of(country))
        yield Hit("origin.country", {"country": label.as_dict()})


RULE = Rule(
    code="origin-contradicted",
    severity="limits",
    weight=8,
    message=Words(
        "국산인데 원산지 국가가 {country}입니다.",
        "It is made in Korea, yet its country is {country}.",
    ),
    remedy=Words(
        "수입산으로 바꾸거나 국가를 비우세요.", "Change it to imported, or take the country away."
    ),
    source="대외무역법 제33조",
    reads=("origin.kind", "origin.country"),
    check=check,
    passes=(Example({"origin.kind": "domestic", "origin.country": "KR"}),),
    fails=(Example({"origin.kind": "domestic", "origin.country": "CN"}),),
)
