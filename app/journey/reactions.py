"""Which event makes which station act. Read this first.

`within` runs in the event's own transaction, before its commit; `after` rings doorbells once it is
committed and may be lost without harm.
"""

from app.core.events import Reaction
from app.journey.imaging import actions as imaging
from app.journey.imaging import tasks as imaging_bells
from app.listings.events import PictureReceived, VersionApproved

REACTIONS: tuple[Reaction, ...] = (
    Reaction(PictureReceived, after=(imaging_bells.ring_for,)),
    Reaction(VersionApproved, within=(imaging.publish,)),
)
