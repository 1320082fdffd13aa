"""Judges a listing: all findings at once, in the order of the form. Pure: no database, no clock."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.taxonomy.definitions import Category
from app.validation import pictures
from app.validation.fields import form_order
from app.validation.finding import ENFORCED_FROM, Finding
from app.validation.rule import RULES, Hit, Rule
from app.validation.subject import Content, Subject


def findings(
    content: Content, category: Category, on: date, paths: Iterable[str] | None = None
) -> list[Finding]:
    """What the rules in force on the day *on* have against *content*.

    With *paths* (those just saved) only the rules that read them run, and rules that judge items
    one by one look at the touched items alone: exactly the findings of `findings(...)` that a
    change of those paths can have made or ended. `is_concerned` says which those are.
    """
    touched = None if paths is None else tuple(paths)
    subject = Subject(content, category, on)
    found = _judge(subject, [r for r in RULES if r.in_force(on)], touched)
    if touched is not None and not _shows_pictures(touched):
        return found
    looks = list(pictures.findings(subject))
    return in_order([*found, *looks], category, content) if looks else found


def biting(
    content: Content, category: Category, on: date, until: date, later: Category | None = None
) -> list[Finding]:
    """What blocks *content* on the day *until* and does not on the day *on*.

    *later* is the category as it is on that day, where that differs. Each finding's rule says
    since when it blocks (`Rule.enforced_from`, else `since`). Without a rule or category that
    changes in between it costs nothing.
    """
    same = later is None or later == category
    rules = [r for r in RULES if r.blocks_on(until) and not (same and r.blocks_on(on))]
    then = _judge(Subject(content, category if later is None else later, until), rules, None)
    now: set[tuple[str, str]] = set()
    if not same:
        present = _judge(Subject(content, category, on), rules, None)
        now = {(f.code, f.path) for f in present if f.severity == "blocks"}
    return [finding for finding in then if (finding.code, finding.path) not in now]


def _judge(whole: Subject, rules: Iterable[Rule], touched: tuple[str, ...] | None) -> list[Finding]:
    subjects = _Subjects(whole)
    found: list[Finding] = []
    for rule in rules:
        items = _items_for(rule, touched)
        if items != _NOTHING:
            found.extend(_run(rule, subjects.of(items)))
    return in_order(found, whole.category, whole.content)


def in_order(found: list[Finding], category: Category, content: Content) -> list[Finding]:
    """The findings in the order of the form."""
    if not found:
        return []
    place = _Order(category, content)
    return sorted(found, key=lambda finding: (place.of(finding.path), finding.code))


def is_concerned(finding: Finding, paths: Iterable[str]) -> bool:
    """Whether a change of *paths* can have made or ended *finding*: what a save replaces."""
    if finding.source == pictures.SOURCE:
        return _shows_pictures(paths)
    rule = RULES.load().get(finding.code)
    if rule is None or finding.source != "rule":
        return False
    items = _items_for(rule, tuple(paths))
    return items is None or _item_of(finding.path) in items


def _shows_pictures(paths: Iterable[str]) -> bool:
    """Whether a change of *paths* can change which pictures there are, or their order."""
    return any(_touches(path, "pictures") for path in paths)


_NOTHING: frozenset[str] = frozenset()


def _run(rule: Rule, subject: Subject) -> list[Finding]:
    severity = rule.severity_on(subject.on)
    return [
        Finding(rule.code, hit.path, severity, _params(rule, hit, subject.on))
        for hit in rule.check(subject)
        if subject.only is None or _item_of(hit.path) in subject.only
    ]


def _params(rule: Rule, hit: Hit, on: date) -> dict[str, Any]:
    if rule.enforced_from is None or not rule.in_grace(on):
        return hit.params
    return hit.params | {ENFORCED_FROM: rule.enforced_from.isoformat()}


def _items_for(rule: Rule, paths: tuple[str, ...] | None) -> frozenset[str] | None:
    """The items that the rule must judge: None is all; an empty set, that it need not run."""
    if paths is None:
        return None
    seen = [_whole_item(path) for path in paths]
    read = [path for path in seen if any(_touches(path, pattern) for pattern in rule.reads)]
    ids = [_item_of(path) for path in read]
    if ids and (rule.across_items or None in ids):
        return None
    return frozenset(item for item in ids if item is not None)


def _whole_item(path: str) -> str:
    """An item that is switched on or off comes or goes as a whole, whatever a rule reads of it."""
    return path.removesuffix(".off") if path.startswith("items.") else path


def _touches(path: str, pattern: str) -> bool:
    """Whether a change at *path* is seen by a rule that reads *pattern*, above, at or below it."""
    pairs = zip(path.split("."), pattern.split("."), strict=False)
    return path == "" or all(wanted in ("*", part) for part, wanted in pairs)


def _item_of(path: str) -> str | None:
    parts = path.split(".")
    return parts[1] if parts[0] == "items" and len(parts) > 1 else None


class _Subjects:
    """One subject for each set of items, so that rules share what it has worked out."""

    def __init__(self, whole: Subject) -> None:
        self.whole = whole
        self.made: dict[frozenset[str] | None, Subject] = {None: whole}

    def of(self, items: frozenset[str] | None) -> Subject:
        if items not in self.made:
            self.made[items] = self.whole.for_items(items)
        return self.made[items]


class _Order:
    """Where a path stands in the form: its field, then which item or picture."""

    def __init__(self, category: Category, content: Content) -> None:
        self.fields = form_order(category, content)
        items = content.get("items") or ()
        pictures = (content.get("product") or {}).get("pictures") or ()
        self.items = {str(item.get("id")): n for n, item in enumerate(items, 1)}
        self.pictures = {str(picture): n for n, picture in enumerate(pictures, 1)}

    def of(self, path: str) -> tuple[int, int, int]:
        first, _, rest = path.partition(".")
        if first == "items" and rest:
            item, _, inner = rest.partition(".")
            table = self.fields["items.*.sku"]
            return table, self.items.get(item, 0), self.fields.get(f"items.*.{inner}", -1)
        if first in ("pictures", "picture_texts") and rest:
            picture = rest.partition(".")[0]
            return self.fields["pictures"], self.pictures.get(picture, 0), 0
        return (self.fields.get(path, len(self.fields)) if path else -1), 0, 0
