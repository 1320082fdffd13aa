"""The files: ours are sound, and what is wrong is told with file and line."""

import shutil
from pathlib import Path

import pytest

from app.taxonomy.definitions import as_json, from_json
from app.taxonomy.lint import checked
from app.taxonomy.loader import FOLDER, load
from app.taxonomy.yaml_lines import TaxonomyError
from tests.factories.content import taxonomy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("categories", "groups", "notices"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    for name in ("tree.yaml", "certifications.yaml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def test_our_own_files_are_sound() -> None:
    found = checked(load())
    departments = {found.categories[c].path[0].en for c in found.categories}
    assert len(found.categories) >= 4 and len(departments) >= 4


@pytest.mark.parametrize("code", taxonomy().categories)
def test_a_definition_survives_being_stored(code) -> None:
    category = taxonomy().categories[code]
    assert from_json(as_json(category)) == category


@pytest.mark.parametrize("code", taxonomy().categories)
def test_every_category_has_what_the_job_needs(code) -> None:
    category = taxonomy().categories[code]
    assert category.buying_options and category.notices and category.queue != "general"
    assert category.synonyms
    assert any(a.filter for a in category.attributes)
    assert len({a.type for a in category.attributes}) >= 3


def test_a_leaf_inherits_queue_and_notices() -> None:
    mugs = taxonomy().categories["mugs"]
    assert mugs.queue == "kitchen"
    assert [n.code for n in mugs.notices] == ["kitchenware", "other-goods"]
    assert [w.ko for w in mugs.path] == ["주방용품", "식기", "머그컵"]


def test_a_shared_attribute_takes_the_categorys_own_changes() -> None:
    volume = taxonomy().categories["mugs"].attribute("volume")
    assert (volume.maximum, volume.units, volume.required) == (3000, ("ml", "L"), True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("type: yes-no", "type: maybe", "no attribute type 'maybe'"),
        ("parent: kitchen-tableware", "parent: moon", "parent is not in tree.yaml"),
        ("use: capacity", "use: capacities", "nothing shared is called 'capacities'"),
        ("use: food-utensil-import", "use: nothing", "nothing shared is called 'nothing'"),
        ("units: [cm, mm]", "units: [cm, ell]", "no unit 'ell'"),
        ("required: true", "requierd: true", "requierd"),
        ("code: height", "code: diameter", "asked 2 times"),
        ("code: height", "code: Height_1", "not kebab-case"),
        ("effective_on: 2024-01-01", "effective_on: soon", "effective_on"),
        ("names: {ko: 머그컵, en: Mugs}", "names: {ko: 머그컵}", "en"),
        ("attributes:", "attributes: [", ""),
        ("code: mugs", "code: t-shirts", "used twice"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(folder, old, new, said) -> None:
    file = folder / "categories" / "zz-mugs.yaml"
    (folder / "categories" / "mugs.yaml").rename(file)
    text = file.read_text()
    assert old in text
    place = text.index(old)
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(TaxonomyError) as error:
        checked(load(folder))
    mistake = next(m for m in error.value.mistakes if said in str(m))
    assert mistake.path == file
    first = text[:place].count("\n") + 1
    assert abs(mistake.line - first) <= 10, f"{mistake} is far from line {first}"


def test_every_mistake_is_told_at_once(folder) -> None:
    for name in ("mugs", "t-shirts"):
        file = folder / "categories" / f"{name}.yaml"
        file.write_text(file.read_text().replace("parent: ", "parent: no-"))
    with pytest.raises(TaxonomyError) as error:
        load(folder)
    assert {m.path.name for m in error.value.mistakes} == {"mugs.yaml", "t-shirts.yaml"}


def test_an_unknown_notice_class_is_a_mistake(folder) -> None:
    file = folder / "categories" / "mugs.yaml"
    file.write_text(file.read_text() + "notices: [kitchenware, spaceships]\n")
    with pytest.raises(TaxonomyError, match="spaceships"):
        load(folder)
