"""Which event makes which station act. Read this first.

`within` runs in the event's own transaction, before its commit; `after` rings doorbells once it is
committed and may be lost without harm.
"""

from app.core.events import Reaction

REACTIONS: tuple[Reaction, ...] = ()
