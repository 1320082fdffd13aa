"""Why a listing was not approved: codes as data, with what the seller reads and can do."""

from collections.abc import Iterable

from app.journey.review.reasons.reason import Reason
from app.journey.review.reasons.table import REASONS

BY_CODE: dict[str, Reason] = {reason.code: reason for reason in REASONS}
if len(BY_CODE) != len(REASONS):
    raise ValueError("a reason code is used twice")
if astray := [reason.code for reason in REASONS if reason.leads_astray]:
    raise ValueError(f"reasons with a link to nowhere: {', '.join(astray)}")


def reason(code: str) -> Reason | None:
    """The reason of this code, if there is one."""
    return BY_CODE.get(code)


def suggested(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The reasons that findings, each (code, path), point to, in the table's order: code -> place.

    Of several findings that point to one reason the first says where.
    """
    told = list(found)
    at = {
        each.code: [each.place_for(path) for code, path in told if code in each.findings]
        for each in REASONS
    }
    return {code: place for code, places in at.items() for place in places[:1] if place is not None}


__all__ = ["BY_CODE", "REASONS", "Reason", "reason", "suggested"]
