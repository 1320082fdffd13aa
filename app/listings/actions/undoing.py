"""Taking back one's last save: all that it wrote, unless somebody has written there since."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.queries import names_of
from app.core.errors import Conflict
from app.core.words import Words
from app.listings.actions.merging import PartSave, Step, present_value
from app.listings.actions.saving import items_of, save_parts
from app.listings.content import same
from app.listings.history import (
    changes_of_step,
    full_path,
    items_of_parts,
    last_changes,
    last_step,
    value_of,
)
from app.listings.locks import locked_draft, locked_parts
from app.listings.models import Change, VersionPart

_NOTHING = Words(
    "이 상품에서 되돌릴 내 변경이 없습니다.",
    "There is nothing of yours to take back in this draft.",
)
_CHANGED_SINCE = Words(
    "되돌리지 않았습니다. 그사이 다른 사람이 같은 칸을 바꿨습니다.",
    "Nothing was taken back: somebody changed the same field since.",
)


@dataclass(frozen=True)
class Since:
    """Who changed *path* after the save that was to be taken back; '' is nobody known."""

    path: str
    name: str
    at: datetime


class ChangedSince(Conflict):
    """Nothing was taken back, since `fields` are others' by now."""

    def __init__(self, fields: list[Since]) -> None:
        super().__init__("changed-since", _CHANGED_SINCE)
        self.fields = fields


def undo_last(version_id: int, who: int | None) -> str:
    """Take back the person's last save in a draft that is not taken back yet, as a save of its own.

    All of it or nothing: `ChangedSince` where a field of it was changed since, `Conflict` where
    there is no such save. Answers the name of the new one.
    """
    locked_draft(version_id)
    last = last_step(version_id, who)
    if not last:
        raise Conflict("nothing-to-undo", _NOTHING)
    changes = changes_of_step(version_id, last)
    parts = locked_parts(version_id, {change.part_id for change in changes})
    # Held on to, so that each is read once.
    items = items_of(parts.values())
    if since := _changed_since(changes, parts):
        raise ChangedSince(since)
    del items
    step = Step(who, undoes=last)
    save_parts(version_id, put_back(changes), step)
    return step.name


def put_back(changes: Sequence[Change]) -> list[PartSave]:
    """Saves that write what stood before the first of *changes* to each path."""
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    for change in changes:
        values[change.part_id].setdefault(change.path, value_of(change.old))
    return [PartSave(part_id, each) for part_id, each in values.items()]


def _changed_since(changes: Sequence[Change], parts: Mapping[int, VersionPart]) -> list[Since]:
    lost = [
        change
        for change in changes
        if not same(present_value(parts[change.part_id], change.path), value_of(change.new))
    ]
    if not lost:
        return []
    items = items_of_parts(lost)
    latest = last_changes(lost)
    names = names_of([change.who for change in latest if change.who])
    return [
        Since(full_path(items[each.part_id], each.path), names.get(each.who or 0, ""), each.at)
        for each in latest
    ]
