"""A sentence in both of our languages.

Templates translate with gettext; what the domain itself says (rules, refusals, reasons, category
names) carries its two texts with it, so that one file adds one rule and mail, API and page agree.
"""

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

    def as_dict(self) -> dict[str, str]:
        """`{"ko": ..., "en": ...}`, the shape of bilingual text in JSON."""
        return {"ko": self.ko, "en": self.en}

    @classmethod
    def of(cls, value: "Words | dict[str, str] | str") -> "Words":
        """Words from a mapping, or one text for both languages."""
        if isinstance(value, Words):
            return value
        if isinstance(value, str):
            return cls(value, value)
        return cls(ko=value.get("ko") or value.get("en", ""), en=value.get("en") or value["ko"])


def _in(language: str, value: Any) -> Any:
    if isinstance(value, Words):
        return value.text(language)
    if isinstance(value, dict) and ("ko" in value or "en" in value):
        return Words.of(value).text(language)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return value
