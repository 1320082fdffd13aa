"""What of a case's items is of no version: SKUs, prices and stock that changed since."""

from collections.abc import Sequence

from app.journey.review.case.background import Past
from app.journey.review.comparing.diff import Changed
from app.listings.content import Content, split_item_path
from app.listings.models import Version
from app.listings.offers_since import Pairs, applied_since, written_since


def offers_of(
    before: Version, judged: Past | None, content: Content, differing: Sequence[Changed]
) -> list[Changed]:
    """Where they are otherwise than when *before* was judged, of the items of *content*.

    Of what was written in drafts all of it: what the next verdict releases. What was put into force
    on sale needs no review; it is told where a reason of that verdict was about it.
    """
    came = {each.path for each in differing if each.what == "item"}
    stayed = {item["id"] for item in content["items"] if not item["off"]}
    pairs: Pairs = written_since(before.listing_id, before.no)
    if judged is not None:
        applied = applied_since(before.listing_id, judged.case.decided_at)
        asked = [reason["path"] for reason in judged.case.reasons]
        pairs |= {path: pair for path, pair in applied.items() if _is_asked(path, asked)}
    return [
        Changed(path, "field", old, new)
        for path, (old, new) in pairs.items()
        if (item := split_item_path(path)[0]) in stayed and f"items.{item}" not in came
    ]


def _is_asked(path: str, asked: Sequence[str]) -> bool:
    return any(not each or path == each or path.startswith(f"{each}.") for each in asked)
