"""What a category says: frozen values, the same whether read from YAML or from a stored version.

A stored definition is `as_json(category)`; `from_json` reads it back. Texts are `Words`; where both
languages read the same, YAML may give one plain string.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, TypeAdapter

from app.core.words import NOTHING, Words

Text = Annotated[Words, BeforeValidator(lambda v: Words(v, v) if isinstance(v, str) else v)]

Requirement = Literal["required", "recommended", "optional"]


@dataclass(frozen=True)
class _Strict:
    """A definition refuses keys that it does not know: a typing slip must not go unnoticed."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Choice(_Strict):
    """One answer of a list."""

    code: str
    label: Text


@dataclass(frozen=True)
class Attribute(_Strict):
    """One question about the product. `type` is a code of `attribute_types/`.

    Of the attributes that share a `group`, one answer is enough. A `buying_option` may be the axis
    along which items differ; a `filter` is what shoppers narrow a list by.
    """

    code: str
    label: Text
    type: str
    required: bool = False
    help: Text = NOTHING
    example: Text = NOTHING
    units: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    max_length: int = 100
    buying_option: bool = False
    filter: bool = False
    group: str = ""

    def choice(self, code: str) -> Choice | None:
        """The choice of that code."""
        return next((c for c in self.choices if c.code == code), None)


@dataclass(frozen=True)
class NoticeField(_Strict):
    """One line of a legal product-information notice; `example` shows a fair answer."""

    code: str
    label: Text
    hint: Text = NOTHING
    required: bool = True
    example: Text = NOTHING


@dataclass(frozen=True)
class NoticeClass(_Strict):
    """A class of goods of the notice on product information (전자상거래법 제13조)."""

    code: str
    label: Text
    fields: tuple[NoticeField, ...]

    def field(self, code: str) -> NoticeField | None:
        """The line of that code."""
        return next((f for f in self.fields if f.code == code), None)


@dataclass(frozen=True)
class CertificationRule(_Strict):
    """A certification that goods of the category need, should have or may show.

    `number` says whether it has a number to be given; `pattern` is that number's shape.
    """

    code: str
    label: Text
    requirement: Requirement = "required"
    number: bool = True
    pattern: str = r"[A-Z0-9][A-Z0-9-]{4,29}"
    help: Text = NOTHING
    example: str = ""


@dataclass(frozen=True)
class PictureRules(_Strict):
    """Limits of the category's pictures: sides in pixels, the most of them in one listing."""

    min_side: int = 500
    max_side: int = 10_000
    square: bool = True
    max_count: int = 10


@dataclass(frozen=True)
class Category(_Strict):
    """A leaf category as of one version. `path` is the names from department to leaf.

    `pictures` is None where the installation's own limits hold; `queries` fills them in.
    """

    code: str
    effective_on: date
    names: Text
    path: tuple[Text, ...]
    attributes: tuple[Attribute, ...]
    notices: tuple[NoticeClass, ...]
    synonyms: tuple[str, ...] = ()
    certifications: tuple[CertificationRule, ...] = ()
    queue: str = "general"
    own_pictures: PictureRules | None = None
    adult: bool = False
    version_id: int = 0
    no: int = 0

    @property
    def pictures(self) -> PictureRules:
        """The picture limits in force."""
        return self.own_pictures or PictureRules()

    @property
    def buying_options(self) -> tuple[Attribute, ...]:
        """The attributes that items may differ in."""
        return tuple(a for a in self.attributes if a.buying_option)

    def attribute(self, code: str) -> Attribute | None:
        """The attribute of that code."""
        return next((a for a in self.attributes if a.code == code), None)

    def notice(self, code: str) -> NoticeClass | None:
        """The notice class of that code, if this category offers it."""
        return next((n for n in self.notices if n.code == code), None)

    def certification(self, code: str) -> CertificationRule | None:
        """The certification of that code."""
        return next((c for c in self.certifications if c.code == code), None)


@lru_cache
def _adapter() -> TypeAdapter[Category]:
    return TypeAdapter(Category)


def as_json(category: Category) -> dict[str, Any]:
    """The definition to be stored: everything but which version it is."""
    found: dict[str, Any] = _adapter().dump_python(category, mode="json")
    del found["version_id"], found["no"]
    return found


def from_json(definition: Mapping[str, Any], version_id: int = 0, no: int = 0) -> Category:
    """The category of a stored definition."""
    return replace(_adapter().validate_python(dict(definition)), version_id=version_id, no=no)
