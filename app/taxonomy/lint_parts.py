"""What can be wrong with one part of a category or notice: told as sentences, without a place."""

import re
from collections.abc import Iterator, Sequence

from app.taxonomy import attribute_types as types
from app.taxonomy import units
from app.taxonomy.definitions import (
    GUESSED,
    Attribute,
    CertificationRule,
    DocumentRule,
    NoticeClass,
    NoticeField,
    PictureRules,
)
from app.taxonomy.lint_words import wrong_words
from app.taxonomy.loader import Place

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Coupang's lengths of an attribute's name and of a value.
LABEL_LENGTH, CHOICE_LENGTH = 25, 30

_LISTS = ("one-of", "many-of")
_NO_AXIS = ("many-of", "date")

Part = Attribute | CertificationRule | DocumentRule | NoticeField


def repeated(key: str, parts: Sequence[Part]) -> Iterator[tuple[Place, str]]:
    """A part whose code another before it has."""
    codes = [part.code for part in parts]
    for n, code in enumerate(codes):
        if code in codes[:n]:
            times = codes.count(code)
            kind = key.removesuffix("s")
            yield (key, n), f"{kind} {code!r} is asked {times} times"


def attribute(part: Attribute) -> Iterator[str]:
    """What is wrong with an attribute."""
    yield from _common(part)
    if part.type not in types.ATTRIBUTE_TYPES.load():
        yield f"no attribute type {part.type!r}"
        return
    if len(part.label.ko) > LABEL_LENGTH:
        yield f"the label is longer than {LABEL_LENGTH} characters"
    yield from wrong_words(part.help, "the help")
    if part.buying_option and part.type in _NO_AXIS:
        yield f"items cannot differ in a {part.type} attribute"
    yield from _choices(part)
    yield from _numbers(part)
    if part.type != "text" and part.max_length != Attribute.max_length:
        yield "max_length is for text"
    yield from _example(part)


def certification(part: CertificationRule) -> Iterator[str]:
    """What is wrong with a certification."""
    yield from _common(part)
    yield from wrong_words(part.help, "the help")
    if not _is_pattern(part.pattern):
        yield "pattern does not compile"
    elif part.number and not re.fullmatch(part.pattern, part.example, re.IGNORECASE):
        yield "its example does not fit its pattern"


def document(part: DocumentRule) -> Iterator[str]:
    """What is wrong with a document."""
    yield from _common(part)
    yield from wrong_words(part.help, "the help")


def pictures(part: PictureRules) -> Iterator[str]:
    """What is wrong with the limits of pictures."""
    if not 0 < part.min_side <= part.max_side:
        yield "min_side is above max_side"
    if part.max_count < 1:
        yield "max_count allows no picture"
    for name, rule in part.looks.items():
        if any(limit is not None and not 0 <= limit <= 100 for limit in (rule.least, rule.most)):
            yield f"{name}: a limit is 0 to 100"
        if rule.least is not None and rule.most is not None and rule.least > rule.most:
            yield f"{name}: least is above most"
        if name in GUESSED and rule.severity == "blocks":
            yield f"{name} is a likelihood: it may limit or advise"


def notice(part: NoticeClass) -> Iterator[tuple[Place, str]]:
    """What is wrong with a notice class, each with its place in the file."""
    if not CODE.fullmatch(part.code):
        yield ("code",), f"code {part.code!r} is not kebab-case"
    yield from ((("label",), text) for text in wrong_words(part.label, "the label"))
    yield from repeated("fields", part.fields)
    for n, line in enumerate(part.fields):
        for text in (*_common(line), *wrong_words(line.hint, "the hint")):
            yield ("fields", n), f"field {line.code!r}: {text}"


def _common(part: Part) -> Iterator[str]:
    if not CODE.fullmatch(part.code):
        yield "the code is not kebab-case"
    yield from wrong_words(part.label, "the label", symbols=False)
    if part.required_from and not part.required:
        yield "required_from is for what is required"


def _choices(part: Attribute) -> Iterator[str]:
    if part.type in _LISTS and len(part.choices) < 2:
        yield "a list needs at least two choices"
    if part.type not in _LISTS and part.choices:
        yield f"a {part.type} attribute has no choices"
    if len({c.code for c in part.choices}) < len(part.choices):
        yield "two choices share a code"
    for language in ("ko", "en"):
        labels = [choice.label.text(language) for choice in part.choices]
        if len(set(labels)) < len(labels):
            yield f"two choices share a label ({language})"
    for choice in part.choices:
        yield from wrong_words(choice.label, f"choice {choice.code!r}")
        if len(choice.label.ko) > CHOICE_LENGTH:
            yield f"choice {choice.code!r} is longer than {CHOICE_LENGTH} characters"


def _numbers(part: Attribute) -> Iterator[str]:
    for unit in sorted(set(part.units) - set(units.UNITS)):
        yield f"no unit {unit!r} in units.py"
    if len(set(part.units)) < len(part.units):
        yield "a unit is given twice"
    low, high = part.minimum, part.maximum
    if part.type != "number" and (part.units or low is not None or high is not None):
        yield "units and limits are for numbers"
    if low is not None and high is not None and low > high:
        yield "minimum is above maximum"


def _example(part: Attribute) -> Iterator[str]:
    for text in dict.fromkeys((part.example.ko, part.example.en)):
        if types.problems(types.read(text, part), part):
            yield f"its example {text!r} is not a good answer"


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
