"""What the seller typed into the price and stock cells of items on sale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.database import db
from app.core.errors import Refusal
from app.core.words import Words
from app.journey.handoff.actions import end_refused_stock
from app.journey.handoff.queries import stock_on_its_way
from app.listings.actions import stage_count, stage_offer, stage_stock
from app.listings.models import Item, Version
from app.listings.numbers import whole_number
from app.listings.queries import content_of, live_version
from app.surfaces.seller.guarding import broken_rules
from app.taxonomy import queries as taxonomy

NOT_NUMBER = Words(
    "{typed}: 숫자가 아닙니다. 숫자만 입력하세요.", "{typed} is not a number. Use digits only."
)

ONE_OF_THEM = Words(
    "늘거나 준 수와 세어 본 수 가운데 하나만 입력하세요.",
    "Enter the change or the count, not both.",
)
ON_ITS_WAY = Words(
    "앞서 보낸 재고 변경이 아직 주문 시스템에 전달되지 않았습니다. 전달된 뒤에 세어 본 수를 다시"
    " 입력하세요.",
    "A change that you sent has not reached the order system yet. Enter the count again once it"
    " has.",
)


@dataclass(frozen=True)
class Misfit:
    """What does not fit in one cell; reads like a finding."""

    words: Words
    params: dict[str, Any] = field(default_factory=dict)
    severity: str = "blocks"

    def message(self, language: str) -> str:
        """The sentence."""
        return self.words.text(language, **self.params)

    def remedy(self, language: str) -> str:
        """The sentence holds it already."""
        return ""


Wrong = dict[str, Any]


def read_staging(listing_id: int, form: Mapping[str, str], who: int) -> Wrong:
    """Stage what was typed; answers what does not fit, by path, and then nothing may be kept."""
    version = live_version(listing_id)
    if version is None:
        return {}
    content = content_of(version)
    wrong: Wrong = {}
    for item in content["items"]:
        if item["live"]:
            _stage_price(item, form, who, wrong)
            _stage_stock(item, form, who, wrong)
    return wrong or _broken_rules(content, version)


def _stage_price(item: dict[str, Any], form: Mapping[str, str], who: int, wrong: Wrong) -> None:
    base = f"items.{item['id']}"
    path, list_path = f"{base}.price", f"{base}.list_price"
    shown = (whole_number(form.get(f"{path}_shown")), whole_number(form.get(f"{base}.list_shown")))
    # An empty price keeps the one that is live; so does a list price that was not asked for.
    typed = _number(form, path, wrong)
    price = item["price"] if typed is None else typed
    list_price = _number(form, list_path, wrong) if list_path in form else item["list_price"]
    untouched = typed is None and list_price == item["list_price"]
    # Cells stand filled in: what was left as it was shown is no wish, whatever holds by now.
    if untouched or (typed, list_price) == shown or path in wrong or list_path in wrong:
        return
    seen = whole_number(form.get(f"{base}.offer_revision")) or 0
    try:
        stage_offer(item["id"], price, list_price, seen, who)
    except Refusal as refusal:
        wrong[path] = Misfit(refusal.words, refusal.params)
    item["price"], item["list_price"] = price, list_price


def _stage_stock(item: dict[str, Any], form: Mapping[str, str], who: int, wrong: Wrong) -> None:
    base = f"items.{item['id']}"
    path, count_path = f"{base}.stock_change", f"{base}.stock_count"
    change, count = _number(form, path, wrong), _number(form, count_path, wrong)
    if count is not None:
        # A change that stood in its cell already is no second wish: the count takes its place.
        if change not in (None, _staged(item["id"])):
            wrong[count_path] = Misfit(ONE_OF_THEM)
        else:
            _stage_count(item, count, form.get(f"{base}.stock_seen", ""), who, wrong)
    elif change is not None:
        try:
            stage_stock(item["id"], change, who)
        except Refusal as refusal:
            wrong[path] = Misfit(refusal.words, refusal.params)
        item["stock"] = (item["stock"] or 0) + change


def _stage_count(item: dict[str, Any], count: int, seen: str, who: int, wrong: Wrong) -> None:
    path = f"items.{item['id']}.stock_count"
    try:
        change = stage_count(item["id"], count, seen, who)
    except Refusal as refusal:
        wrong[path] = Misfit(refusal.words, refusal.params)
        return
    # Asked under the item's lock: no change of its stock is sent meanwhile.
    if change and stock_on_its_way([item["id"]]):
        wrong[path] = Misfit(ON_ITS_WAY)
    # No amount will be sent that others could be over with.
    if not change:
        end_refused_stock(item["id"])
    item["stock"], item["counted"] = count, True


def _staged(item_id: int) -> int | None:
    return db.session.get_one(Item, item_id).stock.staged


def _number(form: Mapping[str, str], path: str, wrong: Wrong) -> int | None:
    typed = (form.get(path) or "").strip()
    number = whole_number(typed)
    if typed and number is None:
        wrong[path] = Misfit(NOT_NUMBER, {"typed": typed})
    return number


def _broken_rules(content: dict[str, Any], version: Version) -> Wrong:
    cells = {
        f"items.{item['id']}.{name}"
        for item in content["items"]
        for name in ("price", "list_price", "stock")
    }
    category = taxonomy.category_by_version(version.category_version_id or 0)
    found = broken_rules(version, category, content, cells)
    return {_cell_of(finding.path, content): finding for finding in found}


def _cell_of(path: str, content: dict[str, Any]) -> str:
    """Where it was typed: a new stock as a count or as a change."""
    counted = {f"items.{item['id']}.stock" for item in content["items"] if item.get("counted")}
    return path.replace(".stock", ".stock_count" if path in counted else ".stock_change")
