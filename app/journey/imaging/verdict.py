"""From a stored file to its verdict. Works on files alone: no database is held meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.words import NOTHING, Words
from app.journey.imaging.check import Check, Reading, checks, readings, sentence
from app.journey.imaging.darkroom import Developed, develop
from app.journey.imaging.measured import Limits, Measured
from app.journey.imaging.probe import probe
from app.listings.store import store


@dataclass(frozen=True)
class Verdict:
    """What a picture's row will say: `code` is '' where it is ready."""

    facts: dict[str, Any]
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)


def examine(sha256: str, limits: Limits, edits: Sequence[dict[str, Any]] = ()) -> Verdict:
    """Probe the file, decode it unless that is unsafe, mend it, keep its renditions, judge it.

    Raises `ChildLost` where the child ended without an answer, `OSError` where storage did.
    """
    measured = probe(store().path(sha256))
    told = readings(measured, limits)
    if any(check.unsafe and not reading.ok for check, reading in told):
        return _verdict(measured, told, [])
    with store().open(sha256) as source:
        developed = develop(source, limits.max_pixels, edits)
    measured = _developed(measured, developed)
    kept = [facts | {"key": store().put(data).key} for facts, data in developed.renditions]
    return _verdict(measured, readings(measured, limits), kept)


def compared(verdict: Verdict, twin: dict[str, Any] | None, limits: Limits) -> Verdict:
    """*verdict* on a picture that is ready, with its row on *twin*, the one nearly the same."""
    check = checks["picture-alike"]
    reading = check.read(Measured("", 1, look={"twin": twin}), limits)
    if reading is None:
        return verdict
    others = [row for row in verdict.facts["rows"] if row["code"] != check.code]
    rows = [*others, _row(check, reading)]
    return replace(verdict, facts=verdict.facts | {"rows": rows})


def read_anew(facts: Mapping[str, Any], limits: Limits) -> Verdict:
    """What the numbers of a picture that was ready come to by *limits*; not yet `compared`."""
    measured = Measured(
        kind=facts.get("format", ""),
        size=facts.get("bytes", 0),
        width=facts.get("width"),
        height=facts.get("height"),
        look=facts.get("look") or {},
    )
    return _verdict(measured, readings(measured, limits), facts.get("renditions") or [])


def unprocessed(limits: Limits) -> Verdict:
    """The verdict on a file whose processing failed time after time."""
    measured = Measured("JPEG", 1, fault="unprocessed")
    told = [(c, r) for c, r in readings(measured, limits) if not r.ok]
    return _verdict(measured, told, [])


def _developed(measured: Measured, developed: Developed) -> Measured:
    width, height = developed.size or (measured.width, measured.height)
    return replace(measured, fault=developed.fault, look=developed.look, width=width, height=height)


def _verdict(
    measured: Measured, told: list[tuple[Check, Reading]], renditions: list[dict[str, Any]]
) -> Verdict:
    facts = {
        "format": measured.kind,
        "bytes": measured.size,
        "width": measured.width,
        "height": measured.height,
        "renditions": renditions,
        "look": dict(measured.look),
        "rows": [_row(check, reading) for check, reading in told if check.label],
    }
    failed = next(((c, r) for c, r in told if c.refuses(r)), None)
    if failed is None:
        return Verdict(facts)
    check, reading = failed
    params = dict(reading.params)
    facts["message"] = sentence(check.code, params).as_dict()
    return Verdict(facts, check.code, params)


def _row(check: Check, reading: Reading) -> dict[str, Any]:
    """A line under the picture: what was measured, against what rule, and how it went.

    Where it does not fit, also what `validation/pictures.py` makes a finding of.
    """
    row = {
        "code": check.code,
        "label": _said(check.label, reading),
        "measured": _said(check.measured, reading),
        "rule": _said(check.rule, reading),
        "ok": reading.ok,
    }
    if reading.ok:
        return row
    return row | {
        "severity": reading.severity,
        "first_only": check.first_only,
        "message": _said(check.message, reading),
        "remedy": _said(check.remedy, reading),
        "listing": reading.params.get("listing"),
        "picture": reading.params.get("picture"),
    }


def _said(words: Words | None, reading: Reading) -> dict[str, str]:
    return (words or NOTHING).filled(**reading.params).as_dict()
