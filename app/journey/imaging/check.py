"""What a check of a picture is. Each module of `checks/` offers one as `CHECK`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.registry import Registry
from app.core.words import Words
from app.journey.imaging.measured import Asked, Limits, Measured
from app.validation.rule import Severity

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """One check's answer: whether the file fits, and the numbers that its texts take."""

    ok: bool
    params: Params
    # What it means where it does not fit.
    severity: Severity = "blocks"


@dataclass(frozen=True)
class Check:
    """One thing that a file has to be.

    `read` answers None where nothing tells. A failed check that is `unsafe` keeps the file from
    being decoded at all. `message` and `remedy` together are what the seller reads; `label`,
    `measured` and `rule` are the row under the picture; all take the reading's params.
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
    # Asked of the representative picture alone. Any may become that, so it refuses no file.
    first_only: bool = False
    # The law or platform it comes from, where it is not a limit of decoding.
    source: str = ""
    # Codes of what may be done to a picture that does not fit (`mends/table.py`).
    mends: tuple[str, ...] = ()

    def refuses(self, reading: Reading) -> bool:
        """Whether a file that reads so cannot be used at all."""
        return not (reading.ok or self.first_only) and reading.severity == "blocks"


checks: Registry[Check] = Registry("app.journey.imaging.checks", "CHECK")


def held(value: float | None, asked: Asked, **params: Any) -> Reading | None:
    """*value* against what is asked of it; None where it is not measured, or nothing is asked."""
    if value is None or asked.severity == "ignored":
        return None
    told = {"value": f"{value:g}", "least": f"{asked.least:g}", "most": f"{asked.most:g}"}
    return Reading(asked.least <= value <= asked.most, told | params, asked.severity)


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
