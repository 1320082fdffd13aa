from app.core.unit_of_work import unit_of_work
from app.journey.imaging.arrivals.actions import send_address
from app.listings.actions import receive_picture
from tests.contracts.visitors import Row, everybody, of_the_seller
from tests.factories.listings_with_pictures import listing


def a_listing(world):
    return {"listing_id": listing(world.seller).id}


def a_picture(world):
    made = listing(world.seller)
    with unit_of_work():
        picture = receive_picture(made.id, "0" * 64, "a.jpg", world.owner.id)
    return {"listing_id": made.id, "picture_id": picture.id}


def a_rendition(world):
    return a_picture(world) | {"name": "small"}


def an_arrival(world):
    made = listing(world.seller)
    with unit_of_work():
        arrival = send_address(made.id, "https://a.example/b.jpg", world.owner.id)
    return {"listing_id": made.id, "arrival_id": arrival.id}


ROUTES = {
    "GET /listings/<int:listing_id>/pictures": Row(of_the_seller(200), a_listing),
    # Nothing was sent.
    "POST /listings/<int:listing_id>/pictures": Row(of_the_seller(422), a_listing),
    "POST /listings/<int:listing_id>/pictures/<int:picture_id>/place": Row(
        of_the_seller(303), a_picture, lambda world: {"position": "0"}
    ),
    "POST /listings/<int:listing_id>/pictures/<int:picture_id>/removal": Row(
        of_the_seller(303), a_picture
    ),
    "POST /listings/<int:listing_id>/pictures/<int:picture_id>/texts": Row(
        of_the_seller(303), a_picture, lambda world: {"rev": "0"}
    ),
    "POST /listings/<int:listing_id>/pictures/<int:picture_id>/mending": Row(
        of_the_seller(303), a_picture, lambda world: {"do": "turn", "degrees": "90"}
    ),
    "GET /listings/<int:listing_id>/pictures/<int:picture_id>/crop": Row(
        of_the_seller(200), a_picture
    ),
    # The whole of it is nothing to be cropped.
    "POST /listings/<int:listing_id>/pictures/<int:picture_id>/crop": Row(
        of_the_seller(303), a_picture
    ),
    "POST /listings/<int:listing_id>/arrivals": Row(
        of_the_seller(303), a_listing, lambda world: {"address": "https://a.example/b.jpg"}
    ),
    "POST /listings/<int:listing_id>/arrivals/<int:arrival_id>/removal": Row(
        of_the_seller(303), an_arrival
    ),
    # One that is still waiting needs no second start.
    "POST /listings/<int:listing_id>/arrivals/<int:arrival_id>/retry": Row(
        of_the_seller(404), an_arrival
    ),
    # A picture still being processed has no sizes.
    "GET /listings/<int:listing_id>/pictures/<int:picture_id>/<name>": Row(
        of_the_seller(404), a_rendition
    ),
    "GET /listings/<int:listing_id>/pictures/<int:picture_id>/large": Row(
        of_the_seller(404), a_picture
    ),
    "GET /pictures/<string(length=64):key>": Row(everybody(404), lambda world: {"key": "0" * 64}),
    "GET /pictures/<string(length=64):key>.<string:extension>": Row(
        everybody(404), lambda world: {"key": "0" * 64, "extension": "webp"}
    ),
}
