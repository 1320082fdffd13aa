"""What the routes of drafting share: whose listing it is, and the draft's page again."""

from typing import Any

from flask import Response, url_for

from app.accounts.current import current_person, current_seller_id
from app.core.errors import Refusal
from app.journey.drafting.building import draft_of
from app.listings.models import Listing, Version
from app.listings.queries import listing_of, newest_version
from app.web.page import go, page


def own(listing_id: int) -> Listing:
    """The listing, if it is the seller's own; another's is not there."""
    return listing_of(current_seller_id(), listing_id)


def draft_version(listing_id: int) -> Version:
    """The newest version of the seller's own listing."""
    return newest_version(own(listing_id).id)


def draw(
    listing_id: int,
    status: int,
    turned_away: dict[str, Refusal] | None = None,
    named: str = "",
    **context: Any,
) -> Response:
    """The draft's page; *turned_away* says by place why something was not done."""
    draft = draft_of(newest_version(listing_id), reader=current_person().id, **context)
    draft.turned_away, draft.named = turned_away or {}, named
    return page("drafting/draft.html", status=status, draft=draft)


def to_draft(listing_id: int, anchor: str | None = None, **told: Any) -> Response:
    """On to the draft's page; *told* are the arguments from which it says what was done."""
    return go(url_for("drafting.draft", listing_id=listing_id, _anchor=anchor, **told))
