"""What the probe registers: a mug that nobody sells, every field of it, and its photograph."""

import io
import math
from datetime import UTC, datetime

from PIL import Image

from app.surfaces.cli.visitor import Control, Form

CATEGORY_WORDS, CATEGORY = "머그컵", "mugs"
PRICE, STOCK = 12900, 7

# By path; an item's fields by what follows its number. Everything else gets `PLAIN`,
# or `SOME` where a number is asked for.
VALUES: dict[str, str] = {
    "name.en": "Practice mug {stamp}",
    "name.ko": "연습용 머그컵 {stamp}",
    "brand": "온셸프연습",
    "manufacturer": "온셸프 연습 공방",
    "origin.kind": "domestic",
    "origin.country": "",
    "attributes.colour": "white",
    "attributes.diameter": "8.5",
    "attributes.height": "9.5",
    "attributes.material": "ceramic",
    "description.ko": "운영 점검에 쓰는 연습용 머그컵입니다. 실제로 판매하거나 보내지 않습니다.",
    "description.en": "A mug for checking that the installation works. It is never sold or sent.",
    "notice.class": "kitchenware",
    "shipping.method": "parcel",
    "shipping.fee": "3000",
    "shipping.free_over": "30000",
    "shipping.lead_days": "2",
    "shipping.return_fee": "3000",
    "shipping.return_address": "서울특별시 중구 세종대로 110",
    "shipping.return_phone": "02-120-0000",
    "sku": "PROBE-{stamp}",
    "gtin": "",
    "gtin_reason": "직접 만든 상품",
    "price": str(PRICE),
    "list_price": "15000",
    "stock": str(STOCK),
}
PLAIN, SOME = "연습용", "350"
# Certifications: this mug needs none. It is one item, so it has no options.
LEFT_ALONE = (
    "csrf_token", "rev-", "seen.", "tab", "certifications.", "pictures", "section", "option",
)  # fmt: skip


def stamp() -> str:
    """Tells one walk from every other."""
    return f"{datetime.now(UTC):%m%d-%H%M%S%f}"[:-3]


def fill_in(form: Form, mark: str) -> None:
    """Every field of the draft's form; a field that only takes choices gets one of them."""
    for control in form.controls.values():
        alone = control.name.startswith(LEFT_ALONE) or control.name.endswith((".off", ".pictures"))
        if control.readonly or alone:
            continue
        value = _value(control, mark)
        if control.choices:
            _choose(control, value)
        elif value is not None:
            control.values = [value]


def _value(control: Control, mark: str) -> str | None:
    key = control.name
    if key.startswith("items."):
        key = key.split(".", 2)[2]
    known = VALUES.get(key)
    if known is not None:
        return known.format(stamp=mark)
    if control.kind == "hidden" or key.endswith(".unit"):
        return None
    return SOME if control.kind == "number" else PLAIN


def _choose(control: Control, value: str | None) -> None:
    offered = [choice for choice in control.choices if choice]
    if value in control.choices:
        control.values = [value or ""]
    elif control.name.endswith(".unit"):
        return
    elif offered and not any(control.values):
        control.values = [offered[0]]


def photograph() -> bytes:
    """A square JPEG of 1,000 pixels with soft shading, different every time it is made."""
    side, seed = 1000, datetime.now(UTC).timestamp() % 1
    small = Image.new("RGB", (50, 50))
    small.putdata([_shade(n % 50, n // 50, seed) for n in range(2500)])
    made = io.BytesIO()
    small.resize((side, side), Image.Resampling.BICUBIC).save(made, "JPEG", quality=88)
    return made.getvalue()


def _shade(x: int, y: int, seed: float) -> tuple[int, int, int]:
    inside = math.hypot(x - 25, y - 25) < 16
    light = int(20 * math.sin((x + y) / 8 + seed * 6))
    return (200 + light, 90 + light, 60 + light) if inside else (250, 250, 250)
