"""What the reasons' list offers for one case: suggestions first, the first nine under digits."""

from dataclasses import dataclass

from app.journey.review.case.page import CasePage
from app.journey.review.reasons import REASONS, Reason, suggested

DIGITS = 9


@dataclass(frozen=True)
class Option:
    """A reason as offered: `digit` is its key, 0 for none."""

    reason: Reason
    digit: int
    suggested: bool


def options(page: CasePage) -> list[Option]:
    """Every reason, those that the case's findings point to first."""
    first = suggested({finding.code for _, finding in page.findings})
    ordered = [*first, *(reason for reason in REASONS if reason not in first)]
    return [
        Option(reason, place if place <= DIGITS else 0, reason in first)
        for place, reason in enumerate(ordered, start=1)
    ]
