"""What the reasons' list offers for one case: suggestions first, the first nine under digits."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.journey.review import boxes
from app.journey.review.case.page import CasePage, findings_of
from app.journey.review.models import ReviewCase
from app.journey.review.pins import NOTE_LENGTH
from app.journey.review.reasons import BY_CODE, REASONS, Reason, suggested
from app.listings.content import storable

DIGITS = 9


@dataclass(frozen=True)
class Option:
    """A reason as offered: `digit` is its key while no place was asked for, 0 for none.

    `at` is the place of the finding that suggests it; None where none does.
    """

    reason: Reason
    digit: int
    at: str | None


def options(page: CasePage) -> list[Option]:
    """Every reason, those that the case's findings point to first.

    Digits go to these, then to what is about the whole listing.
    """
    at = suggested((finding.code, finding.path) for _, finding in page.findings)
    ordered = [BY_CODE[code] for code in at] + [r for r in REASONS if r.code not in at]
    keyed = [r.code for r in ordered if r.code in at or r.fits("")][:DIGITS]
    digits = {code: digit for digit, code in enumerate(keyed, start=1)}
    return [Option(r, digits.get(r.code, 0), at.get(r.code)) for r in ordered]


def place_of(case: ReviewCase, code: str) -> str:
    """Where the reason *code* goes if no place was chosen: to the whole listing, or, if it is
    never about that, to the finding that suggests it."""
    known = BY_CODE.get(code)
    if known is None or known.fits(""):
        return ""
    return suggested((each.code, each.path) for each in findings_of(case)).get(code, "")


def begun(form: Mapping[str, str]) -> dict[str, str] | None:
    """The fields of a reason that *form* has half chosen: none of them where nothing is begun.

    None where the form does not have the list at all.
    """
    if "reason" not in form:
        return None
    said = {name: form[name] for name in ("reason", "reason-note") if form.get(name)}
    said |= boxes.typed(form)
    if said and form.get("path"):
        said["path"] = form["path"]
    return {name: str(storable(value))[:NOTE_LENGTH] for name, value in said.items()}
