"""One web address, by a worker: its picture is taken in as an upload is."""

from app.core.file_kinds import kind_of
from app.core.storage import Incoming
from app.journey.imaging.arrivals import actions
from app.journey.imaging.arrivals.actions import Answer, Job
from app.journey.imaging.arrivals.archive import is_archive
from app.journey.imaging.arrivals.fetch import fetch
from app.journey.imaging.arrivals.refusals import Unfit
from app.journey.imaging.arrivals.unpacking import settle
from app.journey.imaging.doorway import REPEATED, turned_away
from app.listings.store import store
from app.web.uploads import shown_name


def fetch_in(job: Job) -> bool:
    """Fetch the picture; nothing is left afterwards. Raises `Unfit`, OSError, `Superseded`."""
    if job.told:
        return True
    with store().receive(job.limits.max_bytes) as incoming:
        name = shown_name(fetch(job.address, incoming, job.limits.max_bytes) or job.address)
        away = _turned_away(job, incoming)
        key = "" if away else incoming.keep().key

    def take() -> Answer:
        if away:
            return away
        accepted = actions.take(job, key, name, None, 0)
        code, words = ("repeated", REPEATED) if accepted.repeated else ("", None)
        return Answer(0, name, code, words, accepted.picture.id)

    settle(job, take, 0, name)
    return True


def _turned_away(job: Job, incoming: Incoming) -> Answer | None:
    kind = kind_of(incoming.head)
    if kind == "HTML" or is_archive(kind):
        raise Unfit("address-page" if kind == "HTML" else "address-archive")
    found = turned_away(kind, incoming.size, job.limits)
    return Answer(0, job.name, *found) if found else None
