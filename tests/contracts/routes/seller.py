from tests.contracts.visitors import Row, of_the_seller, sellers
from tests.factories.listings_with_pictures import listing


def a_listing(world):
    return {"listing_id": listing(world.seller, "t-shirts").id}


ROUTES = {
    "GET /home": Row(sellers(200)),
    "GET /listings": Row(sellers(200)),
    "GET /listings/<int:listing_id>": Row(of_the_seller(200), a_listing),
    "GET /listings/filters": Row(sellers(200)),
    "POST /listings/columns": Row(sellers(303)),
    "POST /listings/<int:listing_id>/staging": Row(of_the_seller(303), a_listing),
    "POST /listings/<int:listing_id>/staging/application": Row(of_the_seller(303), a_listing),
    "POST /listings/<int:listing_id>/staging/removal": Row(of_the_seller(303), a_listing),
    # An item that was never approved cannot be recalled.
    "POST /listings/<int:listing_id>/sale": Row(
        of_the_seller(409), a_listing, lambda world: {"action": "recall"}
    ),
    "POST /listings/<int:listing_id>/retirement": Row(of_the_seller(303), a_listing),
}
