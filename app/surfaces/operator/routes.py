"""Every page of the operators: a module each, named here."""

from app.surfaces.operator import (  # noqa: F401
    companies,
    ledger,
    mailbox,
    people,
    reconciliation,
    review_queues,
)
from app.surfaces.operator.blueprint import blueprint

__all__ = ["blueprint"]
