"""A listing that nothing is wrong with, for any category: made of the definitions' own examples.

Rules show by it what passes and what fails, tests and demo listings start from it.
"""

from copy import deepcopy
from typing import Any

from stdnum import ean

from app.taxonomy.attribute_types import is_empty, read
from app.taxonomy.definitions import Attribute, Category
from app.validation import notices
from app.validation.subject import Content

_TEXTS = {
    "number": "1",
    "text": "보통",
    "yes-no": "yes",
    "date": "2026-11-01",
}
_DESCRIPTION = (
    "매일 쓰기 좋게 만든 상품입니다. 재료를 고르는 일부터 포장까지 한곳에서 살펴봅니다. "
    "받아 보신 뒤 궁금한 점은 반품 연락처로 물어보세요."
)


def example_content(category: Category, items: int = 1, seed: int = 1) -> Content:
    """Content in which no rule finds anything blocking; *seed* keeps SKUs and barcodes apart.

    Item ids run from 1. The one picture and each document have the id 1; the picture is ready.
    Without these the content is what a person would fill in.
    """
    options = category.buying_options[:1] if items > 1 else ()
    product: Content = {
        "name": {"ko": f"온셸프 {category.names.ko}", "en": f"Onshelf {category.names.en}"},
        "brand": "온셸프",
        "manufacturer": "한빛상사",
        "origin": {"kind": "domestic", "country": ""},
        "attributes": {
            a.code: example_value(a) for a in category.attributes if a not in options
        },
        "options": [option.code for option in options],
        "pictures": [1],
        "picture_texts": {"1": {"ko": "앞에서 본 모습", "en": "Seen from the front"}},
        "description": {"ko": _DESCRIPTION, "en": ""},
        "notice": {
            "class": category.notices[0].code,
            "fields": {f.code: f.example.ko or f.label.ko for f in category.notices[0].fields},
        },
        "certifications": {
            rule.code: {"held": "yes", "number": rule.example if rule.number else ""}
            for rule in category.certifications
        },
        "documents": {document.code: 1 for document in category.documents},
        "shipping": {
            "method": "parcel",
            "fee": 3000,
            "free_over": 50000,
            "lead_days": 2,
            "return_fee": 3000,
            "return_address": "서울특별시 중구 세종대로 110",
            "return_phone": "02-1234-5678",
        },
    }  # fmt: skip
    return {
        "product": product,
        "items": [_item(category, options, n, seed) for n in range(1, items + 1)],
        "pictures": {"1": {"state": "ready", "facts": {"width": 1200, "height": 1200}}},
    }


def example_value(attribute: Attribute) -> Any:
    """A fair answer to the attribute's question."""
    if attribute.choices:
        return read(attribute.choices[0].code, attribute)
    raw = attribute.example.ko or _TEXTS.get(attribute.type, "")
    return read(raw, attribute)


def changed(content: Content, changes: Any) -> Content:
    """A copy of *content* with values put at paths of findings; None takes the thing away."""
    fresh = deepcopy(content)
    for path, value in changes.items():
        _put(fresh, path.split("."), value)
    return fresh


def _put(content: Content, parts: list[str], value: Any) -> None:
    if parts[0] == "items" and len(parts) > 1:
        place = next((i for i in content["items"] if str(i["id"]) == parts[1]), None)
        if len(parts) == 2:
            content["items"] = [i for i in content["items"] if i is not place]
            return
        place, parts = place or {}, parts[2:]
    elif parts[0] == "pictures" and len(parts) > 1:
        place, parts = content["pictures"], parts[1:]
    elif parts[0] == "neighbours":
        place, parts = content.setdefault("neighbours", {}), parts[1:]
    else:
        place = content["product"]
    for part in parts[:-1]:
        place = place.setdefault(part, {})
    if value is None:
        place.pop(parts[-1], None)
    else:
        place[parts[-1]] = value


def _item(category: Category, options: tuple[Attribute, ...], n: int, seed: int) -> Content:
    prefix = "978" if notices.offers(category, notices.BOOKS) else "880"
    body = f"{prefix}{(seed * 1000 + n) % 10**9:09d}"
    return {
        "id": n,
        "sku": f"{category.code.upper()}-{seed}-{n}",
        "options": {option.code: _option(option, n) for option in options},
        "gtin": body + ean.calc_check_digit(body),
        "gtin_reason": "",
        "price": 19900,
        "list_price": 25000,
        "stock": 30,
        "live": False,
        "typed": {},
    }


def _option(option: Attribute, n: int) -> str:
    if option.choices:
        return option.choices[(n - 1) % len(option.choices)].code
    example = example_value(option)
    if option.type == "number" and not is_empty(example):
        return f"{int(float(example['value'])) + n - 1}{example['unit']}"
    return f"{example} {n}"
