"""What a check of a picture is. Each module of `checks/` offers one as `CHECK`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.registry import Registry
from app.core.words import Words
from app.journey.imaging.measured import Limits, Measured

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """One check's answer: whether the file fits, and the numbers that its texts take."""

    ok: bool
    params: Params


@dataclass(frozen=True)
class Check:
    """One thing that a file has to be.

    `read` answers None where the headers do not tell. A failed check that is `unsafe` keeps the
    file from being decoded at all. `message` and `remedy` together are what the seller reads;
    `label`, `measured` and `rule` are the row under the picture; all take the reading's params.
    """

    code: str
    # The first failed check in this order names the refusal.
    order: int
    unsafe: bool
    message: Words
    remedy: Words
    read: Callable[[Measured, Limits], Reading | None]
    fits: Measured
    fails: Measured
    label: Words | None = None
    measured: Words | None = None
    rule: Words | None = None


checks: Registry[Check] = Registry("app.journey.imaging.checks", "CHECK")


def in_order() -> list[Check]:
    """Every check, the first to name a refusal first."""
    return sorted(checks, key=lambda check: check.order)


def readings(measured: Measured, limits: Limits) -> list[tuple[Check, Reading]]:
    """What each check that can tell says of *measured*, in order."""
    told = ((check, check.read(measured, limits)) for check in in_order())
    return [(check, reading) for check, reading in told if reading is not None]


def sentence(code: str, params: Params) -> Words:
    """What the seller reads of the refusal *code*: the fact with its numbers, then the remedy."""
    check = checks[code]
    return Words.joined((check.message.filled(**params), check.remedy.filled(**params)), " ")
