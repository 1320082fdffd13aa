"""Pinned reasons: checked, cleaned, and frozen with the words the seller will read."""

import re
from collections.abc import Iterable
from typing import Any

from app.core.errors import Invalid
from app.core.words import Words
from app.journey.review import boxes
from app.journey.review.reasons import reason
from app.listings.content import split_item_path
from app.listings.models import Version
from app.listings.queries import product_part

NOTE_LENGTH = 500
UNKNOWN_REASON = Words(
    "없는 사유입니다. 목록에서 고르세요.", "No such reason. Choose one from the list."
)
NO_PLACE = Words(
    "이 사유는 여기에 붙일 수 없습니다: {reason}. 다른 칸을 고르세요.",
    "This reason does not fit there: {reason}. Choose another place.",
)
NOTE_TOO_LONG = Words(
    "메모는 {limit}자까지 적을 수 있습니다.", "A note takes at most {limit} characters."
)
NO_SUCH_PLACE = Words(
    "이 상품에 없는 자리입니다. 화면의 칸을 골라 다시 붙이세요.",
    "This listing has no such place. Choose a field of the page and pin it again.",
)
_PATH = re.compile(r"[A-Za-z0-9_.-]{0,200}")

Pin = dict[str, Any]


def pinned(code: str, path: str, note: str = "", box: Any = None) -> Pin:
    """One reason at one place: `{"code", "path", "item", "note"}`; Invalid if it does not fit.

    With *box*, the part of a picture that it is about (see `boxes.py`), it has that as `box`.
    """
    known = reason(code)
    if known is None:
        raise Invalid("unknown-reason", UNKNOWN_REASON, path="reason")
    if not known.fits(path):
        raise Invalid("reason-elsewhere", NO_PLACE, path="path", reason=known.label)
    if len(note) > NOTE_LENGTH:
        raise Invalid("note-too-long", NOTE_TOO_LONG, path="reason-note", limit=NOTE_LENGTH)
    pin = {"code": code, "path": path, "item": split_item_path(path)[0], "note": note.strip()}
    return pin if box is None else pin | {"box": boxes.checked(box, path)}


def key_of(pin: Pin) -> tuple[Any, ...]:
    """What makes two pins the same one: reason, place, and part of the picture."""
    return pin["code"], pin["path"], *(pin.get("box") or ())


def check_places(pins: Iterable[Pin], version: Version) -> None:
    """Invalid for a pin on what is not in *version*: its verdict could never take effect."""
    items = {part.item_id for part in version.parts}
    pictures = {
        f"pictures.{number}" for number in product_part(version).content.get("pictures", [])
    }
    for pin in pins:
        path = pin["path"]
        of_item, of_picture = path.startswith("items."), path.startswith("pictures.")
        lost = of_item and split_item_path(path)[0] not in items - {None}
        if lost or (of_picture and path not in pictures) or not _PATH.fullmatch(path):
            raise Invalid("no-such-place", NO_SUCH_PLACE, path="path")


def frozen(pins: Iterable[Pin]) -> list[Pin]:
    """The pins as they are told to the seller: each once, with its words, severity and link."""
    told: dict[tuple[Any, ...], Pin] = {}
    for pin in pins:
        clean = pinned(pin["code"], pin.get("path", ""), pin.get("note", ""), pin.get("box"))
        known = reason(clean["code"])
        assert known is not None  # noqa: S101 - pinned() refused it otherwise
        told[key_of(clean)] = clean | {
            "message": known.text.as_dict(),
            "remedy": known.remedy.as_dict(),
            "severity": known.severity,
            **({"link": known.link} if known.link else {}),
            **({"columns": list(known.columns)} if known.columns else {}),
        }
    return list(told.values())
