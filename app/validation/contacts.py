"""Telephone numbers, addresses and messenger names by which a text would lead out of the shop."""

import re

from app.validation.wording import plain

_CONTACT = re.compile(
    # Numbers of Korea as they are written: area, mobile or service code first.
    r"(?<![\d-])0(?:2|[3-6][1-5]|1[016789]|70|80|50\d)[-. )]{1,2}\d{3,4}[-. ]\d{4}(?![\d-])"
    r"|(?<![\d-])01[016789]\d{7,8}(?!\d)"
    r"|(?<![\d-])1[568]\d{2}-\d{4}(?![\d-])"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}"
    r"|https?://\S+|www\.\S+|(?<![\w.-])[a-z0-9-]{2,63}\.(?:co\.kr|or\.kr|kr|com/\S+|me/\S+|ly/\S+)\b"
    r"|(?:카카오\s*톡|카톡|오픈\s*(?:채팅|카톡)|카카오\s*채널|플러스\s*친구|위챗|텔레그램)"
    r"\s*(?:id|아이디|문의|상담|추가|친구\s*추가|검색|:|으?로\s*연락)"
    r"|(?:카카오|라인)\s*(?:id\b|아이디)"
    r"|(?:kakao\s*talk|telegram|wechat|whatsapp)\s*(?:id\b|:)|\b(?:kakao|line)\s*id\b",
    re.IGNORECASE,
)


def contact_in(text: str) -> str:
    """The first contact in *text*, as written there, or ''."""
    found = _CONTACT.search(plain(text))
    return found[0].strip() if found else ""
