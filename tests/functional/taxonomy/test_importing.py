"""A tree from elsewhere: in whole or not at all, repeatable, and found like our own categories."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.taxonomy import finding, queries
from app.taxonomy.actions import load_categories
from app.taxonomy.importing import import_tree
from app.taxonomy.loader import load
from app.taxonomy.models import CategoryNode, CategoryVersion
from app.taxonomy.yaml_lines import TaxonomyError
from tests.shared import shared

DAY = date(2026, 11, 1)
TREE: list[dict[str, Any]] = [
    {"id": "hg", "parent": None, "leaf": False, "en": "Home", "ko": "가정"},
    {"id": "hg-1", "parent": "hg", "leaf": True, "en": "Wall Clocks", "ko": "벽시계",
     "attributes": ["color", "case_material"]},
    {"id": "hg-2", "parent": "hg", "leaf": True, "en": "Candles", "ko": "양초", "attributes": []},
]  # fmt: skip
VALUES = [{"h": "color__black", "en": "Black", "ko": "검정"}]
ATTRIBUTES = {
    "color": {"en": "Color", "ko": "색상", "values": VALUES},
    "case_material": {"en": "Case material", "ko": "케이스 소재", "values_from": "material"},
    "material": {
        "en": "Material",
        "ko": "소재",
        "values": [{"h": "material__oak", "en": "Oak", "ko": "참나무"}],
    },
}


def bring(folder: Path, tree: list[Any], source: str = "elsewhere", on: date = DAY) -> Any:
    """Write the files and import them."""
    lines, attributes = folder / "tree.jsonl", folder / "attributes.json"
    lines.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in tree))
    attributes.write_text(json.dumps(ATTRIBUTES))
    return import_tree(lines, attributes, source, (load().notices["other-goods"],), on)


def test_a_leaf_asks_what_the_files_say(session, tmp_path) -> None:
    done = bring(tmp_path, TREE)
    assert (done.nodes, done.leaves, done.versions, done.retired) == (3, 2, 2, 0)
    clock = queries.category("hg-1", on=DAY)
    assert [words.ko for words in clock.path] == ["가정", "벽시계"]
    assert clock.attribute("color").buying_option
    assert clock.attribute("case-material").choice("oak").label.ko == "참나무"
    assert clock.notices[0].code == "other-goods"


def test_it_is_found_beside_our_own(session, tmp_path) -> None:
    load_categories()
    assert finding.search("벽시개", "ko") == []
    bring(tmp_path, TREE)
    assert finding.search("벽시개", "ko")[0].code == "hg-1"
    assert finding.search("머그컵", "ko")[0].code == "mugs"
    assert finding.suggest("벽시계 30cm")[0].code == "hg-1"


def test_repeating_adds_nothing_and_a_change_makes_one_version(session, tmp_path) -> None:
    bring(tmp_path, TREE)
    assert bring(tmp_path, TREE, on=date(2026, 11, 2)).versions == 0
    less = [TREE[0], TREE[1] | {"attributes": ["color"]}]
    done = bring(tmp_path, less, on=date(2026, 11, 3))
    assert (done.versions, done.retired) == (1, 1)
    assert queries.is_retired("hg-2")
    assert queries.category("hg-1", on=date(2026, 11, 2)).attribute("case-material")
    assert queries.category("hg-1", on=date(2026, 11, 3)).attribute("case-material") is None
    bring(tmp_path, TREE, on=date(2026, 11, 4))
    assert not queries.is_retired("hg-2")


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("{not json", 2),
        ({"id": "x", "parent": "nowhere", "leaf": True, "en": "X", "ko": "X"}, 2),
        ({"id": "hg", "parent": None, "leaf": True, "en": "X", "ko": "X"}, 2),
        ({"id": "x", "parent": "hg", "leaf": True, "en": "", "ko": ""}, 2),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_kept(session, tmp_path, line, wrong) -> None:
    with pytest.raises(TaxonomyError) as caught:
        bring(tmp_path, [TREE[0], line])
    assert [mistake.line for mistake in caught.value.mistakes] == [wrong]
    assert session.scalar(select(func.count(CategoryNode.code))) == 0


def test_another_source_is_not_overwritten(session, tmp_path) -> None:
    bring(tmp_path, TREE, source="first")
    with pytest.raises(TaxonomyError, match="another source"):
        bring(tmp_path, TREE, source="second")


def test_the_shared_taxonomy_comes_in_whole(app, session) -> None:
    tree = shared("taxonomy/shopify_categories_en_ko.jsonl")
    attributes = shared("taxonomy/shopify_attributes_en_ko.json")
    command = app.test_cli_runner().invoke
    said = command(args=["taxonomy", "import", str(tree), "--attributes", str(attributes)])
    assert said.exit_code == 0, said.output
    assert "10595 categories, 8516 of them leaves: 8516 new versions, 0 retired" in said.output
    assert session.scalar(select(func.count(CategoryVersion.id))) == 8516
    assert finding.search("jogers", "en")[0].names.ko == "조거"
    joggers = queries.category("aa-1-1-1-1")
    assert joggers.attribute("pants-length-type").choices
    again = command(args=["taxonomy", "import", str(tree), "--attributes", str(attributes)])
    assert ": 0 new versions, 0 retired" in again.output
