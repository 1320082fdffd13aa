"""What an attribute type is: how raw input is read, what is wrong with a value, how it is shown."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from app.core.words import Words
from app.taxonomy.definitions import Attribute


@dataclass(frozen=True)
class Problem:
    """Something wrong with a value: the fact and what to do, ready for both languages."""

    code: str
    fact: Words
    remedy: Words
    params: dict[str, Any] = field(default_factory=dict)

    def in_words(self) -> tuple[dict[str, str], dict[str, str]]:
        """Fact and remedy with their values put in, as `{"ko", "en"}`."""
        told = (words.filled(**self.params) for words in (self.fact, self.remedy))
        fact, remedy = (words.as_dict() for words in told)
        return fact, remedy


class AttributeType(Protocol):
    """One module of this folder offers one object of this shape as `TYPE`.

    A value is what is kept in `product.attributes`; nothing that a person typed is ever lost in
    reading it, so a value may be wrong, and `problems` says how.
    """

    code: str
    label: Words
    # Attributes with a raw input that fits and one that does not: the contract test runs them.
    passes: tuple[Attribute, Any]
    fails: tuple[Attribute, Any]

    def read(self, raw: Any, attribute: Attribute) -> Any:
        """The value of *raw*: a form's text (or list of texts), a sheet's cell, or a value."""
        ...

    def problems(self, value: Any, attribute: Attribute) -> list[Problem]:
        """What is wrong with *value*; nothing for an empty one (`required` is a rule)."""
        ...

    def show(self, value: Any, attribute: Attribute) -> Words:
        """The value as people read it."""
        ...

    def schema(self, attribute: Attribute) -> dict[str, Any]:
        """The JSON Schema of a value, an empty one included."""
        ...


def is_empty(value: Any) -> bool:
    """Whether nothing was answered: '', blanks, no choices, or a unit without its number."""
    if isinstance(value, dict):
        return is_empty(value.get("value"))
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == []


def shorten(value: Any, length: int = 40) -> str:
    """The value as a message quotes it."""
    text = str(value).strip()
    return text if len(text) <= length else text[: length - 1] + "…"
