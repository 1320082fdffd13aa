"""What a shopper will see of a draft, as the catalogue's product page says it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.accounts import queries as accounts
from app.core.words import Words
from app.journey.drafting.building import draft_of
from app.journey.drafting.checking import Judged
from app.journey.drafting.draft import Draft
from app.journey.drafting.views import FieldView, SectionView
from app.listings.models import Version
from app.listings.queries import content_of
from app.taxonomy.attribute_types import is_empty
from app.taxonomy.queries import category_by_version
from app.validation.fields import options_label
from app.validation.picture_texts import heard

WIDTHS = ("phone", "wide")
# The catalogue says how many are left from here down.
FEW = 10


@dataclass(frozen=True)
class Row:
    """One item as it can be bought; `left` where only few are."""

    option: Words
    price: Any
    list_price: int | None
    left: int | None

    @property
    def sold_out(self) -> bool:
        """Struck through, and not to be ordered."""
        return self.left == 0


@dataclass(frozen=True)
class Preview:
    """The draft as a product page of one width: `phone` or `wide`."""

    draft: Draft
    width: str

    @property
    def seller(self) -> str:
        """The company that sells it."""
        return accounts.seller_of(self.draft.listing.seller_id).name

    @cached_property
    def pictures(self) -> list[int]:
        """Those that are ready, in their order."""
        known = self.draft.content["pictures"]
        chosen = self.draft.content["product"].get("pictures") or []
        return [n for n in chosen if known.get(str(n), {}).get("state") == "ready"]

    def renditions(self, picture_id: int) -> list[dict[str, Any]]:
        """The sizes that were made of one of them."""
        facts = self.draft.content["pictures"][str(picture_id)].get("facts") or {}
        return list(facts.get("renditions") or [])

    def heard(self, picture_id: int, place: int) -> Words:
        """What is read out of the one that stands *place*th."""
        return heard(self.draft.content["product"], picture_id, place)

    @property
    def rows(self) -> list[Row]:
        """The items that are meant to be sold."""
        draft = self.draft
        items = [item for item in draft.content["items"] if not item["off"]]
        return [
            Row(
                option=options_label(item, draft.category, draft.content),
                price=item["price"],
                list_price=_compared(item),
                left=item["stock"] if item["stock"] is not None and item["stock"] <= FEW else None,
            )
            for item in items
        ]

    def section(self, code: str) -> SectionView | None:
        """A section of the form by its code, where the category has it."""
        return next((s for s in self.draft.sections if s.spec.code == code), None)

    def facts(self, code: str) -> list[FieldView]:
        """Its fields that shoppers read: those answered, and those that still must be."""
        section = self.section(code)
        views = [view for view in section.fields if not view.hidden] if section else []
        return [view for view in views if view.spec.required or not is_empty(view.value)]

    @property
    def notice_class(self) -> Words:
        """The class of goods, which heads its lines."""
        chosen = next((v for v in self.facts("notice") if v.spec.path == "notice.class"), None)
        return chosen.shown if chosen else Words("", "")


def preview_of(version: Version) -> Preview:
    """A submitted version on a phone, by the category that it was submitted under, unjudged."""
    category = category_by_version(version.category_version_id or 0)
    return Preview(draft_of(version, judged=Judged(content_of(version), category, [])), WIDTHS[0])


def _compared(item: dict[str, Any]) -> int | None:
    """The list price, where it is higher than the price."""
    price, listed = item["price"], item["list_price"]
    return listed if price is not None and listed is not None and listed > price else None
