"""What blocks must not stop honest goods: rules of names against titles of real shops.

The titles are not part of the repository. ONSHELF_TITLES names a folder with `korean/*.csv` and
`pricerunner/*.csv`; without it the test is skipped, and says so.
"""

import csv
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.validation.rule import RULES, Rule
from app.validation.subject import Subject
from tests.factories.content import category_named

FOLDER = Path(os.environ.get("ONSHELF_TITLES", ""))
# (file, column, language, category by whose rules its goods are judged)
SHOPS = (
    ("korean/coupang_yangjae.csv", 1, "ko", "fruit-juice"),
    ("korean/oliveyoung_selected_products.csv", 3, "ko", "sample-cosmetics"),
    ("pricerunner/pricerunner_aggregate.csv", 1, "en", "wireless-earphones"),
)
# The most that may be hit, in per cent of the titles.
MOST = {"blocks": 0.5, "limits": 15.0}
LENGTH = 100


@pytest.mark.skipif(
    not os.environ.get("ONSHELF_TITLES"), reason="ONSHELF_TITLES names no folder of real titles"
)
@pytest.mark.parametrize(("file", "column", "language", "code"), SHOPS)
def test_few_real_titles_are_stopped(file, column, language, code, record_property) -> None:
    with (FOLDER / file).open(encoding="utf-8-sig", newline="") as opened:
        titles = [row[column][:LENGTH] for row in csv.reader(opened)][1:]
    category = category_named(code)
    hits: Counter[str] = Counter()
    rules = [rule for rule in RULES if f"name.{language}" in rule.reads]
    for title in titles:
        content = {"product": {"name": {language: title}}, "items": []}
        subject = Subject(content, category, date(2026, 11, 22))
        hits.update({rule.severity for rule in rules if _speaks(rule, subject, language)})
    for severity, most in MOST.items():
        share = 100 * hits[severity] / len(titles)
        print(f"{file}: {share:.2f} % of {len(titles)} titles: {severity}")
        record_property(f"{file} {severity} %", round(share, 2))
        assert share < most, severity


def _speaks(rule: Rule, subject: Subject, language: str) -> bool:
    return any(hit.path == f"name.{language}" for hit in rule.check(subject))
