"""What both receivers read from the environment; wrong values fail at boot."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ReceiverSettings(BaseSettings):
    """Frozen; each receiver adds its own. A secret may list several, separated by commas."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", case_sensitive=False, populate_by_name=True
    )

    onshelf_env: Literal["demo", "production", "test"] = "production"
    # What the web process and the orders side are reached at by browsers.
    public_url: str = "http://127.0.0.1:8000"
    default_language: Literal["ko", "en"] = "ko"
    database_pool: int = Field(8, ge=1, le=100)
    # How long a delivery's key is known again: longer than any sender, or person, repeats one.
    received_days: int = Field(400, ge=30)


def several(secrets: str) -> list[str]:
    """The secrets of a setting, the one to sign with first."""
    return [secret.strip() for secret in secrets.split(",") if secret.strip()]
