"""The seller's home, the listings, one listing, and the verbs of what is on sale."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, request, url_for

from app.accounts.current import current_person, current_seller_id
from app.accounts.permissions import seller_only
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.asking import seller_orders
from app.journey.review import appeals
from app.listings import actions
from app.listings.lifecycle import ITEM_SALE
from app.listings.models import Item
from app.listings.numbers import row_id
from app.listings.queries import listing_of
from app.surfaces.seller import columns, ordering, queries
from app.surfaces.seller.filters import Filters, categories_of
from app.surfaces.seller.home import home_of
from app.surfaces.seller.listing import listing_view
from app.surfaces.seller.many.choosing import MOST
from app.surfaces.seller.queries import Cursor
from app.surfaces.seller.staging import Misfit, read_staging
from app.surfaces.seller.vocabulary import COLUMNS, VIEW_NAMES
from app.surfaces.seller.withdrawing import putting_away_of, recall_of
from app.web.page import go, page

blueprint = Blueprint("seller", __name__)


@blueprint.get("/home")
@seller_only
def home() -> Response:
    """What needs doing now, a sentence each; what is moving; what is nearly done."""
    with unit_of_work():
        found = home_of(_seller())
    return page("seller/home.html", home=found, counted=queries.COUNTED)


@blueprint.get("/listings")
@seller_only
def listings() -> Response:
    """All listings, by saved view, category, words and order, all of it in the address."""
    filters = Filters.read(request.args)
    after, before = (Cursor.read(request.args.get(name, "")) for name in ("after", "before"))
    # What is found out of drafts on the way is kept.
    with unit_of_work():
        shelf = queries.shelf(_seller(), filters, after, before)
        categories = categories_of(_seller())
    return page(
        "seller/listings.html",
        shelf=shelf,
        counted=queries.COUNTED,
        most=MOST,
        filters=filters,
        views=VIEW_NAMES,
        categories=categories,
        columns=_columns(columns.shown(request)),
        every_column=COLUMNS,
    )


@blueprint.get("/orders")
@seller_only
def orders() -> Response:
    """What shoppers ordered, as the order system tells it now, and the stock last heard of."""
    with unit_of_work():
        stock = ordering.present_stock(_seller())
    # After the transaction: no connection waits for a neighbour.
    told = seller_orders(_seller(), request.args.get("after", ""))
    return page("seller/orders.html", told=told, stock=stock, most=ordering.MOST)


@blueprint.get("/listings/filters")
@seller_only
def filters() -> Response:
    """The same filters on a page of their own, where the list leaves no room for them."""
    return page(
        "seller/filters.html",
        filters=Filters.read(request.args),
        views=VIEW_NAMES,
        categories=categories_of(_seller()),
    )


@blueprint.post("/listings/columns")
@seller_only
def choose_columns() -> Response:
    """Show these columns from now on, in this browser."""
    response = go(_list(Filters.read(request.args)))
    columns.keep(response, request.form.getlist("column"), secure=request.is_secure)
    return response


@blueprint.get("/listings/<int:listing_id>")
@seller_only
def listing(listing_id: int) -> Response:
    """One listing: where it stands, who has it, what is staged, what happened."""
    return _draw(listing_id)


@blueprint.post("/listings/<int:listing_id>/staging")
@seller_only
def stage(listing_id: int) -> Response:
    """Note new prices and stock changes; nothing reaches shoppers yet."""
    with unit_of_work():
        listing_of(_seller(), listing_id)
        wrong = read_staging(listing_id, request.form, current_person().id)
        if wrong:
            db.session.rollback()
    if wrong:
        return _draw(listing_id, status=422, wrong=wrong, typed=request.form)
    return _back(listing_id, "staged")


@blueprint.post("/listings/<int:listing_id>/staging/application")
@seller_only
def apply(listing_id: int) -> Response:
    """Put everything staged into force; price jumps must have been ticked."""
    confirmed = set(request.form.getlist("confirmed"))
    try:
        with unit_of_work():
            listing_of(_seller(), listing_id)
            actions.apply_staged(listing_id, None, confirmed, current_person().id)
    except Invalid as refused:
        wrong = {refused.path: Misfit(refused.words, refused.params)}
        return _draw(listing_id, status=422, wrong=wrong)
    return _back(listing_id, "handoff")


@blueprint.post("/listings/<int:listing_id>/staging/removal")
@seller_only
def unstage(listing_id: int) -> Response:
    """Forget what is staged."""
    with unit_of_work():
        listing_of(_seller(), listing_id)
        actions.unstage(listing_id, None, current_person().id)
    return _back(listing_id, "staged")


@blueprint.get("/listings/<int:listing_id>/recall")
@seller_only
def recalling(listing_id: int) -> Response:
    """What a recall of one item, or of all, touches, before it is done."""
    item_id = _one_item(request.args)
    recall = recall_of(listing_of(_seller(), listing_id), item_id)
    # Recalled already: a second click finds the listing as the first one left it.
    if not recall.lines:
        return _back(listing_id, "items")
    return page("seller/recall.html", recall=recall, item_id=item_id)


@blueprint.post("/listings/<int:listing_id>/sale")
@seller_only
def sale(listing_id: int) -> Response:
    """Pause, resume, recall or end the sale of one item or of all that allow it."""
    action = request.form.get("action", "")
    item_id = _one_item(request.form)
    with unit_of_work():
        found = listing_of(_seller(), listing_id)
        chosen = [i for i in found.items if item_id is None or i.id == item_id]
        if not chosen:
            raise NotFound()
        actions.change_sale(listing_id, _allowing(chosen, action), action, current_person().id)
    return _back(listing_id, f"item-{item_id}" if item_id else "items")


@blueprint.get("/listings/<int:listing_id>/retirement")
@seller_only
def retiring(listing_id: int) -> Response:
    """What putting a listing away touches, before it is done."""
    away = putting_away_of(listing_of(_seller(), listing_id))
    if away.view.listing.retired_at is not None:
        return _back(listing_id, "items")
    return page("seller/putting_away.html", away=away)


@blueprint.post("/listings/<int:listing_id>/retirement")
@seller_only
def retire(listing_id: int) -> Response:
    """Put a listing away that is not on sale."""
    with unit_of_work():
        listing_of(_seller(), listing_id)
        actions.retire_listing(listing_id, current_person().id)
    return go(url_for("seller.listings"))


@blueprint.post("/listings/<int:listing_id>/appeal")
@seller_only
def appeal(listing_id: int) -> Response:
    """Appeal the rejection of the newest judged version; a refusal keeps what was written."""
    grounds = request.form.get("grounds", "")
    try:
        with unit_of_work():
            listing_of(_seller(), listing_id)
            appeals.appeal(listing_id, current_person().id, grounds)
    except (Conflict, Invalid) as refused:
        return _draw(listing_id, status=refused.status, not_appealed=refused, grounds=grounds)
    return _back(listing_id, "standing")


def _draw(listing_id: int, status: int = 200, **context: Any) -> Response:
    view = listing_view(listing_of(_seller(), listing_id))
    return page("seller/listing.html", status=status, view=view, **context)


def _back(listing_id: int, anchor: str) -> Response:
    return go(url_for("seller.listing", listing_id=listing_id, _anchor=anchor))


def _list(filters: Filters) -> str:
    args: dict[str, Any] = filters.args
    return url_for("seller.listings", **args)


def _columns(codes: Iterable[str]) -> dict[str, Any]:
    return {code: COLUMNS[code] for code in codes}


def _seller() -> int:
    return current_seller_id() or 0


def _one_item(given: Mapping[str, str]) -> int | None:
    """The item that is meant, None for all. What is no number means none: `NotFound`."""
    if "item" not in given:
        return None
    item_id = row_id(given["item"])
    if item_id is None:
        raise NotFound()
    return item_id


def _allowing(items: list[Item], action: str) -> list[int]:
    """Of several items, those that the action fits; of one, that one, so that it can be refused."""
    if len(items) == 1:
        return [items[0].id]
    sold = [item for item in items if item.approved_version_id is not None]
    return [item.id for item in sold if (item.sale, action) in ITEM_SALE]
