"""A finding: what somebody has against one field. Its sentence is made from code and params."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from app.core.words import Words
from app.validation.rule import RULES, Severity

# The param that a finding of a rule in its grace carries: the day, as ISO 8601, it turns severe.
ENFORCED_FROM = "enforced_from"
_BLOCKS_FROM = Words("{day}부터는 제출을 막습니다.", "From {day} on it stops submission.")
_LIMITS_FROM = Words("{day}부터는 노출을 제한합니다.", "From {day} on it limits exposure.")


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
        """What to do about it; of a rule in its grace, also when it turns severe."""
        said = _sentence(self.code, "remedy", self.params, language)
        return f"{said} {self.warning(language)}".strip()

    def warning(self, language: str) -> str:
        """The day from which the same thing blocks or limits, in words; '' where it does not."""
        if self.enforced_from is None:
            return ""
        words = _LIMITS_FROM if _later_severity(self.code) == "limits" else _BLOCKS_FROM
        return words.text(language, day=_day(self.enforced_from, language))

    @property
    def enforced_from(self) -> date | None:
        """The day from which its rule is as severe as it is meant, while that is yet to come."""
        day = self.params.get(ENFORCED_FROM)
        return date.fromisoformat(day) if day else None


def _day(day: date, language: str) -> str:
    if language == "ko":
        return f"{day.year}. {day.month}. {day.day}."
    return f"{day.day} {day:%b} {day.year}"


def _later_severity(code: str) -> str:
    rule = RULES.load().get(code)
    return rule.severity if rule else ""


def _sentence(code: str, part: Literal["message", "remedy"], params: Any, language: str) -> str:
    rule = RULES.load().get(code)
    if rule is None:
        # Not one of ours: reviewers and receivers bring their own words along.
        return Words.of(params.get(part) or "").text(language) or (
            code if part == "message" else ""
        )
    return getattr(rule, part).text(language, **params)
