"""Every check of a picture answers its own examples and says so in both languages."""

import pytest

from app.core.words import LANGUAGES
from app.journey.imaging.check import Check, checks, in_order
from app.journey.imaging.measured import Limits

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


def test_no_two_checks_share_a_place() -> None:
    orders = [check.order for check in checks]
    assert len(orders) == len(set(orders))
