"""A refused picture cannot be submitted; the reason stands at the picture itself."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for path, picture in subject.pictures:
        if picture.get("state") == "refused":
            yield Hit(path)


RULE = Rule(
    code="picture-refused",
    severity="blocks",
    message=Words("쓸 수 없는 사진입니다.", "This picture can't be used."),
    remedy=Words(
        "사진에 적힌 까닭을 보고 다른 파일을 올리거나 빼세요.",
        "See the reason at the picture; upload another file or take it out.",
    ),
    source="Onshelf",
    reads=("pictures",),
    check=check,
    passes=(Example({"pictures.1.state": "ready"}),),
    fails=(Example({"pictures.1": {"state": "refused", "facts": {"code": "too-small"}}}),),
)
