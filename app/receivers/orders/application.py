"""The order system as a WSGI application."""

from flask import Flask

from app.receivers import inbox
from app.receivers.application import application
from app.receivers.database import Store
from app.receivers.inbox import Inbox
from app.receivers.orders import holdings, routes
from app.receivers.orders.models import OrdersReceived
from app.receivers.orders.settings import OrdersSettings
from app.receivers.orders.shelf import OrdersShelf
from app.receivers.settings import several
from app.receivers.signatures import guard

LOCK_CLASS = 0x6F72  # "or"


def create_app(settings: OrdersSettings) -> Flask:
    """The application; its tables are there already (see `migrations/orders`)."""
    store = Store(settings.database_url, settings.database_pool)
    app = application(__name__, settings, store)
    way_in = Inbox(store, OrdersReceived, OrdersShelf, LOCK_CLASS)
    apis = (
        (inbox.blueprint(way_in), False),
        (routes.api(store, settings), True),
        (holdings.blueprint(store, settings.received_days), True),
    )
    for signed, calls in apis:
        guard(signed, several(settings.orders_secret), calls)
        app.register_blueprint(signed)
    app.register_blueprint(routes.pages(store, board=settings.onshelf_env != "production"))
    return app
