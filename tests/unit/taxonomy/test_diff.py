"""What a new definition changes, in words."""

from dataclasses import replace
from datetime import date

from app.core.words import Words
from app.taxonomy.definitions import Attribute, DocumentRule, LookRule, PictureRules
from app.taxonomy.diff import changes
from tests.factories.content import category_named

MUGS = category_named("mugs")
HANDLE = Attribute("handle", Words("손잡이", "Handle"), "yes-no", required=True)


def _with(code: str, **values):
    """Mugs with one attribute changed."""
    changed = [replace(a, **values) if a.code == code else a for a in MUGS.attributes]
    return replace(MUGS, attributes=tuple(changed))


def test_the_same_definition_changes_nothing() -> None:
    assert changes(MUGS, MUGS) == []
    assert changes(MUGS, replace(MUGS, version_id=7, no=3)) == []


def test_attributes_added_and_removed_are_named_with_how_far_they_are_asked() -> None:
    kept = tuple(a for a in MUGS.attributes if a.code != "dishwasher")
    assert changes(MUGS, replace(MUGS, attributes=(*kept, HANDLE))) == [
        "attribute removed: dishwasher (식기세척기 사용 / Dishwasher safe)",
        "attribute added: handle (손잡이 / Handle), required",
    ]


def test_what_changed_in_an_attribute_is_told_with_old_and_new() -> None:
    fresh = _with("height", maximum=300.0, units=("cm", "inch"), required=False)
    said = "attribute changed: height (높이 / Height): "
    assert changes(MUGS, fresh) == [
        f"{said}no longer required",
        f"{said}units removed: mm",
        f"{said}units added: inch",
        f"{said}maximum: 500 -> 300",
    ]


def test_choices_are_told_one_by_one() -> None:
    material = MUGS.attribute("material")
    fewer = _with("material", choices=material.choices[:-1])
    said = "attribute changed: material (재질 / Material): "
    assert changes(MUGS, fewer) == [f"{said}choice removed: plastic (플라스틱 / Plastic)"]


def test_texts_days_and_lists_of_the_category_are_told_too() -> None:
    fresh = replace(
        MUGS,
        names=Words("머그", "Mugs"),
        synonyms=(*MUGS.synonyms, "beaker"),
        effective_on=date(2027, 1, 1),
        grace_until=date(2027, 3, 31),
        age_limit=19,
        documents=(DocumentRule("msds", Words("자료", "Sheet"), required_from=date(2027, 4, 1)),),
        notices=MUGS.notices[:1],
    )
    assert changes(MUGS, fresh) == [
        "effective on: 2024-01-01 -> 2027-01-01",
        "names: 머그컵 / Mugs -> 머그 / Mugs",
        "synonyms added: beaker",
        "age limit: 0 -> 19",
        "grace until: none -> 2027-03-31",
        "notice class removed: other-goods (기타 재화 / Other goods)",
        "document added: msds (자료 / Sheet), required from 2027-04-01",
    ]


def test_limits_of_pictures_are_told_with_what_is_asked_of_looks_if_anything() -> None:
    old = replace(MUGS, own_pictures=PictureRules())
    fresh = replace(MUGS, own_pictures=PictureRules(fill=LookRule(least=70, severity="limits")))
    (said,) = changes(old, fresh)
    assert said == (
        "picture limits: min_side 500, max_side 10000, square True, max_count 10 -> min_side 500, "
        "max_side 10000, square True, max_count 10, fill (least 70, severity limits)"
    )
