"""What goes wrong: one function a kind, each heals what it did before it returns.

Requests that are to be cut, repeated, held back or refused are asked of the proxies, and happen
with the next ones that come.
"""

import contextlib
import random
import time
from collections.abc import Callable, Iterator

import psycopg

from app.core.crashes import POINTS
from app.surfaces.cli.visitor import UnexpectedError
from tests.chaos.world import LITTLE_ROOM, NO_ROOM, World

WEB, WORKER = " wsgi:app", "wsgi:celery worker"
# A picture that storage had no room for: put off by 13 seconds or more, its attempt not counted.
PUT_OFF = (
    "SELECT count(*) AS n FROM picture WHERE state = 'received' AND attempts = 0"
    " AND lease_until IS NULL AND not_before > now()"
)
Fault = Callable[[World], object]
NO_LIMIT = -1
# For a newer revision to come by; after about two seconds the sender asks again.
OVERTAKING_SECONDS = 5.0
# The message may be lost, then a sweep finds it; a worker that is killed holds it for longer yet.
NO_RENDITION_SECONDS = 25.0


def _target(world: World) -> str:
    return world.dice.choice(sorted(world.ports))


def _worker_group(world: World) -> object:
    return world.kill_group(WORKER)


def _worker_child(world: World) -> object:
    return world.kill_child(WORKER)


def _beat(world: World) -> object:
    return world.kill_group("app.beat beat")


def _web(world: World) -> object:
    return world.kill_group(WEB)


def _web_child(world: World) -> object:
    return world.kill_child(WEB)


def _backends(world: World) -> object:
    """Half of the connections end, whatever they are doing."""
    return world.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'onshelf'"
        " AND pid <> pg_backend_pid() AND random() < 0.5"
    )


def _server(world: World) -> object:
    return world.kill_group(f"{world.cluster.data}")


def _broker_flushed(world: World) -> object:
    """Every message is gone."""
    with contextlib.suppress(OSError):
        for message in world.messages.glob("*.msg"):
            message.unlink(missing_ok=True)
    return True


def _broker_away(world: World) -> object:
    """Every message is gone, and none can be put or taken for a while.

    Root may write anywhere, so a file takes the folder's place.
    """
    _broker_flushed(world)
    aside = world.messages.with_name("aside")
    world.messages.rename(aside)
    world.messages.touch()
    time.sleep(world.dice.uniform(1.5, 3))
    world.messages.unlink()
    aside.rename(world.messages)
    return True


def _receiver_killed(world: World) -> object:
    name = _target(world)
    return name if world.receivers.kill(name, world.dice.uniform(0.5, 3)) else None


def _receiver_frozen(world: World) -> object:
    name = _target(world)
    if not world.receivers.freeze(name):
        return None
    time.sleep(world.dice.uniform(2, 4))
    world.receivers.freeze(name, thaw=True)
    return name


def _lasting(kind: str) -> Fault:
    def fault(world: World) -> object:
        name = _target(world)
        world.proxies[name].until(kind, world.dice.uniform(2, 5))
        return name

    return fault


def _counted(kind: str) -> Fault:
    def fault(world: World) -> object:
        name = _target(world)
        world.proxies[name].plan(kind, world.dice.randint(1, 3))
        return name

    return fault


def _astray(world: World) -> object:
    """The only copy of a request is held and the sender hears nothing; then it comes after all.

    It happened where something newer had arrived by then, and this for the first time.
    """
    name = _target(world)
    proxy, deadline = world.proxies[name], time.monotonic() + OVERTAKING_SECONDS
    proxy.plan("astray", 1)
    while not proxy.overtaken():
        if time.monotonic() > deadline:
            return None
        time.sleep(0.02)
    before = proxy.done["overtaken"]
    proxy.replay()
    came = proxy.done["overtaken"] - before
    # None where the receiver was away meanwhile.
    return f"{name}: {came}" if came else None


def _replayed(world: World) -> object:
    """What was held back is sent after all that came later."""
    return {name: proxy.replay() for name, proxy in world.proxies.items()}


def _storage_full(world: World) -> object:
    """No photograph fits: each is refused in words (`run` sees that one is taken afterwards)."""
    with _limited(world, WEB, NO_ROOM):
        said = [world.uploader.upload() for _ in range(2)]
    return said if "full" in said else None


def _no_renditions(world: World) -> object:
    """A photograph is taken and what is made of it does not fit: it waits (`run` sees it ready)."""
    with _limited(world, WORKER, LITTLE_ROOM):
        if world.uploader.upload() != "taken":
            return None
        deadline = time.monotonic() + NO_RENDITION_SECONDS
        while not (waits := world.rows(PUT_OFF)[0]["n"]) and time.monotonic() < deadline:
            time.sleep(0.1)
    return f"{waits} put off" if waits else None


@contextlib.contextmanager
def _limited(world: World, part: str, limit: int) -> Iterator[None]:
    world.limit_files(part, limit)
    try:
        yield
    finally:
        world.limit_files(part, NO_LIMIT)


def _crash(name: str) -> Fault:
    def fault(world: World) -> object:
        world.drop_crash(name)
        return name

    return fault


FAULTS: dict[str, Fault] = {
    "worker-group": _worker_group,
    "worker-child": _worker_child,
    "beat": _beat,
    "web": _web,
    "web-child": _web_child,
    "postgres-backends": _backends,
    "postgres-server": _server,
    "broker-flushed": _broker_flushed,
    "broker-away": _broker_away,
    "receiver-killed": _receiver_killed,
    "receiver-frozen": _receiver_frozen,
    "receiver-slow": _lasting("slow"),
    "receiver-away": _lasting("away"),
    "answer-cut": _counted("cut"),
    "repeated": _counted("repeat"),
    "held-back": _counted("late"),
    "gone-astray": _astray,
    "replayed": _replayed,
    "answer-503": _counted("error"),
    "storage-full": _storage_full,
    "no-renditions": _no_renditions,
} | {name: _crash(name) for name in POINTS}

# For every run of the tests: each way of dying once, and what is cheap.
SHORT = (
    *POINTS, "answer-cut", "repeated", "held-back", "gone-astray", "postgres-backends",
    "worker-child", "broker-flushed", "storage-full", "no-renditions", "replayed",
)  # fmt: skip


def deck(dice: random.Random, kinds: tuple[str, ...]) -> list[str]:
    """All *kinds* in an order of the seed's."""
    dealt = list(kinds)
    dice.shuffle(dealt)
    return dealt


def strike(world: World, kind: str) -> None:
    """Let it happen, print it, note it."""
    begun = time.monotonic()
    try:
        what = FAULTS[kind](world)
    except (psycopg.Error, OSError, UnexpectedError) as error:
        # The one before is not healed yet, so there is nothing here to hurt.
        what = f"nothing to hurt: {type(error).__name__}"
    happened = what not in (False, None) and not str(what).startswith("nothing")
    world.journal.write(what="fault", kind=kind, happened=happened, detail=str(what)[:200])
    print(f"{time.monotonic() - begun:5.1f} s  {kind:<22} {str(what)[:60]}", flush=True)
