"""Submission and its undoing. Readiness is computed inside the submitting transaction."""

from sqlalchemy import select

from app.accounts.suspending import refuse_suspended
from app.core.clock import database_now, today
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.unit_of_work import record
from app.core.words import Words
from app.listings.actions.mending import keep_ticks
from app.listings.actions.moving import move_version
from app.listings.actions.naming import note_name
from app.listings.actions.timeline import note
from app.listings.content import split_item_path
from app.listings.events import VersionSubmitted, VersionWithdrawn
from app.listings.locks import hold_judged, locked_draft
from app.listings.models import Finding as FindingRow
from app.listings.models import Item, Listing, Version, VersionPart, touch
from app.listings.neighbours import with_neighbours
from app.listings.queries import content_of, live_version, name_of, newest_version
from app.taxonomy import queries as taxonomy
from app.taxonomy.queries import is_retired
from app.validation.engine import findings as check
from app.validation.finding import Finding

_NOT_READY = Words(
    "아직 제출할 수 없습니다. 고칠 곳이 {count}곳 있습니다.",
    "It can't be submitted yet: {count} things to fix.",
)
CATEGORY_RETIRED = Words(
    "이 카테고리에는 더 이상 등록할 수 없습니다. 다른 카테고리를 고르세요.",
    "Nothing new is taken into this category. Choose another one.",
)
_PUT_AWAY = Words(
    "보관한 상품입니다. 다시 팔려면 새 상품으로 등록하세요.",
    "This listing was put away. Register a new product to sell it again.",
)
_OPEN = Words(
    "이미 작성 중이거나 심사 중인 내용이 있습니다.", "There is a draft or a submission already."
)


class NotReady(Invalid):
    """Blocking findings stand against the draft; all of them are given at once."""

    def __init__(self, findings: list[Finding]) -> None:
        blocking = [f for f in findings if f.severity == "blocks"]
        super().__init__("not-ready", _NOT_READY, path="", count=len(blocking))
        self.findings = findings


def submit(version_id: int, who: int | None) -> Version:
    """Freeze the draft and hand it to review; `NotReady` while anything blocks it.

    `Conflict` ('company-suspended') while its company may not sell.
    """
    refuse_suspended(_seller_of(version_id))
    version = locked_draft(version_id)
    # An appeal of what was rejected before ends with this submission.
    hold_judged(version.listing_id)
    # Every save takes the same lock: what is read from here on is what is frozen.
    db.session.flush()
    db.session.expire_all()
    listing = version.listing
    _refuse_put_away(listing)
    if is_retired(listing.category_code):
        raise Conflict("category-retired", CATEGORY_RETIRED)
    day = today()
    category = taxonomy.category(listing.category_code, on=day)
    found = check(with_neighbours(listing, content_of(version)), category, day)
    if any(finding.severity == "blocks" for finding in found):
        raise NotReady(found)
    submitted = move_version(
        version_id,
        "submit",
        submitted_at=database_now(),
        submitted_by=who,
        rules_as_of=day,
        category_version_id=category.version_id,
    )
    _keep_findings(version_id, found)
    note(listing.id, "submitted", who, "seller", version=version.no)
    touch(listing)
    record(VersionSubmitted(listing.id, version_id))
    return submitted


def _seller_of(version_id: int) -> int:
    of = select(Listing.seller_id).join(Version, Version.listing_id == Listing.id)
    seller_id = db.session.scalar(of.where(Version.id == version_id))
    if seller_id is None:
        raise NotFound()
    return seller_id


def withdraw(version_id: int, who: int | None) -> Version:
    """Take a submission back before its verdict is applied."""
    version = move_version(version_id, "withdraw")
    note(version.listing_id, "withdrawn", who, "seller", version=version.no)
    touch(version.listing)
    record(VersionWithdrawn(version.listing_id, version_id, who))
    return version


def discard(version_id: int, who: int | None) -> Version:
    """Throw an edit away; what is on sale stays as it is."""
    version = move_version(version_id, "discard")
    kept = _behind_the_discarded(version.listing_id)
    note_name(version.listing, name_of(kept)["ko"] if kept else "")
    keep_ticks(in_hand(version.listing_id))
    note(version.listing_id, "discarded", who, "seller", version=version.no)
    touch(version.listing)
    return version


def revise(listing_id: int, who: int | None) -> Version:
    """A new draft, copied from what the seller last had in hand."""
    listing = db.session.get_one(Listing, listing_id, with_for_update=True)
    _refuse_put_away(listing)
    newest = newest_version(listing_id)
    if newest.state in ("draft", "submitted"):
        raise Conflict("version-open", _OPEN)
    source = in_hand(listing_id)
    fresh = Version(
        listing_id=listing_id, no=newest.no + 1, state="draft", based_on=source.id, created_by=who
    )
    db.session.add(fresh)
    db.session.flush()
    gone = set(
        db.session.scalars(
            select(Item.id).where(Item.listing_id == listing_id, Item.sale == "retired")
        )
    )
    for part in source.parts:
        if part.item_id not in gone:
            db.session.add(
                VersionPart(version_id=fresh.id, item_id=part.item_id, content=part.content)
            )
    note(listing_id, "revised", who, "seller", version=fresh.no)
    touch(listing)
    return fresh


def in_hand(listing_id: int) -> Version:
    """What the seller last had in hand of a listing.

    That is the newest version; or, when it was thrown away, what is on sale, else what was before.
    """
    newest = newest_version(listing_id)
    discarded = newest.state == "withdrawn" and newest.submitted_at is None
    return (_behind_the_discarded(listing_id) if discarded else None) or newest


def _refuse_put_away(listing: Listing) -> None:
    if listing.retired_at is not None:
        raise Conflict("put-away", _PUT_AWAY)


def _behind_the_discarded(listing_id: int) -> Version | None:
    kept = select(Version).where(
        Version.listing_id == listing_id,
        (Version.state != "withdrawn") | Version.submitted_at.is_not(None),
    )
    return live_version(listing_id) or db.session.scalar(kept.order_by(Version.no.desc()).limit(1))


def _keep_findings(version_id: int, found: list[Finding]) -> None:
    for finding in found:
        item_id, _ = split_item_path(finding.path)
        db.session.add(
            FindingRow(
                version_id=version_id,
                item_id=item_id,
                path=finding.path,
                code=finding.code,
                params=finding.params,
                severity=finding.severity,
                source=finding.source,
            )
        )
