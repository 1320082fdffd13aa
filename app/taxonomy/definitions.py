"""What a category says: frozen values, the same whether read from YAML or from a stored version.

A stored definition is `as_json(category)`; `from_json` reads it back. Texts are `Words`; where both
languages read the same, YAML may give one plain string.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, TypeAdapter

from app.core.words import NOTHING, Words

Text = Annotated[Words, BeforeValidator(lambda v: Words(v, v) if isinstance(v, str) else v)]

Requirement = Literal["required", "recommended", "optional"]
# The age of majority for what 청소년 보호법 keeps from minors.
ADULT = 19
LookSeverity = Literal["blocks", "limits", "advice", "ignored"]
When = Literal["always", "domestic", "imported", "parallel-imported", "battery", "used"]
# Attributes of which an answer says that a lithium battery is there: that one, or any (None).
# Dry cells are none.
BATTERY_ANSWERS = {"battery": None, "lithium-battery": "yes", "source": "rechargeable"}


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

    Of the attributes that share a `group`, one answer is enough. A `buying_option` may be one of
    the three that items differ in; a `filter` is what shoppers narrow a list by. What is
    `required` only warns before the day `required_from` (see `dated.py`).
    """

    code: str
    label: Text
    type: str
    required: bool = False
    required_from: date | None = None
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
    required_from: date | None = None
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
    required_from: date | None = None
    number: bool = True
    pattern: str = r"[A-Z0-9][A-Z0-9-]{4,29}"
    help: Text = NOTHING
    example: str = ""

    @property
    def required(self) -> bool:
        """Whether goods cannot do without it."""
        return self.requirement == "required"


@dataclass(frozen=True)
class DocumentRule(_Strict):
    """A paper that the seller hands in. `when` names the goods that it is for: all of them,
    those made here, imported (by the brand's own importer or past it), with a battery, or used."""

    code: str
    label: Text
    requirement: Requirement = "required"
    required_from: date | None = None
    when: When = "always"
    help: Text = NOTHING

    @property
    def required(self) -> bool:
        """Whether goods that it is for cannot do without it."""
        return self.requirement == "required"


@dataclass(frozen=True)
class LookRule(_Strict):
    """What the category asks of one measure of a picture; None leaves it as the check has it.

    `least` and `most` are in the measure's own unit (`journey/imaging/measuring.py`).
    """

    least: float | None = None
    most: float | None = None
    severity: LookSeverity | None = None


AS_CHECKED = LookRule()
# Measures that are a likelihood: they may advise, and never refuse.
GUESSED = ("frame", "text", "likeness")


@dataclass(frozen=True)
class PictureRules(_Strict):
    """Limits of the category's pictures: sides in pixels, the most of them in one listing.

    The rest is what is asked of how they look, a measure each.
    """

    min_side: int = 500
    max_side: int = 10_000
    square: bool = True
    max_count: int = 10
    whiteness: LookRule = AS_CHECKED
    fill: LookRule = AS_CHECKED
    sharpness: LookRule = AS_CHECKED
    brightness: LookRule = AS_CHECKED
    frame: LookRule = AS_CHECKED
    text: LookRule = AS_CHECKED
    likeness: LookRule = AS_CHECKED
    transparency: LookRule = AS_CHECKED

    @property
    def looks(self) -> dict[str, LookRule]:
        """What is asked of each measure, by its name."""
        each = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: rule for name, rule in each.items() if isinstance(rule, LookRule)}


@dataclass(frozen=True)
class Category(_Strict):
    """A leaf category as of one version. `path` is the names from department to leaf.

    It holds from `effective_on`; up to and with `grace_until`, what it newly requires only warns.
    `age_limit` is the least age of a buyer in years, 0 for none (19: 청소년 보호법). `own_pictures`
    is None where the installation's own limits hold; `queries` fills them in.
    """

    code: str
    effective_on: date
    names: Text
    path: tuple[Text, ...]
    attributes: tuple[Attribute, ...]
    notices: tuple[NoticeClass, ...]
    synonyms: tuple[str, ...] = ()
    certifications: tuple[CertificationRule, ...] = ()
    documents: tuple[DocumentRule, ...] = ()
    queue: str = "general"
    own_pictures: PictureRules | None = None
    age_limit: int = 0
    grace_until: date | None = None
    version_id: int = 0
    no: int = 0

    @property
    def pictures(self) -> PictureRules:
        """The picture limits in force."""
        return self.own_pictures or PictureRules()

    @property
    def adult(self) -> bool:
        """Whether only adults may buy."""
        return self.age_limit >= ADULT

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

    def document(self, code: str) -> DocumentRule | None:
        """The document of that code."""
        return next((d for d in self.documents if d.code == code), None)


@lru_cache
def _adapter() -> TypeAdapter[Category]:
    return TypeAdapter(Category)


def as_json(category: Category) -> dict[str, Any]:
    """The definition to be stored: what is said of it, but not which version it is.

    What has its default is left out, so that a new kind of key makes no new versions.
    """
    found: dict[str, Any] = _adapter().dump_python(category, mode="json", exclude_defaults=True)
    for key in ("version_id", "no"):
        found.pop(key, None)
    return found


def from_json(definition: Mapping[str, Any], version_id: int = 0, no: int = 0) -> Category:
    """The category of a stored definition, also of one stored by an older release."""
    stored = dict(definition)
    if stored.pop("adult", False):
        stored.setdefault("age_limit", ADULT)
    return replace(_adapter().validate_python(stored), version_id=version_id, no=no)
