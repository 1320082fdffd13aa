"""The quality score: a function of the findings, with the weights that the rules state."""

from datetime import date

from app.validation.engine import findings
from app.validation.finding import Finding
from app.validation.quality import raises, score
from app.validation.rule import RULES
from tests.factories.content import category_named, changed, valid_content

DAY = date(2026, 11, 22)


def _found(changes):
    category = category_named("t-shirts")
    return findings(changed(valid_content(category, items=2), changes), category, DAY)


def test_nothing_open_is_a_hundred() -> None:
    assert score(_found({})) == 100
    assert raises([]) == []


def test_each_open_finding_takes_its_weight_off() -> None:
    found = _found({"name.en": "", "brand": "없음"})
    assert [(each.finding.code, each.points) for each in raises(found)] == [
        ("brand-placeholder", RULES["brand-placeholder"].weight),
        ("english-name", RULES["english-name"].weight),
    ]
    assert score(found) == 100 - sum(each.points for each in raises(found))


def test_mending_one_raises_the_score_by_what_was_promised() -> None:
    open_then = _found({"name.en": "", "brand": "없음"})
    promised = {each.finding.code: each.points for each in raises(open_then)}
    assert score(_found({"brand": "없음"})) - score(open_then) == promised["english-name"]


def test_what_blocks_is_no_matter_of_quality() -> None:
    found = _found({"items.1.price": 19_905})
    assert [f.severity for f in found] == ["blocks"]
    assert score(found) == 100 and raises(found) == []


def test_a_remark_of_a_reviewer_is_none_either() -> None:
    assert score([Finding("english-name", "name.en", "advice", {}, "reviewer")]) == 100


def test_it_never_falls_below_nothing() -> None:
    many = [Finding("brand-placeholder", "brand", "limits", {"value": "-"})] * 30
    assert score(many) == 0
    assert {each.points for each in raises(many)} == {0}


def test_every_rule_that_does_not_block_states_its_weight() -> None:
    for rule in RULES:
        warns = rule.severity != "blocks" or rule.enforced_from is not None
        assert (1 <= rule.weight <= 15) if warns else rule.weight == 0, rule.code
