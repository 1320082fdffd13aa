"""Reading categories. Only rows are read at run time; each version is parsed once a process."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select

from app.core.clock import today
from app.core.database import db
from app.core.errors import NotFound
from app.core.words import Words
from app.settings import settings
from app.taxonomy.definitions import Category, PictureRules, from_json
from app.taxonomy.models import CategoryNode, CategoryVersion

_NO_CATEGORY = Words("없는 카테고리입니다: {category}.", "There is no category {category}.")

_read: dict[tuple[int, str], Category] = {}


@dataclass(frozen=True)
class CategoryBranch:
    """One node while browsing: a leaf to choose, or a group to open."""

    code: str
    names: Words
    path: tuple[Words, ...]
    leaf: bool


def category(code: str, on: date | None = None) -> Category:
    """The leaf *code* as of the day *on* (today); NotFound where it had no version by then."""
    return _category(_version(code, on))


def categories(codes: Iterable[str], on: date | None = None) -> dict[str, Category]:
    """The leaves by code, each read once however often it is named."""
    return {code: category(code, on) for code in set(codes)}


def stored(code: str, on: date | None = None) -> Category:
    """The same as its version says it, without the installation's own limits."""
    found = _version(code, on)
    return from_json(found.definition, found.id, found.no)


def category_by_version(version_id: int) -> Category:
    """The category as that version defined it."""
    found = db.session.get(CategoryVersion, version_id)
    if found is None:
        raise NotFound("no-category", _NO_CATEGORY, category=version_id)
    return _category(found)


def begin_between(after: date, until: date) -> set[str]:
    """The categories of which a version takes effect after the one day and by the other."""
    effective = CategoryVersion.effective_on
    rows = select(CategoryVersion.category_code).where(effective > after, effective <= until)
    return set(db.session.scalars(rows))


def is_retired(code: str) -> bool:
    """Whether nothing new may be registered in the category."""
    here = select(CategoryNode.code).where(
        CategoryNode.code == code, CategoryNode.retired_at.is_(None)
    )
    return db.session.scalar(here) is None


def names_of(codes: Collection[str]) -> dict[str, Words]:
    """What people call each of the nodes; a code that is none is its own name."""
    rows = db.session.execute(
        select(CategoryNode.code, CategoryNode.names).where(CategoryNode.code.in_(codes))
    )
    return {code: Words(code, code) for code in codes} | {code: Words.of(n) for code, n in rows}


def children(code: str | None = None) -> list[CategoryBranch]:
    """What is directly under a node, departments under None, in the tree's order."""
    rows = db.session.scalars(
        select(CategoryNode)
        .where(CategoryNode.parent_code == code, CategoryNode.retired_at.is_(None))
        .order_by(CategoryNode.position, CategoryNode.code)
    )
    return [CategoryBranch(r.code, Words.of(r.names), _path(r), r.leaf) for r in rows]


def leaves() -> list[CategoryBranch]:
    """Every leaf that listings may be registered in, by code."""
    rows = db.session.scalars(
        select(CategoryNode)
        .where(CategoryNode.leaf, CategoryNode.retired_at.is_(None))
        .order_by(CategoryNode.code)
    )
    return [CategoryBranch(r.code, Words.of(r.names), _path(r), True) for r in rows]


def _path(row: CategoryNode) -> tuple[Words, ...]:
    return tuple(Words.of(words) for words in row.path)


def _version(code: str, on: date | None) -> CategoryVersion:
    found = db.session.scalars(
        _versions_of(code).where(CategoryVersion.effective_on <= (on or today())).limit(1)
    ).first()
    if found is None:
        raise NotFound("no-category", _NO_CATEGORY, category=code)
    return found


def _versions_of(code: str) -> Select[CategoryVersion]:
    return (
        select(CategoryVersion)
        .where(CategoryVersion.category_code == code)
        .order_by(CategoryVersion.effective_on.desc(), CategoryVersion.no.desc())
    )


def _category(row: CategoryVersion) -> Category:
    key = (row.id, row.digest)
    if key not in _read:
        _read[key] = from_json(row.definition, row.id, row.no)
    return _with_limits(_read[key])


def _with_limits(category: Category) -> Category:
    """The category with the installation's picture limits where it says nothing else."""
    given, usual, own = category.own_pictures or PictureRules(), PictureRules(), settings()
    limits = replace(
        given,
        min_side=_own_or(given.min_side, usual.min_side, own.picture_min_side),
        max_side=_own_or(given.max_side, usual.max_side, own.picture_max_side),
        max_count=_own_or(given.max_count, usual.max_count, own.pictures_per_listing),
    )
    return replace(category, own_pictures=limits)


def _own_or(given: int, usual: int, installed: int) -> int:
    return installed if given == usual else given
