"""Prices, stock and codes of listings as one line says them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.core.database import db
from app.listings.models import Item, Offer, Stock, VersionPart

# Whose prices and stock a line shows: what sells, else what did, else what is being drafted.
_SHOWN = (("on", "paused"), ("recalled",), ("drafted",), ("retired",))


@dataclass(frozen=True)
class Goods:
    """Price range, stock and codes of a listing's items: those on sale, else the draft's."""

    prices: tuple[int, int] | None
    stock: int | None
    sku: str
    more_skus: int


@dataclass(frozen=True)
class Figures:
    """The same of the listing's items in one sale state; 'drafted' are those never approved."""

    lowest: int | None
    highest: int | None
    stock: int | None
    skus: int
    sku: str | None


def goods_of(figures: Mapping[str, Figures]) -> Goods:
    """What is shown of a listing's figures by sale state."""
    kinds = next((kinds for kinds in _SHOWN if any(kind in figures for kind in kinds)), ())
    shown = [figures[kind] for kind in kinds if kind in figures]
    lowest = _known(each.lowest for each in shown)
    highest = _known(each.highest for each in shown)
    counts = _known(each.stock for each in shown)
    return Goods(
        prices=(min(lowest), max(highest)) if lowest else None,
        stock=sum(counts) if counts else None,
        sku=next((each.sku for each in shown if each.sku), ""),
        more_skus=max(0, sum(each.skus for each in shown) - 1),
    )


def sales_of(figures: Mapping[str, Figures]) -> list[str]:
    """The sale states of the approved items."""
    return [kind for kind in figures if kind != "drafted"]


def figures_of(newest: Mapping[int, int]) -> dict[int, dict[str, Figures]]:
    """By listing and sale state; *newest* is each listing's newest version.

    Reckoned by the database: fifty listings may have ten thousand items.
    """
    # An approved item is never switched off, whatever its draft has.
    on = func.coalesce(VersionPart.content["off"].astext, "") != "true"
    drafted = and_(Item.sale != "retired", VersionPart.id.is_not(None), on)
    kind: ColumnElement[str] = case(
        (Item.approved_version_id.is_(None), literal("drafted")), else_=Item.sale
    )
    coded = func.nullif(Item.sku, "")
    rows = db.session.execute(
        select(
            Item.listing_id,
            kind.label("kind"),
            func.min(Offer.price),
            func.max(Offer.price),
            func.sum(Stock.count),
            func.count(coded),
            # Its first one: those without stand last.
            func.array_agg(
                aggregate_order_by(coded, coded.is_(None), Item.position, Item.id)
            ).label("skus"),
        )
        .join(Offer, Offer.item_id == Item.id)
        .join(Stock, Stock.item_id == Item.id)
        .outerjoin(
            VersionPart,
            and_(VersionPart.item_id == Item.id, VersionPart.version_id.in_(newest.values())),
        )
        .where(
            Item.listing_id.in_(newest.keys()), or_(Item.approved_version_id.is_not(None), drafted)
        )
        .group_by(Item.listing_id, "kind")
    )
    found: dict[int, dict[str, Figures]] = defaultdict(dict)
    for listing_id, of, lowest, highest, stock, skus, codes in rows:
        found[listing_id][of] = Figures(lowest, highest, stock, skus, codes[0])
    return found


def _known(numbers: Iterable[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]
