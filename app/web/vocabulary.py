"""The words of every state, with their role and icon: one list for all badges.

A role is a colour with a meaning: `rest` (nobody acts), `moving` (the system or staff act), `turn`
(yours), `stop` (refused), `good` (done).
"""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Badge:
    """How one state reads: role, word, icon of the sprite."""

    role: str
    label: Any
    icon: str


BADGES: dict[str, Badge] = {
    "draft": Badge("rest", _l("Draft"), "pencil"),
    "withdrawn": Badge("rest", _l("Withdrawn"), "arrow-back"),
    "paused": Badge("rest", _l("Paused"), "player-pause"),
    "retired": Badge("rest", _l("Retired"), "archive"),
    "superseded": Badge("rest", _l("Superseded"), "replace"),
    "advice": Badge("rest", _l("Advice"), "bulb"),
    "submitted": Badge("moving", _l("Waiting for review"), "clock"),
    "claimed": Badge("moving", _l("In review"), "eye"),
    "held": Badge("moving", _l("Applies soon"), "hourglass"),
    "handing-over": Badge("moving", _l("Handing over"), "truck"),
    "delayed": Badge("moving", _l("Delayed"), "refresh"),
    "uploading": Badge("moving", _l("Uploading"), "upload"),
    "received": Badge("moving", _l("Received"), "inbox"),
    "processing": Badge("moving", _l("Processing"), "loader"),
    "appeal": Badge("moving", _l("Appeal"), "scale"),
    "submittable": Badge("turn", _l("Ready to submit"), "send"),
    "partly-approved": Badge("turn", _l("Partly approved"), "circle-half"),
    "changes-requested": Badge("turn", _l("Changes requested"), "edit"),
    "limits": Badge("turn", _l("Limits exposure"), "eye-off"),
    "sold-out": Badge("turn", _l("Sold out"), "basket-off"),
    "rejected": Badge("stop", _l("Rejected"), "x"),
    "delivery-refused": Badge("stop", _l("Refused by system"), "ban"),
    "parked": Badge("stop", _l("Parked"), "flag"),
    "recalled": Badge("stop", _l("Recalled"), "box-off"),
    "picture-refused": Badge("stop", _l("Refused"), "photo-off"),
    "blocks": Badge("stop", _l("Must fix"), "alert-circle"),
    "approved": Badge("good", _l("Approved"), "check"),
    "delivered": Badge("good", _l("Delivered"), "checks"),
    "on": Badge("good", _l("On sale"), "box"),
    "picture-ready": Badge("good", _l("Ready"), "photo-check"),
}


def badge_of(code: str) -> Badge:
    """The badge of a state's code; underscores of stored states read as hyphens."""
    return BADGES.get(code.replace("_", "-")) or Badge("rest", code, "circle-dashed")


def init(app: Flask) -> None:
    """Let the badge macro look codes up."""
    app.jinja_env.globals["badge_of"] = badge_of
