"""Every plug-in folder and code table keeps its promises. Rules, picture checks and attribute types
have examples of their own besides (tests/unit), reasons their own contract (test_reasons.py)."""

import importlib
import pkgutil
import re
from collections import Counter

import pytest

from app.core.registry import Registry
from app.journey.drafting.views import EMPTY
from app.journey.handoff.ledger import SUBJECTS
from app.journey.handoff.target import TARGETS, Target
from app.journey.imaging.check import checks
from app.journey.imaging.renditions import EXTENSIONS, RENDITIONS
from app.settings import Settings
from app.taxonomy.attribute_types import ATTRIBUTE_TYPES
from app.validation.rule import RULES
from tests.unit.words import assert_both_languages

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
REGISTRIES = [RULES, checks, ATTRIBUTE_TYPES, TARGETS]


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda r: r.package)
def test_every_module_of_a_folder_offers_one_plugin_and_says_what_it_is(registry: Registry) -> None:
    folder = importlib.import_module(registry.package)
    names = [i.name for i in pkgutil.iter_modules(folder.__path__) if not i.name.startswith("_")]
    assert len(names) == len(registry.load()) > 0
    for name in names:
        assert importlib.import_module(f"{registry.package}.{name}").__doc__, name
    assert all(KEBAB.fullmatch(code) for code in registry.load())


@pytest.mark.parametrize("target", list(TARGETS), ids=lambda t: t.code)
def test_a_target_can_be_reached_and_named(target: Target) -> None:
    assert_both_languages(target.names)
    assert {target.url_setting, target.secret_setting} <= set(Settings.model_fields)
    assert target.subjects and set(target.subjects) <= set(SUBJECTS)
    assert target.owns_stock == ("stock" in target.subjects)


def test_one_system_at_most_counts_the_stock() -> None:
    assert sum(target.owns_stock for target in TARGETS) <= 1


def test_the_draft_calls_empty_what_rules_find_missing() -> None:
    assert set(EMPTY) <= set(RULES.load())


def test_renditions_shrink_and_have_names_of_their_own() -> None:
    sides = [row.side for row in RENDITIONS]
    assert sides == sorted(sides, reverse=True), "each is made from the one before"
    assert max(Counter(row.name for row in RENDITIONS).values()) == 1
    assert {row.type for row in RENDITIONS} <= set(EXTENSIONS)
