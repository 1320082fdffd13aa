"""The tables of the receiver `catalogue`, in a schema of their own."""

from app.core.migration import run
from app.receivers.catalogue.models import CatalogueBase

run(CatalogueBase.metadata)
