"""Every required line of the chosen notice is filled in (상품 등의 정보제공에 관한 고시)."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.dated import binds
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for line in subject.notice.fields if subject.notice else ():
        path = f"notice.fields.{line.code}"
        if binds(line, subject.on) and not subject.answered(path):
            yield Hit(path, {"label": line.label.as_dict()})


RULE = Rule(
    code="notice-required",
    severity="blocks",
    message=Words("고시 항목이 비어 있습니다.", "This line of the notice is empty."),
    remedy=Words(
        "입력하세요: {label}. 해당이 없으면 '해당 없음'이라고 쓰세요.",
        "Fill in: {label}. If it does not apply, write 'not applicable'.",
    ),
    source="상품 등의 정보제공에 관한 고시",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(Example({"notice.fields.import-statement": ""}, "fruit-juice"),),
    fails=(Example({"notice.fields.material": ""}), Example({"notice.fields": {}}, "mugs")),
)
