"""The tables of the receiver `orders`, in a schema of their own."""

from app.core.migration import run
from app.receivers.orders.models import OrdersBase

run(OrdersBase.metadata)
