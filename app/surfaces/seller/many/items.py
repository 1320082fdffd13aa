"""What new prices and stocks share: the rules that guard what is on sale, and writing the draft."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.words import Words
from app.listings.actions import PartSave, Step, save_parts
from app.listings.content import item_path
from app.listings.queries import parts_of
from app.surfaces.seller.guarding import broken_rules
from app.surfaces.seller.many.plans import Change
from app.surfaces.seller.many.subjects import Subject


def broken_rule(subject: Subject, wished: Mapping[int, Mapping[str, Any]]) -> Words | None:
    """What the rules have against live items as they are *wished*, values by item; the first."""
    live, category, content = subject.live, subject.sold_under, subject.on_sale
    if live is None or category is None or content is None or not wished:
        return None
    items = [{**item, **wished.get(item["id"], {})} for item in content["items"]]
    cells = {item_path(number, name) for number, values in wished.items() for name in values}
    found = broken_rules(live, category, {**content, "items": items}, cells)
    if not found:
        return None
    return Words.joined([Words.told(found[0].message), Words.told(found[0].remedy)], " ")


def write_draft(subject: Subject, changes: Iterable[Change], who: int) -> None:
    """Write those of *changes* that are the draft's, as one save."""
    drafted = [change for change in changes if not change.live]
    if drafted:
        parts = parts_of(subject.newest)
        saves = [PartSave(parts[each.item_id][0], {each.kind: each.new}) for each in drafted]
        save_parts(subject.newest.id, saves, Step(who))
