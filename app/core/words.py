"""A sentence in both of our languages.

Templates translate with gettext; what the domain itself says (rules, refusals, reasons, category
names) carries its two texts with it, so that one file adds one rule and mail, API and page agree.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@dataclass(frozen=True)
class Words:
    """Korean and English text; `{name}` places take parameters."""

    ko: str
    en: str

    def text(self, language: str, **params: Any) -> str:
        """The sentence in *language* (English for any but Korean), with *params* put in.

        A parameter that is itself `Words` or a `{"ko", "en"}` mapping is put in in that language.
        """
        template = self.ko if language == "ko" else self.en
        if not params:
            return template
        return template.format(**{k: _in(language, v) for k, v in params.items()})

    def filled(self, **params: Any) -> "Words":
        """The same sentence with *params* put in, in both languages."""
        return Words(self.text("ko", **params), self.text("en", **params))

    def as_dict(self) -> dict[str, str]:
        """`{"ko": ..., "en": ...}`, the shape of bilingual text in JSON."""
        return {"ko": self.ko, "en": self.en}

    @classmethod
    def of(cls, value: "Words | dict[str, str] | str") -> "Words":
        """Words from a mapping (one language may stand for both) or from one text for both."""
        if isinstance(value, Words):
            return value
        if isinstance(value, str):
            return cls(value, value)
        ko, en = value.get("ko") or "", value.get("en") or ""
        return cls(ko or en, en or ko)

    @classmethod
    def told(cls, by: Callable[[Language], str]) -> "Words":
        """What *by* says in each language it is asked for: `Words.told(finding.message)`."""
        return cls(by("ko"), by("en"))

    @classmethod
    def joined(cls, parts: "Iterable[Words]", by: str = ", ") -> "Words":
        """Several texts as one; empty ones are left out."""
        kept = [part for part in parts if part.ko or part.en]
        return cls(by.join(part.ko for part in kept), by.join(part.en for part in kept))


NOTHING = Words("", "")


def _in(language: str, value: Any) -> Any:
    if isinstance(value, Words):
        return value.text(language)
    if isinstance(value, dict) and ("ko" in value or "en" in value):
        return Words.of(value).text(language)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return value
