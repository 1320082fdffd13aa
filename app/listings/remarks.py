"""What a reviewer or a target has against a field, as its seller reads it."""

from dataclasses import dataclass
from datetime import datetime

from app.core.words import Words
from app.listings.models import Finding


@dataclass(frozen=True)
class Remark:
    """One line of the seller's checklist.

    `cleared_at` is when its place became another than was judged; of the listing as a whole only
    the reviewer can tell.
    """

    path: str
    code: str
    label: Words
    remedy: Words
    note: str
    cleared_at: datetime | None
    # Of a picture the part that it is about: left, top, right, bottom in ten-thousandths.
    box: tuple[int, int, int, int] | None = None
    # Where the rule can be read, '' where it is the house's own.
    link: str = ""
    # The columns of items that it is about, where it is about some.
    columns: tuple[str, ...] = ()


def remark_of(finding: Finding) -> Remark:
    """The remark of a stored finding, in the words that were frozen with the verdict."""
    params = finding.params
    return Remark(
        path=finding.path,
        code=finding.code,
        label=Words.of(params.get("message") or finding.code),
        remedy=Words.of(params.get("remedy") or ""),
        note=params.get("note", ""),
        cleared_at=finding.cleared_at,
        box=tuple(params["box"]) if params.get("box") else None,
        link=params.get("link", ""),
        columns=tuple(params.get("columns") or ()),
    )
