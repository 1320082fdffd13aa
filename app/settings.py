"""One frozen settings object read from the environment; wrong values fail at boot.

Every name is the environment variable in lower case; `ONSHELF_` names are ours alone.
"""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


def postgres_address(url: str) -> str:
    """*url* with the driver we use, however it was written: postgres://, postgresql://..."""
    scheme, separator, rest = url.partition("://")
    if scheme.partition("+")[0] not in ("postgres", "postgresql") or not separator:
        raise ValueError("DATABASE_URL: only postgresql:// addresses are understood")
    return f"postgresql+psycopg://{rest}"


class Settings(BaseSettings):
    """Everything that may differ from one installation to another."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", case_sensitive=False)

    onshelf_env: Literal["demo", "production", "test"] = "production"
    onshelf_instance: Path = ROOT / "instance"
    # Signs cookies and tokens. The start command writes one under instance/ when none is given.
    secret_key: str = Field(min_length=16)
    database_url: Annotated[str, AfterValidator(postgres_address)]
    # No statement of a page may take longer; workers and commands are given more.
    statement_timeout_seconds: int = Field(15, ge=1)
    # Who asks for /metrics says `Authorization: Bearer` and this.
    metrics_token: str = ""
    # Readiness ends when a row that is due has waited longer than this.
    ready_oldest_due_seconds: int = Field(900, ge=10)
    # amqp://... or redis://...; empty is kombu's filesystem transport under instance/broker.
    broker_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    # More host names people reach us by, separated by commas.
    trusted_hosts: str = ""
    catalogue_url: str = "http://127.0.0.1:8001"
    orders_url: str = "http://127.0.0.1:8002"
    # Shared with each receiver; requests are signed with it (HMAC-SHA256).
    catalogue_secret: str = Field(min_length=16)
    orders_secret: str = Field(min_length=16)

    # How many proxies of our own stand in front and set X-Forwarded headers; 0 believes none.
    trusted_proxies: int = Field(0, ge=0, le=5)

    default_language: Literal["ko", "en"] = "ko"
    time_zone: str = "Asia/Seoul"

    # Review: seconds a verdict is held before it is applied, and minutes a claim lasts.
    verdict_hold_seconds: int = Field(60, ge=0, le=3600)
    claim_minutes: int = Field(10, ge=1, le=120)
    # By when a submission should be decided: what the queue's ages are measured against.
    review_promise_minutes: int = Field(180, ge=1, le=43_200)

    # Pictures (docs/decisions has the sources of the limits).
    picture_max_bytes: int = 20 * 1024 * 1024
    picture_max_pixels: int = 40_000_000
    picture_min_side: int = 500
    picture_max_side: int = 10_000
    pictures_per_listing: int = 10
    # How long a worker has a picture before another may take it up: longer than the child may take.
    picture_lease_seconds: int = Field(60, ge=5, le=600)
    # A ZIP of pictures, and what may come out of it (the ratio is that of UnoPim's importer).
    archive_max_bytes: int = 200 * 1024 * 1024
    archive_max_entries: int = 500
    archive_max_unpacked: int = 300 * 1024 * 1024
    archive_max_ratio: int = 100
    # How long a worker has an archive or a web address: longer than a task may take.
    arrival_lease_seconds: int = Field(150, ge=5, le=600)
    # How long a sender has a delivery before it counts as dead: longer than an exchange may take,
    # so that two senders do not hold one delivery; should they, the receiver knows it by its key.
    delivery_lease_seconds: int = Field(45, ge=10, le=600)
    # One process rings the same doorbell at most so often; 0 is every time.
    ring_every_seconds: float = Field(0.3, ge=0, le=10)
    # Whether the order system hears of a product only with the catalogue's number of it.
    orders_wait_for_catalogue: bool = False
    # How long a sender waits for more after a batch that was not full.
    handoff_linger_seconds: float = Field(0.5, ge=0, le=5)
    # How often what the targets have is compared with what was approved; 0 only when asked for.
    reconcile_minutes: int = Field(60, ge=0, le=10_080)
    # A count that changed at the order system this lately may still be in its feed.
    reconcile_grace_seconds: int = Field(60, ge=0, le=3600)

    # How long things are kept, in days, and why: docs/retention.md.
    keep_payloads_days: int = Field(90, ge=2)
    keep_notices_days: int = Field(365, ge=1)
    keep_mailbox_days: int = Field(90, ge=1)
    keep_disabled_people_days: int = Field(365, ge=1)
    keep_reconciliations_days: int = Field(90, ge=1)

    # Where files are kept; empty is a folder under the instance's.
    storage_path: Path | None = None
    # Where checkpoints of the audit trail are written besides; empty is a folder under the
    # instance's. Best a place that whoever may change the database cannot.
    audit_path: Path | None = None

    # Where `make backup` puts backups, and how many of them stay; empty is a folder under the
    # instance's. Best another disk.
    backup_path: Path | None = None
    backups_kept: int = Field(7, ge=1, le=1000)

    # Sessions end after this long unused, and in any case after session_hours.
    session_hours: int = Field(12, ge=1, le=168)
    session_idle_minutes: int = Field(240, ge=1)
    session_idle_minutes_staff: int = Field(30, ge=1)
    session_anonymous_minutes: int = Field(120, ge=1)
    invitation_days: int = Field(7, ge=1, le=60)

    # The practice seller and reviewer of `make probe`; without a password they are not made.
    probe_seller_email: str = "practice-seller@onshelf.example"
    probe_reviewer_email: str = "practice-reviewer@onshelf.example"
    probe_password: str = ""

    # smtp://user:password@host:587 or smtps://; empty: into instance/mailbox.
    smtp_url: str = ""
    mail_from: str = "Onshelf <no-reply@onshelf.example>"
    # Who was mailed of a verdict or of a delivery in trouble hears of more of them only after this
    # long, and then in one mail; under the bell each stands at once. With 0 none waits;
    # what is due at the same moment goes together all the same.
    mail_gather_seconds: int = Field(300, ge=0, le=86_400)
    # Whom sellers may write to about what no page settles.
    support_email: str = "support@onshelf.example"


@lru_cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
