"""One answer of a list."""

from typing import Any

from app.core.words import Words
from app.taxonomy.attribute_types._type import Problem, shorten
from app.taxonomy.definitions import Attribute, Choice

NOT_A_CHOICE = Words("{value}: 고를 수 있는 값이 아닙니다.", "{value} is not one of the choices.")
CHOOSE = Words("목록에서 고르세요: {choices}.", "Choose from the list: {choices}.")
_SIZES = (Choice("s", Words("S", "S")), Choice("free", Words("프리", "One size")))


class OneOf:
    """Kept as the choice's code. A choice's label in either language is read as its code."""

    code = "one-of"
    label = Words("하나 고르기", "One of a list")
    passes = (Attribute("size", Words("사이즈", "Size"), "one-of", choices=_SIZES), "프리")
    fails = (Attribute("size", Words("사이즈", "Size"), "one-of", choices=_SIZES), "5XL")

    def read(self, raw: Any, attribute: Attribute) -> str:
        return code_of(str(raw if raw is not None else ""), attribute)

    def problems(self, value: Any, attribute: Attribute) -> list[Problem]:
        value = self.read(value, attribute)
        return [] if attribute.choice(value) else [not_a_choice(value, attribute)]

    def show(self, value: Any, attribute: Attribute) -> Words:
        return label_of(str(value), attribute)

    def schema(self, attribute: Attribute) -> dict[str, Any]:
        return {"enum": ["", *(choice.code for choice in attribute.choices)]}


def code_of(text: str, attribute: Attribute) -> str:
    """The code of the choice that *text* names, or *text* as typed."""
    text = text.strip()
    named = text.casefold()
    for choice in attribute.choices:
        if named in (choice.code, choice.label.ko.casefold(), choice.label.en.casefold()):
            return choice.code
    return text


def label_of(value: str, attribute: Attribute) -> Words:
    """The label of a choice, or the text itself where it is none."""
    choice = attribute.choice(value)
    return choice.label if choice else Words(value, value)


def not_a_choice(value: str, attribute: Attribute) -> Problem:
    """The problem of an answer that the list does not have."""
    labels = [c.label for c in attribute.choices[:6]]
    more = [Words("…", "…")] if len(attribute.choices) > len(labels) else []
    listed = Words.joined([*labels, *more])
    params = {"value": shorten(value), "choices": listed.as_dict()}
    return Problem("not-a-choice", NOT_A_CHOICE, CHOOSE, params)


TYPE = OneOf()
