"""Reasons and findings know each other: what comes before a reviewer suggests what to say of it."""

import re

import pytest

from app.journey.imaging.check import Check, checks
from app.journey.imaging.measured import Limits
from app.journey.review.reasons import BY_CODE, REASONS, Reason, suggested
from app.validation.engine import findings
from app.validation.fields import sections
from app.validation.rule import RULES, Rule
from tests.factories.content import category_named, changed, valid_content
from tests.unit.validation.test_rules import DAY
from tests.unit.words import assert_both_languages

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Advice to the seller alone: nobody sends a listing back for it.
NO_REVIEWERS_CONCERN = {
    "english-name",
    "free-over-idle",
    "name-capitals",
    "name-long",
    "picture-text-missing",
    "required-soon",
    "return-fee-low",
}


def _may_come(rule: Rule) -> bool:
    """What blocks never comes as far as a reviewer, but for a rule's days of grace."""
    return rule.severity != "blocks" or rule.enforced_from is not None


def _may_be_found(check: Check) -> bool:
    """Whether a picture that is in use can be found wanting by it: see `validation/pictures.py`."""
    if check.unsafe or check.code in RULES.load():
        return False
    reading = check.read(check.fails, Limits(20_000_000, 40_000_000, 500, 10_000))
    return reading is not None and not check.refuses(reading)


OPEN = {rule.code for rule in RULES if _may_come(rule)}
OPEN |= {check.code for check in checks if _may_be_found(check)}
POINTED_TO = {code for reason in REASONS for code in reason.findings}


@pytest.mark.parametrize("reason", REASONS, ids=lambda r: r.code)
def test_a_reason_speaks_and_points_to_findings_there_are(reason: Reason) -> None:
    assert KEBAB.fullmatch(reason.code)
    for words in (reason.label, reason.text, reason.remedy):
        assert_both_languages(words)
    assert set(reason.findings) <= OPEN
    assert reason.code not in OPEN or reason.code in reason.findings


def test_what_does_not_block_suggests_a_reason_or_concerns_no_reviewer() -> None:
    assert OPEN - POINTED_TO == NO_REVIEWERS_CONCERN


def test_pictures_are_looked_at_by_more_than_rules() -> None:
    assert {"picture-text", "picture-alike", "picture-blurred"} <= OPEN
    assert not {"picture-truncated", "picture-side-too-short", "picture-square"} & OPEN


@pytest.mark.parametrize("rule", [r for r in RULES if r.code in POINTED_TO], ids=lambda r: r.code)
def test_what_is_suggested_belongs_to_a_place_of_the_case(rule: Rule) -> None:
    """Each of its reasons comes with a place that the desk offers and the reason fits."""
    for example in rule.fails:
        category = category_named(example.category)
        content = changed(valid_content(category, items=2), example.changes)
        found = [f for f in findings(content, category, DAY) if f.code == rule.code]
        at = suggested((finding.code, finding.path) for finding in found)
        assert set(at) == {reason.code for reason in REASONS if rule.code in reason.findings}
        items = {f"items.{item['id']}" for item in content["items"]}
        form = {f.path for part in sections(category, content) for f in part.fields}
        for code, place in at.items():
            assert place in {"", *items, *form}, code
            assert BY_CODE[code].fits(place), code


def test_a_suggestion_stands_where_its_finding_does() -> None:
    found = [
        ("picture-blurred", "pictures.4"),
        ("picture-blurred", "pictures.2"),
        ("price-slip", "items.7.price"),
        ("name-promotion", "name.en"),
        ("twin-gtin", "items.7.gtin"),
    ]
    assert suggested(found) == {
        "picture-unclear": "pictures.4",
        "name-promotion": "name.en",
        "listing-repeated": "",
        "gtin-mismatch": "items.7",
        "price-implausible": "items.7",
    }
