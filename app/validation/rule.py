"""What a rule is. Each module of `rules/` offers one as `RULE`; none knows another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from app.core.registry import Registry
from app.core.words import Words
from app.validation.subject import Subject

Severity = Literal["blocks", "limits", "advice"]


@dataclass(frozen=True)
class Hit:
    """One field that breaks the rule, with what its sentences quote."""

    path: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Example:
    """A small change of good content (path to value; None takes away) in one of our categories."""

    changes: Mapping[str, Any]
    category: str = "t-shirts"


@dataclass(frozen=True)
class Rule:
    """One requirement.

    `source` names the law or the platforms it comes from. `reads` are the paths it looks at, `*`
    for any one part; a save runs only the rules that read what it touched. `across_items` is for
    rules that compare items with each other: the others are run for the touched items alone.
    A rule holds for listings judged on or after `since`; before `enforced_from` it only warns.
    `weight` is what one open finding that does not block takes off the quality score of 100.
    """

    code: str
    severity: Severity
    message: Words
    remedy: Words
    source: str
    reads: tuple[str, ...]
    check: Callable[[Subject], Iterable[Hit]]
    passes: tuple[Example, ...]
    fails: tuple[Example, ...]
    across_items: bool = False
    since: date | None = None
    enforced_from: date | None = None
    weight: int = 0

    def in_force(self, on: date) -> bool:
        """Whether it says anything about listings judged on that day."""
        return self.since is None or self.since <= on

    def in_grace(self, on: date) -> bool:
        """Whether it still only warns of what it will say from `enforced_from` on."""
        return self.in_force(on) and self.enforced_from is not None and on < self.enforced_from

    def severity_on(self, on: date) -> Severity:
        """How severe it is for listings judged on that day."""
        return "advice" if self.in_grace(on) else self.severity

    def blocks_on(self, on: date) -> bool:
        """Whether it stops listings judged on that day."""
        return self.in_force(on) and self.severity_on(on) == "blocks"


RULES: Registry[Rule] = Registry("app.validation.rules", "RULE")
