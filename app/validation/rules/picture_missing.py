"""A listing has at least one picture: the first represents it (Coupang REPRESENTATION)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if not subject.pictures:
        yield Hit("pictures")


RULE = Rule(
    code="picture-missing",
    severity="blocks",
    message=Words("사진이 없습니다.", "There is no picture."),
    remedy=Words("대표 사진을 한 장 이상 올리세요.", "Upload at least the representative picture."),
    source="Coupang REPRESENTATION; Naver representativeImage",
    reads=("pictures",),
    check=check,
    passes=(Example({"pictures": [1]}),),
    fails=(Example({"pictures": []}), Example({"pictures": [99]})),
)
