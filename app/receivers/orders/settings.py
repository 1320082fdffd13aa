"""The order system's settings."""

from pydantic import AliasChoices, Field

from app.receivers.settings import ReceiverSettings


class OrdersSettings(ReceiverSettings):
    """`ORDERS_DATABASE_URL` where the order system has a database elsewhere."""

    database_url: str = Field(validation_alias=AliasChoices("orders_database_url", "database_url"))
    orders_secret: str = Field(min_length=16)
    # How long the stock of an order is held for its payment, on the database's clock.
    hold_minutes: float = Field(
        30, gt=0, le=7 * 24 * 60, validation_alias=AliasChoices("order_hold_minutes")
    )
    # How often holds are looked for that are over; an order past its time is never paid meanwhile.
    sweep_seconds: float = Field(
        15, gt=0, le=3600, validation_alias=AliasChoices("order_sweep_seconds")
    )
    # When the stand-in for a payment provider gives the answers that it gives late.
    late_answer_seconds: float = Field(
        20, ge=0, le=3600, validation_alias=AliasChoices("order_late_answer_seconds")
    )
