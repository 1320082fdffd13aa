"""One representative picture and up to nine more (Coupang DETAIL, Naver optionalImages)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    count, most = len(subject.pictures), subject.category.pictures.max_count
    if count > most:
        yield Hit("pictures", {"count": count, "most": most, "over": count - most})


RULE = Rule(
    code="picture-count",
    severity="blocks",
    message=Words("사진이 {count}장입니다.", "There are {count} pictures."),
    remedy=Words(
        "{most}장까지 올릴 수 있습니다. {over}장을 빼세요.", "{most} fit; take {over} out."
    ),
    source="Coupang DETAIL 9; Naver optionalImages 9",
    reads=("pictures",),
    check=check,
    passes=(Example({"pictures": [1] * 10}),),
    fails=(Example({"pictures": [1] * 11}),),
)
