"""What people write where a form wants something and they have nothing to say."""

import re
import unicodedata

# `See the page`: the answer stands somewhere else, or nowhere.
_SEE = r"(참조|참고)"
_ELSEWHERE = re.compile(
    rf"상세\s*({_SEE}|표기|기재|확인)|별도\s*(표기|표시)"
    r"|((상세|상품|제품)\s*)?(페이지|상세\s*(설명|정보|이미지|사진|내용))\s*(내|안|상)?\s*(에|을|를)?"
    rf"\s*(별도)?\s*({_SEE}|표기|표시|기재|확인)"
    r"|(설명|정보|이미지|사진|본문|내용|하단|아래|별도|뒷면|포장|겉면|라벨)\s*(내용)?\s*(에|을|를)?"
    rf"\s*(별도)?\s*{_SEE}"
    r"|(see|refer to|check|look at)\s+(the\s+)?((product|item|detail(ed)?)\s+)?"
    r"(page|description|details?|image|picture|below|label|packag\w+)",
    re.IGNORECASE,
)
# A value for want of one: `단일상품`, `-`, `test`, `ㅇㅇ`, `n/a`.
_NOTHING = re.compile(
    r"단일\s*(상품|품목|옵션|제품)?|없음|없습니다|기타|해당\s*(사항)?\s*없음|미정|미상|모름|무관|임의|기본(\s*옵션)?"
    r"|옵션\s*(없음|명|값)?|선택(하세요)?|상품\s*선택|테스트|자체\s*제작|oem|odm|none|null|no\s*brand|no\s*name"
    r"|generic|unbranded|unknown|n/?a|tbd|test|asdf|qwer|default(\s*title)?|single(\s*(item|option))?"
    r"|[ㄱ-ㅎㅏ-ㅣ]+|[\W_]+|x{2,}|0+",
    re.IGNORECASE,
)


def points_elsewhere(text: str) -> bool:
    """Whether *text* sends its reader to another place instead of saying it."""
    return bool(_ELSEWHERE.search(unicodedata.normalize("NFKC", text)))


def says_nothing(text: str) -> bool:
    """Whether *text* as a whole stands for an answer and is none."""
    return bool(text) and bool(_NOTHING.fullmatch(unicodedata.normalize("NFKC", text).strip()))
