"""The mail-order report number (통신판매업 신고번호) that a city or district gives a seller.

전자상거래법 제12조; it stands on every offer (제13조). Usually year, office and serial, as
`제2024-서울강남-01234호`. There is no check digit, and old ones look otherwise (`제 01-285호`):
an unusual one is kept as it was typed. Who need not report: 공정거래위원회 고시
「통신판매업 신고 면제 기준에 대한 고시」.
"""

import re
import unicodedata

from app.core.words import Words

EXEMPTIONS: dict[str, Words] = {
    "simplified": Words("간이과세자", "Simplified VAT payer"),
    "few-sales": Words("직전 연도 거래 50회 미만", "Fewer than 50 sales in the last year"),
}

_DASHES = re.compile("[‐‑‒–—―−]")
_USUAL = re.compile(
    r"제?((?:19|20)[0-9]{2})-([가-힣A-Za-z0-9]+(?:-[가-힣A-Za-z]+)?)-([0-9]{1,6})호?"
)


def normalise(raw: str) -> str:
    """`2024-서울강남-01234`, however that was typed; anything else without the blanks around it."""
    plain = unicodedata.normalize("NFKC", raw).strip()
    found = _USUAL.fullmatch(_DASHES.sub("-", re.sub(r"\s", "", plain)))
    return "-".join(found.groups()) if found else plain


def is_usual(number: str) -> bool:
    """Whether it has the shape that such numbers have today."""
    return _USUAL.fullmatch(number) is not None
