"""The order system over HTTP: the signed API, figures and, for a demo, a board to look at."""

from typing import Any

from flask import Blueprint, abort, render_template, request

from app.core.errors import Invalid
from app.core.words import Words
from app.receivers.database import Store
from app.receivers.orders import actions, queries, sellers
from app.receivers.orders.settings import OrdersSettings
from app.receivers.signatures import checked

MOST_ITEMS = 500
KEY_MISSING = Words(
    "Idempotency-Key 머리글이 있어야 합니다(1~255자).",
    "The header Idempotency-Key is needed (1 to 255 characters).",
)
TOO_MANY = Words(
    "한 번에 500개 품목까지 물을 수 있습니다.", "At most 500 items can be asked about at once."
)
NO_NUMBER = Words("번호로 읽을 수 없습니다.", "It does not read as a number.")


def api(store: Store, settings: OrdersSettings) -> Blueprint:
    """`/v1/orders`, what is reserved, and `/v1/stock`; guard it with `signatures.guard`."""
    found = Blueprint("api", __name__)
    _serve_orders(found, store, settings)
    _serve_stock(found, store)
    return found


def _serve_orders(found: Blueprint, store: Store, settings: OrdersSettings) -> None:
    """What the catalogue does for shoppers, and what sellers are told."""

    @found.post("/v1/orders")
    def place() -> tuple[dict[str, Any], int]:
        key = _key()
        asked = checked("order-request")
        return actions.place(store, key, asked, settings.hold_minutes), 201

    @found.get("/v1/orders")
    def of_seller() -> dict[str, Any]:
        seller_id = _number(request.args.get("seller", ""))
        after = _number(request.args.get("after") or "0")
        with store.transaction() as session:
            return sellers.orders_of(session, seller_id, after)

    @found.get("/v1/orders/<no>")
    def order(no: str) -> dict[str, Any]:
        with store.transaction() as session:
            found, changed = queries.order_of(session, no)
        if changed:
            with store.transaction() as session:
                actions.bring_up_to_date(session, no)
            with store.transaction() as session:
                found, _ = queries.order_of(session, no)
        return found

    @found.post("/v1/orders/<no>/payment")
    def pay(no: str) -> dict[str, Any]:
        key = _key()
        method = checked("order-payment")["method"]
        with store.transaction() as session:
            return actions.pay(session, no, key, method, settings.late_answer_seconds)

    @found.post("/v1/orders/<no>/cancellation")
    def cancel(no: str) -> dict[str, Any]:
        asked = checked("order-cancellation")
        with store.transaction() as session:
            return actions.cancel(session, no, _kept(asked))


def _serve_stock(found: Blueprint, store: Store) -> None:
    """What is left of an item, and what is reserved of it."""

    @found.get("/v1/stock")
    def stock() -> dict[str, Any]:
        with store.transaction() as session:
            if "items" in request.args:
                return {"levels": queries.levels(session, _ids(request.args["items"]))}
            return queries.feed(session, _number(request.args.get("after") or "0"))

    @found.get("/v1/reservations")
    def reservations() -> dict[str, Any]:
        wanted = _ids(request.args.get("items", ""), most=None)
        if len(wanted) > MOST_ITEMS:
            raise Invalid("too-many", TOO_MANY)
        with store.transaction() as session:
            return queries.reservations(session, wanted)


def pages(store: Store, board: bool) -> Blueprint:
    """`/figures`, and where *board* is wanted, `/`: orders and stock to look at."""
    found = Blueprint("pages", __name__)

    @found.get("/figures")
    def figures() -> dict[str, int]:
        with store.transaction() as session:
            return queries.figures(session)

    @found.get("/")
    def recent() -> str:
        if not board:
            abort(404)
        with store.transaction() as session:
            return render_template(
                "receivers/orders/board.html",
                orders=queries.recent_orders(session),
                items=queries.board_items(session),
                figures=queries.figures(session),
            )

    return found


def _kept(cancellation: dict[str, Any]) -> dict[int, int] | None:
    """How many pieces stay of each line that it names; None where it names none."""
    if "lines" not in cancellation and "keep" not in cancellation:
        return None
    kept = {one["line"]: one["quantity"] for one in cancellation.get("keep", ())}
    return kept | dict.fromkeys(cancellation.get("lines", ()), 0)


def _key() -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if not 0 < len(key) <= 255 or "\0" in key:
        raise Invalid("key-missing", KEY_MISSING)
    return key


def _ids(text: str, most: int | None = MOST_ITEMS) -> list[int]:
    return [_number(part) for part in text.split(",")[:most] if part.strip()]


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise Invalid("not-a-number", NO_NUMBER) from None
    return max(0, min(number, 2**62))
