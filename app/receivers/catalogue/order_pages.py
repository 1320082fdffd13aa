"""An order to look at, pay and cancel, for whoever has its address."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.core.words import Words
from app.receivers.catalogue import queries
from app.receivers.catalogue.order_system import Answer, OrderSystem, Unanswered
from app.receivers.database import Store

Page = tuple[str, int]

# The stand-in's, the one that works first; see `orders/provider.py`.
METHODS = (
    ("stand-in-approved", Words("결제하기", "Pay")),
    ("stand-in-declined", Words("거절되는 결제", "Payment that is declined")),
    ("stand-in-approved-late", Words("늦게 승인되는 결제", "Payment approved late")),
    ("stand-in-declined-late", Words("늦게 거절되는 결제", "Payment declined late")),
)
KEY = re.compile(r"[A-Za-z0-9_-]{24}")


def install(shop: Blueprint, store: Store, orders: OrderSystem) -> None:
    """Give *shop* the pages of an order."""

    @shop.get("/orders/<no>")
    def placed(no: str) -> Page:
        try:
            return _render(store, _found(orders.order(no)))
        except Unanswered:
            return _unanswered(no)

    @shop.post("/orders/<no>/payment")
    def pay(no: str) -> Page | Response:
        key, method = request.form.get("key", ""), request.form.get("method", "")
        if method not in dict(METHODS):
            return redirect(url_for("shop.placed", no=no), 303)
        # Our own pages' keys alone, as with orders; a page pays once, however often it is sent.
        key = key if KEY.fullmatch(key) else secrets.token_urlsafe(18)
        try:
            answer = orders.pay(no, key, method)
            if answer.status == 409:
                order = _found(orders.order(no))
                return _render(store, order, answer.body.get("message"), 409)
        except Unanswered:
            return _unanswered(no)
        if answer.status == 404:
            raise NotFound()
        return redirect(url_for("shop.placed", no=no, _anchor="payment"), 303)

    @shop.post("/orders/<no>/cancellation")
    def cancel(no: str) -> Page | Response:
        line = request.form.get("line")
        asked = (None, 0) if line is None else (_number(line), _kept(request.form))
        try:
            if asked[1] is None:
                return _render(store, _found(orders.order(no)), status=422, wrong=request.form)
            answer = orders.cancel(no, *asked)
        except Unanswered:
            return _unanswered(no)
        if answer.status == 404:
            raise NotFound()
        return redirect(url_for("shop.placed", no=no), 303)


def _number(text: str) -> int:
    """A line's number. What is none is no line, and never the whole order: `NotFound`."""
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 4 and int(text)):
        raise NotFound()
    return int(text)


def _kept(form: Mapping[str, str]) -> int | None:
    """How many pieces of the line stay: of those that the page showed, all but those to cancel.

    So a second press cancels no more. None where what was typed is no such number.
    """
    if "pieces" not in form:
        return 0
    here, typed = _number(form.get("here", "")), form["pieces"].strip()
    if not (typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= here):
        return None
    return here - int(typed)


def _found(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise NotFound()
    return answer.body


def _render(
    store: Store,
    order: dict[str, Any],
    refused: dict[str, str] | None = None,
    status: int = 200,
    wrong: Mapping[str, str] | None = None,
) -> Page:
    with store.transaction() as session:
        products = queries.products_of(session, [line["item_id"] for line in order["lines"]])
    text = render_template(
        "receivers/catalogue/order.html",
        order=order,
        # An order system that is older tells nothing of payments.
        payment=order.get("payment"),
        methods=METHODS,
        key=secrets.token_urlsafe(18),
        refused=refused,
        # A form that said no number of pieces: the line, and what was typed.
        wrong=wrong or {},
        products=products,
        earlier=bool(request.args.get("earlier")),
        here=url_for("shop.placed", no=order["no"]),
    )
    return text, status


def _unanswered(no: str) -> Page:
    return render_template("receivers/catalogue/no_answer.html", no=no), 503
