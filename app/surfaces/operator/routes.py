"""Every page of the operators: a module each, named here."""

from app.surfaces.operator import (  # noqa: F401
    companies,
    ledger,
    mailbox,
    people,
    reconciliation,
    replays,
    review_queues,
    suspension,
)
from app.surfaces.operator.blueprint import blueprint

__all__ = ["blueprint"]
