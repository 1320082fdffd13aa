"""A target: a system that approved listings are handed to. One module of `targets/` each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.celery import ring
from app.core.events import Event
from app.core.registry import Registry
from app.core.words import Words
from app.settings import settings

Part = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """What a target keeps of a product's payload, and of one of its items: digests are of that.

    By the contract `holdings`. A form never changes: what is on record was made of it.
    """

    product: Callable[[Part], Part]
    item: Callable[[Part], Part]


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
    # The target whose number of a product it must be told with the product, where the setting of
    # this name says so: until that one has taken the product, its own delivery waits.
    after: str = ""
    after_setting: str = ""
    # Where it tells digests of what it has; None for what is compared by revisions alone.
    kept: Kept | None = None

    @property
    def url(self) -> str:
        return str(getattr(settings(), self.url_setting)).rstrip("/")

    @property
    def waits_for(self) -> str:
        """The code of the target that it waits for; empty for none."""
        return self.after if self.after and getattr(settings(), self.after_setting) else ""

    @property
    def secrets(self) -> list[str]:
        """All that requests are signed with: a new one beside an old one while it is rotated."""
        listed = str(getattr(settings(), self.secret_setting)).split(",")
        return [secret.strip() for secret in listed if secret.strip()]


TARGETS: Registry[Target] = Registry("app.journey.handoff.targets", "TARGET")


def owner_of_stock() -> Target | None:
    """The target that owns the stock, and so the orders too."""
    return next((target for target in TARGETS if target.owns_stock), None)


def targets_for(subject: str) -> tuple[Target, ...]:
    """The targets that want to hear of *subject*."""
    return tuple(target for target in TARGETS if subject in target.subjects)


def ring_targets(event: Event) -> None:
    """Ring for every target: something was opened. One that has nothing due finds nothing."""
    for target in TARGETS:
        ring("handoff.send", target.code)
