"""For the WSGI server: `app.receivers.catalogue.wsgi:app`."""

from app.core.garbage import loaded
from app.receivers.catalogue.application import create_app
from app.receivers.catalogue.settings import CatalogueSettings

app = create_app(CatalogueSettings())
loaded()
