"""Which documents are asked for: by the goods, by the day, in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from app.taxonomy.definitions import DocumentRule
from app.validation.documents import need_of
from app.validation.engine import findings
from tests.factories.content import category_named, changed, valid_content
from tests.unit.words import assert_both_languages

DAY, BINDS = date(2026, 11, 22), date(2027, 4, 1)


def _found(category, changes, day=DAY) -> list[tuple[str, str, str]]:
    content = changed(valid_content(category), {"documents": {}} | changes)
    found = findings(content, category, day)
    return [(f.code, f.path, f.severity) for f in found if f.path.startswith("documents.")]


@pytest.mark.parametrize(
    ("category", "changes", "codes"),
    [
        ("fruit-juice", {}, ["food-item-report"]),
        ("fruit-juice", {"origin.kind": "imported"}, ["import-declaration"]),
        ("t-shirts", {}, []),
        ("desk-lamps", {"attributes.source": "mains"}, []),
        ("desk-lamps", {"attributes.source": "rechargeable"}, ["un383", "msds"]),
        ("desk-lamps", {"attributes.source": "batteries"}, []),
        ("headphones", {"attributes.lithium-battery": "no"}, []),
        ("headphones", {"attributes.lithium-battery": "yes"}, ["un383", "msds"]),
        ("smartphones", {}, ["un383", "msds"]),
        ("power-banks", {}, ["un383", "msds"]),
    ],
)
def test_what_is_required_is_so_of_the_goods_it_is_for(category, changes, codes) -> None:
    found = _found(category_named(category), changes)
    assert found == [("document-missing", f"documents.{code}", "blocks") for code in codes]


def test_what_is_recommended_is_advice_and_what_is_optional_nothing() -> None:
    found = _found(category_named("shampoos"), {})
    assert found == [("document-advised", "documents.ingredients", "advice")]


def test_under_grace_it_only_warns() -> None:
    canisters = category_named("butane-canisters")
    dated = replace(canisters.documents[0], required_from=BINDS)
    canisters = replace(canisters, documents=(dated,))
    assert _found(canisters, {}) == [("required-soon", "documents.msds", "advice")]
    assert _found(canisters, {}, BINDS) == [("document-missing", "documents.msds", "blocks")]
    assert need_of(dated, DAY).en == "soon required"
    assert need_of(dated, BINDS).en == ""


@pytest.mark.parametrize(
    ("when", "requirement", "ko", "en"),
    [
        ("always", "recommended", "권장", "recommended"),
        ("imported", "required", "수입산이면 필수", "required if imported"),
        ("domestic", "required", "수입산이 아니면 필수", "required unless imported"),
        ("used", "recommended", "중고이면 권장", "recommended if used"),
        ("battery", "optional", "배터리가 있으면 선택", "optional if it has a battery"),
    ],
)
def test_how_far_it_is_asked_for_is_said_with_the_goods(when, requirement, ko, en) -> None:
    rule = DocumentRule("paper", category_named("mugs").names, requirement, when=when)
    said = need_of(rule, DAY)
    assert (said.ko, said.en) == (ko, en)
    assert_both_languages(said)


def test_what_all_of_the_goods_need_is_not_marked() -> None:
    assert not need_of(DocumentRule("paper", category_named("mugs").names), DAY).ko
