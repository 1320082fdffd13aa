"""`See the page` is no answer: the notice is read on its own.

The notice asks for the facts themselves; Coupang refuses 상세페이지 참조.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.placeholders import points_elsewhere
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for line in subject.notice.fields if subject.notice else ():
        path = f"notice.fields.{line.code}"
        if points_elsewhere(subject.text(path)):
            yield Hit(path, {"value": shorten(subject.text(path))})


RULE = Rule(
    code="notice-see-page",
    severity="limits",
    weight=10,
    message=Words("{value}: 내용이 아닙니다.", "{value} is not an answer."),
    remedy=Words("내용을 여기에 직접 쓰세요.", "Write the facts here."),
    source="상품 등의 정보제공에 관한 고시; Coupang 2024-10-31",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example({"notice.fields.material": "면 100%, 안감 없음"}),
        Example({"notice.fields.care": "사용 설명서를 읽고 쓰세요. 안쪽 라벨에 온도가 있습니다."}),
        Example({"notice.fields.nutrition": "영양 정보 표시 대상 아님"}, "fruit-juice"),
    ),
    fails=(
        Example({"notice.fields.material": "상세페이지 참조"}),
        Example({"notice.fields.size": "See the page"}),
        Example({"notice.fields.size": "상품 상세설명 참고"}),
        Example({"notice.fields.size": "상세참조"}),
        Example({"notice.fields.size": "이미지 참조"}),
        Example({"notice.fields.care": "상세페이지 내 별도 표기"}),
        Example({"notice.fields.made": "제품 뒷면 참조"}),
        Example({"notice.fields.size": "Refer to product description"}),
    ),
)
