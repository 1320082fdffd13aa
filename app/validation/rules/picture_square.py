"""The representative picture is square, as lists of goods show it (Coupang REPRESENTATION).

One part in a hundred is forgiven: cameras and editors are that far off, and nobody sees it.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

FORGIVEN = 0.01


def check(subject: Subject) -> Iterator[Hit]:
    for path, picture in subject.pictures[:1]:
        facts = picture.get("facts") or {}
        width, height = facts.get("width"), facts.get("height")
        if not subject.category.pictures.square or not width or not height:
            continue
        if picture.get("state") == "ready" and abs(width - height) > FORGIVEN * max(width, height):
            yield Hit(path, {"width": str(width), "height": str(height)})


RULE = Rule(
    code="picture-square",
    severity="blocks",
    message=Words(
        "대표 사진이 {width} x {height}px입니다.",
        "The representative picture is {width} x {height} px.",
    ),
    remedy=Words(
        "정사각형으로 자른 사진을 올리거나, 정사각형인 사진을 맨 앞에 두세요.",
        "Upload one cut square, or put a square picture first.",
    ),
    source="Coupang REPRESENTATION 정사각형",
    reads=("pictures",),
    check=check,
    passes=(Example({"pictures.1.facts": {"width": 1000, "height": 1005}}),),
    fails=(Example({"pictures.1.facts": {"width": 1200, "height": 900}}),),
)
