"""Categories that only the rules' examples use: one for each class of goods with a law of its own.

They keep a rule's examples with the rule, whatever categories an installation sells in. Lines
that every class has in common are left out.
"""

from datetime import date

from app.core.words import Words
from app.taxonomy.definitions import Attribute, Category, NoticeClass, NoticeField

_KIND = Attribute(
    "kind", Words("종류", "Kind"), "text", buying_option=True, example=Words("A", "A")
)


def _category(code: str, ko: str, en: str, *lines: tuple[str, str, str]) -> Category:
    fields = tuple(
        NoticeField(line, Words(label, line), example=Words(example, example))
        for line, label, example in lines
    )
    return Category(
        code=f"sample-{code}",
        effective_on=date(2024, 1, 1),
        names=Words(ko, en),
        path=(Words(ko, en),),
        attributes=(_KIND,),
        notices=(NoticeClass(code, Words(ko, en), fields),),
    )


SAMPLES = {
    made.code: made
    for made in (
        _category(
            "cosmetics", "화장품", "Cosmetics",
            ("dates", "사용기한 또는 개봉 후 사용기간", "2028년 3월까지"),
            ("seller", "화장품제조업자, 화장품책임판매업자", "한빛화장품, 온셸프코스메틱"),
            ("ingredients", "화장품법에 따라 기재해야 하는 모든 성분", "정제수, 글리세린, 판테놀"),
            ("review", "기능성 화장품의 식품의약품안전처 심사 여부", "해당 없음"),
        ),
        _category(
            "health-food", "건강기능식품", "Health functional food",
            ("dates", "제조연월일, 소비기한", "발송일부터 180일 이상 남은 상품"),
            ("function", "기능정보", "장 건강에 도움을 줄 수 있음"),
            ("no-medicine", "질병의 예방 및 치료를 위한 의약품이 아니라는 내용의 표현",
             "본 제품은 질병의 예방 및 치료를 위한 의약품이 아닙니다."),
        ),
        _category(
            "books", "서적", "Books",
            ("title", "도서명", "바다의 하루"),
            ("publisher", "저자, 출판사", "김온, 한빛출판"),
            ("pages", "쪽수", "240"),
        ),
        _category(
            "medical", "의료기기", "Medical devices",
            ("permit", "의료기기법상 허가·신고 번호", "제허 24-123 호"),
        ),
        _category(
            "chemicals", "생활화학제품", "Household chemicals",
            ("report", "안전기준 적합확인 신고번호 또는 승인번호", "CB24-12-0123"),
            ("substances", "제품에 사용된 화학물질 명칭", "과탄산나트륨, 계면활성제"),
        ),
    )
}  # fmt: skip
