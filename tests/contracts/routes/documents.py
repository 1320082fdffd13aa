from app.core.unit_of_work import unit_of_work
from app.listings.models import Document
from tests.contracts.visitors import Row, of_the_seller
from tests.factories import listings as made
from tests.factories.listings_with_pictures import listing


def a_document(world):
    return {"listing_id": listing(world.seller, "butane-canisters").id, "code": "msds"}


def a_lost_file(world):
    of = listing(world.seller, "butane-canisters")
    with unit_of_work():
        document: Document = made.document(of, "msds")
    return {"listing_id": of.id, "document_id": document.id}


def a_page_of_a_lost_file(world):
    return a_lost_file(world) | {"no": 1}


ROUTES = {
    # Nothing was sent.
    "POST /listings/<int:listing_id>/documents/<code>": Row(of_the_seller(422), a_document),
    "POST /listings/<int:listing_id>/documents/<code>/removal": Row(of_the_seller(303), a_document),
    # There is a row, and storage has nothing of it: what functional tests hand out is kept there.
    "GET /listings/<int:listing_id>/documents/<int:document_id>": Row(
        of_the_seller(404), a_lost_file
    ),
    "GET /listings/<int:listing_id>/documents/<int:document_id>/pages/<int:no>": Row(
        of_the_seller(404), a_page_of_a_lost_file
    ),
    "GET /listings/<int:listing_id>/documents/<int:document_id>/pages/<int:no>/picture": Row(
        of_the_seller(404), a_page_of_a_lost_file
    ),
}
