"""The two lifecycles as data: (state, action) -> state. `actions.py` alone writes a state."""

from typing import Final

Table = dict[tuple[str, str], str]

VERSION: Final[Table] = {
    ("draft", "submit"): "submitted",
    ("draft", "discard"): "withdrawn",
    ("submitted", "withdraw"): "withdrawn",
    ("submitted", "approve"): "approved",
    ("submitted", "approve-in-part"): "partly_approved",
    ("submitted", "reject"): "rejected",
    ("submitted", "request-changes"): "changes_requested",
    # An appeal is decided: a rejection alone is open to one.
    ("rejected", "grant"): "approved",
    ("rejected", "grant-in-part"): "partly_approved",
    ("rejected", "ease"): "changes_requested",
    ("rejected", "uphold"): "rejected",
}

# The verdicts that put something on sale.
APPROVALS: Final = ("approve", "approve-in-part")
# What a verdict does to a version that was rejected before, on its appeal.
ON_APPEAL: Final = {
    "approve": "grant",
    "approve-in-part": "grant-in-part",
    "request-changes": "ease",
    "reject": "uphold",
}

ITEM_SALE: Final[Table] = {
    ("never", "release"): "on",
    ("never", "retire"): "retired",
    ("on", "release"): "on",  # a newer version of it was approved
    ("on", "pause"): "paused",
    ("on", "recall"): "recalled",
    ("on", "retire"): "retired",
    ("paused", "release"): "paused",
    ("paused", "resume"): "on",
    ("paused", "recall"): "recalled",
    ("paused", "retire"): "retired",
    ("recalled", "release"): "recalled",
    ("recalled", "resume"): "on",
    ("recalled", "retire"): "retired",
}

OPEN_STATES: Final = ("draft", "submitted")
JUDGED_STATES: Final = ("approved", "partly_approved", "rejected", "changes_requested")
LIVE_STATES: Final = ("approved", "partly_approved")
# Judged, with something left for the seller to mend.
RETURNED_STATES: Final = ("partly_approved", "rejected", "changes_requested")


def next_state(table: Table, state: str, action: str) -> str | None:
    """The state that *action* leads to from *state*, or None where it is not allowed."""
    return table.get((state, action))
