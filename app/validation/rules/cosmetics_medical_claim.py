"""Cosmetics are no medicine: they promise no healing (화장품법 제13조 제1항)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

PATHS = (*NAMES, "description.ko", "description.en")
_ILLS = "(아토피|여드름|건선|습진|무좀|염증|상처|흉터|탈모|질염|피부염)"
_CLAIMS = pattern(
    rf"{_ILLS}[을를의]? (치료|완치|제거|치유)|흉터[를을]? 없애",
    r"(세포|피부|진피|모발)[를을의]? 재생|줄기 세포 배양|항염 (효과|작용)|살균 (효과|작용)",
    r"(의사|약사|병원|피부과)[가이]? (추천|처방)|가슴 확대",
    r"보톡스 (효과|대신)|필러 효과|\b(cures?|heals?|treats?) (acne|eczema|atopic|scars?|wounds?)",
)


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.COSMETICS):
        return
    for path in PATHS:
        if claim := first(subject.text(path), _CLAIMS):
            yield Hit(path, {"claim": claim})


RULE = Rule(
    code="cosmetics-medical-claim",
    severity="limits",
    weight=10,
    message=Words(
        "{claim}: 화장품에 쓸 수 없는 표현입니다.", "{claim}: cosmetics must not promise this."
    ),
    remedy=Words("피부를 가꾸는 쓰임새로 바꿔 쓰세요.", "Tell how it cares for the skin instead."),
    source="화장품법 제13조; 화장품 표시·광고 관리 지침",
    reads=(*PATHS, "notice.class"),
    check=check,
    passes=(Example({"name.ko": "온셸프 진정 수분 크림"}, "sample-cosmetics"),),
    fails=(
        Example({"name.ko": "아토피 치료 크림"}, "sample-cosmetics"),
        Example(
            {"description.ko": "흉터를 없애고 세포를 재생하는 크림입니다. 의사가 추천합니다. " * 3},
            "sample-cosmetics",
        ),
    ),
)
