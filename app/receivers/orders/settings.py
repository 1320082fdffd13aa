"""The order system's settings."""

from pydantic import AliasChoices, Field

from app.receivers.settings import ReceiverSettings


class OrdersSettings(ReceiverSettings):
    """`ORDERS_DATABASE_URL` where the order system has a database elsewhere."""

    database_url: str = Field(validation_alias=AliasChoices("orders_database_url", "database_url"))
    orders_secret: str = Field(min_length=16)
