"""From a posted form to saves: which fields came, to which part each belongs."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from app.journey.drafting.picture_names import PictureNames
from app.listings import actions
from app.listings.actions import FieldConflict, PartSave, Step
from app.listings.content import ITEM_COLUMNS, item_path, read, split_item_path, storable
from app.listings.models import Version
from app.listings.numbers import whole_number
from app.listings.queries import parts_of, product_content
from app.taxonomy import queries as taxonomy
from app.taxonomy.attribute_types import read as read_attribute
from app.taxonomy.definitions import Category
from app.validation.field import Field
from app.validation.fields import product_fields

# What comes by routes of its own: files, and what stands beside them.
_FILES = ("picture", "documents.")
ITEM_PATHS = (*ITEM_COLUMNS, "gtin", "gtin_reason")
Values = dict[int | None, dict[str, Any]]


@dataclass
class Posted:
    """What a save did: the paths written, and the conflicts by full path."""

    saved: list[str] = field(default_factory=list)
    conflicts: dict[str, FieldConflict] = field(default_factory=dict)
    # What others changed since the page was drawn; pictures and documents are nobody's text.
    foreign: list[str] = field(default_factory=list)
    # Where the person was, to bring them back without script.
    section: str | None = None
    tab: str = ""
    # The field a person is still typing in: no verdict on it yet.
    typing: str = ""
    # Every field that came, changed or not.
    asked: set[str] = field(default_factory=set)
    # Conflicts that were just decided, whichever way.
    settled: set[str] = field(default_factory=set)
    fragment: bool = False

    @property
    def paths(self) -> set[str]:
        """Every path of which the page is to hear."""
        return {*self.asked, *self.saved, *self.conflicts, *self.settled}


def save_posted(version: Version, form: MultiDict[str, str], who: int | None) -> Posted:
    """Save every known field of *form*, in one go, each part on the revision the form names.

    `rev-<part id>` is the revision the page was drawn from, `seen.<path>` a later one for a single
    field, `tab` names the open page, `turn` the moment it sent this. Unknown names are ignored.
    """
    posted = Posted(
        section=form.get("section") or None,
        tab=storable(form.get("tab", ""))[:40],
        typing=form.get("typing", ""),
        settled={name.partition(".")[2] for name in form if name.startswith(("keep.", "mine."))},
    )
    parts = parts_of(version)
    items = {part_id: item_id for item_id, (part_id, _) in parts.items()}
    seen = _seen(form)
    saves = []
    for item_id, values in _values(version, form).items():
        posted.asked |= {_full(item_id, path) for path in values}
        kept = {p: v for p, v in values.items() if f"keep.{_full(item_id, p)}" not in form}
        if kept and item_id in parts:
            number = parts[item_id][0]
            revision = whole_number(form.get(f"rev-{number}"))
            saves.append(PartSave(number, kept, revision, seen.get(item_id, {})))
    if saves:
        turn = whole_number(form.get("turn")) or 0
        results = actions.save_parts(version.id, saves, Step(who, posted.tab, turn))
        for number, result in results.items():
            _note(posted, items[number], result)
    return posted


def _note(posted: Posted, item_id: int | None, result: actions.SaveResult) -> None:
    foreign = (path for path in result.foreign if not path.startswith(_FILES))
    posted.foreign += [_full(item_id, path) for path in foreign]
    posted.saved += [_full(item_id, path) for path in result.saved]
    posted.conflicts |= {_full(item_id, c.path): c for c in result.conflicts}


def _values(version: Version, form: MultiDict[str, str]) -> Values:
    category = taxonomy.category(version.listing.category_code)
    notice = form.get("notice.class") or read(product_content(version), "notice.class")
    values: Values = defaultdict(dict)
    if product := _product_values(form, category, notice):
        values[None] = product
    pictures = PictureNames(version)
    options = {f"options.{option.code}" for option in category.buying_options}
    for name in form:
        item_id, inner = split_item_path(name)
        if item_id is None:
            continue
        if inner in ITEM_PATHS or inner in options:
            values[item_id][inner] = form[name].strip()
        elif inner == "off":
            # An empty field of the same name goes before the box: on, where that is all there is.
            values[item_id]["off"] = form.getlist(name)[-1] == "yes" or None
        elif inner == "pictures":
            values[item_id]["pictures"] = pictures.read(form[name])
    return values


def _product_values(
    form: MultiDict[str, str], category: Category, notice: str | None
) -> dict[str, Any]:
    # Of every market: fields of one just taken away are still on the page.
    return {
        each.path: _value(form, each, category)
        for each in product_fields(category, notice)
        if each.path in form and not each.path.startswith(_FILES)
    }


def _chosen(form: MultiDict[str, str], field: Field) -> list[str]:
    """The choices ticked, in the list's order; the form's empty value says none."""
    ticked = set(form.getlist(field.path))
    return [choice.code for choice in field.choices if choice.code in ticked]


def _value(form: MultiDict[str, str], field: Field, category: Category) -> Any:
    attribute = category.attribute(field.path.removeprefix("attributes."))
    if field.path == "options":
        asked = form.getlist("options")
        return [option.code for option in category.buying_options if option.code in asked]
    if not field.path.startswith("attributes.") or attribute is None:
        if field.kind == "checks":
            return _chosen(form, field)
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


def _seen(form: MultiDict[str, str]) -> dict[int | None, dict[str, int]]:
    seen: dict[int | None, dict[str, int]] = defaultdict(dict)
    for name in form:
        if name.startswith(("seen.", "mine.")):
            item_id, path = split_item_path(name.partition(".")[2])
            revision = whole_number(form[name])
            if revision is not None:
                seen[item_id][path] = revision
    return seen


def _full(item_id: int | None, path: str) -> str:
    return path if item_id is None else item_path(item_id, path)
