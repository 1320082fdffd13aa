"""Both sides of a picture have the pixels that the category asks for (Coupang: 500 at least)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    least = subject.category.pictures.min_side
    for path, picture in subject.pictures:
        facts = picture.get("facts") or {}
        sides = [facts[side] for side in ("width", "height") if facts.get(side)]
        if picture.get("state") == "ready" and sides and min(sides) < least:
            yield Hit(path, {"side": str(min(sides)), "least": str(least)})


RULE = Rule(
    code="picture-small",
    severity="blocks",
    message=Words("짧은 쪽이 {side}px입니다.", "The shorter side is {side} px."),
    remedy=Words(
        "두 쪽 모두 {least}px 이상인 원본을 올리세요.",
        "Upload an original of {least} px or more on both sides.",
    ),
    source="Coupang 500px; Auction 600px",
    reads=("pictures",),
    check=check,
    passes=(Example({"pictures.1.facts": {"width": 800, "height": 800}}, "building-blocks"),),
    fails=(Example({"pictures.1.facts": {"width": 640, "height": 640}}, "building-blocks"),),
)
