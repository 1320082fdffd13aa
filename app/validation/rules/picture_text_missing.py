"""A picture says in words what it shows, for whoever hears the page.

Without a text shoppers hear the product's name and a number, which says nothing of the picture. One
finding for the whole listing: ten pictures are ten texts, and one thing to see to.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.picture_texts import READS, path_of
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    ready = [path for path, picture in subject.pictures if picture.get("state") == "ready"]
    ids = [path.partition(".")[2] for path in ready]
    missing = [number for number in ids if not subject.text(path_of(number, "ko"))]
    if missing:
        yield Hit("pictures", {"missing": len(missing), "count": len(ready)})


RULE = Rule(
    code="picture-text-missing",
    severity="advice",
    weight=2,
    message=Words(
        "사진 {count}장 가운데 한국어 대체 텍스트가 없는 사진이 {missing}장입니다.",
        "Pictures without an alternative text in Korean: {missing} of {count}.",
    ),
    remedy=Words(
        "사진에 무엇이 보이는지 한 문장으로 쓰세요. 화면을 듣는 고객에게 읽어 줍니다.",
        "Say in a sentence what each shows; it is read to shoppers who listen to the page.",
    ),
    source="한국형 웹 콘텐츠 접근성 지침 2.2, 5.1.1; WCAG 2.2, 1.1.1",
    reads=READS,
    check=check,
    passes=(
        Example({"picture_texts.1.en": None}),
        Example({"picture_texts": None, "pictures.1.state": "received"}),
    ),
    fails=(Example({"picture_texts": None}), Example({"picture_texts.1.ko": " "})),
)
