"""Words of the seller's own."""

from typing import Any

from app.core.words import Words
from app.taxonomy.attribute_types._type import Problem
from app.taxonomy.definitions import Attribute

_TOO_LONG = Words(
    "{length}자입니다. {limit}자까지 쓸 수 있습니다.",
    "This is {length} characters; {limit} fit.",
)
_SHORTEN = Words("짧게 줄이세요.", "Shorten it.")


class Text:
    """A line of text up to `max_length` characters."""

    code = "text"
    label = Words("글", "Text")
    passes = (Attribute("material", Words("소재", "Material"), "text"), "면 100%")
    fails = (Attribute("material", Words("소재", "Material"), "text", max_length=5), "면 100% 니트")

    def read(self, raw: Any, attribute: Attribute) -> str:
        return str(raw if raw is not None else "").strip()

    def problems(self, value: Any, attribute: Attribute) -> list[Problem]:
        length = len(str(value))
        if length <= attribute.max_length:
            return []
        limits = {"length": length, "limit": attribute.max_length}
        return [Problem("too-long", _TOO_LONG, _SHORTEN, limits)]

    def show(self, value: Any, attribute: Attribute) -> Words:
        return Words(str(value), str(value))

    def schema(self, attribute: Attribute) -> dict[str, Any]:
        return {"type": "string", "maxLength": attribute.max_length}


TYPE = Text()
