"""A verdict takes effect: the version is judged, its items released, the next stations hear."""

from typing import Any

from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import record
from app.listings.actions.moving import move_item_sale, move_version
from app.listings.actions.timeline import note
from app.listings.content import split_item_path
from app.listings.events import VersionApproved, VersionReturned
from app.listings.models import Finding, Version, touch
from app.listings.queries import sold_items

STEP = {"approve": "approved", "reject": "rejected", "request-changes": "changes-requested"}
# What of a reason its seller is told.
TOLD = ("note", "message", "remedy", "link", "box")


def apply_verdict(
    version_id: int,
    verdict: str,
    reasons: list[dict[str, Any]],
    message: str,
    who: int | None,
) -> Version:
    """Apply `approve`, `reject` or `request-changes`; `Conflict` if the version has moved on.

    *reasons*: `{"code", "path", "note", "message", "remedy", "severity"}` each, pinned to a field,
    a picture (`pictures.<id>`) or, with an empty path, the listing. `box` is the part of a picture,
    `[left, top, right, bottom]` in ten-thousandths; `link` is where the rule can be read.
    """
    version = move_version(version_id, verdict, decided_at=database_now(), note=message)
    _keep_reasons(version_id, reasons)
    if verdict == "approve":
        _release_items(version)
    note(version.listing_id, STEP[verdict], who, "reviewer", version=version.no)
    touch(version.listing)
    event = VersionApproved if verdict == "approve" else VersionReturned
    record(event(version.listing_id, version_id, who))
    return version


def _release_items(version: Version) -> None:
    off = {part.item_id for part in version.parts if part.content.get("off")}
    for part in version.parts:
        part.verdict = None if part.item_id in off else "approved"
    for item in sold_items(version):
        first = item.approved_version_id is None
        item.approved_version_id = version.id
        db.session.flush()
        if first:
            move_item_sale(item.id, "release", sale_changed_at=database_now())


def _keep_reasons(version_id: int, reasons: list[dict[str, Any]]) -> None:
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
            )
        )
