"""The parts of a product's payload, in both languages, from its content and its category."""

from collections.abc import Sequence
from typing import Any

from app.accounts.mail_order import EXEMPTIONS
from app.accounts.models import Seller
from app.core.words import Words
from app.listings.models import Picture
from app.settings import settings
from app.taxonomy.attribute_types import is_empty, show
from app.taxonomy.definitions import Category
from app.validation import picture_texts
from app.validation.amounts import whole
from app.validation.markets import EU, markets_of
from app.validation.subject import chosen_options

Content = dict[str, Any]


def words(value: Any) -> dict[str, str]:
    """`{"ko", "en"}` of what the seller wrote, the other language standing in for a missing one."""
    return Words.of(value if isinstance(value, dict) else "").as_dict()


def seller(company: Seller) -> Content:
    """Who sells, with what the law wants on an offer (전자상거래법 제13조)."""
    exempt = EXEMPTIONS.get(company.mail_order_exempt)
    return {
        "id": company.id,
        "name": company.name,
        "representative": company.representative,
        "business_number": company.business_number,
        "mail_order_number": company.mail_order_number,
        "mail_order_exempt": exempt.as_dict() if exempt else None,
        "address": company.address,
        "email": company.contact_email,
        "phone": company.contact_phone,
    }


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


def options(product: Content, category: Category) -> list[Content]:
    """The options in which the items differ."""
    chosen = chosen_options(category, {"product": product})
    return [{"code": one.code, "label": one.label.as_dict()} for one in chosen]


def option(product: Content, category: Category) -> Content | None:
    """The same as one: the first one's code, every label; None for a lone item."""
    chosen = chosen_options(category, {"product": product})
    if not chosen:
        return None
    label = Words.joined((one.label for one in chosen), by=" / ")
    return {"code": chosen[0].code, "label": label.as_dict()}


def option_values(item: Content, product: Content, category: Category) -> list[Content]:
    """An item's value of each option: a choice's label, a number with its unit, or the words."""
    values = item.get("options") or {}
    return [
        {
            "code": one.code,
            "label": one.label.as_dict(),
            "value": show(values.get(one.code), one).as_dict(),
        }
        for one in chosen_options(category, {"product": product})
        if not is_empty(values.get(one.code))
    ]


def option_text(values: list[Content]) -> str:
    """Those values as one Korean line, `블랙 / L`: what the item is called in orders."""
    return " / ".join(one["value"]["ko"] for one in values)


def pictures(product: Content, shown: Sequence[Picture]) -> list[Content]:
    """Those *shown* that are ready, in their order, with the public address of each rendition.

    `alt` is the seller's text, in a language without one the product's name and a number.
    """
    ready = [picture for picture in shown if picture.state == "ready"]
    return [
        {
            "id": picture.id,
            "alt": picture_texts.heard(product, picture.id, place).as_dict(),
            "renditions": [_rendition(one) for one in picture.facts["renditions"]],
        }
        for place, picture in enumerate(ready, start=1)
    ]


def item_pictures(item: Content, shown: list[Content]) -> list[int]:
    """The item's own of the *shown* pictures, in its seller's order; none is all of them."""
    known = {picture["id"] for picture in shown}
    return [int(each) for each in item.get("pictures") or [] if each in known]


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


def sold_in(product: Content) -> list[str]:
    """The markets it is meant for."""
    return list(markets_of({"product": product}))


def eu(product: Content) -> Content | None:
    """What the EU wants on an offer; None where the goods are not sold there."""
    if EU not in sold_in(product):
        return None
    told = product.get("eu") or {}
    asked = {"maker": "maker_address"} | {
        name: name for name in ("maker_email", "person", "person_email", "warnings")
    }
    return {name: str(told.get(key) or "").strip() for name, key in asked.items()}


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
