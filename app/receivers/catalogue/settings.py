"""The catalogue's settings."""

from urllib.parse import urlsplit

from pydantic import AliasChoices, Field

from app.receivers.settings import ReceiverSettings


class CatalogueSettings(ReceiverSettings):
    """`CATALOGUE_DATABASE_URL` where the catalogue has a database elsewhere."""

    database_url: str = Field(
        validation_alias=AliasChoices("catalogue_database_url", "database_url")
    )
    catalogue_url: str = "http://127.0.0.1:8001"
    orders_url: str = "http://127.0.0.1:8002"
    catalogue_secret: str = Field(min_length=16)
    orders_secret: str = Field(min_length=16)
    # Where pictures come from, when not from PUBLIC_URL: origins separated by spaces.
    picture_origins: str = ""
    # A page is shown without stock sooner than it waits; an order is worth waiting for.
    availability_seconds: float = Field(0.8, gt=0, le=10)
    # How old levels of stock may be before a page asks for the newer ones.
    stock_fresh_seconds: float = Field(1.0, ge=0, le=60)
    # A change younger than this may be followed by an older one that commits late: until then
    # the feed and the sitemap have no tag. Longer than any transaction here may take.
    settled_seconds: float = Field(60.0, ge=0, le=3600)
    order_seconds: float = Field(4.0, gt=0, le=30)

    @property
    def picture_sources(self) -> str:
        """For `img-src`."""
        if self.picture_origins:
            return self.picture_origins
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"
