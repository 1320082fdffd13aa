"""What changed within a text, word by word, and of a Korean word by its syllables.

What it costs is bounded: sentences are compared first, and by words only those that differ, of all
of them together not more than MOST_WORDS. The rest is told by whole sentences; so is a text that
has more sentences than that. 20,000 characters take less than a second, however they differ.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import takewhile

_SENTENCES = re.compile(r"(?<=[.!?。])(?=\s)|(?<=\n)")
_WORDS = re.compile(r"\s+|[^\s]+")
# Particles and endings hang on a Korean word: its syllables are told apart, other runs are not.
_RUNS = re.compile(r"[가-힣]|[^가-힣]+")
# Comparing more would take longer than reading it.
MOST_WORDS = 4_000
# So much of what stayed the same is shown on either side of a change.
CONTEXT = 40

Piece = tuple[str, str]


def pieces(old: str, new: str) -> list[Piece]:
    """The text in pieces, `("same" | "del" | "ins", text)`; long stretches of the same are cut."""
    found = _joined(_by_sentence(old, new))
    last = len(found) - 1
    return [
        (op, _cut(text, first=n == 0, last=n == last) if op == "same" else text)
        for n, (op, text) in enumerate(found)
    ]


def entries(old: list[str], new: list[str]) -> list[Piece]:
    """A list in pieces, each an entry that stayed, went or came, in the order of the new one."""
    found: list[Piece] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += [("same", each) for each in new[c:d]] if op == "equal" else []
        found += [("del", each) for each in old[a:b]] if op != "equal" else []
        found += [("ins", each) for each in new[c:d]] if op != "equal" else []
    return found


def _by_sentence(old: str, new: str) -> Iterator[Piece]:
    before, after = _SENTENCES.split(old), _SENTENCES.split(new)
    if len(before) + len(after) > MOST_WORDS:
        yield from _whole(old, new)
        return
    room = MOST_WORDS
    for op, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if op == "equal":
            yield "same", gone
            continue
        words = _WORDS.findall(gone), _WORDS.findall(come)
        room -= len(words[0]) + len(words[1])
        yield from _by_word(*words) if room >= 0 else _whole(gone, come)


def _by_word(before: list[str], after: list[str]) -> Iterator[Piece]:
    # What stands everywhere is left out of the search, or a long text that is rewritten takes a
    # minute: every blank would be compared with every other.
    for op, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if op == "equal":
            yield "same", gone
        elif b - a == d - c == 1:
            yield from _by_syllable(gone, come)
        else:
            yield from _whole(gone, come)


def _by_syllable(gone: str, come: str) -> Iterator[Piece]:
    """One word for another: how both begin and end stays, as far as it is Korean."""
    old, new = _RUNS.findall(gone), _RUNS.findall(come)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    until = slice(head, len(old) - tail), slice(head, len(new) - tail)
    yield "same", "".join(old[:head])
    yield from _whole("".join(old[until[0]]), "".join(new[until[1]]))
    yield "same", "".join(old[len(old) - tail :])


def _alike(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _whole(gone: str, come: str) -> Iterator[Piece]:
    yield "del", gone
    yield "ins", come


def _joined(found: Iterable[Piece]) -> list[Piece]:
    """Pieces of one kind as one; a blank between two words that changed belongs to both."""
    told: list[Piece] = []
    gone = come = blank = ""
    for op, text in (*(piece for piece in found if piece[1]), ("same", "")):
        if op != "same":
            gone += blank + text if op == "del" else blank
            come += blank + text if op == "ins" else blank
            blank = ""
        elif gone and come and text and not text.strip(" "):
            blank += text
        else:
            told += [piece for piece in (("del", gone), ("ins", come)) if piece[1]]
            stayed, gone, come, blank = blank + text, "", "", ""
            if told and told[-1][0] == "same":
                told[-1] = ("same", told[-1][1] + stayed)
            elif stayed:
                told.append(("same", stayed))
    return told


def _cut(text: str, first: bool, last: bool) -> str:
    head = "" if first else text[:CONTEXT]
    tail = "" if last else text[-CONTEXT:]
    if len(text) <= len(head) + len(tail) + 1:
        return text
    # Between words, where there is a gap to cut at.
    head, tail = head[: head.rfind(" ") + 1] or head, tail.partition(" ")[2] or tail
    return f"{head}…{tail}"
