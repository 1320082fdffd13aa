"""The order form of a product page: what was typed, read strictly and given back as it was."""

from collections.abc import Mapping

from app.core.words import Words
from app.receivers.catalogue.product_page import ProductPage

MOST = 999
NOT_A_QUANTITY = Words(
    "{typed}: 1부터 999까지의 숫자로 쓰세요.", "{typed}: write a number from 1 to 999."
)
NOTHING = Words("주문할 개수를 쓰세요.", "Write how many you want.")


def read(page: ProductPage, form: Mapping[str, str]) -> list[dict[str, int]]:
    """Order lines from the form; empty when something is wrong, which stands in *page* then."""
    lines, wrong = [], False
    for row in page.rows:
        typed = form.get(f"quantity-{row.item.item_id}", "").strip()[:20]
        row.quantity = typed
        if typed in ("", "0"):
            continue
        quantity = _whole(typed)
        if quantity is None or not 1 <= quantity <= MOST:
            row.message = NOT_A_QUANTITY.filled(typed=typed)
            wrong = True
            continue
        seen = _whole(form.get(f"price-{row.item.item_id}", ""))
        price = row.price if seen is None else min(seen, 1_000_000_000)
        lines.append({"item_id": row.item.item_id, "quantity": quantity, "price": price})
    if not lines and not wrong:
        page.message = NOTHING
    return [] if wrong else lines


def _whole(text: str) -> int | None:
    # No comma: the largest quantity needs none, and in "1,5" it would make fifteen.
    return int(text) if text.isdecimal() and len(text) < 12 else None
