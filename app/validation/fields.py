"""Every field of a listing, fixed or from its category: what forms, labels and rules share.

A form draws `sections`, a message names a field by `label_of`, and findings are told in the
order of both. Paths: `name.ko`, `attributes.<code>`, `notice.fields.<code>`, `shipping.fee`,
`pictures`, `certifications.<code>.number`, and `items.*.price` with the item's id for the star.
"""

from typing import Any

from app.core.words import Words
from app.taxonomy import units
from app.taxonomy.attribute_types import show
from app.taxonomy.definitions import Attribute, Category, Choice
from app.validation import field_table as table
from app.validation.field import Field, Section
from app.validation.markets import EU, markets_of
from app.validation.subject import Content, read

_ATTRIBUTE_KINDS = {
    "text": "text",
    "number": "number",
    "one-of": "select",
    "many-of": "checks",
    "yes-no": "radios",
    "date": "date",
}


_NOTICE = Words("상품정보제공고시", "Product information notice")


def sections(category: Category, content: Content | None = None) -> list[Section]:
    """The form of *category*, in order. *content* decides which notice lines are asked."""
    return [
        Section("basics", Words("기본 정보", "Basics"), table.BASICS),
        Section("attributes", Words("속성", "Attributes"), attribute_fields(category)),
        Section("items", Words("품목", "Items"), _items(category, content)),
        Section("pictures", Words("사진", "Pictures"), (table.PICTURES,)),
        Section("description", Words("상세 설명", "Description"), table.DESCRIPTION),
        Section("notice", _NOTICE, notice_fields(category, content)),
        *_certifications(category),
        Section("shipping", Words("배송과 반품", "Shipping and returns"), table.SHIPPING),
        Section("markets", Words("판매 지역", "Markets"), market_fields(content)),
    ]


def market_fields(content: Content | None) -> tuple[Field, ...]:
    """Where it is sold, and what the law there asks besides."""
    asked = table.EU_SALES if EU in markets_of(content) else ()
    return (table.SOLD_IN, *asked)


def _items(category: Category, content: Content | None) -> tuple[Field, ...]:
    return (axis_field(category), *item_fields(category, content))


def attribute_fields(category: Category) -> tuple[Field, ...]:
    """The category's questions about the product."""
    return tuple(_attribute_field(a, f"attributes.{a.code}") for a in category.attributes)


def axis_field(category: Category) -> Field:
    """Which of the buying options the items differ in; '' is none."""
    none = Choice("", Words("옵션 없음 (단일 품목)", "No option (a single item)"))
    options = tuple(Choice(a.code, a.label) for a in category.buying_options)
    return Field(
        "option.axis",
        Words("옵션", "Option"),
        "select",
        hint=Words("품목끼리 다른 점 하나를 고르세요.", "Choose the one thing items differ in."),
        required=False,
        choices=(none, *options),
    )


def item_fields(category: Category, content: Content | None = None) -> tuple[Field, ...]:
    """The columns of the item table. The option's column is that of the chosen axis."""
    axis = category.attribute(str(read(content, "product.option.axis") or ""))
    if axis is None or not axis.buying_option:
        return table.ITEM
    option = _attribute_field(axis, "items.*.option")
    kind = "select" if axis.type in ("one-of", "yes-no") else "text"
    return (option.changed(kind=kind, required=True, units=()), *table.ITEM)


def notice_fields(category: Category, content: Content | None = None) -> tuple[Field, ...]:
    """The choice of notice class, then the lines of the chosen one (the first if none is)."""
    chosen = category.notice(str(read(content, "product.notice.class") or ""))
    chosen = chosen or category.notices[0]
    choices = tuple(Choice(n.code, n.label) for n in category.notices)
    lines = tuple(
        Field(
            f"notice.fields.{line.code}",
            line.label,
            "text",
            hint=line.hint,
            required=line.required,
            max_length=table.NOTICE_LENGTH,
            example=line.example,
        )
        for line in chosen.fields
    )
    return (table.NOTICE_CLASS.changed(choices=choices), *lines)


def label_of(path: str, category: Category, content: Content | None = None) -> Words:
    """What people call the field at *path*; items and pictures are named by their place."""
    parts = path.split(".")
    if parts[0] == "items" and len(parts) > 1:
        return _item_label(parts[1], ".".join(parts[2:]), category, content)
    if parts[0] == "pictures" and len(parts) == 2:
        return _picture_label(parts[1], content)
    return _labels(category, content).get(path, Words("상품 전체", "The whole listing"))


def item_label(item_id: Any, category: Category, content: Content | None) -> Words:
    """`품목 3 (블랙)`: the item's place and its option, if it has one."""
    items = (content or {}).get("items") or []
    place = next((n for n, item in enumerate(items, 1) if str(item.get("id")) == str(item_id)), 0)
    if not place:
        return Words("품목", "Item")
    axis = category.attribute(str(read(content, "product.option.axis") or ""))
    option = items[place - 1].get("option") or ""
    shown = show(option, axis) if axis else Words(str(option), str(option))
    if not shown.ko:
        return Words(f"품목 {place}", f"Item {place}")
    return Words(f"품목 {place} ({shown.ko})", f"Item {place} ({shown.en})")


def form_order(category: Category, content: Content | None = None) -> dict[str, int]:
    """The place of every path's pattern in the form: `items.*.price` stands for each item's."""
    order = {f.path: n for n, f in enumerate(_all_fields(category, content))}
    order.setdefault("items.*.option", order["option.axis"])
    return order


def start_of(category: Category) -> Content:
    """The product content that saves a seller questions with one sensible answer."""
    return {
        "notice": {"class": category.notices[0].code, "fields": {}},
        "origin": {"kind": "domestic"},
        "shipping": {"method": "parcel"},
    }


def _all_fields(category: Category, content: Content | None) -> list[Field]:
    return [field for section in sections(category, content) for field in section.fields]


def _labels(category: Category, content: Content | None) -> dict[str, Words]:
    found = {
        field.path: field.label for field in (*_all_fields(category, content), *table.EU_SALES)
    }
    for notice in category.notices:
        for line in notice.fields:
            found.setdefault(f"notice.fields.{line.code}", line.label)
    return found


def _item_label(item_id: str, inner: str, category: Category, content: Content | None) -> Words:
    item = item_label(item_id, category, content)
    fields = {f.path: f.label for f in item_fields(category, content)}
    label = fields.get(f"items.*.{inner}")
    if label is None:
        label = Words("옵션", "Option") if inner == "option" else None
    return Words(f"{item.ko}: {label.ko}", f"{item.en}: {label.en}") if label else item


def _picture_label(picture_id: str, content: Content | None) -> Words:
    ids = [str(i) for i in read(content, "product.pictures") or []]
    if picture_id not in ids:
        return Words("사진", "Picture")
    place = ids.index(picture_id) + 1
    if place == 1:
        return Words("대표 사진", "Representative picture")
    return Words(f"사진 {place}", f"Picture {place}")


def _attribute_field(attribute: Attribute, path: str) -> Field:
    return Field(
        path,
        attribute.label,
        _ATTRIBUTE_KINDS.get(attribute.type, "text"),
        hint=attribute.help,
        required=attribute.required,
        max_length=attribute.max_length if attribute.type == "text" else 0,
        unit=units.label(attribute.units[0]) if len(attribute.units) == 1 else Words("", ""),
        units=tuple(Choice(unit, units.label(unit)) for unit in attribute.units),
        choices=table.YES_NO if attribute.type == "yes-no" else attribute.choices,
        example=attribute.example,
        inputmode="decimal" if attribute.type == "number" else "",
    )


def _certifications(category: Category) -> list[Section]:
    fields: list[Field] = []
    for rule in category.certifications:
        required = rule.requirement == "required"
        fields.append(
            Field(
                f"certifications.{rule.code}.held",
                rule.label,
                "radios",
                hint=rule.help,
                required=required,
                choices=table.HELD,
            )
        )
        if rule.number:
            fields.append(
                Field(
                    f"certifications.{rule.code}.number",
                    Words(f"{rule.label.ko} 번호", f"{rule.label.en} number"),
                    "text",
                    required=False,
                    max_length=50,
                    example=Words(rule.example, rule.example),
                )
            )
    label = Words("인증", "Certifications")
    return [Section("certifications", label, tuple(fields))] if fields else []
