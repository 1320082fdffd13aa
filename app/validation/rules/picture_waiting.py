"""A submission freezes pictures that are ready; one still being processed is waited for."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for path, picture in subject.pictures:
        if picture.get("state") not in ("ready", "refused"):
            yield Hit(path)


RULE = Rule(
    code="picture-waiting",
    severity="blocks",
    message=Words("아직 처리하고 있는 사진입니다.", "This picture is still being processed."),
    remedy=Words("끝날 때까지 기다리세요. 보통 몇 초입니다.", "Wait; it is mostly a few seconds."),
    source="Onshelf",
    reads=("pictures",),
    check=check,
    passes=(Example({"pictures.1.state": "ready"}),),
    fails=(Example({"pictures.1.state": "received"}),),
)
