"""The reasons of the verdict before, where they were, for whoever reads the version that follows.

Each says whether its place changed since, and may be pinned again as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from app.core.database import db
from app.core.errors import Invalid
from app.core.words import Words
from app.journey.review.case.background import Past, earlier_verdicts, judged_last
from app.journey.review.comparing.differing import Places
from app.journey.review.models import ReviewCase
from app.journey.review.pins import UNKNOWN_REASON, Pin, key_of, pinned
from app.journey.review.reasons import reason
from app.listings.content import split_item_path
from app.listings.models import Version


@dataclass(frozen=True)
class Earlier:
    """One of them. `no` counts from 0; `sign` tells its mark from those being made (A, B, ...)."""

    no: int
    reason: Pin
    label: Words
    # Whether this version still has the place, and whether what stands there is another.
    here: bool
    changed: bool
    # Its number among the present reasons, 0 while it is not pinned again.
    again: int

    @property
    def sign(self) -> str:
        """A to Z, then A2 and so on."""
        turn, letter = divmod(self.no, len(ascii_uppercase))
        return ascii_uppercase[letter] + (str(turn + 1) if turn else "")

    @property
    def path(self) -> str:
        """Where it was pinned; '' is the whole listing."""
        return str(self.reason["path"])

    @property
    def called(self) -> Words:
        """The reason's name as reviewers know it; of one that is given no more, what it said."""
        known = reason(self.reason["code"])
        return known.label if known else Words.of(self.reason["message"])

    @property
    def open(self) -> bool:
        """Whether it may be pinned again."""
        return self.here and not self.again and reason(self.reason["code"]) is not None

    @property
    def anchor(self) -> str:
        """The id of its place on the page; of an item's column that of the item's row."""
        kind, _, rest = self.path.partition(".")
        if kind == "pictures":
            return f"p-{rest}"
        item = split_item_path(self.path)[0]
        return f"at-items-{item}" if item else "at-" + self.path.replace(".", "-")

    @property
    def box(self) -> list[int] | None:
        """The part of the picture that it was about."""
        return self.reason.get("box")


def reasons_before(past: Sequence[Past], before: Version | None) -> Past | None:
    """The verdict on the version judged before, if it gave reasons; that on its appeal counts."""
    found = (each for each in past if before and each.case.version_id == before.id)
    last = next(found, None)
    return last if last and last.case.reasons else None


def earlier_of(
    reasons: Sequence[Pin],
    places: Mapping[str, Words],
    called: Places,
    touched: Sequence[str],
    pins: Sequence[Pin],
) -> list[Earlier]:
    """The *reasons* as they stand to a version with these *places* and present *pins*.

    *called* names what this version has no more; *touched* are the paths that changed since.
    """
    return [
        Earlier(
            no,
            reason,
            places.get(reason["path"]) or called.of(reason["path"]),
            is_there(reason["path"], places),
            is_changed(reason["path"], touched),
            number_again(reason, pins),
        )
        for no, reason in enumerate(reasons)
    ]


def is_changed(path: str, touched: Iterable[str]) -> bool:
    """Whether one of the *touched* places is at *path*, within it, or takes it along. Pure."""
    if not path:
        return any(touched)
    # What a picture shows in words belongs to it, and a certificate's number; of what is gone, all
    # within it is.
    aliases = (path.removesuffix(".held"), path.replace("pictures.", "picture_texts.", 1))
    return any(
        there == here or there.startswith(here + ".") or here.startswith(there + ".")
        for there in touched
        for here in aliases
    )


def is_there(path: str, places: Iterable[str]) -> bool:
    """Whether a version with these *places* has that one; an item has every column."""
    item, inner = split_item_path(path)
    return path in places or (bool(inner) and f"items.{item}" in places)


def number_again(reason: Pin, pins: Sequence[Pin]) -> int:
    """The number among *pins* of the one that says the same at the same place; 0 for none."""
    keys = [key_of(pin) for pin in pins]
    return keys.index(key_of(reason)) + 1 if key_of(reason) in keys else 0


def again(case: ReviewCase, no: int) -> Pin:
    """The pin that says once more what the *no*th earlier reason said. Invalid if there is none."""
    before = judged_last(db.session.get_one(Version, case.version_id))
    verdict = reasons_before(earlier_verdicts(case), before)
    reasons = verdict.case.reasons if verdict else []
    if not 0 <= no < len(reasons):
        raise Invalid("unknown-reason", UNKNOWN_REASON, path="reason")
    old = reasons[no]
    return pinned(old["code"], old["path"], old.get("note", ""), old.get("box"))
