"""The shop for shoppers: looking, ordering, and what became of an order. Nobody signs in.

An order form carries no CSRF token: there is no sign-in that another site could make use of.
"""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.words import Words
from app.receivers.catalogue import basket, order_pages, queries
from app.receivers.catalogue.browsing import Browsing, ordered
from app.receivers.catalogue.models import Product
from app.receivers.catalogue.order_system import Answer, OrderSystem, Unanswered
from app.receivers.catalogue.product_page import ProductPage
from app.receivers.database import Store

Page = tuple[str, int]

DOWN = Words(
    "주문 시스템이 답하지 않습니다. 잠시 뒤 아래 버튼을 다시 누르세요."
    " 여러 번 눌러도 한 번만 주문됩니다.",
    "The order system does not answer. Press the button again in a moment;"
    " however often you press, it is ordered once.",
)
PRICE = Words(
    "가격이 바뀌었습니다. 지금 가격은 {price}원입니다. 맞으면 다시 주문하세요.",
    "The price has changed. It is now ₩{price}. If that is right, order again.",
)
FEW = Words("{count}개 남았습니다. 개수를 줄이세요.", "{count} left. Order fewer.")
GONE = Words("방금 품절되었습니다.", "It has just sold out.")
NOT_NOW = Words("지금은 팔지 않습니다.", "It is not on sale now.")


def shop(store: Store, orders: OrderSystem, browsing: Browsing) -> Blueprint:
    """Search, product pages, ordering; `order_pages` has what comes after."""
    found = Blueprint("shop", __name__)
    found.after_request(ordered)
    found.add_url_rule("/", "home", browsing.home)
    found.add_url_rule("/products/<external_id>", "product", browsing.product)

    @found.post("/products/<external_id>/orders")
    def order(external_id: str) -> Page | Response:
        return _order(orders, _product(store, external_id))

    order_pages.install(found, store, orders)
    return found


def _product(store: Store, external_id: str) -> Product:
    with store.transaction() as session:
        return queries.product_of(session, external_id)


def _stock(orders: OrderSystem, product: Product) -> dict[int, int] | None:
    try:
        return orders.stock([item.item_id for item in product.items])
    except Unanswered:
        return None


def _order(orders: OrderSystem, product: Product) -> Page | Response:
    key = request.form.get("key", "")
    # Our own forms' keys alone: a key that two people could think of would show one the other's.
    if not order_pages.KEY.fullmatch(key):
        key = secrets.token_urlsafe(18)
    page = ProductPage.of(product, key)
    page.choose(request.form.get("item", ""))
    lines = basket.read(page, request.form)
    if not lines:
        return _again(page, _stock(orders, product), 422)
    try:
        answer = orders.place(key, lines, product.practice)
    except Unanswered:
        page.message = DOWN
        return _again(page, None, 503)
    if answer.status == 201:
        return redirect(url_for("shop.placed", no=answer.body["no"]), 303)
    if answer.code == "key-reused" and answer.body.get("no"):
        return redirect(url_for("shop.placed", no=answer.body["no"], earlier=1), 303)
    _explain(page, answer)
    return _again(page, _stock(orders, product), 409)


def _explain(page: ProductPage, answer: Answer) -> None:
    """Put the refusal beside the item that it is about."""
    about = answer.body.get("item_id")
    row = next((row for row in page.rows if row.item.item_id == about), None)
    if answer.code == "price-changed":
        price = answer.body["price"]
        said = PRICE.filled(price=price)
        if row:
            row.price = price
    elif answer.code == "sold-out":
        count = answer.body["count"]
        said = (FEW if count else GONE).filled(count=count)
    elif answer.code == "busy":
        said = Words.of(answer.body["message"])
    else:
        said = NOT_NOW
    if row:
        row.message = said
    else:
        page.message = said


def _again(page: ProductPage, stock: dict[int, int] | None, status: int) -> Page:
    """The page with what was typed; the same key, so that one form makes one order."""
    page.tell(stock)
    return _render(page, status)


def _render(page: ProductPage, status: int = 200) -> Page:
    text = render_template(
        "receivers/catalogue/product.html",
        page=page,
        product=page.product,
        content=page.product.content,
        here=url_for("shop.product", external_id=page.product.id),
    )
    return text, status
