"""Every periodic job in one list: the Celery beat table."""

from app.core.celery import Periodic

SCHEDULE: tuple[Periodic, ...] = (
    # A sign of life, so that readiness can tell a silent worker from an idle one.
    Periodic("core.pulse", 10),
    Periodic("imaging.sweep", 10),
    # Looks at one part of the storage; tidying.SECONDS has the same number.
    Periodic("imaging.tidy", 600),
    Periodic("accounts.prune", 600),
    Periodic("notifying.send", 30),
    Periodic("handoff.sweep", 2),
    Periodic("handoff.refresh_stock", 5),
    # Begins a run every RECONCILE_MINUTES, and goes on with one that was left.
    Periodic("reconciling.sweep", 60),
    # What is kept no longer (docs/retention.md); `accounts.prune` above has the rest.
    Periodic("reconciling.prune", 3600),
    Periodic("notifying.prune", 3600),
    # What is left of a change of many listings when its page, or its worker, is gone.
    Periodic("many.sweep", 10),
    Periodic("many.prune", 3600),
    # A held verdict takes effect this soon after its hold is over.
    Periodic("review.apply_due", 2),
    # How long an entry of the trail stands before it is sealed.
    Periodic("auditing.seal", 600),
)
