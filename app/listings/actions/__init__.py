"""The verbs of listings. They change rows and record events; the edge commits.

One module a subject; callers import the verbs from here.
"""

from app.listings.actions.copying import copied_just_now, copy_listing
from app.listings.actions.documenting import give_document, take_out_document
from app.listings.actions.drafting import (
    change_category,
    refusal_to_retire,
    retire_listing,
    start_listing,
)
from app.listings.actions.itemising import add_item, add_items, refuse_too_many, remove_item
from app.listings.actions.judging import apply_verdict
from app.listings.actions.naming import note_missing_names, note_name
from app.listings.actions.picturing import (
    look_again,
    mended_picture,
    receive_picture,
    record_picture_read_anew,
    record_picture_ready,
    record_picture_refused,
    replace_picture,
)
from app.listings.actions.placing import (
    record_placement,
    record_placements,
    record_receiver_finding,
    record_stock_level,
    record_stock_levels,
)
from app.listings.actions.restoring import not_restored, restore_point, restore_version
from app.listings.actions.saving import (
    FieldConflict,
    PartSave,
    SaveResult,
    Step,
    save_fields,
    save_parts,
)
from app.listings.actions.selling import (
    PriceJump,
    apply_staged,
    below_zero,
    change_sale,
    price_jump,
    stage_count,
    stage_offer,
    stage_stock,
    unstage,
)
from app.listings.actions.submitting import (
    CATEGORY_RETIRED,
    NotReady,
    discard,
    revise,
    submit,
    withdraw,
)
from app.listings.actions.timeline import note, note_all
from app.listings.actions.undoing import ChangedSince, undo_last

__all__ = [
    "CATEGORY_RETIRED",
    "ChangedSince",
    "FieldConflict",
    "NotReady",
    "PartSave",
    "PriceJump",
    "SaveResult",
    "Step",
    "add_item",
    "add_items",
    "apply_staged",
    "apply_verdict",
    "below_zero",
    "change_category",
    "change_sale",
    "copied_just_now",
    "copy_listing",
    "discard",
    "give_document",
    "look_again",
    "mended_picture",
    "not_restored",
    "note",
    "note_all",
    "note_missing_names",
    "note_name",
    "price_jump",
    "receive_picture",
    "record_picture_read_anew",
    "record_picture_ready",
    "record_picture_refused",
    "record_placement",
    "record_placements",
    "record_receiver_finding",
    "record_stock_level",
    "record_stock_levels",
    "refusal_to_retire",
    "refuse_too_many",
    "remove_item",
    "replace_picture",
    "restore_point",
    "restore_version",
    "retire_listing",
    "revise",
    "save_fields",
    "save_parts",
    "stage_count",
    "stage_offer",
    "stage_stock",
    "start_listing",
    "submit",
    "take_out_document",
    "undo_last",
    "unstage",
    "withdraw",
]
