"""An ISBN of ten characters is the old form; barcodes on books carry thirteen digits."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.gtin import isbn_thirteen
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        thirteen = isbn_thirteen(item.text("gtin"))
        if thirteen:
            yield Hit(item.path("gtin"), {"value": item.text("gtin"), "thirteen": thirteen})


RULE = Rule(
    code="isbn-ten",
    severity="blocks",
    message=Words("{value}: 열 자리 ISBN입니다.", "{value} is an ISBN of ten."),
    remedy=Words("열세 자리로 쓰세요: {thirteen}.", "Write its thirteen digits: {thirteen}."),
    source="ISO 2108; ISBN Users' Manual",
    reads=("items.*.gtin",),
    check=check,
    passes=(Example({"items.1.gtin": "9788937460449"}, "sample-books"),),
    fails=(
        Example({"items.1.gtin": "0-306-40615-2"}, "sample-books"),
        Example({"items.1.gtin": "080442957X"}, "sample-books"),
    ),
)
