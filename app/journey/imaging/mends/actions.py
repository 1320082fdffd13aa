"""The verbs of mending: a new picture of the same file takes the place of the one before."""

from collections.abc import Mapping
from typing import Any

from app.core.errors import Conflict
from app.core.words import Words
from app.journey.imaging.actions import not_shown
from app.journey.imaging.checks import unprocessed
from app.journey.imaging.mends.recipe import extended
from app.journey.imaging.queries import draft_pictures, order_of, picture
from app.listings.actions import (
    PartSave,
    Step,
    look_again,
    mended_picture,
    replace_picture,
    save_parts,
)
from app.listings.locks import locked_draft
from app.listings.models import Picture, Version
from app.listings.queries import open_version

_UNREADABLE = Words(
    "읽을 수 없는 사진은 고칠 수 없습니다. 새 파일을 올리세요.",
    "A picture that cannot be read cannot be mended. Upload another file.",
)
_NO_BEFORE = Words(
    "이 사진은 처음 올린 그대로입니다. 앞의 사진이 없습니다.",
    "This picture is as it was uploaded; there is none before it.",
)


def mend(listing_id: int, picture_id: int, step: Mapping[str, Any], who: int | None) -> Picture:
    """Put the picture that *step* makes of it in its place; the one now there.

    The same wish again, from a page that shows the old one, finds it done. `Invalid` for a step
    that there is not, `Conflict` where the picture is not in the draft or cannot be decoded.
    """
    version = locked_draft(open_version(listing_id).id)
    before = _readable(listing_id, picture_id)
    edits = extended(before.edits, step)
    if before.id not in order_of(version):
        return _done_already(version, before, edits)
    made = mended_picture(before, edits, who)
    if made.facts.get("code") == unprocessed.CHECK.code:
        look_again(made)
    _put_in_place(version, before, made, who)
    return made


def put_back(listing_id: int, picture_id: int, who: int | None) -> Picture:
    """Put the picture that it was made from in its place; the one now there.

    `Conflict` where there is none, or where the picture is not in the draft.
    """
    version = locked_draft(open_version(listing_id).id)
    present = picture(listing_id, picture_id)
    if present.made_from_id is None:
        raise Conflict("nothing-before", _NO_BEFORE)
    before = picture(listing_id, present.made_from_id)
    if present.id not in order_of(version):
        return _done_already(version, present, before.edits)
    _put_in_place(version, present, before, who)
    return before


def to_be_mended(listing_id: int, picture_id: int) -> Picture:
    """A picture of the draft that may be mended. `NotFound`, `Conflict`."""
    version = locked_draft(open_version(listing_id).id)
    found = _readable(listing_id, picture_id)
    if found.id not in order_of(version):
        raise not_shown()
    return found


def is_mendable(each: Picture) -> bool:
    """Whether it could be, or may yet be, decoded."""
    return each.state != "refused" or bool(each.facts.get("renditions"))


def _readable(listing_id: int, picture_id: int) -> Picture:
    found = picture(listing_id, picture_id)
    if not is_mendable(found):
        raise Conflict("picture-unreadable", _UNREADABLE)
    return found


def _done_already(version: Version, old: Picture, edits: list[Any]) -> Picture:
    """The picture in the draft that has that recipe already. `Conflict`."""
    for each in draft_pictures(version):
        if each.sha256 == old.sha256 and each.edits == edits:
            return each
    raise not_shown()


def _put_in_place(version: Version, old: Picture, new: Picture, who: int | None) -> None:
    """*new* wherever the draft and its items have *old*, in one save, so one step to take back."""
    if old.id == new.id:
        return
    parts = sorted(version.parts, key=lambda part: part.id)
    values = [(part.id, replace_picture(part.content, old.id, new.id)) for part in parts]
    save_parts(version.id, [PartSave(*each) for each in values if each[1]], Step(who))
