"""One listing as its seller sees it: where it stands, who has it, what is staged, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from app.accounts.queries import names_of
from app.core.words import Words
from app.journey.handoff.queries import Handover, handovers_of, outdated_counts, stock_as_of
from app.journey.review.appealed import Appealed, appealed
from app.journey.review.queries import claimed_now
from app.listings.actions import PriceJump, price_jump
from app.listings.actions.submitting import in_hand
from app.listings.lifecycle import ITEM_SALE, RETURNED_STATES
from app.listings.models import Item, Listing, TimelineEntry, Version
from app.listings.queries import (
    Stage,
    content_of,
    live_version,
    name_of,
    newest_version,
    part_of,
    product_part,
    reviewer_findings,
    sold_items,
    stage,
    timeline_of,
)
from app.listings.remarks import Remark, remark_of
from app.listings.steps import told
from app.taxonomy import queries as taxonomy
from app.taxonomy.definitions import Category
from app.validation.fields import label_of, options_label

SELLER, REVIEWER = Words("판매자", "Seller"), Words("심사자", "Reviewer")
SYSTEM = Words("시스템", "System")
OUTDATED = Words(
    "세어 본 수를 적용하지 않았습니다. 그 사이 재고가 바뀌었습니다. 지금 재고: {count}개. 다시 세어"
    " 보고 입력하세요.",
    "Your count was not taken: the stock had changed meanwhile. It is {count} now. Count again and"
    " enter it.",
)
SALE_ACTIONS = ("pause", "resume", "recall")


@dataclass(frozen=True)
class ItemLine:
    """One item: its option, offer, stock, and how far each target has it."""

    item: Item
    option: Words
    live: bool
    actions: tuple[str, ...]
    handovers: list[Handover]
    jump: PriceJump | None
    # The newest text of it was not approved, with a reason.
    refused: bool

    @property
    def name(self) -> Words:
        """The option, else the seller's own code."""
        return self.option if self.option.ko else Words(self.item.sku, self.item.sku)

    @property
    def wished(self) -> dict[str, int | None]:
        """The price as the cells show it: staged if something is, else what holds."""
        offer = self.item.offer
        if offer.staged_price is not None:
            return {"price": offer.staged_price, "list_price": offer.staged_list_price}
        return {"price": offer.price, "list_price": offer.list_price}

    @property
    def sold_out(self) -> bool:
        """Nothing left of an item that is on sale."""
        return self.item.sale == "on" and self.item.stock.count == 0


@dataclass(frozen=True)
class Step:
    """One timeline line."""

    at: datetime
    who: str
    role: str
    said: Words


@dataclass(frozen=True)
class ListingView:
    """All that the listing's page shows."""

    listing: Listing
    newest: Version
    # What the seller has in hand: past an edit that was thrown away.
    judged: Version
    live: Version | None
    category: Category
    name: dict[str, str]
    stage: Stage
    claimed: bool
    lines: list[ItemLine]
    remarks: list[Remark]
    steps: list[Step]
    journey: dict[str, datetime | None]
    appeal: Appealed | None
    # When counts were last heard of, where they are not present.
    stock_as_of: datetime | None
    # Items whose count came too late.
    outdated: set[int]

    def outdated_count(self, item: Item) -> Words | None:
        """Why the count of the item was not taken, if it was not."""
        moved = item.id in self.outdated
        return OUTDATED.filled(count=item.stock.count or 0) if moved else None

    @property
    def staged(self) -> list[ItemLine]:
        """The items with a staged price or stock change."""
        return [
            line
            for line in self.lines
            if line.item.offer.staged_price is not None or line.item.stock.staged
        ]

    @property
    def live_lines(self) -> list[ItemLine]:
        """The items that were approved and may still be sold."""
        return [line for line in self.lines if line.live and line.item.sale != "retired"]

    @property
    def withdrawn(self) -> bool:
        """Whether something of it was on sale and is not now: orders of it may be open."""
        return any(line.live and line.item.sale in ("paused", "recalled") for line in self.lines)

    @property
    def recallable(self) -> int:
        """How many items can be recalled."""
        return sum(line.live and "recall" in line.actions for line in self.lines)

    @property
    def targets(self) -> list[Handover]:
        """One handover a target, for the table's head."""
        return next((line.handovers for line in self.lines if line.handovers), [])

    @property
    def look_again(self) -> int:
        """Seconds after which the page should look again; 0 while nothing is on its way."""
        states = {h.state for line in self.lines for h in line.handovers}
        if states & {"moving", "delayed", "waiting"}:
            return 2
        return 10 if self.newest.state == "submitted" or self.stage.edit == "appeal" else 0

    @property
    def waits(self) -> list[Handover]:
        """One handover for each target that keeps something waiting."""
        delayed = [h for line in self.lines for h in line.handovers if h.state == "delayed"]
        return list({h.target: h for h in reversed(delayed)}.values())

    def entries(self) -> list[dict[str, Any]]:
        """The timeline as its macro takes it."""
        roles = {"seller": SELLER, "reviewer": REVIEWER}
        return [
            {
                "at": step.at,
                "who": step.who or roles.get(step.role, SYSTEM),
                "what": step.said,
            }
            for step in self.steps
        ]

    def wrong_entries(self, wrong: dict[str, Any]) -> list[tuple[str, Words]]:
        """What did not fit in the price cells, for the error summary."""
        return [(path, Words.told(each.message)) for path, each in wrong.items()]

    def label(self, path: str) -> Words:
        """What people call the field at *path*."""
        return label_of(path, self.category, self._content)

    @cached_property
    def _content(self) -> dict[str, Any]:
        return content_of(self.newest)

    @property
    def picture_id(self) -> int | None:
        """The representative picture of the newest text."""
        pictures = product_part(self.newest).content.get("pictures") or [None]
        found: int | None = pictures[0]
        return found


def listing_view(listing: Listing) -> ListingView:
    """Everything about one listing, read once."""
    newest, live = newest_version(listing.id), live_version(listing.id)
    shown = live or newest
    category = taxonomy.category(listing.category_code)
    judged = in_hand(listing.id)
    lines = _lines(listing, shown, newest, judged, category)
    appeal = appealed(listing)
    return ListingView(
        listing=listing,
        newest=newest,
        judged=judged,
        live=live,
        category=category,
        name=name_of(newest),
        stage=stage(listing, appealed=appeal is not None and appeal.pending),
        claimed=newest.state == "submitted" and newest.id in claimed_now([newest.id]),
        lines=lines,
        remarks=_remarks(judged),
        steps=_steps(timeline_of(listing.id)),
        journey=_journey(listing, newest, lines),
        appeal=appeal,
        stock_as_of=stock_as_of(),
        outdated=outdated_counts(listing.id),
    )


def _remarks(judged: Version) -> list[Remark]:
    returned = judged.state in RETURNED_STATES
    return [remark_of(each) for each in reviewer_findings(judged)] if returned else []


def _lines(
    listing: Listing, shown: Version, newest: Version, judged: Version, category: Category
) -> list[ItemLine]:
    handovers = handovers_of(listing.id)
    items = {item.id: item for item in [*sold_items(shown), *sold_items(newest)]}
    refused = {part.item_id for part in judged.parts if part.verdict == "rejected"}
    return [
        ItemLine(
            item=item,
            option=_option(item, shown, newest, category),
            live=item.approved_version_id is not None,
            actions=tuple(a for a in SALE_ACTIONS if (item.sale, a) in ITEM_SALE),
            handovers=handovers.get(item.id, []),
            jump=price_jump(item.offer),
            refused=item.id in refused,
        )
        for item in items.values()
    ]


def _option(item: Item, shown: Version, newest: Version, category: Category) -> Words:
    version = shown if any(part.item_id == item.id for part in shown.parts) else newest
    product = {"product": product_part(version).content}
    return options_label(part_of(version, item.id).content, category, product)


def _steps(entries: Sequence[TimelineEntry]) -> list[Step]:
    names = names_of([entry.who for entry in entries if entry.who])
    return [
        Step(
            at=entry.at,
            # Sellers learn that a reviewer acted, not which one.
            who=names.get(entry.who or 0, "") if entry.role == "seller" else "",
            role=entry.role,
            said=told(entry),
        )
        for entry in entries
    ]


def _journey(
    listing: Listing, newest: Version, lines: list[ItemLine]
) -> dict[str, datetime | None]:
    """The stations with the time each was reached: drafted to on sale."""
    approved = newest.decided_at if newest.state in ("approved", "partly_approved") else None
    handovers = [h for line in lines for h in line.handovers]
    times = [h.at for h in handovers if h.at is not None]
    there = approved and times and all(h.settled for h in handovers)
    handed = max(times) if there else None
    return {
        "draft": newest.created_at,
        "submitted": newest.submitted_at,
        "approved": approved,
        "handed": handed,
        "on": handed if any(line.item.sale == "on" for line in lines) else None,
    }
