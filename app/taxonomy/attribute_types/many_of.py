"""Any number of answers of a list."""

from typing import Any

from app.core.words import Words
from app.taxonomy.attribute_types._type import Problem
from app.taxonomy.attribute_types.one_of import code_of, label_of, not_a_choice
from app.taxonomy.definitions import Attribute, Choice

_SEASONS = (Choice("spring", Words("봄", "Spring")), Choice("summer", Words("여름", "Summer")))


class ManyOf:
    """Kept as a list of codes in the list's own order; a sheet's cell parts them by commas."""

    code = "many-of"
    label = Words("여럿 고르기", "Several of a list")
    passes = (Attribute("season", Words("계절", "Season"), "many-of", choices=_SEASONS), "봄, 여름")
    fails = (
        Attribute("season", Words("계절", "Season"), "many-of", choices=_SEASONS),
        ["봄", "밤"],
    )

    def read(self, raw: Any, attribute: Attribute) -> list[str]:
        parts = raw if isinstance(raw, list | tuple) else str(raw or "").split(",")
        codes = [code_of(str(part), attribute) for part in parts if str(part).strip()]
        order = {c.code: at for at, c in enumerate(attribute.choices)}
        return sorted(dict.fromkeys(codes), key=lambda code: order.get(code, len(order)))

    def problems(self, value: Any, attribute: Attribute) -> list[Problem]:
        unknown = [v for v in self.read(value, attribute) if not attribute.choice(v)]
        return [not_a_choice(v, attribute) for v in unknown]

    def show(self, value: Any, attribute: Attribute) -> Words:
        return Words.joined(label_of(v, attribute) for v in self.read(value, attribute))

    def schema(self, attribute: Attribute) -> dict[str, Any]:
        codes = [choice.code for choice in attribute.choices]
        return {"type": "array", "uniqueItems": True, "items": {"enum": codes}}


TYPE = ManyOf()
