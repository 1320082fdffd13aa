"""What our own files must cover: the law's notice classes, departments, every kind of part."""

from datetime import date

import pytest

from app.taxonomy.attribute_types import ATTRIBUTE_TYPES
from app.taxonomy.definitions import Category
from tests.factories.content import taxonomy
from tests.unit.words import assert_both_languages

CATEGORIES = list(taxonomy().categories.values())
# 상품 등의 정보제공에 관한 고시, 별표: how many lines each class asks for at least.
NOTICES = {
    "apparel": 9, "shoes": 8, "bags": 9, "fashion-accessories": 8, "bedding": 9, "furniture": 11,
    "video-appliances": 11, "home-appliances": 10, "seasonal-appliances": 12,
    "office-equipment": 11, "optical": 9, "small-electronics": 10, "mobile-phones": 12,
    "navigation": 11, "car-goods": 11, "medical-devices": 10, "kitchenware": 10, "cosmetics": 11,
    "jewellery": 10, "fresh-food": 10, "processed-food": 11, "health-food": 13, "children": 12,
    "musical-instruments": 11, "sports-goods": 11, "books": 8, "hotels": 7, "travel": 12,
    "air-tickets": 8, "car-rental": 7, "rental-goods": 5, "digital-content": 6,
    "gift-certificates": 6, "mobile-coupons": 5, "tickets": 8, "household-chemicals": 11,
    "biocides": 11, "other-services": 6, "other-goods": 5,
}  # fmt: skip
CERTIFICATIONS = {
    "kc-radio",
    *(f"kc-{of}-{kind}" for of in ("children", "electrical") for kind in
      ("certification", "confirmation", "supplier")),
    *(f"kc-household-{kind}" for kind in
      ("certification", "confirmation", "quality", "packaging")),
}  # fmt: skip


def test_there_are_the_39_classes_of_the_notice_with_their_lines() -> None:
    lines = {code: len(notice.fields) for code, notice in taxonomy().notices.items()}
    assert lines.keys() == NOTICES.keys()
    assert {code for code in NOTICES if lines[code] < NOTICES[code]} == set()


def test_there_are_60_categories_in_12_departments() -> None:
    assert len(CATEGORIES) >= 60
    assert len({category.path[0].en for category in CATEGORIES}) >= 12


def test_every_kind_of_kc_mark_is_known() -> None:
    assert set(taxonomy().shared["certifications"].data) >= CERTIFICATIONS


def test_every_kind_of_part_is_used_by_somebody() -> None:
    attributes = [a for c in CATEGORIES for a in c.attributes]
    assert {a.type for a in attributes} == set(ATTRIBUTE_TYPES.load())
    assert any(a.group for a in attributes) and any(a.required_from for a in attributes)
    certifications = [r for c in CATEGORIES for r in c.certifications]
    assert {r.requirement for r in certifications} == {"required", "recommended", "optional"}
    assert {r.number for r in certifications} == {True, False}
    documents = [d for c in CATEGORIES for d in c.documents]
    whens = {"always", "domestic", "imported", "parallel-imported", "battery", "used"}
    assert {d.when for d in documents} == whens
    assert any(c.age_limit == 19 for c in CATEGORIES)
    assert any(not c.pictures.square for c in CATEGORIES)


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda c: c.code)
def test_a_category_speaks_both_languages_and_asks_no_more_than_a_seller_bears(
    category: Category,
) -> None:
    for words in (category.names, *(a.label for a in category.attributes)):
        assert_both_languages(words)
    korean = [s for s in category.synonyms if any("가" <= letter <= "힣" for letter in s)]
    assert len(korean) >= 3 and len(category.synonyms) - len(korean) >= 2
    required = [a for a in category.attributes if a.required]
    assert len(required) <= 9 and len(category.attributes) <= 12
    assert category.effective_on <= date(2026, 11, 1)
    # Every answer fits somewhere: the last class takes what no other does.
    codes = [notice.code for notice in category.notices]
    assert codes[-1] in ("other-goods", "processed-food", "household-chemicals")
