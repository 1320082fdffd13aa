"""The field table: one definition for form, labels and rules."""

from datetime import timedelta

import pytest

from app.validation.fields import item_fields, item_label, label_of, sections, start_of
from tests.factories.content import category_named, changed, taxonomy, valid_content
from tests.unit.words import assert_both_languages


@pytest.mark.parametrize("code", taxonomy().categories)
def test_every_field_has_its_texts_in_both_languages(code) -> None:
    category = category_named(code)
    for section in sections(category, valid_content(category, items=2)):
        assert_both_languages(section.label)
        for field in section.fields:
            assert field.label.ko and field.label.en, field.path
            assert bool(field.hint.ko) == bool(field.hint.en), field.path
            if field.kind in ("select", "radios", "checks"):
                assert field.choices, field.path


@pytest.mark.parametrize("code", taxonomy().categories)
def test_no_two_fields_share_a_path(code) -> None:
    category = category_named(code)
    content = valid_content(category, items=2)
    paths = [f.path for s in sections(category, content) for f in s.fields]
    assert len(paths) == len(set(paths))


def test_the_form_is_the_categorys_own() -> None:
    codes = [s.code for s in sections(category_named("t-shirts"))]
    assert "certifications" not in codes
    assert "certifications" in [s.code for s in sections(category_named("wireless-earphones"))]


def test_the_lines_of_the_notice_follow_the_chosen_class() -> None:
    category = category_named("mugs")
    content = changed(valid_content(category), {"notice.class": "other-goods"})
    notice = next(s for s in sections(category, content) if s.code == "notice")
    assert "notice.fields.permits" in [f.path for f in notice.fields]
    assert "notice.fields.parts" not in [f.path for f in notice.fields]


def test_the_items_have_a_column_for_each_option() -> None:
    category = category_named("t-shirts")
    assert item_fields(category, valid_content(category))[0].inner == "sku"
    content = changed(valid_content(category, items=2), {"options": ["colour", "size", "sleeve"]})
    size, colour = item_fields(category, content)[:2]
    assert (size.inner, size.kind, size.label.ko) == ("options.size", "select", "사이즈")
    assert (colour.inner, colour.kind) == ("options.colour", "text")
    juice = category_named("fruit-juice")
    assert item_fields(juice, valid_content(juice, items=2))[0].kind == "text"


@pytest.mark.parametrize(
    ("path", "ko", "en"),
    [
        ("name.ko", "상품명 (한국어)", "Product name (Korean)"),
        ("attributes.sleeve", "소매 길이", "Sleeve"),
        ("items.2.price", "품목 2 (S): 판매가", "Item 2 (S): Price"),
        ("items.2", "품목 2 (S)", "Item 2 (S)"),
        ("pictures.1", "대표 사진", "Representative picture"),
        ("notice.fields.care", "세탁 방법 및 취급 시 주의사항", "Washing and care"),
        ("notice.fields.permits", "법에 따른 인증·허가 사항", "Certifications and permits"),
        ("", "상품 전체", "The whole listing"),
        ("no.such.path", "상품 전체", "The whole listing"),
    ],
)
def test_a_path_is_named_as_people_name_it(path, ko, en) -> None:
    category = category_named("t-shirts")
    label = label_of(path, category, valid_content(category, items=2))
    assert (label.ko, label.en) == (ko, en)


def test_an_item_is_named_by_all_its_options() -> None:
    category = category_named("t-shirts")
    content = changed(
        valid_content(category, items=3),
        {"options": ["size", "colour"], "items.3.options": {"size": "l", "colour": "블랙"}},
    )
    assert item_label(3, category, content).ko == "품목 3 (L / 블랙)"


def test_an_item_without_option_is_named_by_its_place() -> None:
    category = category_named("t-shirts")
    assert item_label(1, category, valid_content(category)).en == "Item 1"


def test_a_new_listing_starts_with_the_one_sensible_answer() -> None:
    assert start_of(category_named("fruit-juice"))["notice"]["class"] == "processed-food"


def test_what_only_warns_today_is_not_marked_as_required() -> None:
    category = category_named("power-banks")
    day = category.attribute("energy").required_from

    def required(on) -> bool:
        fields = [f for s in sections(category, valid_content(category), on) for f in s.fields]
        return next(f for f in fields if f.path == "attributes.energy").required

    assert not required(day - timedelta(days=1))
    assert required(day)
    assert required(None)
