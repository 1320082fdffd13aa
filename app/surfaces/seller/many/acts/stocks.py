"""New stocks: a signed change noted on what is on sale, a count written into drafts."""

from collections.abc import Sequence

from app.core.words import Words
from app.listings.actions import stage_stock
from app.surfaces.seller.many.items import broken_rule, write_draft
from app.surfaces.seller.many.numbers import read_stock
from app.surfaces.seller.many.plans import Act, Change, Plan, Wish
from app.surfaces.seller.many.subjects import Subject
from app.surfaces.seller.many.words import why_nothing

_BELOW_ZERO = Words(
    "{item}: 지금 재고는 {count}개입니다. -{count}까지만 줄일 수 있습니다.",
    "{item}: stock is {count} now. Take off {count} at most.",
)


def plan(subjects: Sequence[Subject], wish: Wish) -> list[Plan]:
    """What each item's stock would be."""
    return [_plan(subject, wish) for subject in subjects]


def do(subject: Subject, planned: Plan, wish: Wish, who: int) -> None:
    """Stage the changes of what is on sale, write the counts of the draft."""
    for change in planned.changes:
        if change.live:
            stage_stock(change.item_id, change.new - (change.old or 0), who)
    write_draft(subject, planned.changes, who)


ACT = Act("stock", plan, do, read_stock, asks=("count", "change"), stages=True)


def _plan(subject: Subject, wish: Wish) -> Plan:
    live = _live_changes(subject, wish["change"] or 0)
    drafted = _draft_changes(subject, wish["count"])
    changes = [*live, *drafted]
    refusal = _below_zero(live) or broken_rule(subject, {c.item_id: {"stock": c.new} for c in live})
    asked = (bool(subject.live_items) and bool(wish["change"])) or (
        bool(subject.draft_items) and wish["count"] is not None
    )
    if not asked:
        refusal = why_nothing(subject, has_number=False)
    return Plan(subject.listing.id, subject.name, tuple(changes), refusal=refusal)


def _live_changes(subject: Subject, amount: int) -> list[Change]:
    if not amount or subject.on_sale is None:
        return []
    return [
        Change(
            "stock",
            item["id"],
            subject.item_name(item, subject.on_sale),
            item["stock"] or 0,
            (item["stock"] or 0) + amount,
            live=True,
        )
        for item in subject.live_items
    ]


def _draft_changes(subject: Subject, count: int | None) -> list[Change]:
    return [
        Change("stock", item["id"], subject.item_name(item, subject.written), item["stock"], count)
        for item in subject.draft_items
        if count is not None and item["stock"] != count
    ]


def _below_zero(changes: Sequence[Change]) -> Words | None:
    wrong = next((change for change in changes if change.new < 0), None)
    return _BELOW_ZERO.filled(item=wrong.item, count=wrong.old) if wrong else None
