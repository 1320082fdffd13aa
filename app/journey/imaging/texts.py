"""The texts of a listing's pictures as their panel takes and shows them; merged as any field."""

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from app.accounts.queries import names_of
from app.core.clock import today
from app.core.errors import NotFound
from app.listings.actions import FieldConflict, PartSave, SaveResult
from app.listings.content import Content, read
from app.listings.models import Picture, VersionPart
from app.listings.numbers import whole_number
from app.taxonomy import queries as taxonomy
from app.validation.engine import findings
from app.validation.field import Field
from app.validation.field_table import PICTURE_TEXTS
from app.validation.finding import Finding
from app.validation.picture_texts import FOLDER, heard, path_of

_ADVICE = "picture-text-missing"
_TAB_LENGTH = 40


@dataclass(frozen=True)
class Typed:
    """The texts of one picture as a form brought them: None of those that are to stay as they are.

    `revision` is what the form was drawn from, `seen` a later one of single paths, `tab` the page.
    """

    values: Mapping[str, str | None]
    revision: int | None
    seen: Mapping[str, int]
    tab: str

    def save_of(self, part: VersionPart) -> PartSave:
        """The same as a save of the product's part."""
        values = {path: text for path, text in self.values.items() if text is not None}
        return PartSave(part.id, values, self.revision, self.seen)


def typed(form: MultiDict[str, str], picture_id: int) -> Typed:
    """What *form* says of that picture: a line each, and `mine.` or `keep.` where it decides."""
    paths = [path_of(picture_id, spec.lang) for spec in PICTURE_TEXTS]
    later = {path: form.get(f"mine.{path}", form.get(f"seen.{path}")) for path in paths}
    seen = {path: whole_number(revision) for path, revision in later.items()}
    return Typed(
        values={
            path: None if f"keep.{path}" in form else " ".join(form[path].split())
            for path in paths
            if path in form
        },
        revision=whole_number(form.get("rev")),
        seen={path: revision for path, revision in seen.items() if revision is not None},
        tab=form.get("tab", "").replace("\x00", "")[:_TAB_LENGTH],
    )


@dataclass(frozen=True)
class Saved:
    """What came in, and what became of it."""

    typed: Typed
    result: SaveResult

    @property
    def conflicts(self) -> dict[str, FieldConflict]:
        """Those that both sides changed, by path."""
        return {each.path: each for each in self.result.conflicts}


@dataclass(frozen=True)
class Both:
    """Both texts of a conflict, and who wrote the other one."""

    conflict: FieldConflict
    who: str
    revision: int


@dataclass(frozen=True)
class TextView:
    """One text of a picture with what is said about it; `instead` is heard while it is empty."""

    spec: Field
    value: str
    instead: str
    findings: list[Finding]
    conflict: Both | None
    # The revision at which the page saw it, where a conflict was just decided.
    seen: int | None


@dataclass(frozen=True)
class Texts:
    """All of a panel's texts, by picture; `tab` and `revision` go along with every form of it."""

    of: Mapping[int, list[TextView]]
    # What is said of all of them together: that some are missing.
    advice: list[Finding]
    revision: int
    tab: str = field(default_factory=lambda: secrets.token_hex(8))


def texts_of(
    part: VersionPart, pictures: Sequence[Picture], category: str, saved: Saved | None = None
) -> Texts:
    """The texts of those *pictures*, in their order; *saved* is what a form just did to them."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in _judged(part.content, pictures, category):
        found[finding.path].append(finding)
    places = {each.id: n for n, each in enumerate((p for p in pictures if p.state == "ready"), 1)}
    drawer = _Drawer(part, found, saved)
    return Texts(
        of={number: list(drawer.draw(number, place)) for number, place in places.items()},
        advice=[each for each in found["pictures"] if each.code == _ADVICE],
        revision=part.revision,
        **({"tab": saved.typed.tab} if saved and saved.typed.tab else {}),
    )


class _Drawer:
    """Puts values, findings and conflicts to the texts of one panel."""

    def __init__(
        self, part: VersionPart, found: Mapping[str, list[Finding]], saved: Saved | None
    ) -> None:
        self.part, self.found = part, found
        self.conflicts = saved.conflicts if saved else {}
        self.decided = {*saved.typed.seen} if saved else set()
        if saved:
            self.decided |= {path for path, text in saved.typed.values.items() if text is None}
        self.names = names_of([each.who for each in self.conflicts.values() if each.who])

    def draw(self, picture_id: int, place: int) -> Iterator[TextView]:
        content: Content = {**self.part.content, FOLDER: None}
        otherwise = heard(content, picture_id, place)
        for spec in PICTURE_TEXTS:
            path = path_of(picture_id, spec.lang)
            conflict = self.conflicts.get(path)
            value = conflict.mine if conflict else read(self.part.content, path)
            yield TextView(
                spec=spec.changed(path=path),
                value=str(value or ""),
                instead=otherwise.text(spec.lang),
                findings=self.found.get(path, []),
                conflict=self._both(conflict) if conflict else None,
                seen=self.part.revision if path in self.decided and not conflict else None,
            )

    def _both(self, conflict: FieldConflict) -> Both:
        return Both(conflict, self.names.get(conflict.who or 0, ""), self.part.revision)


def _judged(product: Content, pictures: Sequence[Picture], category: str) -> list[Finding]:
    """What the rules that read such texts have against them. Items are none of their business."""
    try:
        definition = taxonomy.category(category)
    except NotFound:
        return []
    known = {str(each.id): {"state": each.state, "facts": each.facts} for each in pictures}
    content: dict[str, Any] = {"product": product, "items": (), "pictures": known}
    return findings(content, definition, today(), paths=[FOLDER])
