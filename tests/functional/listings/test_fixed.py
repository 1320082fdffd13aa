"""What the first approval fixes: drafts cannot change it any more, whatever they post."""

from app.core.unit_of_work import unit_of_work
from app.listings.actions import revise, save_fields
from app.listings.queries import part_of, product_part
from tests.factories import listings


def test_option_price_and_stock_of_an_approved_item_are_fixed_in_an_edit(session):
    made = listings.live(items=2)
    with unit_of_work():
        edit = revise(made.id, None)
        item = made.items[0]
        part, product = part_of(edit, item.id), product_part(edit)
        before = part.content["options"], item.offer.price, item.stock.count
        for path, value in (
            ("options.colour", "검정"),
            ("off", True),
            ("price", "10"),
            ("stock", "1"),
        ):
            assert save_fields(edit.id, part.id, {path: value}, part.revision, None).saved == []
        options = product.content["options"]
        save_fields(edit.id, product.id, {"options": []}, product.revision, None)
    session.refresh(item)
    assert (part.content["options"], item.offer.price, item.stock.count) == before
    assert product.content["options"] == options
