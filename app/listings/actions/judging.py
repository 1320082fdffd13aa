"""A verdict takes effect: the version is judged, its items released, the next stations hear."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import record
from app.listings.actions.fixing import fix_in_draft
from app.listings.actions.moving import move_version, release_items
from app.listings.actions.timeline import note
from app.listings.content import split_item_path
from app.listings.events import VersionApproved, VersionReturned
from app.listings.lifecycle import APPROVALS, ON_APPEAL
from app.listings.models import Finding, Version, touch
from app.listings.queries import sold_items

STEP = {
    "approve": "approved",
    "approve-in-part": "approved-in-part",
    "reject": "rejected",
    "request-changes": "changes-requested",
    "grant": "appeal-granted",
    "grant-in-part": "appeal-granted-in-part",
    "ease": "appeal-eased",
    "uphold": "appeal-upheld",
}
# What of a reason its seller is told, and which columns of an item the checklist goes by.
TOLD = ("note", "message", "remedy", "link", "box", "columns")


def apply_verdict(
    version_id: int,
    verdict: str,
    reasons: list[dict[str, Any]],
    message: str,
    who: int | None,
    appeal: bool = False,
) -> Version:
    """Apply a verdict, one of STEP; `Conflict` if the version has moved on.

    *reasons*: `{"code", "path", "note", "message", "remedy", "severity"}` each, pinned to a field,
    a picture (`pictures.<id>`) or, with an empty path, the listing. `box` is the part of a picture,
    `[left, top, right, bottom]` in ten-thousandths; `link` is where the rule can be read; `columns`
    are those of an item that it is about.
    With `approve-in-part` the items that a reason is pinned to are refused: one that is on sale
    stays there as it was approved before, a new one is not sold.

    *appeal*: it is the verdict on the appeal of a rejected version, whose reasons it replaces. The
    newest version is locked already then (`hold_newest`): what is fixed now is so in a draft, too.
    """
    action = ON_APPEAL[verdict] if appeal else verdict
    version = move_version(version_id, action, decided_at=database_now(), note=message)
    counted: dict[str, int] = {}
    if verdict in APPROVALS:
        refused = {split_item_path(reason.get("path") or "")[0] for reason in reasons}
        counted = _release_items(version, refused, appeal)
    # After the items: a save of a newer draft locks an item's row before it ticks a reason.
    _keep_reasons(version_id, reasons, _take_reasons(version_id) if appeal else {})
    note(version.listing_id, STEP[action], who, "reviewer", version=version.no, **counted)
    touch(version.listing)
    event = VersionApproved if verdict in APPROVALS else VersionReturned
    record(event(version.listing_id, version_id, who, appeal))
    return version


def _release_items(version: Version, refused: set[int | None], appeal: bool) -> dict[str, int]:
    """Give each part its verdict and let the approved items be sold: how many, of how many."""
    off = {part.item_id for part in version.parts if part.content.get("off")}
    for part in version.parts:
        judged = "rejected" if part.item_id in refused else "approved"
        part.verdict = None if part.item_id in off else judged
    items = {part.item_id for part in version.parts if part.item_id is not None}
    approved = items - off - refused
    # Most are approved as a whole and at first, and then the rows need not be read.
    asked = sold_items(version) if appeal or refused - {None} else []
    if appeal:
        fix_in_draft(version, [item for item in asked if item.id in approved])
    released = release_items(approved, version.id)
    for item in asked:
        db.session.expire(item)
    return {"count": len(released), "all": len(asked) or len(released)}


def _take_reasons(version_id: int) -> Mapping[tuple[str, str], datetime]:
    """Remove what the reviewer had against it; when each that is mended was, by code and path."""
    # Locked in the order of their numbers, as whoever ticks them does.
    gone = db.session.execute(
        select(Finding.id, Finding.code, Finding.path, Finding.cleared_at)
        .where(Finding.version_id == version_id, Finding.source == "reviewer")
        .order_by(Finding.id)
        .with_for_update()
    ).all()
    db.session.execute(delete(Finding).where(Finding.id.in_([row.id for row in gone])))
    return {(row.code, row.path): row.cleared_at for row in gone if row.cleared_at is not None}


def _keep_reasons(
    version_id: int, reasons: list[dict[str, Any]], mended: Mapping[tuple[str, str], datetime]
) -> None:
    for reason in reasons:
        path = reason.get("path") or ""
        db.session.add(
            Finding(
                version_id=version_id,
                item_id=split_item_path(path)[0],
                path=path,
                code=reason["code"],
                # The words are frozen with the verdict: a later catalogue changes none of them.
                params={k: reason[k] for k in TOLD if reason.get(k)},
                severity=reason.get("severity", "blocks"),
                source="reviewer",
                cleared_at=mended.get((reason["code"], path)),
            )
        )
