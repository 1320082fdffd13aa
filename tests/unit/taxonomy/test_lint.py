"""What is wrong with the files is told with file and line, all of it at once."""

import re

import pytest

from app.taxonomy.lint import MOST_SYNONYMS, checked, warnings_of
from app.taxonomy.loader import load
from app.taxonomy.yaml_lines import TaxonomyError
from tests.factories.files import change

MANY = ", ".join(f"머그 {n}호" for n in range(MOST_SYNONYMS + 1))
A_LIST = "type: one-of\n    choices: [{code: a, label: {ko: 가, en: A}}]"


def _mistake(folder, said):
    with pytest.raises(TaxonomyError) as error:
        checked(load(folder))
    return next(m for m in error.value.mistakes if said in m.text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("type: yes-no", "type: maybe", "no attribute type 'maybe'"),
        ("parent: kitchen-tableware", "parent: moon", "parent is not in tree.yaml"),
        ("use: capacity", "use: capacities", "nothing shared is called 'capacities'"),
        ("use: food-utensil-import", "use: nothing", "nothing shared is called 'nothing'"),
        ("units: [cm, mm]", "units: [cm, ell]", "no unit 'ell'"),
        ("units: [cm, mm]", "units: [cm, cm]", "a unit is given twice"),
        ("required: true", "requierd: true", "requierd"),
        ("code: height", "code: diameter", "asked 2 times"),
        ("code: height", "code: Height_1", "not kebab-case"),
        ("effective_on: 2024-01-01", "effective_on: soon", "effective_on"),
        ("effective_on: 2024-01-01", "effective_on: 2024-01-01\ngrace_until: 2023-01-01", "grace"),
        ("names: {ko: 머그컵, en: Mugs}", "names: {ko: 머그컵}", "en"),
        ("names: {ko: 머그컵, en: Mugs}", "names: {ko: Mugs, en: Mugs}", "has no Korean"),
        ("names: {ko: 머그컵, en: Mugs}", "names: {ko: 머그컵, en: 머그컵}", "English pages"),
        ("label: {ko: 높이, en: Height}", "label: Height", "the label has no Korean"),
        ("label: {ko: 높이, en: Height}", "label: {ko: '', en: Height}", "missing in Korean"),
        ("{ko: 유리, en: Glass}", "{ko: Glas, en: Glass}", "choice 'glass' has no Korean"),
        ("{ko: 유리, en: Glass}", "{ko: 도자기, en: Glass}", "two choices share a label (ko)"),
        ("{code: glass,", "{code: ceramic,", "two choices share a code"),
        ("attributes:", "attributes: [", ""),
        ("code: mugs", "code: t-shirts", "used twice"),
        ("code: mugs", "code: mugs\ncode: mugs", "'code' is given twice"),
        ("group: dimensions", "group: dimension", "group 'dimension' has one member"),
        ("required: true\n    minimum", "required: false\n    minimum", "all of its members"),
        ("type: yes-no", "type: date\n    buying_option: true", "items cannot differ in a date"),
        ("type: yes-no", A_LIST, "at least two choices"),
        ("type: yes-no", "type: yes-no\n    units: [cm]", "units and limits are for numbers"),
        ("type: yes-no", "type: yes-no\n    max_length: 5", "max_length is for text"),
        ("type: yes-no", "type: yes-no\n    choices: [{code: a, label: A}]", "has no choices"),
        ("minimum: 1", "minimum: 1000", "minimum is above maximum"),
        ("example: 8.5cm", "example: wide", "its example 'wide' is not a good answer"),
        ("example: 8.5cm", "example: 9000cm", "its example '9000cm' is not a good answer"),
        ("en: Dishwasher safe}", "en: Safe}\n    required_from: 2027-01-01", "required_from"),
        ("synonyms: [머그,", "synonyms: [머그컵,", "already its name or synonym"),
        ("synonyms: [머그,", f"synonyms: [{MANY},", "synonyms"),
        ("pictures: {min_side: 800}", "pictures: {min_side: 8000, max_side: 90}", "min_side"),
        (
            "pictures: {min_side: 800}",
            "pictures: {fill: {least: 120}}",
            "fill: a limit is",
        ),
        (
            "pictures: {min_side: 800}",
            "pictures: {fill: {least: 9, most: 8}}",
            "fill: least is above most",
        ),
        ("pictures: {min_side: 800}", "pictures: {text: {severity: blocks}}", "text is a likeli"),
        ("pictures: {min_side: 800}", "pictures: {text: {severity: awful}}", "severity"),
        ("pictures: {min_side: 800}", "pictures: {smell: {least: 1}}", "smell"),
        ("pictures: {min_side: 800}", "queue: moon", "no queue 'moon'"),
        ("pictures: {min_side: 800}", "age_limit: 99", "no age limit 99"),
        ("pictures: {min_side: 800}", "notices: [kitchenware, spaceships]", "spaceships"),
        ("pictures: {min_side: 800}", "notices: [kitchenware, kitchenware]", "2 times"),
        ("pictures: {min_side: 800}", "documents: [{use: msds, when: never}]", "when"),
        ("pictures: {min_side: 800}", "documents: [{use: msds}, {use: msds}]", "2 times"),
        ("pictures: {min_side: 800}", "documents: [{use: un383}]", "no attribute tells of"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(folder, old, new, said) -> None:
    (folder / "categories" / "mugs.yaml").rename(folder / "categories" / "zz-mugs.yaml")
    file = folder / "categories" / "zz-mugs.yaml"
    file.write_text(file.read_text() + "pictures: {min_side: 800}\n")
    first = change(file, old, new)
    mistake = _mistake(folder, said)
    assert mistake.path == file
    assert abs(mistake.line - first) <= 10, f"{mistake} is far from line {first}"


def test_what_a_shared_part_is_made_to_say_is_blamed_on_its_own_line(folder) -> None:
    file = folder / "categories" / "mugs.yaml"
    line = change(file, "use: capacity, required: true", "use: capacity, units: [ell]")
    assert _mistake(folder, "no unit 'ell'").line == line


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("tree.yaml", "ko: 상의, en: Tops", "ko: Tops, en: Tops", "'apparel-tops' has no Korean"),
        ("tree.yaml", "queue: kitchen", "queue: moon", "no queue 'moon'"),
        ("tree.yaml", "code: kitchen-cookware", "code: kitchen-tableware", "is used twice"),
        ("tree.yaml", "notices: [processed-food]", "notices: [food]", "no notice class food"),
        ("notices/books.yaml", "code: pages", "code: Pages", "not kebab-case"),
        ("notices/books.yaml", "code: pages", "code: author", "is asked 2 times"),
        ("notices/books.yaml", "ko: 쪽수, en: Pages", "ko: 쪽수, en: 쪽수", "English pages"),
        ("notices/books.yaml", "use: size", "use: sighs", "nothing shared is called 'sighs'"),
        ("notices/books.yaml", "code: books", "code: apparel", "is written twice"),
        ("certifications.yaml", "R-R-ABC-AB1200", "none", "does not fit its pattern"),
        ("certifications.yaml", "[A-Z]{1,2}", "[A-Z{1,2}", "pattern does not compile"),
    ],
)
def test_mistakes_of_shared_files_are_told_too(folder, name, old, new, said) -> None:
    first = change(folder / name, old, new)
    mistake = _mistake(folder, said)
    if mistake.path == folder / name:
        assert abs(mistake.line - first) <= 3, mistake
    else:
        # A shared part is blamed where it is used.
        assert name == "certifications.yaml" and "use: kc-radio" in _line(mistake)


def _line(mistake) -> str:
    return mistake.path.read_text().splitlines()[mistake.line - 1]


def test_every_mistake_is_told_at_once(folder) -> None:
    for name in ("mugs", "t-shirts"):
        change(folder / "categories" / f"{name}.yaml", "parent: ", "parent: no-")
    with pytest.raises(TaxonomyError) as error:
        load(folder)
    assert {m.path.name for m in error.value.mistakes} == {"mugs.yaml", "t-shirts.yaml"}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("categories/mugs.yaml", "synonyms: [머그,", "synonyms: [머그, 그릇,", "a word for plates"),
        ("groups/attributes.yaml", "season:", "unused: []\nseason:", "nobody uses 'unused'"),
        ("tree.yaml", "- code: music", "- {code: moon, names: {ko: 달, en: Moon}}\n- code: music",
         "'moon' has no leaf"),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_a_warning(folder, name, old, new, said) -> None:
    first = change(folder / name, old, new)
    warning = next(w for w in warnings_of(checked(load(folder))) if said in w.text)
    assert warning.path == folder / name
    assert abs(warning.line - first) <= 3
    assert re.match(rf"{re.escape(str(warning.path))}:{warning.line}: ", str(warning))
