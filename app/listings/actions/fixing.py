"""What a first approval fixes, in a draft that went on while the appeal was read.

Orders know an item by its options, so a newer draft says the same of them as what is now sold.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.listings.actions.merging import PartSave, Step
from app.listings.actions.saving import save_parts
from app.listings.content import Content
from app.listings.models import Item, Version, VersionPart
from app.listings.queries import has_approved_item


def fix_in_draft(version: Version, items: Collection[Item]) -> None:
    """Before *items* of *version* are approved: bring them into an open draft as they stand there.

    Those that were approved before are fixed already. It is a save by the system, which the history
    of the draft tells. Whoever calls has locked the draft before the version.
    """
    draft = db.session.scalar(
        select(Version).where(Version.listing_id == version.listing_id, Version.state == "draft")
    )
    fresh = {item.id for item in items if item.approved_version_id is None}
    if draft is None or not fresh:
        return
    sold = {part.item_id: part.content for part in version.parts}
    known = {part.item_id for part in draft.parts}
    for item_id in sorted(fresh - known):
        db.session.add(VersionPart(version_id=draft.id, item_id=item_id, content=sold[item_id]))
    db.session.flush()
    db.session.expire(draft, ["parts"])
    parts = {part.item_id: part for part in draft.parts}
    saves = [PartSave(parts[n].id, _fixed(sold[n], parts[n].content)) for n in sorted(fresh)]
    if not has_approved_item(version.listing_id):
        axes = {"options": sold[None].get("options")}
        saves.append(PartSave(parts[None].id, axes))
    save_parts(draft.id, saves, Step(None))


def _fixed(sold: Content, drafted: Content) -> dict[str, Any]:
    options = sold.get("options") or {}
    codes = {*options, *(drafted.get("options") or {})}
    values = {f"options.{code}": options.get(code) for code in sorted(codes)}
    return {**values, "off": None} if drafted.get("off") else values
