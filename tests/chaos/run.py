"""One run: a seed's storm, healing, at most DRAIN_SECONDS of draining, and the count."""

import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from app.core.crashes import POINTS
from tests.chaos import evidence
from tests.chaos.counting import FIGURES
from tests.chaos.faults import FAULTS, SHORT, deck, strike
from tests.chaos.journal import read
from tests.chaos.receivers import wait_until
from tests.chaos.world import World

DRAIN_SECONDS = 120.0
# It only guards against hanging.
HIT_SECONDS = 120.0
PICTURE_SECONDS = 240.0
LEFT = (
    "SELECT (SELECT count(*) FROM delivery WHERE state IN ('due', 'waiting')) + (SELECT count(*)"
    " FROM review_case WHERE verdict IS NOT NULL AND closed_at IS NULL) AS n"
)


@dataclass(frozen=True)
class Size:
    """How much is done, by which kinds of fault, and the seconds between two of them."""

    approvals: int
    changes: int
    kinds: tuple[str, ...]
    between: tuple[float, float]
    # Whether faults go on until the driver has all it wants, or end with the first deck.
    on_and_on: bool
    settings: Mapping[str, str]
    # It only guards against hanging.
    storm_seconds: float


FULL = Size(2_000, 2_000, tuple(FAULTS), (0.5, 2.5), True, {}, 1_800.0)
# What a dead sender held is waited for, so that wait is as short as it may be.
LITTLE = Size(60, 60, SHORT, (0.1, 0.4), False, {"DELIVERY_LEASE_SECONDS": "10"}, 300.0)


def run(seed: int, size: Size, folder: Path) -> dict[str, int]:
    """The figures of one run; RuntimeError where it could not be made. Prints what happens."""
    world = World(folder, random.Random(seed), size.settings)
    try:
        begun = time.monotonic()
        world.start()
        print(f"seed {seed}: installed in {time.monotonic() - begun:.1f} s", flush=True)
        return _run(world, seed, size)
    finally:
        world.stop()


def _run(world: World, seed: int, size: Size) -> dict[str, int]:
    begun = time.monotonic()
    world.drive(seed, size.approvals, size.changes)
    wait_until(lambda: _told(world, "shelf"), 300, "the shelf")
    planned = evidence.poison(world)
    for proxy in world.proxies.values():
        proxy.poison = planned
    print(f"{time.monotonic() - begun:5.1f} s  the shelf is there", flush=True)
    _storm(world, size)
    _end_driver(world)
    print(f"{time.monotonic() - begun:5.1f} s  the storm is over", flush=True)
    print(f"{_drain(world):5.1f} s  until nothing was left, or the time was over", flush=True)
    return _count(world, seed, planned)


def _storm(world: World, size: Size) -> None:
    begun, first = time.monotonic(), True
    while first or _missed(world, size) or (size.on_and_on and not _has_enough(world, size)):
        for kind in _dealt(world, size, first):
            _alive(world)
            strike(world, kind)
            time.sleep(world.dice.uniform(*size.between))
            if not first and not _missed(world, size) and _has_enough(world, size):
                break
        first = False
        if time.monotonic() - begun > size.storm_seconds:
            raise RuntimeError(_standing(world))
    wait_until(lambda: not world.pending_crashes(), HIT_SECONDS, "every crash point to be hit")
    try:
        wait_until(lambda: _has_enough(world, size), size.storm_seconds, "the driver")
    except RuntimeError as error:
        raise RuntimeError(_standing(world)) from error


def _standing(world: World) -> str:
    """Why the driver may not get on: its last words, and what waits where."""
    said = [(world.folder / name).read_text()[-1500:] for name in ("driver.out", "driver.jsonl")]
    waits = world.rows(
        "SELECT pid, state, wait_event, left(query, 200) AS query FROM pg_stat_activity"
        " WHERE datname = 'onshelf' AND state <> 'idle'"
    )
    return "\n".join(["the driver does not get on", *said, *map(str, waits), str(world.rows(LEFT))])


def _missed(world: World, size: Size) -> set[str]:
    """The kinds that found nothing to hurt so far."""
    records = read(world.folder / "faults.jsonl")
    return set(size.kinds) - {r["kind"] for r in records if r["what"] == "fault" and r["happened"]}


def _dealt(world: World, size: Size, first: bool) -> list[str]:
    """What happens next. In the first round one that can do nothing yet would be no test."""
    needed = first or (size.on_and_on and not _has_enough(world, size))
    dealt = deck(world.dice, size.kinds if needed else tuple(sorted(_missed(world, size))))
    return sorted(dealt, key=lambda kind: kind == "replayed") if first else dealt


def _has_enough(world: World, size: Size) -> bool:
    records = read(world.folder / "driver.jsonl")
    given = sum(
        len(r["cases"]) for r in records if r["what"] == "verdicts" and r["state"] == "done"
    )
    return given >= size.approvals and evidence.changed(world.folder) >= size.changes


def _told(world: World, what: str) -> bool:
    _alive(world)
    return any(record["what"] == what for record in read(world.folder / "driver.jsonl"))


def _alive(world: World) -> None:
    if world.driver is not None and world.driver.poll() not in (None, 0):
        raise RuntimeError((world.folder / "driver.out").read_text()[-3000:])


def _end_driver(world: World) -> None:
    (world.folder / "enough").touch()
    wait_until(lambda: _told(world, "over"), 300, "the driver to end")


def _drain(world: World) -> float:
    """Heal all, then wait: the seconds it took."""
    begun = time.monotonic()
    for proxy in world.proxies.values():
        proxy.heal()
    while time.monotonic() - begun < DRAIN_SECONDS:
        try:
            if not world.rows(LEFT)[0]["n"]:
                break
        except psycopg.Error:
            pass  # It is still coming up again.
        time.sleep(0.5)
    return time.monotonic() - begun


def _count(world: World, seed: int, planned: frozenset[str]) -> dict[str, int]:
    found = evidence.count(world, planned)
    for target, keys in found.items():
        print(f"{target}: " + ", ".join(f"{len(keys[name])} {name}" for name in FIGURES))
        for name in FIGURES:
            for key in keys[name][:20]:
                print(f"  {name}: {key}")
        for key in keys["undrained"][:5]:
            print("", *evidence.course(world, target, key), sep="\n    ")
    faults = [record for record in read(world.folder / "faults.jsonl") if record["what"] == "fault"]
    happened = Counter(record["kind"] for record in faults if record["happened"])
    _must_have_happened(world, happened)
    figures: dict[str, Any] = {name: sum(len(found[t][name]) for t in found) for name in FIGURES}
    print(f"changed: {evidence.changed(world.folder)}, by kind: {dict(happened)}", flush=True)
    told = {"seed": seed, "faults": sum(happened.values()), "approved": evidence.approved(world)}
    return told | figures


def _unready(world: World, states: tuple[str, ...] = ("received", "refused")) -> list[Any]:
    listings = ", ".join(map(str, world.uploader.listings))
    return world.rows(
        f"SELECT id, state, facts FROM picture WHERE listing_id = ANY('{{{listings}}}')"
        f" AND state = ANY('{{{', '.join(states)}}}')"
    )


def _must_have_happened(world: World, happened: Counter[str]) -> None:
    done: Counter[str] = Counter()
    for proxy in world.proxies.values():
        done.update(proxy.done)
    print(f"done to requests: {dict(done)}", flush=True)
    never = [name for name in POINTS if not happened[name]] + world.pending_crashes()
    if never:
        raise RuntimeError(f"never hit: {never}")
    if not done["overtaken"]:
        raise RuntimeError("no delivery came for the first time after a newer one")
    if (last := world.uploader.upload()) != "taken":
        raise RuntimeError(f"with room again, an upload is {last}")
    wait_until(lambda: not _unready(world, ("received",)), PICTURE_SECONDS, "every picture")
    if unready := _unready(world):
        raise RuntimeError(f"pictures that are not ready with room again: {unready}")
    uploads = [r for r in read(world.folder / "faults.jsonl") if r["what"] == "upload"]
    became = Counter(record["became"] for record in uploads)
    print(f"uploads: {dict(became)}", flush=True)
    if became["error"]:
        raise RuntimeError(f"an upload was answered with an error: {uploads}")
