"""Countries of ISO 3166-1 with their names in both languages, from CLDR."""

import re
from functools import lru_cache

from babel import Locale

from app.core.words import Words
from app.taxonomy.definitions import Choice

# Codes that CLDR names and ISO 3166-1 does not: unions, outlying seas, "unknown", tests.
_NOT_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "CP", "AC", "TA", "DG", "EA", "IC"}
)
_OFTEN = ("CN", "VN", "JP", "US", "IN", "ID", "TH", "TW", "DE", "IT", "FR", "GB")


def _names(language: str) -> dict[str, str]:
    return {str(k): str(v) for k, v in Locale(language).territories.items()}


@lru_cache
def countries() -> tuple[Choice, ...]:
    """Every country but Korea, those that goods most often come from first."""
    ko, en = _names("ko"), _names("en")
    codes = [c for c in en if re.fullmatch("[A-Z]{2}", c) and c not in _NOT_COUNTRIES and c != "KR"]
    rest = sorted((c for c in codes if c not in _OFTEN), key=lambda code: ko.get(code, code))
    return tuple(Choice(c, Words(ko.get(c, c), en[c])) for c in (*_OFTEN, *rest))
