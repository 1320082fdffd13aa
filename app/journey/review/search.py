"""The words a waiting case is found by: names, seller, SKUs, barcodes, the listing's number."""

import unicodedata

from sqlalchemy import ColumnElement, and_

from app.accounts.models import Seller
from app.core.database import db
from app.journey.review.models import ReviewCase
from app.listings.content import read
from app.listings.models import Listing, Version

# What a person types to find one case; more is cut off.
MOST_WORDS, LONGEST = 6, 100


def folded(text: str) -> str:
    """*text* as it is compared: composed (NFKC), in small letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_of(listing: Listing, version: Version) -> str:
    """Everything the case of *version* is found by, in one text."""
    seller = db.session.get_one(Seller, listing.seller_id)
    told = [seller.name, str(listing.id)]
    for part in version.parts:
        paths = ("gtin",) if part.item_id else ("name.ko", "name.en", "brand", "model")
        told += [str(read(part.content, path) or "") for path in paths]
    told += [item.sku for item in listing.items]
    return folded(" ".join(filter(None, told)))


def found_by(typed: str) -> ColumnElement[bool]:
    """Cases that have every word of *typed*, wherever it stands."""
    words = folded(typed[:LONGEST]).split()[:MOST_WORDS]
    return and_(True, *(ReviewCase.words.contains(word, autoescape=True) for word in words))
