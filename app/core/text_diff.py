"""What changed within a text, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
# Longer texts are told whole: comparing them would take longer than reading them.
MOST_WORDS = 4_000
# So much of what stayed the same is shown on either side of a change.
CONTEXT = 40

Piece = tuple[str, str]


def pieces(old: str, new: str) -> list[Piece]:
    """The text in pieces, `("same" | "del" | "ins", text)`; long stretches of the same are cut."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return [("del", old), ("ins", new)]
    # What stands everywhere is left out of the search, or a long text that is rewritten takes a
    # minute: every blank would be compared with every other.
    matcher = SequenceMatcher(None, before, after)
    found = list(_pieces(matcher, before, after))
    last = len(found) - 1
    return [
        (op, _cut(text, first=n == 0, last=n == last) if op == "same" else text)
        for n, (op, text) in enumerate(found)
    ]


def _pieces(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Piece]:
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            yield "same", "".join(before[a:b])
            continue
        if b > a:
            yield "del", "".join(before[a:b])
        if d > c:
            yield "ins", "".join(after[c:d])


def _cut(text: str, first: bool, last: bool) -> str:
    head = "" if first else text[:CONTEXT]
    tail = "" if last else text[-CONTEXT:]
    return text if len(text) <= len(head) + len(tail) + 1 else f"{head}…{tail}"
