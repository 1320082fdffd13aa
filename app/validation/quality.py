"""The quality score: 100 minus the weights of the open findings that do not block.

The weights are data of the rules (`Rule.weight`); of how pictures look, by severity (LOOKS). What
blocks is no matter of quality: it has to be mended anyhow. All of it is a function of the findings,
so that lists can show it cheaply.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.validation import pictures
from app.validation.finding import Finding
from app.validation.rule import RULES

BEST = 100
# What one open check of how a picture looks takes off.
LOOKS = {"limits": 4, "advice": 2}


@dataclass(frozen=True)
class Raise:
    """A finding and the points that mending it alone would add."""

    finding: Finding
    points: int


def weight(finding: Finding) -> int:
    """What *finding* takes off the score; 0 for what blocks and for what people or systems said."""
    if finding.source == pictures.SOURCE:
        return LOOKS.get(finding.severity, 0)
    rule = RULES.load().get(finding.code)
    if rule is None or finding.source != "rule" or finding.severity == "blocks":
        return 0
    return rule.weight


def score(findings: Iterable[Finding]) -> int:
    """0 to 100."""
    return max(0, BEST - sum(weight(finding) for finding in findings))


def raises(findings: Iterable[Finding]) -> list[Raise]:
    """What would raise the score, the most worthwhile first.

    Mending one adds its weight, or less where so much is open that the score stays at 0.
    """
    weights = [(finding, weight(finding)) for finding in findings]
    beyond = max(0, sum(points for _, points in weights) - BEST)
    worth = [Raise(finding, max(0, points - beyond)) for finding, points in weights if points]
    return sorted(worth, key=lambda each: -each.points)
