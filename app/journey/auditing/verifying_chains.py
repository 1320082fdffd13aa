"""Chains walked entry by entry to the heads that the database keeps of them."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import Row

from app.journey.auditing import queries
from app.journey.auditing.canonical import NOTHING_BEFORE, entry_hash
from app.journey.auditing.evidence import PRODUCT, part_digests
from app.journey.auditing.problem import Counts, Problem
from app.journey.auditing.told import Told

LISTINGS_A_TIME = 50
# What the rows of listings have against what their entries say.
HeldAgainst = Callable[[list[Told]], Iterable[Problem]]


def problems(
    counts: Counts, held_against: HeldAgainst, listing_id: int | None = None
) -> Iterator[Problem]:
    """Every problem of the chains, or of a listing's, and of what *held_against* finds."""
    before: Row | None = None
    ends: list[tuple[Told, Row]] = []
    told: Told | None = None
    for entry in queries.entries(listing_id):
        if told is None or before is None or before.listing_id != entry.listing_id:
            if told and before:
                ends.append((told, before))
            if len(ends) == LISTINGS_A_TIME:
                yield from _ended(ends, held_against)
                ends = []
            before, told = None, Told(entry.listing_id)
            counts.listings += 1
        counts.entries += 1
        yield from _place(before, entry)
        yield from _content(counts, told, entry)
        before = entry
    if told and before:
        yield from _ended([*ends, (told, before)], held_against)
    for head in queries.heads_alone(listing_id):
        yield Problem(
            "end-missing", f"listing {head.listing_id}: {_numbers(1, head.no)} missing, its end"
        )


def _ended(ends: list[tuple[Told, Row]], held_against: HeldAgainst) -> Iterator[Problem]:
    """Whether these chains end where the database has their heads; then what their rows say."""
    heads = queries.heads([told.listing_id for told, _ in ends])
    for told, last in ends:
        where = f"listing {told.listing_id}"
        no, head = heads.get(told.listing_id, (0, ""))
        if no > last.no:
            yield Problem("end-missing", f"{where}: {_numbers(last.no + 1, no)} missing, its end")
        elif no < last.no:
            yield Problem(
                "beyond-head",
                f"{where}: {_numbers(no + 1, last.no)} added after its head, no {no}"
                if no
                else f"{where}: its head is gone",
            )
        elif head != last.hash:
            yield Problem("head-differs", f"{where}: no {no} is another than its head says")
    yield from held_against([told for told, _ in ends])


def _numbers(first: int, last: int) -> str:
    return f"no {first}" if first == last else f"no {first} to {last}"


def _place(before: Row | None, entry: Row) -> Iterator[Problem]:
    """Whether an entry follows the one before it."""
    where = f"listing {entry.listing_id}"
    expected = before.no + 1 if before else 1
    if entry.no > expected:
        yield Problem("gap", f"{where}: {_numbers(expected, entry.no - 1)} missing")
    elif entry.previous != (before.hash if before else NOTHING_BEFORE):
        follows = f"no {before.no} as it stands" if before else "nothing, as a first one does"
        yield Problem("broken-link", f"{where}: no {entry.no} does not follow {follows}")
    if entry.id <= (before.id if before else 0):
        # Seals go by ids: one that is out of its order would be in none, or in another's.
        yield Problem("disordered", f"{where}: no {entry.no} has the id {entry.id}")


def _content(counts: Counts, told: Told, entry: Row) -> Iterator[Problem]:
    """Whether an entry is what its hash was made of; and the version that it freezes."""
    made = entry_hash(
        entry.listing_id, entry.no, entry.at, entry.who, entry.role, entry.event, entry.body,
        entry.previous,
    )  # fmt: skip
    if made != entry.hash:
        told.whole = False
        yield Problem("changed", f"listing {entry.listing_id}: no {entry.no} ({entry.event})")
        return
    if not told.hear(entry):
        yield Problem("unreadable", f"listing {entry.listing_id}: no {entry.no} ({entry.event})")
    elif entry.event == "submitted":
        counts.versions += 1
        yield from _version(entry)


def _version(entry: Row) -> Iterator[Problem]:
    version, recorded = entry.body["version"], entry.body.get("parts")
    recorded = recorded if isinstance(recorded, dict) else {}
    stored = part_digests(version["id"])
    for part in sorted({*recorded, *stored}):
        if recorded.get(part) == stored.get(part):
            continue
        what = "the product" if part == PRODUCT else f"item {part}"
        yield Problem(
            "version-differs",
            f"listing {entry.listing_id}: what is stored of {what} in version {version.get('no')}"
            f" is not what was submitted (no {entry.no})",
        )
