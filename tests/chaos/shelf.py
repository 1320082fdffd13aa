"""Thousands of listings that wait for their verdict, copied from one that was really submitted.

Table `chaos`: `no` from 1 on, `listing_id`, and the numbers of the version and case that wait now.
"""

from sqlalchemy import select, text

from app.core.database import db
from app.listings.models import Picture
from app.listings.queries import newest_version
from tests.factories import listings as make
from tests.factories import people

ITEMS = 2
STOCK = 1_000

STATEMENTS = (
    "CREATE TABLE chaos (no bigint PRIMARY KEY, listing_id bigint UNIQUE, picture_id bigint)",
    "WITH made AS (INSERT INTO listing (seller_id, category_code) SELECT seller_id, category_code"
    " FROM listing, generate_series(1, :all) WHERE id = :like RETURNING id)"
    " INSERT INTO chaos (no, listing_id) SELECT row_number() OVER (ORDER BY id), id FROM made",
    "INSERT INTO item (listing_id, seller_id, position, sku) SELECT c.listing_id, i.seller_id,"
    " i.position, 'CHAOS-' || c.no || '-' || i.id FROM chaos c, item i WHERE i.listing_id = :like",
    "CREATE TABLE chaos_item AS SELECT i.id AS item_id, i.listing_id, l.id AS like_id FROM item i"
    " JOIN chaos USING (listing_id) JOIN item l ON l.listing_id = :like"
    " AND l.position = i.position",
    "INSERT INTO offer (item_id, price, list_price) SELECT c.item_id, o.price, o.list_price"
    " FROM chaos_item c JOIN offer o ON o.item_id = c.like_id",
    f"INSERT INTO stock (item_id, count) SELECT item_id, {STOCK} FROM chaos_item",
    "INSERT INTO picture (listing_id, sha256, file_name, state, facts) SELECT c.listing_id,"
    " p.sha256, p.file_name, p.state, p.facts FROM chaos c, picture p WHERE p.listing_id = :like",
    "UPDATE chaos SET picture_id = p.id FROM picture p WHERE p.listing_id = chaos.listing_id",
    "INSERT INTO version (listing_id, no, state, rules_as_of, category_version_id, submitted_at,"
    " submitted_by, created_by) SELECT c.listing_id, 1, v.state, v.rules_as_of,"
    " v.category_version_id, now(), v.submitted_by, v.created_by FROM chaos c, version v"
    " WHERE v.id = :version",
    "INSERT INTO version_part (version_id, content) SELECT v.id, p.content || jsonb_build_object("
    "'pictures', jsonb_build_array(c.picture_id), 'picture_texts', jsonb_build_object("
    "c.picture_id::text, (SELECT value FROM jsonb_each(p.content -> 'picture_texts') LIMIT 1)))"
    " FROM chaos c JOIN version v USING (listing_id), version_part p"
    " WHERE p.version_id = :version AND p.item_id IS NULL",
    "INSERT INTO version_part (version_id, item_id, content) SELECT v.id, c.item_id, p.content"
    " FROM chaos_item c JOIN version v USING (listing_id) JOIN version_part p"
    " ON p.item_id = c.like_id AND p.version_id = :version",
    # A case of each, as the one that was opened by the submission.
    "INSERT INTO review_case (version_id, listing_id, seller_id, kind, queue, promised_at, words)"
    " SELECT v.id, v.listing_id, r.seller_id, r.kind, r.queue, now() + interval '3 hours', r.words"
    " FROM chaos c JOIN version v USING (listing_id), review_case r WHERE r.version_id = :version",
    "ANALYZE",
)

# The next version of listings that are approved, submitted, its case open.
AGAIN = (
    "INSERT INTO version (listing_id, no, state, rules_as_of, category_version_id, based_on,"
    " submitted_at, submitted_by, created_by) SELECT listing_id, no + 1, 'submitted', rules_as_of,"
    " category_version_id, id, now(), submitted_by, created_by FROM version"
    " WHERE id = ANY(:versions)",
    "INSERT INTO version_part (version_id, item_id, content) SELECT v.id, p.item_id, p.content"
    " FROM version v JOIN version_part p ON p.version_id = v.based_on"
    " WHERE v.based_on = ANY(:versions)",
    "INSERT INTO review_case (version_id, listing_id, seller_id, kind, queue, promised_at, words)"
    " SELECT v.id, v.listing_id, r.seller_id, r.kind, r.queue, now() + interval '3 hours', r.words"
    " FROM version v JOIN review_case r ON r.version_id = v.based_on"
    " WHERE v.based_on = ANY(:versions)",
)


def fill(count: int) -> int:
    """Make *count* listings; the person who gives the verdicts. In an application context."""
    drawn = db.session.scalars(select(Picture).where(Picture.state == "ready").limit(1)).one()
    facts, key = {**drawn.facts, "likes": []}, drawn.sha256
    seller = people.seller("카오스 상사")
    db.session.commit()
    like = make.draft(seller, items=ITEMS)
    for picture in db.session.scalars(select(Picture).where(Picture.listing_id == like.id)):
        picture.facts, picture.sha256 = facts, key
    db.session.commit()
    make.submit(like)
    given = {"all": count, "like": like.id, "version": newest_version(like.id).id}
    for statement in STATEMENTS:
        needed = {name: value for name, value in given.items() if f":{name}" in statement}
        db.session.execute(text(statement), needed)
    reviewer = people.reviewer("kitchen").id
    db.session.commit()
    return reviewer
