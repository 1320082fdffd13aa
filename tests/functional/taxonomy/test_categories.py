"""Categories in the database: loading twice, new versions, retiring, searching, browsing."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.core.errors import NotFound
from app.settings import settings
from app.taxonomy import finding, queries
from app.taxonomy.actions import load_categories
from app.taxonomy.models import CategoryNode, CategoryVersion
from tests.factories.files import change
from tests.factories.statements import statements


def _change(folder: Path, old: str, new: str) -> None:
    change(folder / "categories" / "mugs.yaml", old, new)


def test_loading_twice_adds_nothing_the_second_time(session) -> None:
    assert load_categories() >= 5
    assert load_categories() == 0
    leaves = session.scalar(select(func.count()).where(CategoryNode.leaf))
    assert session.scalar(select(func.count(CategoryVersion.id))) == leaves


def test_a_changed_definition_becomes_a_new_version_and_the_old_one_stays(session, folder) -> None:
    load_categories(folder)
    before = queries.category("mugs")
    _change(folder, "maximum: 3000", "maximum: 2000")
    assert load_categories(folder) == 1
    after = queries.category("mugs")
    assert (before.no, after.no) == (1, 2)
    assert after.attribute("volume").maximum == 2000
    assert queries.category_by_version(before.version_id).attribute("volume").maximum == 3000


def test_a_version_holds_from_its_day_on(session, folder) -> None:
    load_categories(folder)
    _change(folder, "effective_on: 2024-01-01", "effective_on: 2027-01-01")
    load_categories(folder)
    assert queries.category("mugs", on=date(2026, 12, 31)).no == 1
    assert queries.category("mugs", on=date(2027, 1, 1)).no == 2
    with pytest.raises(NotFound):
        queries.category("mugs", on=date(2023, 12, 31))


def test_a_category_that_left_the_files_is_retired_and_may_return(session, folder) -> None:
    load_categories(folder)
    file = folder / "categories" / "mugs.yaml"
    text = file.read_text()
    file.unlink()
    load_categories(folder)
    assert queries.is_retired("mugs")
    assert finding.search("머그컵", "ko") == []
    assert queries.category("mugs").names.en == "Mugs"  # what was registered in it stays readable
    file.write_text(text)
    load_categories(folder)
    assert not queries.is_retired("mugs")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("무선 이어폰", "wireless-earphones"),
        ("무선이어폰", "wireless-earphones"),
        ("무선 이어ㅍ", "wireless-earphones"),
        ("EARBUD", "wireless-earphones"),
        ("wireless ear", "wireless-earphones"),
        ("ear buds", "wireless-earphones"),
        ("이어폰", "wireless-earphones"),
        ("티셔츠", "t-shirts"),
        ("t shirt", "t-shirts"),
        ("반팔", "t-shirts"),
        ("쥬스", "fruit-juice"),
        ("머그", "mugs"),
        ("커피잔", "mugs"),
        ("완구", "building-blocks"),
        ("티셔트", "t-shirts"),
    ],
)
def test_people_find_a_category_by_what_they_call_it(session, text, first) -> None:
    load_categories()
    hits = finding.search(text, "ko")
    assert hits, f"nothing found for {text}"
    assert hits[0].code == first


def test_a_hit_says_its_path_and_which_synonym_was_meant(session) -> None:
    load_categories()
    hit = finding.search("earbuds", "en")[0]
    assert [w.en for w in hit.path] == ["Electronics", "Audio", "Wireless earphones"]
    assert hit.matched == "earbuds"
    assert finding.search("무선 이어폰", "ko")[0].matched == ""


@pytest.mark.parametrize("text", ["", "   ", "!!!", "zzqqx", "'; DROP SCHEMA public; --"])
def test_what_names_no_category_finds_none(session, text) -> None:
    load_categories()
    assert finding.search(text, "ko") == []


def test_a_department_is_found_by_its_leaves(session) -> None:
    load_categories()
    hits = finding.search("Jewellery", "en")
    assert hits and all("jewellery" in str(hit.path).casefold() for hit in hits)


def test_browsing_goes_from_departments_to_leaves(session) -> None:
    load_categories()
    departments = queries.children()
    assert [d.code for d in departments][:2] == ["apparel", "electronics"]
    assert not departments[0].leaf
    groups = queries.children("electronics")
    leaves = queries.children(groups[0].code)
    assert "wireless-earphones" in [leaf.code for leaf in leaves]
    assert all(leaf.leaf for leaf in leaves)


def test_files_that_did_not_change_cost_a_start_three_reads(session) -> None:
    load_categories()
    session.flush()
    with statements() as seen:
        assert load_categories() == 0
        session.flush()
    assert len(seen) <= 3, seen


def test_a_new_requirement_is_dated_by_the_grace_period_of_its_version(session, folder) -> None:
    load_categories(folder)
    _change(
        folder,
        "effective_on: 2024-01-01",
        "effective_on: 2026-01-01\ngrace_until: 2099-03-31",
    )
    _change(folder, "en: Dishwasher safe}\n", "en: Dishwasher safe}\n    required: true\n")
    assert load_categories(folder) == 1
    dishwasher = queries.category("mugs").attribute("dishwasher")
    assert (dishwasher.required, dishwasher.required_from) == (True, date(2099, 4, 1))
    assert load_categories(folder) == 0
    assert queries.stored("mugs", on=date(2025, 12, 31)).attribute("dishwasher").required is False


def test_picture_limits_come_from_the_settings_unless_the_category_has_its_own(session) -> None:
    load_categories()
    assert queries.category("mugs").pictures.min_side == 500
    assert queries.category("building-blocks").pictures.min_side == 800
    # One that has something to say of looks alone keeps the settings' limits, whatever they are.
    before = settings().pictures_per_listing
    object.__setattr__(settings(), "pictures_per_listing", 12)
    shirts = queries.category("t-shirts").pictures
    object.__setattr__(settings(), "pictures_per_listing", before)
    assert (shirts.fill.least, shirts.max_count) == (70, 12)
