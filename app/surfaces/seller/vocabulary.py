"""What the saved views and the columns of the listings are called."""

from typing import Any

from flask_babel import lazy_gettext as _l

VIEW_NAMES: dict[str, Any] = {
    "all": _l("All"),
    "yours": _l("Your turn"),
    "returned": _l("Sent back"),
    "problems": _l("Must fix"),
    "ready": _l("Ready to submit"),
    "review": _l("With reviewers"),
    "live": _l("On sale"),
    "sold-out": _l("Sold out"),
    "staged": _l("Not applied"),
    "stuck": _l("Handover stopped"),
}
# In their order; the product itself is always there.
COLUMNS: dict[str, Any] = {
    "state": _l("State"),
    "problems": _l("Problems"),
    "score": _l("Score"),
    "category": _l("Category"),
    "price": _l("Price"),
    "stock": _l("Stock"),
    "changed": _l("Changed"),
}
