"""The shape of one reason."""

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

from app.core.words import Words

# Where rules are read: the law as the Ministry of Government Legislation (법제처) gives it, and the
# certificates of KATS (국가기술표준원). Sellers are sent nowhere else.
LINK_HOSTS: Final = ("www.law.go.kr", "www.safetykorea.kr")

Severity = Literal["blocks", "limits", "advice"]
Suits = Literal["whole", "field", "picture", "item"]
_MAY_LEAD = {("https", host) for host in LINK_HOSTS}


@dataclass(frozen=True)
class Reason:
    """A reason a reviewer may pin to a place.

    `label` is the reviewer's short name of it, `text` and `remedy` are the seller's. `suits` says
    where it may be pinned, `paths` narrows that to paths beginning so, `findings` are the codes of
    automatic findings that suggest it. `columns` are those of an item that it is about, where it
    is not all of the item: what changes in these mends it.
    """

    code: str
    label: Words
    text: Words
    remedy: Words
    severity: Severity = "blocks"
    suits: tuple[Suits, ...] = ("field",)
    paths: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    # Where the rule can be read: an address on one of `LINK_HOSTS`, '' where it is the house's own.
    link: str = ""

    @property
    def leads_astray(self) -> bool:
        """Whether its link is none that sellers may be sent to."""
        parts = urlsplit(self.link)
        return bool(self.link) and (parts.scheme, parts.netloc) not in _MAY_LEAD

    def fits(self, path: str) -> bool:
        """Whether it may be pinned to *path*."""
        if kind_of(path) not in self.suits:
            return False
        return not self.paths or not path or path.startswith(self.paths)

    def place_for(self, path: str) -> str | None:
        """Where it goes for a finding at *path*: there, or to the whole; None if to neither."""
        return next((place for place in (_place_of(path), "") if self.fits(place)), None)


def kind_of(path: str) -> Suits:
    """What sort of place a path names: the whole listing, a picture, an item or a field."""
    if not path:
        return "whole"
    if path.startswith("pictures"):
        return "picture"
    if path.startswith("items"):
        return "item"
    return "field"


def _place_of(path: str) -> str:
    """The place that a path is in: of a column its item, of a picture's words that picture."""
    kind, _, rest = path.partition(".")
    number = rest.partition(".")[0]
    if kind == "items":
        return f"items.{number}"
    return f"pictures.{number}" if kind in ("pictures", "picture_texts") else path
