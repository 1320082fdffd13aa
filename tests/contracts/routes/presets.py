from app.core.database import db
from app.journey.drafting.presets import delete, save_preset
from app.listings.queries import newest_version
from tests.contracts.visitors import Row, of_the_seller, sellers
from tests.factories import listings as made


def a_preset(world):
    version = newest_version(made.draft(world.seller).id)
    preset = save_preset(version, "shipping", "Parcels", world.owner.id)
    db.session.commit()
    return {"preset_id": preset.id}


def a_deleted_preset(world):
    places = a_preset(world)
    delete(places["preset_id"], world.seller.id)
    db.session.commit()
    return places


def a_listing(world):
    return {"listing_id": made.draft(world.seller).id}


def the_notice(world):
    return {"kind": "notice", "preset-name-notice": "Cotton"}


ROUTES = {
    "GET /presets": Row(sellers(200)),
    "POST /presets/<int:preset_id>/name": Row(
        of_the_seller(303), a_preset, lambda world: {"name": "Freight"}
    ),
    "POST /presets/<int:preset_id>/removal": Row(of_the_seller(303), a_preset),
    "POST /presets/<int:preset_id>/removal/undo": Row(of_the_seller(303), a_deleted_preset),
    "POST /listings/<int:listing_id>/presets": Row(of_the_seller(303), a_listing, the_notice),
    # Every seller names a preset of their own.
    "POST /listings/<int:listing_id>/presets/application": Row(
        of_the_seller(303), a_listing, lambda world: {"preset": a_preset(world)["preset_id"]}
    ),
}
