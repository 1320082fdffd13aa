"""What the seller typed into the price and stock cells of items on sale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import Refusal
from app.core.words import Words
from app.listings.actions import stage_offer, stage_stock
from app.listings.models import Version
from app.listings.numbers import whole_number
from app.listings.queries import content_of, live_version
from app.surfaces.seller.guarding import broken_rules
from app.taxonomy import queries as taxonomy

NOT_NUMBER = Words(
    "{typed}: 숫자가 아닙니다. 숫자만 입력하세요.", "{typed} is not a number. Use digits only."
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
    path = f"items.{item['id']}.stock_change"
    change = _number(form, path, wrong)
    if change is None:
        return
    try:
        stage_stock(item["id"], change, who)
    except Refusal as refusal:
        wrong[path] = Misfit(refusal.words, refusal.params)
    item["stock"] = (item["stock"] or 0) + change


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
    return {finding.path.replace(".stock", ".stock_change"): finding for finding in found}
