"""For the WSGI server: `app.receivers.orders.wsgi:app`."""

from app.core.garbage import loaded
from app.receivers.orders import sweeping
from app.receivers.orders.application import create_app
from app.receivers.orders.settings import OrdersSettings

settings = OrdersSettings()
app = create_app(settings)
sweeping.start(app.extensions["store"], settings.sweep_seconds)
loaded()
