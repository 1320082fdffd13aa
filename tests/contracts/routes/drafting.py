from tests.contracts.visitors import Row, of_the_seller, sellers
from tests.factories.listings_with_pictures import listing


def a_listing(world):
    return {"listing_id": listing(world.seller, "t-shirts").id}


def an_item(world):
    made = listing(world.seller, "t-shirts")
    return {"listing_id": made.id, "item_id": made.items[0].id}


def shirts(world):
    return {"category": "t-shirts"}


def a_category(world):
    return {"code": "t-shirts"}


ROUTES = {
    "GET /categories/<code>/schema.json": Row(sellers(200), a_category),
    "GET /listings/new": Row(sellers(200)),
    "POST /listings": Row(sellers(303), form=shirts),
    "POST /listings/<int:listing_id>/copies": Row(of_the_seller(303), a_listing),
    "GET /listings/<int:listing_id>/draft": Row(of_the_seller(200), a_listing),
    "POST /listings/<int:listing_id>/draft": Row(of_the_seller(303), a_listing),
    "POST /listings/<int:listing_id>/draft/removal": Row(of_the_seller(303), a_listing),
    "GET /listings/<int:listing_id>/category": Row(of_the_seller(200), a_listing),
    "POST /listings/<int:listing_id>/category": Row(of_the_seller(303), a_listing, shirts),
    "POST /listings/<int:listing_id>/items": Row(of_the_seller(303), a_listing),
    "POST /listings/<int:listing_id>/items/combinations": Row(of_the_seller(303), a_listing),
    # A listing keeps at least one item.
    "POST /listings/<int:listing_id>/items/<int:item_id>/removal": Row(of_the_seller(409), an_item),
    "GET /listings/<int:listing_id>/preview": Row(of_the_seller(200), a_listing),
    "POST /listings/<int:listing_id>/revision": Row(of_the_seller(303), a_listing),
    # An empty draft is not ready, and nothing was submitted that could be withdrawn.
    "POST /listings/<int:listing_id>/submission": Row(of_the_seller(422), a_listing),
    "POST /listings/<int:listing_id>/submission/withdrawal": Row(of_the_seller(409), a_listing),
}
