"""The two real receivers, kept running by a thread as `make run` keeps its own."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

from app.settings import ROOT
from app.surfaces.cli import processes
from app.surfaces.cli.supervisor import Child

PAUSE = 0.1


class Receivers:
    """Started with `start`, ended with `stop`; `kill` and `freeze` are what happens to them."""

    def __init__(self, ports: dict[str, int], environment: dict[str, str], logs: Path) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        made = [processes.receiver(name, port, environment) for name, port in ports.items()]
        self._children = {one.name: Child(one, logs / f"{one.name}.log", ROOT) for one in made}
        self._away: dict[str, float] = {}
        self._over = threading.Event()
        # The kernel ends them with the thread that started them: this one.
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """From now on each is started, and again whenever it dies."""
        self._keeper.start()

    def ready(self) -> bool:
        """Whether both answer."""
        return all(child.process.ready() for child in self._children.values())

    def kill(self, name: str, seconds: float) -> bool:
        """End it at once with all its workers; it stays away for *seconds*."""
        self._away[name] = time.monotonic() + seconds
        return self._signal(name, signal.SIGKILL)

    def freeze(self, name: str, thaw: bool = False) -> bool:
        """Stop it where it stands, or let it go on."""
        return self._signal(name, signal.SIGCONT if thaw else signal.SIGSTOP)

    def stop(self) -> None:
        """End both."""
        self._over.set()
        self._keeper.join()

    def _keep(self) -> None:
        while not self._over.wait(PAUSE):
            for name, child in self._children.items():
                if child.running is not None or self._away.get(name, 0) < time.monotonic():
                    child.look()
        for child in self._children.values():
            child.ask_to_end()
        for child in self._children.values():
            child.wait()

    def _signal(self, name: str, sign: signal.Signals) -> bool:
        running = self._children[name].running
        if running is None:
            return False
        try:
            # It leads a session of its own.
            os.killpg(running.pid, sign)
        except ProcessLookupError:
            return False
        return True


def wait_until(done: Callable[[], object], seconds: float, what: str) -> None:
    """Poll *done*; RuntimeError naming *what* after *seconds*."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise RuntimeError(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.2)
