"""Every page of the operators: a module each, named here."""

from app.surfaces.operator import companies, ledger, mailbox, people, review_queues  # noqa: F401
from app.surfaces.operator.blueprint import blueprint

__all__ = ["blueprint"]
