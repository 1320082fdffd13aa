"""The engine: everything at once, in the form's order, and no more than was touched."""

import random
from dataclasses import replace
from datetime import date

from app.validation.engine import findings, is_concerned
from app.validation.fields import form_order, sections
from app.validation.rule import RULES
from tests.factories.content import category_named, changed, taxonomy, valid_content

DAY = date(2026, 11, 22)

# A listing where much is wrong, in every section.
BAD = {
    "name.ko": "★★★",
    "brand": "",
    "attributes.material": "",
    "attributes.sleeve": "half",
    "items.1.price": 12_905,
    "items.1.list_price": 5_000,
    "items.2.options.size": "xs",
    "items.2.sku": "",
    "items.3.gtin": "8,02E+12",
    "items.3.stock": None,
    "pictures.1.state": "received",
    "description.ko": "<b>좋음</b>",
    "notice.fields.material": "",
    "notice.fields.size": "상세페이지 참조",
    "shipping.fee": "공짜",
    "shipping.return_phone": "없음",
}


def _bad(category="t-shirts", changes=BAD, items=3):
    definition = category_named(category)
    return changed(valid_content(definition, items=items), changes), definition


def test_all_findings_come_at_once() -> None:
    content, category = _bad()
    found = findings(content, category, DAY)
    assert {f.path for f in found} >= set(BAD) - {"pictures.1.state", "items.1.price"}
    assert "pictures.1" in {f.path for f in found}


def test_they_come_in_the_order_of_the_form() -> None:
    content, category = _bad()
    paths = [f.path for f in findings(content, category, DAY)]
    firsts = list(dict.fromkeys(p.partition(".")[0] for p in paths))
    assert firsts == [
        "name", "brand", "attributes", "pictures", "description", "notice", "shipping", "items",
    ]  # fmt: skip
    items = [p.split(".")[1] for p in paths if p.startswith("items.")]
    assert items == sorted(items)


def test_the_order_does_not_depend_on_chance() -> None:
    content, category = _bad()
    assert findings(content, category, DAY) == findings(content, category, DAY)


def test_an_empty_listing_is_told_everything_and_nothing_breaks() -> None:
    category = category_named("wireless-earphones")
    for content in ({}, {"product": {}}, {"product": {}, "items": [{"id": 7}], "pictures": {}}):
        codes = {f.code for f in findings(content, category, DAY)}
        assert {"required", "attribute-required", "notice-class", "picture-missing"} <= codes


JUNK = (None, 5, "text", [], {}, ["a"], {"ko": 5}, "\x00", True)


def _places():
    """Every field that any category has, once, with a category that has it."""
    found = {}
    for code in taxonomy().categories:
        category = category_named(code)
        for section in sections(category, valid_content(category, items=2)):
            for field in section.fields:
                found.setdefault((field.path.replace("*", "1"), field.kind), category)
    return [
        (path, kind, category) for (path, kind), category in found.items() if path != "pictures"
    ]


def test_no_shape_of_content_breaks_it() -> None:
    """Every shape where a kind of field is met first; one of them in turn wherever it is again."""
    seen = set()
    for n, (path, kind, category) in enumerate(_places()):
        of_kind = (path.partition(".")[0], kind)
        shapes = [JUNK[n % len(JUNK)]] if of_kind in seen else JUNK
        seen.add(of_kind)
        content = valid_content(category, items=2)
        for junk in shapes:
            findings(changed(content, {path: junk}), category, DAY)


def test_a_save_finds_for_its_paths_what_judging_everything_finds() -> None:
    """Whatever is saved, the findings concerned are exactly those the whole judgement has."""
    content, category = _bad()
    everything = findings(content, category, DAY)
    known = [p.replace("*", str(n)) for p in form_order(category, content) for n in (1, 2, 3)]
    chance = random.Random(7)
    for _ in range(150):
        paths = chance.sample(sorted(set(known)), k=chance.choice([1, 1, 2, 5]))
        expected = [f for f in everything if is_concerned(f, paths)]
        assert findings(content, category, DAY, paths=paths) == expected, paths
        here = [f for f in everything if f.path in paths]
        assert [f for f in expected if f.path in paths] == here, "a saved field keeps its findings"


def test_a_save_of_one_field_ends_exactly_what_it_mends() -> None:
    content, category = _bad()
    before = findings(content, category, DAY)
    path = "items.1.price"
    mended = changed(content, {path: 4_000})
    kept = [f for f in before if not is_concerned(f, [path])]
    fresh = findings(mended, category, DAY, paths=[path])
    assert {(f.code, f.path) for f in kept + fresh} == {
        (f.code, f.path) for f in findings(mended, category, DAY)
    }


def test_one_saved_item_does_not_make_the_others_be_judged() -> None:
    content, category = _bad()
    found = findings(content, category, DAY, paths=["items.1.price"])
    assert {f.path.split(".")[1] for f in found} == {"1"}


def test_a_rule_holds_from_its_day_on(monkeypatch) -> None:
    rule = RULES["price-step"]
    rules = {**RULES.load(), rule.code: replace(rule, since=date(2027, 1, 1))}
    monkeypatch.setattr(RULES, "_plugins", rules)
    content, category = _bad(changes={"items.1.price": 12_905})
    assert "price-step" not in [f.code for f in findings(content, category, DAY)]
    assert "price-step" in [f.code for f in findings(content, category, date(2027, 1, 1))]


def test_the_sentences_say_the_value_and_the_remedy() -> None:
    content, category = _bad(changes={"items.1.gtin": "8801234567890"})
    (finding,) = findings(content, category, DAY)
    assert finding.message("ko") == "끝자리(0)가 맞지 않습니다."
    assert finding.remedy("ko") == "포장의 숫자와 비교하세요."
    assert finding.message("en") == "The last digit, 0, does not fit."
    assert finding.remedy("en") == "Compare with the pack."


def test_a_two_hundred_item_listing_is_judged_within_a_breath() -> None:
    """Two hundred items: one save looks at one of them and at what compares them."""
    category = category_named("fruit-juice")
    content = valid_content(category, items=200)
    assert findings(content, category, DAY) == []
    bad = changed(content, {"items.150.price": 19_905})
    found = findings(bad, category, DAY, paths=["items.150.price"])
    assert [(f.code, f.path) for f in found] == [("price-step", "items.150.price")]
