"""Markets are those this shop sells in."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.field_table import SOLD_IN
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    chosen = subject.value("sold_in") or []
    known = {choice.code for choice in SOLD_IN.choices}
    odd = [c for c in chosen if c not in known] if isinstance(chosen, list) else [chosen]
    if odd:
        yield Hit("sold_in", {"value": shorten(str(odd[0]))})


RULE = Rule(
    code="sold-in-known",
    severity="blocks",
    message=Words("{value}: 판매 지역이 아닙니다.", "{value} is no market."),
    remedy=Words("목록에서 고르세요.", "Choose from the list."),
    source="Onshelf",
    reads=("sold_in",),
    check=check,
    passes=(Example({"sold_in": ["kr"]}),),
    fails=(Example({"sold_in": ["moon"]}),),
)
