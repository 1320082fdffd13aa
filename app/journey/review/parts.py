"""Approval in part: the items that a reason is pinned to are refused, the others approved."""

from collections.abc import Iterable

from app.core.errors import Invalid
from app.core.words import Words
from app.journey.review.pins import Pin
from app.listings.content import split_item_path
from app.listings.models import Version
from app.listings.queries import sold_items

NOT_ONLY_ITEMS = Words(
    "품목이 아닌 곳에 사유가 붙어 있습니다. 상품 내용은 모든 품목이 함께 쓰므로 부분 승인할 수 "
    "없습니다. 그 사유를 지우거나 수정 요청을 고르세요.",
    "A reason is pinned to the product itself, which all items share: it cannot be approved in "
    "part. Remove that reason, or request changes.",
)
NONE_LEFT = Words(
    "모든 품목에 사유가 붙어 있어 승인할 품목이 없습니다. 수정 요청이나 반려를 고르세요.",
    "Every item has a reason, so none is left to approve. Request changes, or reject.",
)
NOT_SOLD = Words(
    "팔지 않는 품목(꺼 두었거나 판매를 끝낸 품목)에 사유가 붙어 있습니다. 그 사유를 지우세요.",
    "A reason is pinned to an item that is not to be sold: it is switched off, or its sale ended. "
    "Remove that reason.",
)


def check_parts(pins: Iterable[Pin], version: Version) -> None:
    """Invalid unless every reason is about an item to be sold and some such item has none."""
    refused = {split_item_path(pin["path"])[0] for pin in pins}
    if None in refused:
        raise Invalid("not-only-items", NOT_ONLY_ITEMS, path="reasons")
    sold = {item.id for item in sold_items(version)}
    # It would be approved in part with nothing of it refused.
    if not refused <= sold:
        raise Invalid("item-not-sold", NOT_SOLD, path="reasons")
    if sold <= refused:
        raise Invalid("no-item-left", NONE_LEFT, path="reasons")
