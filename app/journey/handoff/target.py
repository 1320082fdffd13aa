"""A target: a system that approved listings are handed to. One module of `targets/` each."""

from dataclasses import dataclass

from app.core.celery import ring
from app.core.events import Event
from app.core.registry import Registry
from app.core.words import Words
from app.settings import settings


@dataclass(frozen=True)
class Target:
    """Where deliveries go. Address and secret are names of settings, so that one can stand in."""

    code: str
    names: Words
    url_setting: str
    secret_setting: str
    subjects: tuple[str, ...]
    # It owns stock counts after the first handoff and tells them in a feed.
    owns_stock: bool = False

    @property
    def url(self) -> str:
        return str(getattr(settings(), self.url_setting)).rstrip("/")

    @property
    def secrets(self) -> list[str]:
        """All that requests are signed with: a new one beside an old one while it is rotated."""
        listed = str(getattr(settings(), self.secret_setting)).split(",")
        return [secret.strip() for secret in listed if secret.strip()]


TARGETS: Registry[Target] = Registry("app.journey.handoff.targets", "TARGET")


def targets_for(subject: str) -> tuple[Target, ...]:
    """The targets that want to hear of *subject*."""
    return tuple(target for target in TARGETS if subject in target.subjects)


def ring_targets(event: Event) -> None:
    """Ring for every target: something was opened. One that has nothing due finds nothing."""
    for target in TARGETS:
        ring("handoff.send", target.code)
