"""The catalogue as a WSGI application."""

from functools import partial

from flask import Flask

from app.receivers import inbox
from app.receivers.application import application
from app.receivers.catalogue import holdings, machines, routes
from app.receivers.catalogue.browsing import Browsing
from app.receivers.catalogue.levels import Levels
from app.receivers.catalogue.models import CatalogueReceived
from app.receivers.catalogue.order_system import OrderSystem
from app.receivers.catalogue.settings import CatalogueSettings
from app.receivers.catalogue.shelf import CatalogueShelf
from app.receivers.database import Store
from app.receivers.inbox import Inbox
from app.receivers.settings import several
from app.receivers.signatures import guard

LOCK_CLASS = 0x6361  # "ca"


def create_app(settings: CatalogueSettings) -> Flask:
    """The application; its tables are there already (see `migrations/catalogue`)."""
    store = Store(settings.database_url, settings.database_pool)
    app = application(__name__, settings, store, settings.picture_sources)
    address = settings.catalogue_url.rstrip("/")
    shelf = partial(CatalogueShelf, address=address)
    signed = inbox.blueprint(Inbox(store, CatalogueReceived, shelf, LOCK_CLASS))
    guard(signed, several(settings.catalogue_secret), calls=False)
    app.register_blueprint(signed)
    held = holdings.blueprint(store, settings.received_days)
    guard(held, several(settings.catalogue_secret))
    app.register_blueprint(held)
    levels = Levels(store, settings)
    app.register_blueprint(
        routes.shop(store, OrderSystem(settings), Browsing(store, levels, address))
    )
    told = machines.Machines(store, levels, address, settings.settled_seconds)
    app.register_blueprint(machines.blueprint(told))
    return app
