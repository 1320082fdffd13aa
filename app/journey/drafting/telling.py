"""What a change of many fields did, as the draft's page says it when it is drawn the next time.

Everything is read again from what the address names: a reload says the same, and no session keeps
words for a page that may never be opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.errors import NotFound
from app.core.words import Words
from app.journey.drafting.draft import Draft
from app.journey.drafting.preset_content import views_of
from app.journey.drafting.presets import preset_of
from app.listings.actions import not_restored
from app.listings.content import read, same
from app.listings.history import changes_of_step, full_paths
from app.listings.numbers import row_id
from app.validation.fitting import left_out


@dataclass(frozen=True)
class Told:
    """`kind` is what was done: `made` a preset, used a `preset`, `undone` a save, `returned` to a
    point, `restored` a version; `name` is the preset's, or the version's number.

    `changed` are the fields that it wrote, `left` those that the category has no use for, `fixed`
    those that are out of reach.
    """

    kind: str
    name: str = ""
    changed: list[Words] = field(default_factory=list)
    left: list[Words] = field(default_factory=list)
    fixed: list[Words] = field(default_factory=list)


def told_of(draft: Draft, arguments: Mapping[str, str]) -> Told | None:
    """What the address says was just done; None where it names nothing of this seller's."""
    try:
        if number := row_id(arguments.get("made")):
            return Told("made", preset_of(draft.listing.seller_id, number).name)
        if number := row_id(arguments.get("preset")):
            return _used(draft, number, arguments.get("step", ""))
        if number := row_id(arguments.get("restored")):
            return _restored(draft, number, arguments.get("step", ""))
    except NotFound:
        return None
    for kind in ("undone", "returned"):
        if kind in arguments:
            return Told(kind, changed=_labels(draft, arguments[kind]))
    return None


def _used(draft: Draft, preset_id: int, step: str) -> Told:
    preset = preset_of(draft.listing.seller_id, preset_id)
    [view], content = views_of([preset]), preset.content
    dropped = left_out(content, draft.category)
    stands = read(draft.content["product"], "options")
    fixed = draft.any_live and "options" in content and "options" not in dropped
    fixed = fixed and not same(content["options"], stands)
    return Told(
        "preset",
        preset.name,
        changed=_labels(draft, step),
        left=view.labels(dropped),
        fixed=view.labels(["options"]) if fixed else [],
    )


def _restored(draft: Draft, number: int, step: str) -> Told | None:
    source = next((v for v in draft.listing.versions if v.no == number), None)
    if source is None:
        return None
    left = [draft.label(path) for path in not_restored(source, draft.version)]
    return Told("restored", str(number), changed=_labels(draft, step), fixed=left)


def _labels(draft: Draft, step: str) -> list[Words]:
    paths = full_paths(changes_of_step(draft.version.id, step)) if step else []
    return [draft.label(path) for path in dict.fromkeys(paths)]
