"""The rules that guard submission guard what is on sale, whoever changes it."""

from collections.abc import Collection

from app.core.clock import today
from app.core.words import Words
from app.listings.content import Content
from app.surfaces.seller.many.subjects import Subject
from app.taxonomy import queries as taxonomy
from app.validation.engine import findings as check


def broken_rule(subject: Subject, changed: Content, cells: Collection[str]) -> Words | None:
    """What the rules have against these cells of *changed*, what would then be on sale; the first.

    *cells* are paths of items; what was wrong before is not told where it stays as it was.
    """
    if subject.live is None or not cells:
        return None
    category = taxonomy.category_by_version(subject.live.category_version_id or 0)
    found = check(changed, category, subject.live.rules_as_of or today(), cells)
    for finding in found:
        if finding.severity == "blocks" and finding.path in cells:
            texts = (f"{finding.message(code)} {finding.remedy(code)}" for code in ("ko", "en"))
            return Words(*texts)
    return None
