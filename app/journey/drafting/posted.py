"""From a posted form to saves: which fields came, to which part each belongs."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from app.listings import actions
from app.listings.actions import FieldConflict
from app.listings.content import ITEM_COLUMNS, item_path, read, split_item_path, storable
from app.listings.models import Version, VersionPart
from app.listings.numbers import whole_number
from app.listings.queries import product_part
from app.taxonomy import queries as taxonomy
from app.taxonomy.attribute_types import read as read_attribute
from app.taxonomy.definitions import Category
from app.validation.field import Field
from app.validation.fields import sections

ITEM_PATHS = (*ITEM_COLUMNS, "gtin", "gtin_reason")


@dataclass
class Posted:
    """What a save did: the paths written, and the conflicts by full path."""

    saved: list[str] = field(default_factory=list)
    conflicts: dict[str, FieldConflict] = field(default_factory=dict)
    # What others changed since the page was drawn; pictures are nobody's text.
    foreign: list[str] = field(default_factory=list)
    # Where the person was, to bring them back without script.
    section: str | None = None
    tab: str = ""
    # The field a person is still typing in: no verdict on it yet.
    typing: str = ""
    # Conflicts that were just decided, whichever way.
    settled: set[str] = field(default_factory=set)
    fragment: bool = False


def save_posted(version: Version, form: MultiDict[str, str], who: int | None) -> Posted:
    """Save every known field of *form* into its part, each part on the revision it names.

    `rev-<part id>` is the revision the page was drawn from, `seen.<path>` a later one for a single
    field, `tab` names the open page. Unknown names are ignored.
    """
    posted = Posted(
        section=form.get("section") or None,
        tab=storable(form.get("tab", ""))[:40],
        typing=form.get("typing", ""),
        settled={name.partition(".")[2] for name in form if name.startswith(("keep.", "mine."))},
    )
    category = taxonomy.category(version.listing.category_code)
    stored = product_part(version).content
    by_item = _by_item(form, category, form.get("notice.class") or read(stored, "notice.class"))
    for part in version.parts:
        values = {
            path: value
            for path, value in by_item.get(part.item_id, {}).items()
            if f"keep.{_full(part, path)}" not in form
        }
        if values:
            _save_part(part, values, form, who, posted)
    return posted


def _save_part(
    part: VersionPart,
    values: dict[str, Any],
    form: MultiDict[str, str],
    who: int | None,
    posted: Posted,
) -> None:
    revision = whole_number(form.get(f"rev-{part.id}"))
    result = actions.save_fields(
        part.version_id,
        part.id,
        values,
        part.revision if revision is None else revision,
        who,
        tab=posted.tab,
        seen=_seen(part, form),
    )
    posted.foreign += [_full(part, path) for path in result.foreign if path != "pictures"]
    posted.saved += [_full(part, path) for path in result.saved]
    posted.conflicts |= {_full(part, c.path): c for c in result.conflicts}


def _by_item(
    form: MultiDict[str, str], category: Category, notice: str | None
) -> dict[int | None, dict[str, Any]]:
    values: dict[int | None, dict[str, Any]] = defaultdict(dict)
    for path, value in _product_values(form, category, notice).items():
        values[None][path] = value
    known = {*ITEM_PATHS, *(f"options.{option.code}" for option in category.buying_options)}
    for name in form:
        item_id, inner = split_item_path(name)
        if item_id is not None and inner in known:
            values[item_id][inner] = form[name].strip()
        elif item_id is not None and inner == "off":
            # An empty field of the same name goes before the box: on, where that is all there is.
            values[item_id]["off"] = form.getlist(name)[-1] == "yes" or None
    return values


def _product_values(
    form: MultiDict[str, str], category: Category, notice: str | None
) -> dict[str, Any]:
    chosen = {"product": {"notice": {"class": notice}}}
    known = [f for section in sections(category, chosen) for f in section.fields]
    return {
        each.path: _value(form, each, category)
        for each in known
        if each.path in form and not each.path.startswith(("items.", "pictures"))
    }


def _value(form: MultiDict[str, str], field: Field, category: Category) -> Any:
    attribute = category.attribute(field.path.removeprefix("attributes."))
    if field.path == "options":
        asked = form.getlist("options")
        return [option.code for option in category.buying_options if option.code in asked]
    if not field.path.startswith("attributes.") or attribute is None:
        text = form[field.path].replace("\r\n", "\n").strip()
        # A number is stored as one, or it would read as changed where the page shows `3,000`.
        number = whole_number(text) if field.kind in ("money", "count") else None
        return text if number is None else number
    raw: Any = form[field.path]
    if attribute.type == "many-of":
        raw = [code for code in form.getlist(field.path) if code]
    if attribute.type == "number":
        if not raw.strip():
            return None
        raw = {"value": raw, "unit": form.get(f"{field.path}.unit", "")}
    return read_attribute(raw, attribute)


def _seen(part: VersionPart, form: MultiDict[str, str]) -> dict[str, int]:
    seen = {}
    for name in form:
        if name.startswith(("seen.", "mine.")):
            item_id, path = split_item_path(name.partition(".")[2])
            revision = whole_number(form[name])
            if item_id == part.item_id and revision is not None:
                seen[path] = revision
    return seen


def _full(part: VersionPart, path: str) -> str:
    return path if part.item_id is None else item_path(part.item_id, path)
