"""Cosmetics name their maker and the 책임판매업자 who answers for them (화장품법 제10조)."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_BOTH = re.compile(r"[,/·;&|\n]|책임|판매업|동일|및|와 |과 ")


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.COSMETICS):
        return
    for path, text in notices.lines(subject, "책임판매", "책임 판매"):
        if notices.applies(text) and not _BOTH.search(text):
            yield Hit(path, {"value": shorten(text, 40)})


RULE = Rule(
    code="cosmetics-seller",
    severity="limits",
    weight=8,
    message=Words(
        "{value}: 화장품책임판매업자가 따로 없습니다.",
        "{value} does not name the responsible seller.",
    ),
    remedy=Words(
        "제조업자와 책임판매업자를 함께 쓰세요. 같으면 같다고 쓰세요.",
        "Name both the maker and the responsible seller; say so if they are the same.",
    ),
    source="화장품법 제10조; 상품정보제공고시 화장품",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example({"notice.fields.seller": "한빛화장품 / 온셸프코스메틱"}, "sample-cosmetics"),
        Example({"notice.fields.seller": "온셸프코스메틱(제조·책임판매)"}, "sample-cosmetics"),
    ),
    fails=(Example({"notice.fields.seller": "한빛화장품"}, "sample-cosmetics"),),
)
