"""Every check of a picture answers its own examples and says so in both languages."""

import pytest

from app.core.words import LANGUAGES
from app.journey.imaging.check import Check, checks, in_order
from app.journey.imaging.measured import Limits
from app.journey.imaging.mends.recipe import extended
from app.journey.imaging.mends.table import all_mends, mends_for
from tests.unit.words import assert_both_languages

LIMITS = Limits(20 * 1024 * 1024, 40_000_000, 500, 10_000)


@pytest.mark.parametrize("check", in_order(), ids=lambda c: c.code)
def test_a_check_keeps_its_promises(check: Check) -> None:
    good = check.read(check.fits, LIMITS)
    bad = check.read(check.fails, LIMITS)
    assert good is not None and good.ok
    assert bad is not None and not bad.ok
    assert check.read.__doc__
    for language in LANGUAGES:
        for words in (check.message, check.remedy, check.label, check.measured, check.rule):
            if words is not None:
                assert words.text(language, **bad.params)
                assert "{" not in words.text(language, **bad.params)


def test_what_cures_a_check_has_a_button_whose_step_there_is() -> None:
    for check in checks:
        assert [mend.code for mend in mends_for(check.code)] == list(check.mends)
    for mend in all_mends():
        assert_both_languages(mend.label)
        assert extended([], mend.step) == [dict(mend.step)]
    assert mends_for("a-check-of-long-ago") == []


def test_no_two_checks_share_a_place() -> None:
    orders = [check.order for check in checks]
    assert len(orders) == len(set(orders))
