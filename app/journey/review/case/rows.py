"""The items of a case, a row each."""

from dataclasses import dataclass

from app.core.words import Words
from app.journey.review.case.fields import against
from app.journey.review.comparing.diff import Changed
from app.journey.review.comparing.differing import Places
from app.listings.content import Content
from app.taxonomy.definitions import Category
from app.validation.fields import options_label
from app.validation.finding import Finding


@dataclass(frozen=True)
class Row:
    """An item of the version."""

    content: Content
    path: str
    label: Words
    option: Words
    fresh: bool
    findings: list[Finding]


def rows_of(
    content: Content,
    category: Category,
    differing: list[Changed],
    found: list[Finding],
    labels: Places,
) -> list[Row]:
    """The items of *content* that are sold; what is new since counts as `fresh`."""
    fresh = {each.path for each in differing if each.what == "item"}
    rows = []
    for item in content["items"]:
        if item["off"]:
            continue
        path = f"items.{item['id']}"
        said = options_label(item, category, content)
        rows.append(Row(item, path, labels.of(path), said, path in fresh, against(found, path)))
    return rows
