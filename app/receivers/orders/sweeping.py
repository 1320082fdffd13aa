"""A thread of the order system's process that ends holds and takes in late answers.

Each process has one: rows that another is at are passed over, so two do nothing twice. What a
dead one left is found by the next round, or by whoever looks at the order.
"""

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from app.receivers.database import Store
from app.receivers.orders.actions import expire, settle

log = logging.getLogger(__name__)


def sweep(store: Store) -> int:
    """All that is due, a transaction a handful; how many orders that were."""
    done = 0
    for some in (settle, expire):
        while True:
            with store.transaction() as session:
                found = some(session)
            done += found
            if not found:
                break
    return done


def start(store: Store, seconds: float) -> None:
    """Sweep every so many *seconds* until the process ends."""

    def rounds() -> None:
        pause = threading.Event()
        while not pause.wait(seconds):
            try:
                sweep(store)
            except SQLAlchemyError as error:
                log.warning("the sweep waits for its database: %s", error)

    threading.Thread(target=rounds, name="sweep", daemon=True).start()
