"""A Korean description is in Korean; text left in another language reads as a machine's.

Foreign-language and machine-translated texts are a common ground of rejection.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import HANGUL

ENOUGH = 40
LEAST_PERCENT = 25


def check(subject: Subject) -> Iterator[Hit]:
    text = subject.text("description.ko")
    letters = [c for c in text if c.isalpha()]
    korean = len(HANGUL.findall(text))
    if len(letters) >= ENOUGH and korean * 100 < len(letters) * LEAST_PERCENT:
        yield Hit("description.ko", {"share": korean * 100 // len(letters)})


RULE = Rule(
    code="description-korean",
    severity="advice",
    weight=5,
    message=Words("한글이 글자의 {share}%입니다.", "Only {share} % of its letters are Korean."),
    remedy=Words("한국어로 옮겨 쓰세요.", "Write it in Korean."),
    source="해외 판매자 반려 사유 (외국어·기계 번역 문구)",
    reads=("description.ko",),
    check=check,
    passes=(
        Example(
            {"description.ko": "USB-C, Bluetooth 5.3, ANC를 갖춘 이어폰입니다. 여덟 시간 듣습니다."}
        ),
    ),
    fails=(
        Example({"description.ko": "A thick cotton T-shirt that keeps its collar in shape."}),
        Example({"description.ko": "这是一件非常舒适的纯棉短袖，适合夏天穿着。" * 3}),
    ),
)
