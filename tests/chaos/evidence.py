"""What the count is made from: rows of the outbox and of the receivers, and the journals."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.chaos import shelf
from tests.chaos.counting import Asked, Opened, Receiver, Record, figures
from tests.chaos.driver import POISONED
from tests.chaos.journal import read
from tests.chaos.world import World

SUBJECTS = {
    "catalogue": ("product", "offer", "sale"),
    "orders": ("product", "offer", "sale", "stock"),
}
OUTBOX = (
    "SELECT subject || ':' || subject_id || ':' || revision AS key, state, coalesce(payload ->"
    " 'offer' -> 'price', payload -> 'sale' -> 'state', payload -> 'delta') AS value"
    " FROM delivery WHERE target = '{target}' ORDER BY id"
)
EFFECTS = "SELECT key, answer ->> 'outcome' AS outcome FROM {target}.received"
PRODUCTS = "SELECT listing_id, version FROM {target}.{table}"
ITEMS = "SELECT * FROM {target}.item"
APPROVED = (
    "SELECT count(*) AS n FROM version JOIN chaos USING (listing_id) WHERE state = 'approved'"
)
# The first item of each listing set apart; see `driver.APART`.
APART = (
    "SELECT min(i.id) AS id FROM item i JOIN chaos c USING (listing_id)"
    f" WHERE c.no <= {POISONED} GROUP BY c.no"
)
CASES = (
    "SELECT r.id, v.state, 'product:' || r.listing_id || ':' || v.no AS key FROM review_case r"
    " JOIN chaos USING (listing_id) JOIN version v ON v.id = r.version_id"
)


def poison(world: World) -> frozenset[str]:
    """The keys that no receiver is to take: the first price and the first amount of a few items."""
    items = [row["id"] for row in world.rows(APART)]
    return frozenset(key for n in items for key in (f"offer:{n}:2", f"stock:{n}:1"))


def count(world: World, planned: frozenset[str]) -> dict[str, dict[str, list[str]]]:
    """The keys behind each figure, by target."""
    wire = read(world.folder / "receivers.jsonl")
    asked = _asked(world)
    start = dict.fromkeys(_items(world), shelf.STOCK)
    return {
        target: figures(
            [Opened(**row) for row in world.rows(OUTBOX.format(target=target))],
            _receiver(world, target),
            [record for record in wire if record["target"] == target],
            asked,
            planned,
            start,
            subjects,
        )
        for target, subjects in SUBJECTS.items()
    }


def course(world: World, target: str, key: str) -> list[str]:
    """How one delivery fared, a line each: its row, and every answer that was no arrival."""
    subject, about, revision = key.split(":")
    row = (
        f"target = '{target}' AND subject = '{subject}' AND subject_id = {int(about)}"
        f" AND revision = {int(revision)}"
    )
    rows = world.rows(
        "SELECT id, state, alone, attempts, created_at, not_before, lease_until, answer_code"
        f" FROM delivery WHERE {row}"
    )
    answers = world.rows(
        "SELECT at, attempt, a.state, code FROM delivery_answer a JOIN delivery d"
        f" ON d.id = delivery_id WHERE {row} ORDER BY a.id"
    )
    return [", ".join(f"{name} {value}" for name, value in one.items()) for one in rows + answers]


def approved(world: World) -> int:
    """Versions approved since the shelf was made."""
    return int(world.rows(APPROVED)[0]["n"])


def changed(folder: Path) -> int:
    """Changes of prices and stock that the driver knows to be done."""
    return sum(
        any(key.startswith(("offer", "stock")) for key in record["keys"])
        for record in _changes(folder)
        if record["state"] == "done"
    )


def _changes(folder: Path) -> list[Record]:
    return [record for record in read(folder / "driver.jsonl") if record["what"] == "change"]


def _items(world: World) -> list[int]:
    return [row["item_id"] for row in world.rows("SELECT item_id FROM chaos_item")]


def _asked(world: World) -> Asked:
    changes = _changes(world.folder)
    # What was asked last for a key counts: one that was rolled back had no effect.
    maybe = {key: value for record in changes for key, value in record["keys"].items()}
    done = {key for record in changes if record["state"] == "done" for key in record["keys"]}
    verdicts = [r for r in read(world.folder / "driver.jsonl") if r["what"] == "verdicts"]
    given = {case for r in verdicts if r["state"] == "asked" for case in r["cases"]}
    known = {case for r in verdicts if r["state"] == "done" for case in r["cases"]}
    cases = world.rows(CASES)
    maybe |= {row["key"]: None for row in cases if row["id"] in given}
    done |= {row["key"] for row in cases if row["id"] in known}
    about = {f"{subject}:{n}" for n in _items(world) for subject in ("offer", "sale", "stock")}
    about |= {row["key"].rpartition(":")[0] for row in cases}
    return Asked(maybe, done, about)


def _receiver(world: World, target: str) -> Receiver:
    found = Receiver(
        effects={r["key"]: r["outcome"] for r in world.rows(EFFECTS.format(target=target))},
        has=_products(world, target),
        stock={},
    )
    has: dict[str, tuple[int, Any]] = dict(found.has)
    stock: dict[int, tuple[int, int]] = {}
    for row in world.rows(ITEMS.format(target=target)):
        has[f"offer:{row['item_id']}"] = (row["offer_revision"], row["price"])
        has[f"sale:{row['item_id']}"] = (row["sale_revision"], row["sale"])
        if "stock" in row:
            stock[row["item_id"]] = (row["stock"], row["stock_revision"])
    return Receiver(found.effects, has, stock)


def _products(world: World, target: str) -> dict[str, tuple[int, Any]]:
    table = "product" if target == "catalogue" else "listing"
    rows: Sequence[Any] = world.rows(PRODUCTS.format(target=target, table=table))
    return {f"product:{row['listing_id']}": (row["version"], None) for row in rows}
