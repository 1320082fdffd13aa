"""Rules have days: one they are there from, and one they are meant from. In between they warn."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.validation.engine import biting, findings
from app.validation.finding import Finding
from app.validation.quality import score
from app.validation.rule import RULES
from tests.factories.content import category_named, changed, valid_content

SINCE, ENFORCED = date(2027, 1, 1), date(2027, 4, 1)
BEFORE, WITHIN, AFTER = SINCE - timedelta(days=1), date(2027, 2, 1), ENFORCED


@pytest.fixture
def dated(monkeypatch):
    """`price-step` as a rule that was announced in January and is enforced from April on."""
    rule = replace(RULES["price-step"], since=SINCE, enforced_from=ENFORCED, weight=5)
    monkeypatch.setattr(RULES, "_plugins", {**RULES.load(), rule.code: rule})


@pytest.fixture
def listing():
    category = category_named("t-shirts")
    return changed(valid_content(category), {"items.1.price": 12_905}), category


def _severity(listing, day) -> list[str]:
    return [f.severity for f in findings(*listing, day) if f.code == "price-step"]


@pytest.mark.parametrize(
    ("day", "severities"), [(BEFORE, []), (WITHIN, ["advice"]), (AFTER, ["blocks"])]
)
def test_it_is_silent_then_warns_then_blocks(dated, listing, day, severities) -> None:
    assert _severity(listing, day) == severities


def test_the_warning_says_from_when_it_blocks(dated, listing) -> None:
    (found,) = findings(*listing, WITHIN)
    assert found.enforced_from == ENFORCED
    assert found.remedy("ko").endswith("2027. 4. 1.부터는 제출을 막습니다.")
    assert found.remedy("en").endswith("From 1 Apr 2027 on it stops submission.")
    assert score([found]) == 95


def test_a_warning_that_was_kept_with_a_version_still_says_it(dated, listing) -> None:
    (found,) = findings(*listing, WITHIN)
    kept = Finding(found.code, found.path, found.severity, dict(found.params), found.source)
    assert kept.remedy("en") == found.remedy("en")


def test_once_enforced_nothing_is_said_of_days(dated, listing) -> None:
    (found,) = findings(*listing, AFTER)
    assert found.enforced_from is None and "2027" not in found.remedy("en")


def test_a_rule_that_will_limit_says_so(monkeypatch, listing) -> None:
    rule = replace(RULES["brand-placeholder"], enforced_from=ENFORCED)
    monkeypatch.setattr(RULES, "_plugins", {**RULES.load(), rule.code: rule})
    content, category = listing
    (found,) = findings(
        changed(content, {"items.1.price": 12_900, "brand": "없음"}), category, WITHIN
    )
    assert found.remedy("en").endswith("From 1 Apr 2027 on it limits exposure.")


def test_what_bites_by_a_day_is_told_before(dated, listing) -> None:
    assert [f.code for f in biting(*listing, WITHIN, AFTER)] == ["price-step"]
    assert [f.severity for f in biting(*listing, BEFORE, AFTER)] == ["blocks"]
    assert biting(*listing, WITHIN, ENFORCED - timedelta(days=1)) == []
    assert biting(*listing, AFTER, AFTER + timedelta(days=400)) == []


def test_what_blocks_already_does_not_bite_anew(dated, listing) -> None:
    content, category = listing
    content = changed(content, {"items.1.stock": -1})
    assert [f.code for f in biting(content, category, WITHIN, AFTER)] == ["price-step"]


def test_a_category_that_will_ask_more_bites_too(listing) -> None:
    content, category = listing
    sleeve = category.attribute("stretch")
    later = replace(
        category,
        attributes=tuple(
            replace(a, required=True) if a == sleeve else a for a in category.attributes
        ),
    )
    content = changed(content, {"attributes.stretch": ""})
    found = biting(content, category, WITHIN, WITHIN, later)
    assert [(f.code, f.path) for f in found] == [("attribute-required", "attributes.stretch")]
