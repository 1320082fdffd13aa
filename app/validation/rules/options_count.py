"""Items differ in at most three options (Coupang 구매 옵션 3개까지, Shopify 3 options)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.field_table import OPTIONS_MOST
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    codes = subject.value("options")
    count = len(codes) if isinstance(codes, list) else 0
    if count > OPTIONS_MOST:
        yield Hit("options", {"count": count, "most": OPTIONS_MOST})


RULE = Rule(
    code="options-count",
    severity="blocks",
    message=Words("옵션을 {count}개 골랐습니다.", "{count} options are chosen."),
    remedy=Words("{most}개까지만 남기세요.", "Keep {most} at most."),
    source="Coupang 구매 옵션 3개 (2020)",
    reads=("options",),
    check=check,
    passes=(Example({"options": ["size"]}),),
    fails=(Example({"options": ["size", "colour", "material", "sleeve"]}),),
)
