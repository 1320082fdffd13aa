"""Likely twins among a seller's own: told with the other listing's name, and only to its seller."""

import pytest
from sqlalchemy import func, insert, select

from app.core.clock import today
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.listings import actions
from app.listings.models import Listing, NameKey
from app.listings.neighbours import neighbours, with_neighbours
from app.listings.queries import content_of, newest_version
from app.taxonomy import queries as taxonomy
from app.validation.alike import keys
from app.validation.engine import findings
from tests.factories import listings, people

GTIN = "8806088269696"


def _twins(of: Listing) -> list[tuple[str, str, int]]:
    content = with_neighbours(of, content_of(newest_version(of.id)))
    found = findings(content, taxonomy.category(of.category_code), today())
    return [
        (f.code, f.path.rpartition(".")[2], f.params["listing"])
        for f in found
        if "listing" in f.params
    ]


@pytest.fixture
def seller(session):
    return people.seller()


def test_the_same_barcode_in_another_listing_is_told(seller) -> None:
    first = listings.draft(seller, changes={"items.1.gtin": GTIN})
    second = listings.draft(seller)
    listings.save(second, {"gtin": f"0{GTIN}"}, listings.first_item(second))
    assert _twins(second) == [("twin-gtin", "gtin", first.id)]


def test_another_sellers_goods_are_nobodys_twins(seller) -> None:
    theirs = listings.draft(people.seller(), changes={"items.1.gtin": GTIN})
    listings.save(theirs, {"name.ko": "온셸프 도자기 머그컵 세트"})
    mine = listings.draft(seller, changes={"items.1.gtin": GTIN})
    listings.save(mine, {"name.ko": "온셸프 도자기 머그컵 세트"})
    assert _twins(mine) == []


@pytest.mark.parametrize(
    "name",
    [
        "온셸프 도자기 머그컵 세트",
        "도자기머그컵 세트 온셸프",
        "온셸프 도자기머그컵세트",
        "온셸프 도자기 머그컵 세트 화이트",
    ],
)
def test_nearly_the_same_name_is_told(seller, name) -> None:
    first, second = listings.draft(seller), listings.draft(seller)
    listings.save(first, {"name.ko": "온셸프 도자기 머그컵 세트"})
    listings.save(second, {"name.ko": name})
    expected = [] if name.startswith("도자기머그컵") else [("twin-name", "ko", first.id)]
    assert _twins(second) == expected


@pytest.mark.parametrize("name", ["온셸프 유리 물병 세트", "온셸프 도자기 머그컵 350ml 세트 2개"])
def test_other_words_or_other_numbers_are_other_goods(seller, name) -> None:
    first, second = listings.draft(seller), listings.draft(seller)
    listings.save(first, {"name.ko": "온셸프 도자기 머그컵 500ml 세트 2개"})
    listings.save(second, {"name.ko": name})
    assert _twins(second) == []


def test_how_a_seller_names_all_goods_is_no_twin(seller) -> None:
    colours = ["블랙", "화이트", "그린", "블루", "레드"]
    made = [listings.draft(seller) for _ in colours]
    for listing, colour in zip(made, colours, strict=True):
        listings.save(listing, {"name.ko": f"온셸프 도자기 머그컵 {colour}"})
    assert _twins(made[-1]) == []


def test_what_was_put_away_is_no_twin(seller) -> None:
    first = listings.draft(seller, changes={"items.1.gtin": GTIN})
    second = listings.draft(seller, changes={"items.1.gtin": GTIN})
    for listing in (first, second):
        listings.save(listing, {"name.ko": "온셸프 도자기 머그컵 세트"})
    assert len(_twins(second)) == 2
    first_id = first.id
    with unit_of_work():
        actions.retire_listing(first_id, None)
    assert _twins(second) == []


def test_a_taken_sku_names_its_holder(seller) -> None:
    first, second = listings.draft(seller), listings.draft(seller)
    listings.save(second, {"sku": listings.first_item(first).sku}, listings.first_item(second))
    assert _twins(second) == [("sku-taken", "sku", first.id)]


def test_names_from_before_are_found_once_they_are_noted(seller) -> None:
    first, second = listings.draft(seller), listings.draft(seller)
    for listing in (first, second):
        listings.save(listing, {"name.ko": "온셸프 도자기 머그컵 세트"})
    with unit_of_work():
        db.session.query(NameKey).delete()
    assert _twins(second) == []
    with unit_of_work():
        assert actions.note_missing_names() == 2
        assert actions.note_missing_names() == 0
    assert _twins(second) == [("twin-name", "ko", first.id)]


def test_a_name_taken_back_is_no_twin(seller) -> None:
    live = listings.live(seller)
    listings.edited(live)
    listings.save(live, {"name.ko": "온셸프 도자기 머그컵 세트"})
    other = listings.draft(seller)
    listings.save(other, {"name.ko": "온셸프 도자기 머그컵 세트"})
    assert _twins(other) == [("twin-name", "ko", live.id)]
    version_id = newest_version(live.id).id
    db.session.commit()
    with unit_of_work():
        actions.discard(version_id, None)
    assert _twins(other) == []


def test_many_listings_are_asked_by_their_indexes(seller, session) -> None:
    """No plan reads the tables whole: what is found does not grow with what there is."""
    mine = listings.draft(seller, changes={"items.1.gtin": GTIN})
    _many(seller.id, 3_000)
    listings.save(mine, {"name.ko": "온셸프 머그컵 블랙 350ml"})
    session.connection().exec_driver_sql("ANALYZE name_key; ANALYZE version_part; ANALYZE item")
    seen = _scans(session)
    assert neighbours(mine, content_of(newest_version(mine.id)))["gtins"] == {}
    assert _scans(session) == seen


def _many(seller_id: int, count: int) -> None:
    made = db.session.scalars(
        insert(Listing).returning(Listing.id),
        [{"seller_id": seller_id, "category_code": "mugs"} for _ in range(count)],
    ).all()
    rows = [
        {"seller_id": seller_id, "listing_id": listing, "key": key}
        for n, listing in enumerate(made)
        for key in keys(f"온셸프 머그컵 {n % 97}호 색상{n}")
    ]
    db.session.execute(insert(NameKey), rows)
    db.session.commit()


def _scans(session) -> int:
    session.commit()
    session.execute(select(func.pg_stat_force_next_flush()))
    session.commit()
    answer = session.connection().exec_driver_sql(
        "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'name_key'"
    )
    return int(answer.scalar_one())
