"""The rules that guard submission guard what is on sale, whoever changes it."""

from collections.abc import Collection

from app.core.clock import today
from app.listings.content import Content
from app.listings.models import Version
from app.taxonomy.definitions import Category
from app.validation.engine import findings as check
from app.validation.finding import Finding


def broken_rules(
    live: Version, category: Category, content: Content, cells: Collection[str]
) -> list[Finding]:
    """What stops *cells* (paths of items) of *content*, which would then be on sale.

    *category* is that of the *live* version, as it was when that was submitted. What was wrong
    elsewhere before is not told where it stays as it was.
    """
    found = check(content, category, live.rules_as_of or today(), cells)
    return [each for each in found if each.severity == "blocks" and each.path in cells]
