"""New prices and stocks: what was typed, what it makes of a number, and what stands against it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.core.errors import Invalid
from app.core.words import Words
from app.listings.numbers import whole_number
from app.surfaces.seller.staging import NOT_NUMBER
from app.validation.field_table import PRICE_LEAST, PRICE_MOST, STOCK_MOST

_MODES = ("set", "percent", "won")
_STEP = Decimal(10)
_SHARE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")

_NO_MODE = Words("바꾸는 방법을 고르세요.", "Choose how the price changes.")
_EMPTY = Words("숫자를 입력하세요.", "Enter a number.")
_NEITHER = Words("둘 중 하나는 입력하세요.", "Enter at least one of the two.")
_NO_PRICE = Words(
    "{typed}: {least}원 이상 {most}원 이하로 입력하세요.", "{typed}: enter ₩{least} to ₩{most}."
)
_NO_PERCENT = Words("{typed}%: -99%에서 +900% 사이로 입력하세요.", "{typed}%: enter -99% to +900%.")
_NO_STOCK = Words("{typed}: 0 이상 {most} 이하로 입력하세요.", "{typed}: enter 0 to {most}.")
_OUT_OF_RANGE = Words(
    "{item}: {price}원이 됩니다. 가격은 {least}원 이상 {most}원 이하입니다.",
    "{item}: it would be ₩{price}. Prices go from ₩{least} to ₩{most}.",
)


@dataclass(frozen=True)
class PriceWish:
    """How prices change: set to an amount, by a share in %, or by an amount, in won."""

    mode: str
    amount: Decimal

    def of(self, price: int | None) -> int | None:
        """The new price, rounded to ten won; None where there is nothing to reckon from."""
        if self.mode == "set":
            new = self.amount
        elif price is None:
            return None
        else:
            new = price + (price * self.amount / 100 if self.mode == "percent" else self.amount)
        return int((new / _STEP).quantize(Decimal(1), ROUND_HALF_UP) * _STEP)


def read_price(given: Mapping[str, str]) -> dict[str, Any]:
    """The wish for prices that was typed, as it is stored: `{"mode", "amount"}`."""
    mode, typed = given.get("mode", ""), _plain(given.get("amount", ""))
    if mode not in _MODES:
        raise Invalid("no-mode", _NO_MODE, path="mode")
    amount = _decimal(typed.removesuffix("%")) if mode == "percent" else _won(typed)
    if mode == "set" and not PRICE_LEAST <= amount <= PRICE_MOST:
        limits = {"least": PRICE_LEAST, "most": PRICE_MOST}
        raise Invalid("price-out-of-range", _NO_PRICE, path="amount", typed=typed, **limits)
    if mode == "percent" and not -99 <= amount <= 900:
        raise Invalid("percent-out-of-range", _NO_PERCENT, path="amount", typed=typed)
    return {"mode": mode, "amount": str(amount)}


def price_wish(wish: Mapping[str, Any]) -> PriceWish:
    """The same to reckon with."""
    return PriceWish(wish["mode"], Decimal(wish["amount"]))


def read_stock(given: Mapping[str, str]) -> dict[str, Any]:
    """The wish for stocks: `{"count", "change"}`, for drafts and for what is on sale."""
    count, change = (_whole(given, name) for name in ("count", "change"))
    if count is None and not change:
        raise Invalid("nothing-asked", _NEITHER, path="count")
    if count is not None and not 0 <= count <= STOCK_MOST:
        raise Invalid("stock-out-of-range", _NO_STOCK, path="count", typed=count, most=STOCK_MOST)
    return {"count": count, "change": change}


def out_of_range(price: int, item: Words) -> Words | None:
    """Why that is no price, if so."""
    if PRICE_LEAST <= price <= PRICE_MOST:
        return None
    return _OUT_OF_RANGE.filled(item=item, price=price, least=PRICE_LEAST, most=PRICE_MOST)


def _won(typed: str) -> Decimal:
    number = whole_number(typed)
    if number is None:
        raise _no_number(typed, "amount")
    return Decimal(number)


def _decimal(typed: str) -> Decimal:
    plain = typed.strip()
    if _SHARE.fullmatch(plain) is None:
        raise _no_number(typed, "amount")
    return Decimal(plain)


def _whole(given: Mapping[str, str], name: str) -> int | None:
    typed = _plain(given.get(name, ""))
    number = whole_number(typed)
    if typed and number is None:
        raise _no_number(typed, name)
    return number


def _no_number(typed: str, path: str) -> Invalid:
    return Invalid("not-a-number", NOT_NUMBER if typed else _EMPTY, path=path, typed=typed)


def _plain(typed: str) -> str:
    """As it was meant: a Korean keyboard has wide digits, signs and `％`."""
    return unicodedata.normalize("NFKC", typed.replace("\x00", "")).strip()[:40]
