"""Presets: parts of a listing that a company saves once and uses in many."""

from datetime import timedelta

from sqlalchemy import delete as deletion
from sqlalchemy import select

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.words import Words
from app.journey.drafting.models import Preset
from app.journey.drafting.preset_content import KINDS, answers
from app.listings.actions import PartSave, Step, save_parts
from app.listings.content import storable
from app.listings.locks import locked_draft
from app.listings.models import Version
from app.listings.queries import parts_of, product_content
from app.taxonomy import queries as taxonomy
from app.taxonomy.attribute_types import is_empty
from app.validation.fitting import left_out

NAME_LENGTH = 60
# A deleted preset can be taken back this long.
KEPT = timedelta(days=1)
_NO_NAME = Words("프리셋 이름을 쓰세요.", "Give the preset a name.")
_LONG_NAME = Words(
    "{length}자입니다. {limit}자까지 쓸 수 있습니다.", "This is {length} characters; {limit} fit."
)
_NOTHING = Words(
    "저장할 답이 아직 없습니다. 먼저 이 구역을 채우세요.",
    "There is nothing to save yet. Fill in this section first.",
)
_TAKEN = Words(
    "같은 이름의 프리셋이 있습니다: {name}. 다른 이름을 쓰거나 바꿔 저장하세요.",
    "There is a preset called {name}. Choose another name, or save over it.",
)
_TAKEN_SINCE = Words(
    "그사이 같은 이름의 프리셋이 생겼습니다: {name}. 그 이름을 바꾼 뒤 되돌리세요.",
    "Another preset is called {name} by now. Rename that one, then undo.",
)


def presets_of(seller_id: int, kind: str | None = None) -> list[Preset]:
    """The company's presets, of one kind or of all, by name."""
    wanted = select(Preset).where(Preset.seller_id == seller_id, Preset.deleted_at.is_(None))
    if kind is not None:
        wanted = wanted.where(Preset.kind == kind)
    return list(db.session.scalars(wanted.order_by(Preset.name, Preset.id)))


def preset_of(seller_id: int, preset_id: int) -> Preset:
    """The company's own preset; `NotFound` for another's, or one that was taken away."""
    preset = _own(seller_id, preset_id)
    if preset is None or preset.deleted_at is not None:
        raise NotFound()
    return preset


def deleted_preset(seller_id: int, preset_id: int) -> Preset | None:
    """The company's own preset that was taken away, while it is kept."""
    preset = _own(seller_id, preset_id)
    return preset if preset and preset.deleted_at else None


def save_preset(
    version: Version, kind: str, name: str, who: int | None, replace: bool = False
) -> Preset:
    """Save what *version* says of *kind*; the same once more is the same preset.

    `Invalid` without a fitting name or any answer, `Conflict` where the name is another preset's,
    unless it is to *replace* that one.
    """
    if kind not in KINDS:
        raise NotFound()
    listing = version.listing
    name = _fitting(name, f"preset-name-{kind}")
    category = taxonomy.category(listing.category_code)
    content = answers(kind, product_content(version), category)
    if all(is_empty(value) for value in content.values()):
        raise Invalid("preset-empty", _NOTHING, f"preset-name-{kind}")
    present = _named(listing.seller_id, kind, name)
    if present is None:
        present = Preset(
            seller_id=listing.seller_id,
            kind=kind,
            name=name,
            category_code=category.code,
            content=content,
            created_by=who,
        )
        db.session.add(present)
    elif present.content != content:
        if not replace:
            raise Conflict("preset-name-taken", _TAKEN, name=name)
        present.content, present.category_code = content, category.code
        present.changed_at = database_now()
    db.session.flush()
    return present


def apply_preset(version_id: int, preset_id: int, seller_id: int, who: int | None) -> str:
    """Write a preset's answers into a draft, those that fit its category; the name of the save."""
    preset = preset_of(seller_id, preset_id)
    version = locked_draft(version_id)
    if version.listing.seller_id != seller_id:
        raise NotFound()
    dropped = left_out(preset.content, taxonomy.category(version.listing.category_code))
    values = {path: value for path, value in preset.content.items() if path not in dropped}
    part_id, _ = parts_of(version)[None]
    step = Step(who)
    save_parts(version_id, [PartSave(part_id, values)], step)
    return step.name


def rename(preset_id: int, seller_id: int, name: str) -> Preset:
    """Give a preset another name; `Conflict` where one of its kind has it."""
    preset = preset_of(seller_id, preset_id)
    name = _fitting(name, "name")
    if name != preset.name:
        if _named(seller_id, preset.kind, name) is not None:
            raise Conflict("preset-name-taken", _TAKEN, name=name)
        preset.name, preset.changed_at = name, database_now()
        db.session.flush()
    return preset


def delete(preset_id: int, seller_id: int) -> None:
    """Take a preset away; `restore` brings it back while it is kept."""
    preset = _own(seller_id, preset_id)
    if preset is None:
        raise NotFound()
    if preset.deleted_at is None:
        preset.deleted_at = database_now()
    gone = Preset.deleted_at < database_now() - KEPT
    db.session.execute(deletion(Preset).where(Preset.seller_id == seller_id, gone))


def restore(preset_id: int, seller_id: int) -> Preset:
    """Bring a deleted preset back; `Conflict` where its name is another's by now."""
    preset = _own(seller_id, preset_id)
    if preset is None:
        raise NotFound()
    if preset.deleted_at is not None:
        if _named(seller_id, preset.kind, preset.name) is not None:
            raise Conflict("preset-name-taken", _TAKEN_SINCE, name=preset.name)
        preset.deleted_at = None
        db.session.flush()
    return preset


def _own(seller_id: int, preset_id: int) -> Preset | None:
    found = db.session.get(Preset, preset_id, populate_existing=True)
    return found if found is not None and found.seller_id == seller_id else None


def _fitting(name: str, path: str) -> str:
    name = " ".join(str(storable(name)).split())
    if not name:
        raise Invalid("preset-name-missing", _NO_NAME, path)
    if len(name) > NAME_LENGTH:
        raise Invalid("preset-name-long", _LONG_NAME, path, length=len(name), limit=NAME_LENGTH)
    return name


def _named(seller_id: int, kind: str, name: str) -> Preset | None:
    return db.session.scalar(
        select(Preset).where(
            Preset.seller_id == seller_id,
            Preset.kind == kind,
            Preset.name == name,
            Preset.deleted_at.is_(None),
        )
    )
