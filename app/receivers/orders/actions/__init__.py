"""The order system's verbs: placing, paying, cancelling, and what time does to an order.

Callers open the transaction; only `place` is a transaction by itself, for the sake of its locks.
"""

from app.receivers.orders.actions.cancelling import cancel
from app.receivers.orders.actions.ending import bring_up_to_date, expire, settle
from app.receivers.orders.actions.paying import pay
from app.receivers.orders.actions.placing import place

__all__ = ["bring_up_to_date", "cancel", "expire", "pay", "place", "settle"]
