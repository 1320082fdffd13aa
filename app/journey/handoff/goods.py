"""The parts of a product's payload, in both languages, from its content and its category."""

from typing import Any

from app.core.words import Words
from app.settings import settings
from app.taxonomy.attribute_types import is_empty, show
from app.taxonomy.definitions import Category
from app.validation.amounts import whole

Content = dict[str, Any]


def words(value: Any) -> dict[str, str]:
    """`{"ko", "en"}` of what the seller wrote, the other language standing in for a missing one."""
    return Words.of(value if isinstance(value, dict) else "").as_dict()


def attributes(product: Content, category: Category) -> list[Content]:
    """Every answered attribute with its label and value as people read them."""
    answers = product.get("attributes") or {}
    return [
        {
            "code": attribute.code,
            "label": attribute.label.as_dict(),
            "value": show(answers[attribute.code], attribute).as_dict(),
        }
        for attribute in category.attributes
        if not is_empty(answers.get(attribute.code))
    ]


def option(product: Content, category: Category) -> Content | None:
    """The axis along which the items differ, if they do."""
    axis = (product.get("option") or {}).get("axis") or ""
    if not axis:
        return None
    attribute = category.attribute(axis)
    label = attribute.label if attribute else Words(axis, axis)
    return {"code": axis, "label": label.as_dict()}


def option_value(typed: Any, product: Content, category: Category) -> str:
    """An item's value of that axis: a choice's label, a number with its unit, or the words."""
    attribute = category.attribute((product.get("option") or {}).get("axis") or "")
    return show(typed, attribute).ko if attribute else str(typed or "")


def pictures(product: Content, known: Content, name: dict[str, str]) -> list[Content]:
    """The ready pictures in the seller's order, with the public address of each rendition."""
    shown = [known.get(str(number)) or known.get(number) for number in product.get("pictures", [])]
    ready = [
        (number, picture)
        for number, picture in zip(product.get("pictures", []), shown, strict=True)
        if picture and picture.get("state") == "ready"
    ]
    return [
        {
            "id": int(number),
            "alt": _alt(name, place),
            "renditions": [_rendition(one) for one in picture["facts"]["renditions"]],
        }
        for place, (number, picture) in enumerate(ready, start=1)
    ]


def _alt(name: dict[str, str], place: int) -> dict[str, str]:
    if place == 1:
        return name
    return {"ko": f"{name['ko']}, 사진 {place}", "en": f"{name['en']}, picture {place}"}


def _rendition(one: Content) -> Content:
    return {
        "name": one["name"],
        "width": one["width"],
        "height": one["height"],
        "type": one["type"],
        "url": f"{settings().public_url.rstrip('/')}/pictures/{one['key']}",
    }


def notice(product: Content, category: Category) -> Content | None:
    """The legal product information of the chosen class of goods."""
    told = product.get("notice") or {}
    chosen = category.notice(str(told.get("class") or ""))
    if chosen is None:
        return None
    answers = told.get("fields") or {}
    return {
        "class": chosen.code,
        "label": chosen.label.as_dict(),
        "fields": [
            {"code": one.code, "label": one.label.as_dict(), "value": str(answers[one.code])}
            for one in chosen.fields
            if answers.get(one.code)
        ],
    }


def certifications(product: Content, category: Category) -> list[Content]:
    """Those the goods hold, with their numbers; and those they are exempt from, without."""
    answers = product.get("certifications") or {}
    return [
        {
            "code": one.code,
            "label": one.label.as_dict(),
            "number": _number(answers[one.code]),
        }
        for one in category.certifications
        if isinstance(answers.get(one.code), dict) and answers[one.code].get("held")
    ]


def _number(answer: Content) -> str:
    return str(answer.get("number") or "") if answer.get("held") == "yes" else ""


def shipping(product: Content) -> Content:
    """How the goods travel; money in won, times in days."""
    told = product.get("shipping") or {}
    known: Content = {
        name: whole(told.get(name)) for name in ("fee", "free_over", "lead_days", "return_fee")
    }
    known |= {name: str(told.get(name) or "") for name in ("return_address", "return_phone")}
    if told.get("method"):
        known["method"] = told["method"]
    return known
