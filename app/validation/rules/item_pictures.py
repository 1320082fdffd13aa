"""An item's own pictures are pictures of its listing, and ready to be shown.

Coupang and Naver take pictures by option; one that is not there would leave the option bare.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    ready = {path.partition(".")[2] for path, it in subject.pictures if it.get("state") == "ready"}
    for item in subject.items:
        chosen = item.content.get("pictures")
        listed = chosen if isinstance(chosen, list) else []
        bad = [str(each) for each in listed if str(each) not in ready]
        if bad:
            yield Hit(item.path("pictures"), {"value": shorten(_named(bad[0], subject))})


def _named(picture: str, subject: Subject) -> str:
    known = (subject.content.get("pictures") or {}).get(picture) or {}
    return str(known.get("file_name") or picture)


RULE = Rule(
    code="item-pictures",
    severity="blocks",
    message=Words(
        "{value}: 이 상품의 사용 가능한 사진이 아닙니다.",
        "{value} is no picture of this listing that can be used.",
    ),
    remedy=Words(
        "위 사진 가운데 사용 가능한 파일의 이름을 쓰거나 비우세요.",
        "Name a picture above that is ready, or leave it empty.",
    ),
    source="Coupang items.images; Naver 옵션 이미지",
    reads=("items.*.pictures", "pictures"),
    check=check,
    passes=(Example({"items.1.pictures": [1]}), Example({"items.1.pictures": []})),
    fails=(
        Example({"items.1.pictures": ["side.jpg"]}),
        Example({"items.1.pictures": [1], "pictures.1.state": "received"}),
    ),
)
