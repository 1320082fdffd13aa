"""Every field of a listing, fixed or from its category: what forms, labels and rules share.

A form draws `sections`, a message names a field by `label_of`, and findings are told in the
order of both. Paths: `name.ko`, `attributes.<code>`, `notice.fields.<code>`, `shipping.fee`,
`pictures`, `picture_texts.<picture id>.ko`, `certifications.<code>.number`, `documents.<code>`,
`options` (codes of the buying options in which the items differ), `option_values.<code>` (what was
typed to make items of), and `items.*.price` and `items.*.options.<code>` with the item's id for the
star.
"""

from datetime import date
from typing import Any

from app.core.words import Words
from app.taxonomy import units
from app.taxonomy.attribute_types import show
from app.taxonomy.dated import binds
from app.taxonomy.definitions import (
    Attribute,
    Category,
    CertificationRule,
    Choice,
    NoticeField,
)
from app.validation import field_table as table
from app.validation.field import Field, Section
from app.validation.markets import EU, markets_of
from app.validation.subject import Content, chosen_options, read

Requirable = Attribute | CertificationRule | NoticeField
_ATTRIBUTE_KINDS = {
    "text": "text",
    "number": "number",
    "one-of": "select",
    "many-of": "checks",
    "yes-no": "radios",
    "date": "date",
}


_NOTICE = Words("상품정보제공고시", "Product information notice")


def sections(
    category: Category, content: Content | None = None, on: date | None = None
) -> list[Section]:
    """The form of *category*, in order. *content* decides which notice lines are asked.

    Required is what binds on the day *on*; without a day, what is or will be.
    """
    return [
        Section("basics", Words("기본 정보", "Basics"), table.BASICS),
        Section("attributes", Words("속성", "Attributes"), attribute_fields(category, on)),
        Section("pictures", Words("사진", "Pictures"), (table.PICTURES,)),
        Section("description", Words("상세 설명", "Description"), table.DESCRIPTION),
        Section("notice", _NOTICE, notice_fields(category, content, on)),
        *_certifications(category, on),
        *_documents(category),
        Section("shipping", Words("배송과 반품", "Shipping and returns"), table.SHIPPING),
        Section("markets", Words("판매 지역", "Markets"), market_fields(content)),
        Section("options", Words("옵션", "Options"), option_fields(category)),
        # Last, for the table of items is wider than everything above it.
        Section("items", Words("품목", "Items"), item_fields(category, content)),
    ]


def product_fields(category: Category, notice: str | None = None) -> list[Field]:
    """The product's own fields in every market, with the lines of the class *notice*."""
    chosen = {"product": {"notice": {"class": notice}, "sold_in": [EU]}}
    fields = (field for section in sections(category, chosen) for field in section.fields)
    return [field for field in fields if not field.path.startswith("items.")]


def market_fields(content: Content | None) -> tuple[Field, ...]:
    """Where it is sold, and what the law there asks besides."""
    asked = table.EU_SALES if EU in markets_of(content) else ()
    return (table.SOLD_IN, *asked)


def attribute_fields(category: Category, on: date | None = None) -> tuple[Field, ...]:
    """The category's questions about the product."""
    return tuple(_attribute_field(a, f"attributes.{a.code}", on) for a in category.attributes)


def option_fields(category: Category) -> tuple[Field, ...]:
    """Which buying options the items differ in, and of each the values to make items of."""
    if not category.buying_options:
        return ()
    values = (
        Field(
            f"option_values.{option.code}",
            Words(f"{option.label.ko} 값", f"Values of {option.label.en}"),
            "area",
            hint=Words("쉼표나 줄로 나누어 쓰세요.", "Part them by commas or lines."),
            required=False,
            example=option.example,
        )
        for option in category.buying_options
    )
    return (_options_field(category), *values)


def _options_field(category: Category) -> Field:
    return Field(
        "options",
        Words("품목끼리 다른 점", "What items differ in"),
        "checks",
        hint=Words(
            "없으면 비워 두세요. 3개까지 고를 수 있습니다.",
            "None for a single item; three at most.",
        ),
        required=False,
        choices=tuple(Choice(a.code, a.label) for a in category.buying_options),
    )


def item_fields(category: Category, content: Content | None = None) -> tuple[Field, ...]:
    """The columns of the item table, those of the chosen options first."""
    options = chosen_options(category, content)
    return (*(_option_column(option) for option in options), *table.ITEM)


def _option_column(option: Attribute) -> Field:
    column = _attribute_field(option, f"items.*.options.{option.code}")
    kind = "select" if option.type in ("one-of", "yes-no") else "text"
    return column.changed(kind=kind, required=True, units=())


def notice_fields(
    category: Category, content: Content | None = None, on: date | None = None
) -> tuple[Field, ...]:
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
            required=_is_required(line, on),
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
    if parts[0] == "picture_texts" and len(parts) == 3:
        picture, text = _picture_label(parts[1], content), picture_text_label(parts[2])
        return Words.joined([picture, text], by=": ")
    return _labels(category, content).get(path, Words("상품 전체", "The whole listing"))


def item_label(item_id: Any, category: Category, content: Content | None) -> Words:
    """`품목 3 (블랙 / L)`: the item's place and its options, if it has any."""
    items = (content or {}).get("items") or []
    place = next((n for n, item in enumerate(items, 1) if str(item.get("id")) == str(item_id)), 0)
    if not place:
        return Words("품목", "Item")
    return placed_label(place, options_label(items[place - 1], category, content))


def placed_label(place: int, options: Words) -> Words:
    """The label of the item that stands *place*th, with its options' own words."""
    if not options.ko:
        return Words(f"품목 {place}", f"Item {place}")
    return Words(f"품목 {place} ({options.ko})", f"Item {place} ({options.en})")


def options_label(item: Content, category: Category, content: Content | None) -> Words:
    """`블랙 / L`: an item's values of the chosen options, as people read them; '' for none."""
    options = chosen_options(category, content)
    return Words.joined((show(read(item, f"options.{o.code}"), o) for o in options), by=" / ")


def form_order(category: Category, content: Content | None = None) -> dict[str, int]:
    """The place of every path's pattern in the form: `items.*.price` stands for each item's."""
    order = {f.path: n for n, f in enumerate(_all_fields(category, content))}
    order.setdefault("options", order["items.*.sku"])
    for option in category.buying_options:
        order.setdefault(f"items.*.options.{option.code}", order["items.*.sku"])
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
    if label is None and inner.startswith("options."):
        option = category.attribute(inner.removeprefix("options."))
        label = option.label if option else None
    return Words(f"{item.ko}: {label.ko}", f"{item.en}: {label.en}") if label else item


def _picture_label(picture_id: str, content: Content | None) -> Words:
    ids = [str(i) for i in read(content, "product.pictures") or []]
    if picture_id not in ids:
        return Words("사진", "Picture")
    place = ids.index(picture_id) + 1
    if place == 1:
        return Words("대표 사진", "Representative picture")
    return Words(f"사진 {place}", f"Picture {place}")


def picture_text_label(language: str) -> Words:
    """What people call a picture's text of that language."""
    texts = (field.label for field in table.PICTURE_TEXTS if field.lang == language)
    return next(texts, Words("대체 텍스트", "Alternative text"))


def _is_required(part: Requirable, on: date | None) -> bool:
    return part.required if on is None else binds(part, on)


def _attribute_field(attribute: Attribute, path: str, on: date | None = None) -> Field:
    return Field(
        path,
        attribute.label,
        _ATTRIBUTE_KINDS.get(attribute.type, "text"),
        hint=attribute.help,
        required=_is_required(attribute, on),
        max_length=attribute.max_length if attribute.type == "text" else 0,
        unit=units.label(attribute.units[0]) if len(attribute.units) == 1 else Words("", ""),
        units=tuple(Choice(unit, units.label(unit)) for unit in attribute.units),
        choices=table.YES_NO if attribute.type == "yes-no" else attribute.choices,
        example=attribute.example,
        inputmode="decimal" if attribute.type == "number" else "",
    )


def _certifications(category: Category, on: date | None) -> list[Section]:
    fields: list[Field] = []
    for rule in category.certifications:
        fields.append(
            Field(
                f"certifications.{rule.code}.held",
                rule.label,
                "radios",
                hint=rule.help,
                required=_is_required(rule, on),
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


def _documents(category: Category) -> list[Section]:
    """Whether one is required is for its rules to tell: it depends on the goods."""
    fields = tuple(
        Field(f"documents.{rule.code}", rule.label, "document", hint=rule.help, required=False)
        for rule in category.documents
    )
    return [Section("documents", Words("서류", "Documents"), fields)] if fields else []
