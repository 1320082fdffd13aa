"""The shape of one reason."""

from dataclasses import dataclass
from typing import Literal

from app.core.words import Words

Severity = Literal["blocks", "limits", "advice"]
Suits = Literal["whole", "field", "picture", "item"]


@dataclass(frozen=True)
class Reason:
    """A reason a reviewer may pin to a place.

    `label` is the reviewer's short name of it, `text` and `remedy` are the seller's. `suits` says
    where it may be pinned, `paths` narrows that to paths beginning so, `findings` are the codes of
    automatic findings that suggest it.
    """

    code: str
    label: Words
    text: Words
    remedy: Words
    severity: Severity = "blocks"
    suits: tuple[Suits, ...] = ("field",)
    paths: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    # Where the rule can be read: an address, '' where it is the house's own.
    link: str = ""

    def fits(self, path: str) -> bool:
        """Whether it may be pinned to *path*."""
        if kind_of(path) not in self.suits:
            return False
        return not self.paths or not path or path.startswith(self.paths)


def kind_of(path: str) -> Suits:
    """What sort of place a path names: the whole listing, a picture, an item or a field."""
    if not path:
        return "whole"
    if path.startswith("pictures"):
        return "picture"
    if path.startswith("items"):
        return "item"
    return "field"
