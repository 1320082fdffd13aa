"""A finding: what somebody has against one field. Its sentence is made from code and params."""

from dataclasses import dataclass, field
from typing import Any, Literal

from app.core.words import Words

Severity = Literal["blocks", "limits", "advice"]


@dataclass(frozen=True)
class Finding:
    """`path` is the field ('' the whole listing); `params` are JSON and fill the sentences.

    severity: `blocks` submission, `limits` exposure to shoppers, or is `advice`.
    """

    code: str
    path: str
    severity: Severity
    params: dict[str, Any] = field(default_factory=dict)
    source: str = "rule"

    def message(self, language: str) -> str:
        """The fact, with its value."""
        return _sentence(self.code, "message", self.params, language)

    def remedy(self, language: str) -> str:
        """What to do about it."""
        return _sentence(self.code, "remedy", self.params, language)


def _sentence(code: str, part: Literal["message", "remedy"], params: Any, language: str) -> str:
    # Late: the rules are built on this package, and are loaded only when a sentence is asked for.
    from app.validation.rule import RULES

    rule = RULES.load().get(code)
    if rule is None:
        # Not one of ours: reviewers and receivers bring their own words along.
        return Words.of(params.get(part) or "").text(language) or (
            code if part == "message" else ""
        )
    return getattr(rule, part).text(language, **params)
