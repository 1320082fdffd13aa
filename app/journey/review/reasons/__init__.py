"""Why a listing was not approved: codes as data, with what the seller reads and can do."""

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


def suggested(finding_codes: set[str]) -> list[Reason]:
    """The reasons that these findings point to, in the table's order."""
    return [reason for reason in REASONS if finding_codes & set(reason.findings)]


__all__ = ["BY_CODE", "REASONS", "Reason", "reason", "suggested"]
