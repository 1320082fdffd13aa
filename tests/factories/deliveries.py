"""Deliveries as they travel; a test states only what matters to it."""

from typing import Any

ADDRESS = "https://onshelf.example/pictures"


def item(item_id: int = 11, **changed: Any) -> dict[str, Any]:
    known = {
        "item_id": item_id,
        "sku": f"MUG-{item_id}",
        "gtin": "8801234567893",
        "option": "",
        "version": 1,
        "offer": {"price": 12900, "list_price": 15000, "revision": 1},
        "sale": {"state": "on", "revision": 1},
        "stock": {"count": 5},
    }
    return known | changed


def picture(picture_id: int = 3) -> dict[str, Any]:
    return {
        "id": picture_id,
        "alt": {"ko": "앞면", "en": "Front"},
        "renditions": [
            {
                "name": f"w{width}",
                "width": width,
                "height": width,
                "type": f"image/{kind}",
                "url": f"{ADDRESS}/{picture_id}/{width}.{kind}",
            }
            for width in (320, 1000)
            for kind in ("jpeg", "webp")
        ],
    }


def product(
    listing_id: int = 1, version: int = 1, *items: dict[str, Any], practice: bool = False, **changed
) -> dict[str, Any]:
    payload = {
        "listing_id": listing_id,
        "version": version,
        "seller": {"id": 7, "name": "한강 도자기"},
        "category": {
            "code": "mugs",
            "path": [{"ko": "주방", "en": "Kitchen"}, {"ko": "머그컵", "en": "Mugs"}],
        },
        "name": {"ko": f"달항아리 머그 {version}판", "en": f"Moon jar mug, edition {version}"},
        "brand": "한강",
        "description": {"ko": "손으로 빚은 컵입니다.", "en": "A cup made by hand."},
        "attributes": [
            {
                "code": "volume",
                "label": {"ko": "용량", "en": "Volume"},
                "value": {"ko": "350 ml", "en": "350 ml"},
            }
        ],
        "pictures": [picture(3), picture(4)],
        "option": None,
        "notice": {
            "class": "kitchenware",
            "label": {"ko": "주방용품", "en": "Kitchenware"},
            "fields": [
                {"code": "maker", "label": {"ko": "제조자", "en": "Maker"}, "value": "한강 도자기"}
            ],
        },
        "certifications": [
            {"code": "food", "label": {"ko": "식품용 기구", "en": "Food contact"}, "number": "KF-1"}
        ],
        "shipping": {
            "method": "parcel", "fee": 3000, "free_over": 30000, "lead_days": 2,
            "return_fee": 6000, "return_address": "이천시 도자로 1", "return_phone": "031-000-0000",
        },
        "items": list(items) or [item()],
    }  # fmt: skip
    return _delivery("product", listing_id, version, payload | changed, practice)


def offer(item_id: int = 11, revision: int = 2, price: int = 9900, listing_id: int = 1, **changed):
    payload = {
        "listing_id": listing_id,
        "item_id": item_id,
        "offer": {"price": price, "list_price": None, "revision": revision},
    }
    return _delivery("offer", item_id, revision, payload | changed)


def sale(item_id: int = 11, revision: int = 2, state: str = "paused", listing_id: int = 1):
    payload = {
        "listing_id": listing_id,
        "item_id": item_id,
        "sale": {"state": state, "revision": revision},
    }
    return _delivery("sale", item_id, revision, payload)


def stock(item_id: int = 11, change_no: int = 1, delta: int = 5, listing_id: int = 1, **more):
    payload = {"listing_id": listing_id, "item_id": item_id, "delta": delta, **more}
    return _delivery("stock", item_id, change_no, payload)


def _delivery(
    subject: str, subject_id: int, revision: int, payload: dict[str, Any], practice: bool = False
) -> dict[str, Any]:
    return {
        "key": f"{subject}:{subject_id}:{revision}",
        "subject": subject,
        "subject_id": str(subject_id),
        "revision": revision,
        "practice": practice,
        "payload": payload,
    }
