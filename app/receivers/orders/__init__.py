"""The order system: offers, stock, orders and their cancellation. `wsgi.py` serves it."""
