"""Household chemicals and biocides give the number of their report or approval.

생활화학제품 및 살생물제의 안전관리에 관한 법률 제10조, 제20조.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.CHEMICALS):
        return
    for path, text in notices.lines(subject, "신고번호", "승인번호"):
        if not any(c.isdigit() for c in text):
            yield Hit(path, {"value": shorten(text, 40)})


RULE = Rule(
    code="chemical-number",
    severity="limits",
    weight=10,
    message=Words(
        "{value}: 신고·승인 번호가 없습니다.", "{value} has no report or approval number."
    ),
    remedy=Words(
        "포장의 번호를 옮겨 쓰세요. 보기: CB24-12-0123.",
        "Copy the number from the pack, such as CB24-12-0123.",
    ),
    source="화학제품안전법 제10조, 제20조",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(Example({"notice.fields.report": "CB24-12-0123"}, "sample-chemicals"),),
    fails=(Example({"notice.fields.report": "확인함"}, "sample-chemicals"),),
)
