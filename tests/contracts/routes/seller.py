from app.core.database import db
from app.surfaces.seller.many.models import Batch
from tests.contracts.visitors import Row, of_the_seller, sellers
from tests.factories.listings_with_pictures import listing


def a_listing(world):
    return {"listing_id": listing(world.seller, "t-shirts").id}


def a_choice(world):
    return {"act": "retire", "sealed": f"{listing(world.seller, 't-shirts').id}:{'0' * 16}"}


def a_batch(world):
    made = Batch(
        seller_id=world.seller.id,
        who=world.owner.id,
        token="a token",
        act="retire",
        wish={},
        sealed=[[listing(world.seller, "t-shirts").id, "0" * 16]],
    )
    db.session.add(made)
    db.session.commit()
    return {"batch_id": made.id}


ROUTES = {
    "GET /home": Row(sellers(200)),
    "GET /listings": Row(sellers(200)),
    # The order system is not there in these tests, and the page is.
    "GET /orders": Row(sellers(200)),
    "GET /listings/<int:listing_id>": Row(of_the_seller(200), a_listing),
    "GET /listings/filters": Row(sellers(200)),
    "POST /listings/columns": Row(sellers(303)),
    # An address that says nothing of what is to be done to which listings.
    "GET /listings/many": Row(sellers(404)),
    "POST /listings/many": Row(of_the_seller(303), form=a_choice),
    "GET /listings/many/<int:batch_id>": Row(of_the_seller(200), a_batch),
    "POST /listings/<int:listing_id>/staging": Row(of_the_seller(303), a_listing),
    "POST /listings/<int:listing_id>/staging/application": Row(of_the_seller(303), a_listing),
    "POST /listings/<int:listing_id>/staging/removal": Row(of_the_seller(303), a_listing),
    # What was never rejected cannot be appealed.
    "POST /listings/<int:listing_id>/appeal": Row(
        of_the_seller(409), a_listing, lambda world: {"grounds": "long enough to be grounds"}
    ),
    # Nothing of it is on sale: there is nothing to confirm.
    "GET /listings/<int:listing_id>/recall": Row(of_the_seller(303), a_listing),
    # An item that was never approved cannot be recalled.
    "POST /listings/<int:listing_id>/sale": Row(
        of_the_seller(409), a_listing, lambda world: {"action": "recall"}
    ),
    "GET /listings/<int:listing_id>/retirement": Row(of_the_seller(200), a_listing),
    "POST /listings/<int:listing_id>/retirement": Row(of_the_seller(303), a_listing),
}
