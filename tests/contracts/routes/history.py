from tests.contracts.visitors import Row, of_the_seller
from tests.factories import listings as made


def a_listing(world):
    return {"listing_id": made.draft(world.seller).id}


ROUTES = {
    "GET /listings/<int:listing_id>/history": Row(of_the_seller(200), a_listing),
    # Nobody has saved anything yet.
    "POST /listings/<int:listing_id>/draft/undo": Row(of_the_seller(409), a_listing),
    "POST /listings/<int:listing_id>/restorations": Row(
        of_the_seller(303), a_listing, lambda world: {"version": "1"}
    ),
}
