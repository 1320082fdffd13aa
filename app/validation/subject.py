"""What a rule looks at: a listing's content with the category it is judged by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from app.taxonomy.attribute_types import is_empty
from app.taxonomy.definitions import Attribute, Category, NoticeClass
from app.validation.amounts import whole

Content = dict[str, Any]


def read(content: Any, path: str) -> Any:
    """The value at a dotted path of nested mappings, or None."""
    for key in path.split("."):
        if not isinstance(content, dict):
            return None
        content = content.get(key)
    return content


def chosen_options(category: Category, content: Content | None) -> tuple[Attribute, ...]:
    """The buying options that *content* names, in the category's order; unknown ones left out."""
    codes = read(content, "product.options")
    if not isinstance(codes, list):
        return ()
    return tuple(attribute for attribute in category.buying_options if attribute.code in codes)


@dataclass(frozen=True)
class ItemSubject:
    """One item; `path("price")` is how findings name its field."""

    content: Content

    @property
    def id(self) -> Any:
        return self.content.get("id")

    def path(self, inner: str) -> str:
        return f"items.{self.id}.{inner}"

    def inners(self, patterns: Iterable[str]) -> Iterator[str]:
        """The item's paths that fit *patterns*: `options.*` stands for each option it has."""
        for pattern in patterns:
            folder, star, _ = pattern.partition(".*")
            found = read(self.content, folder) if star else None
            yield from (f"{folder}.{key}" for key in found) if isinstance(found, dict) else ()
            if not star:
                yield pattern

    def text(self, inner: str) -> str:
        """The field as text, without blanks around it; '' where there is none."""
        value = read(self.content, inner)
        return "" if value is None else str(value).strip()

    def typed(self, inner: str) -> str:
        """What was typed and could not be taken as it is; '' where it could, or nothing was."""
        raw = read(self.content, f"typed.{inner}")
        return "" if raw is None else str(raw).strip()

    def number(self, inner: str) -> int | None:
        """The whole number of a price or stock field, or None.

        One that the column cannot hold (negative, far too large) is still only typed.
        """
        value = self.content.get(inner)
        return whole(value if value is not None else self.typed(inner))


@dataclass(frozen=True)
class Subject:
    """A listing's content, its category and the day whose rules judge it."""

    content: Content
    category: Category
    on: date
    # The items a rule that judges them one by one is to look at; None is all of them.
    only: frozenset[str] | None = None

    @property
    def product(self) -> Content:
        return self.content.get("product") or {}

    @cached_property
    def items(self) -> tuple[ItemSubject, ...]:
        """The items to be judged; those switched off are nobody's business."""
        every = self.content.get("items") or ()
        return tuple(
            ItemSubject(item)
            for item in every
            if not item.get("off") and (self.only is None or str(item.get("id")) in self.only)
        )

    @cached_property
    def options(self) -> tuple[Attribute, ...]:
        """The attributes in which items differ: those of the category's that were chosen."""
        return chosen_options(self.category, self.content)

    @property
    def notice(self) -> NoticeClass | None:
        """The chosen notice class, if the category offers it."""
        return self.category.notice(self.text("notice.class"))

    @property
    def pictures(self) -> list[tuple[str, Content]]:
        """The chosen pictures in order, as (path, picture); unknown ones are left out."""
        known = self.content.get("pictures") or {}
        ids = self.product.get("pictures") or []
        return [(f"pictures.{i}", known[str(i)]) for i in ids if str(i) in known]

    def value(self, path: str) -> Any:
        """The product's value at *path*, or None."""
        return read(self.product, path)

    def text(self, path: str) -> str:
        """The value as text, without blanks around it; '' where there is none."""
        value = self.value(path)
        return value.strip() if isinstance(value, str) else "" if value is None else str(value)

    def amount(self, path: str) -> int | None:
        """The whole number at *path*, also where it is still text that says one."""
        return whole(self.value(path))

    def answered(self, path: str) -> bool:
        """Whether there is anything at *path*."""
        return not is_empty(self.value(path))

    def neighbours(self, kind: str) -> Any:
        """What the caller found beside the listing: `names`, `gtins`, `skus`; () if it did not
        look.
        """
        return (self.content.get("neighbours") or {}).get(kind) or ()

    def for_items(self, ids: frozenset[str] | None) -> "Subject":
        """The same, with only those items to be judged one by one."""
        return replace(self, only=ids)
