"""The words of every state, with their role and icon: one list for all badges.

A role is a colour with a meaning: `rest` (nobody acts), `moving` (the system or staff act), `turn`
(yours), `stop` (refused), `good` (done).
"""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import lazy_pgettext


@dataclass(frozen=True)
class Badge:
    """How one state reads: role, word, icon of the sprite."""

    role: str
    label: Any
    icon: str


BADGES: dict[str, Badge] = {
    "draft": Badge("rest", lazy_pgettext("state", "Draft"), "pencil"),
    "withdrawn": Badge("rest", lazy_pgettext("state", "Withdrawn"), "arrow-back"),
    "paused": Badge("rest", lazy_pgettext("state", "Paused"), "player-pause"),
    "retired": Badge("rest", lazy_pgettext("state", "Retired"), "archive"),
    "superseded": Badge("rest", lazy_pgettext("state", "Superseded"), "replace"),
    "advice": Badge("rest", lazy_pgettext("state", "Advice"), "bulb"),
    "submitted": Badge("moving", lazy_pgettext("state", "Waiting for review"), "clock"),
    "claimed": Badge("moving", lazy_pgettext("state", "In review"), "eye"),
    "held": Badge("moving", lazy_pgettext("state", "Applies soon"), "hourglass"),
    "handing-over": Badge("moving", lazy_pgettext("state", "Handing over"), "truck"),
    "delayed": Badge("moving", lazy_pgettext("state", "Delayed"), "refresh"),
    "waiting": Badge("moving", lazy_pgettext("state", "Waits for another system"), "clock"),
    "uploading": Badge("moving", lazy_pgettext("state", "Uploading"), "upload"),
    "received": Badge("moving", lazy_pgettext("state", "Received"), "inbox"),
    "processing": Badge("moving", lazy_pgettext("state", "Processing"), "loader"),
    "appeal": Badge("moving", lazy_pgettext("state", "Appeal"), "scale"),
    "mending": Badge("moving", lazy_pgettext("state", "Next run checks"), "clock"),
    "cut-short": Badge("turn", lazy_pgettext("state", "Cut short"), "alert-circle"),
    "submittable": Badge("turn", lazy_pgettext("state", "Ready to submit"), "send"),
    "partly-approved": Badge("turn", lazy_pgettext("state", "Partly approved"), "circle-half"),
    "changes-requested": Badge("turn", lazy_pgettext("state", "Changes requested"), "edit"),
    "limits": Badge("turn", lazy_pgettext("state", "Limits exposure"), "eye-off"),
    "sold-out": Badge("turn", lazy_pgettext("state", "Sold out"), "basket-off"),
    "rejected": Badge("stop", lazy_pgettext("state", "Rejected"), "x"),
    "delivery-refused": Badge("stop", lazy_pgettext("state", "Refused by system"), "ban"),
    "blocked": Badge("stop", lazy_pgettext("state", "Not sent"), "ban"),
    "parked": Badge("stop", lazy_pgettext("state", "Parked"), "flag"),
    "recalled": Badge("stop", lazy_pgettext("state", "Recalled"), "box-off"),
    "suspended": Badge("stop", lazy_pgettext("state", "Suspended"), "lock"),
    "picture-refused": Badge("stop", lazy_pgettext("state", "Refused"), "photo-off"),
    "stands": Badge("stop", lazy_pgettext("state", "Still different"), "flag"),
    "blocks": Badge("stop", lazy_pgettext("state", "Must fix"), "alert-circle"),
    "order-cancelled": Badge("rest", lazy_pgettext("state", "Order cancelled"), "arrow-back"),
    "order-expired": Badge("rest", lazy_pgettext("state", "Ended unpaid"), "clock"),
    "order-open": Badge("moving", lazy_pgettext("state", "Awaiting payment"), "hourglass"),
    "order-pending": Badge("moving", lazy_pgettext("state", "Payment in doubt"), "refresh"),
    "order-paid": Badge("good", lazy_pgettext("state", "Paid"), "check"),
    "approved": Badge("good", lazy_pgettext("state", "Approved"), "check"),
    "delivered": Badge("good", lazy_pgettext("state", "Delivered"), "checks"),
    "compared": Badge("good", lazy_pgettext("state", "Compared"), "checks"),
    "agreed": Badge("good", lazy_pgettext("state", "Agree again"), "check"),
    "on": Badge("good", lazy_pgettext("state", "On sale"), "box"),
    "picture-ready": Badge("good", lazy_pgettext("state", "Ready"), "photo-check"),
}


def badge_of(code: str) -> Badge:
    """The badge of a state's code; underscores of stored states read as hyphens."""
    return BADGES.get(code.replace("_", "-")) or Badge("rest", code, "circle-dashed")


def init(app: Flask) -> None:
    """Let the badge macro look codes up."""
    app.jinja_env.globals["badge_of"] = badge_of
