"""What the checks of a picture leave to be mended, as findings of source `picture`.

The station that processes pictures keeps their readings as `facts["rows"]`; those that do not fit
carry their severity and sentences, and whether they are asked of the representative alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.validation.finding import Finding
from app.validation.rule import RULES
from app.validation.subject import Subject

SOURCE = "picture"


def open_rows(picture: Mapping[str, Any], first: bool) -> list[dict[str, Any]]:
    """The readings of a ready picture that do not fit; *first* is the representative's place."""
    if picture.get("state") != "ready":
        return []
    rows = (picture.get("facts") or {}).get("rows") or []
    return [row for row in rows if not row["ok"] and (first or not row.get("first_only"))]


def findings(subject: Subject) -> Iterator[Finding]:
    """The same as findings, but for what a rule of that code says of the listing already."""
    for place, (path, picture) in enumerate(subject.pictures):
        for row in open_rows(picture, first=place == 0):
            if row["code"] not in RULES.load():
                yield _finding(path, row)


def _finding(path: str, row: Mapping[str, Any]) -> Finding:
    params = {"message": row["message"], "remedy": row["remedy"]}
    if row.get("listing"):
        params["listing"] = row["listing"]
    return Finding(row["code"], path, row["severity"], params, SOURCE)
