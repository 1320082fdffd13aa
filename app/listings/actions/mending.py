"""The seller's checklist: a remark is ticked while its place is another than the reviewer judged.

What is put back as it was loses its tick. Of the listing as a whole the reviewer alone can tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from app.core.clock import database_now
from app.core.database import db
from app.listings.content import ITEM_COLUMNS, Content, item_path, read, same, split_item_path
from app.listings.lifecycle import JUDGED_STATES
from app.listings.models import Finding, Version, VersionPart
from app.listings.offers_since import Pairs, applied_since, written_since
from app.listings.queries import judged_before


def keep_ticks(version: Version) -> None:
    """Bring the ticks in step with *version*: a draft, or what was judged and is in hand."""
    judged = version.id if version.state in JUDGED_STATES else judged_before(version)
    findings = _reviewers(judged) if judged is not None else ()
    if not findings:
        return
    compared = _Compared(db.session.get_one(Version, judged), version)
    for finding in findings:
        if not compared.is_mended(finding):
            finding.cleared_at = None
        elif finding.cleared_at is None:
            finding.cleared_at = database_now()


def _reviewers(judged: int) -> Sequence[Finding]:
    # Locked, in the order of their numbers: a verdict on an appeal may be replacing them.
    return db.session.scalars(
        select(Finding)
        .where(Finding.version_id == judged, Finding.source == "reviewer", Finding.path != "")
        .order_by(Finding.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


@dataclass
class _Compared:
    """A judged version beside what its seller has in hand."""

    judged: Version
    now: Version

    def is_mended(self, finding: Finding) -> bool:
        """Whether its place differs; one on a picture stands while that picture does."""
        item, inner = split_item_path(finding.path)
        if item is not None:
            return self._is_item_mended(item, inner, finding.params.get("columns") or ())
        old, new = self._old.get(None, {}), self._new.get(None, {})
        folder, _, rest = finding.path.partition(".")
        if folder in ("pictures", "picture_texts"):
            shown = map(str, new.get("pictures") or [])
            if rest.partition(".")[0] not in shown:
                return True
        if folder == "pictures" and rest:
            return False
        # A certificate is read with its number.
        place = finding.path.removesuffix(".held")
        return not same(read(old, place), read(new, place))

    def _is_item_mended(self, item: int, inner: str, columns: Sequence[str]) -> bool:
        """An item taken out or switched off is; else it differs in what the reason is about."""
        old, new = self._old.get(item, {}), self._new.get(item)
        if new is None or (new.get("off") and not old.get("off")):
            return True
        asked = [inner] if inner else columns
        asked = asked or [*ITEM_COLUMNS, *(key for key in {**old, **new} if key != "typed")]
        return any(
            item_path(item, each) in self._offers or not same(read(old, each), read(new, each))
            for each in asked
        )

    @cached_property
    def _old(self) -> Mapping[int | None, Content]:
        return _contents(self.judged)

    @cached_property
    def _new(self) -> Mapping[int | None, Content]:
        return _contents(self.now)

    @cached_property
    def _offers(self) -> Pairs:
        """What differs of SKUs, prices and stock, which are of no version."""
        listing_id, judged = self.judged.listing_id, self.judged
        return written_since(listing_id, judged.no) | applied_since(listing_id, judged.decided_at)


def _contents(version: Version) -> Mapping[int | None, Content]:
    rows = db.session.execute(
        select(VersionPart.item_id, VersionPart.content).where(VersionPart.version_id == version.id)
    )
    return {row.item_id: row.content for row in rows}
