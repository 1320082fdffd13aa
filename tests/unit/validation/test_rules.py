"""Every rule keeps the contract of its folder."""

import inspect
from datetime import date
from string import Formatter

import pytest

from app.validation.engine import findings
from app.validation.rule import RULES, Example, Rule
from tests.factories.content import category_named, changed, taxonomy, valid_content
from tests.unit.words import assert_both_languages

RULE_LIST = list(RULES)
DAY = date(2026, 11, 22)


def _findings(example: Example):
    category = category_named(example.category)
    content = changed(valid_content(category, items=2), example.changes)
    return findings(content, category, DAY)


@pytest.mark.parametrize("code", taxonomy().categories)
@pytest.mark.parametrize("items", [1, 2, 5])
def test_nothing_is_wrong_with_valid_content(code, items) -> None:
    category = category_named(code)
    assert findings(valid_content(category, items=items), category, DAY) == []


@pytest.mark.parametrize("rule", RULE_LIST, ids=lambda r: r.code)
def test_it_has_its_papers(rule: Rule) -> None:
    module = inspect.getmodule(rule.check)
    assert module.__name__.rpartition(".")[2].replace("_", "-") == rule.code
    assert module.__doc__, "a rule says where it comes from"
    assert rule.severity in ("blocks", "limits", "advice")
    assert rule.reads and rule.source and rule.passes and rule.fails


@pytest.mark.parametrize("rule", RULE_LIST, ids=lambda r: r.code)
def test_its_examples_that_pass_pass(rule: Rule) -> None:
    for example in rule.passes:
        assert rule.code not in [f.code for f in _findings(example)], example


@pytest.mark.parametrize("rule", RULE_LIST, ids=lambda r: r.code)
def test_its_examples_that_fail_are_found_and_explained_in_both_languages(rule: Rule) -> None:
    for example in rule.fails:
        found = [f for f in _findings(example) if f.code == rule.code]
        assert found, example
        for finding in found:
            assert_both_languages(rule.message, **finding.params)
            assert_both_languages(rule.remedy, **finding.params)
            assert finding.message("ko") and finding.remedy("en")


@pytest.mark.parametrize("rule", RULE_LIST, ids=lambda r: r.code)
def test_both_languages_use_the_same_values(rule: Rule) -> None:
    for words in (rule.message, rule.remedy):
        assert _places(words.ko) == _places(words.en)


def _places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", RULE_LIST, ids=lambda r: r.code)
def test_it_reads_what_its_failing_examples_change(rule: Rule) -> None:
    """A save of the changed field alone finds what judging everything finds."""
    for example in rule.fails:
        category = category_named(example.category)
        content = changed(valid_content(category, items=2), example.changes)
        found = findings(content, category, DAY, paths=list(example.changes))
        assert rule.code in [f.code for f in found], example
